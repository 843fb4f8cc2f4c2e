using KkmpBot.Catalog;
using KkmpBot.Conversations;
using KkmpBot.Cooperatives;
using KkmpBot.Dialogs.Model;
using KkmpBot.Members;

namespace KkmpBot.Orders;

/// <summary>
/// An officer gives what is left of an order to its member and takes the money: the goods leave the stock, the sale is booked, the member
/// is told. It happens once, whoever else cancels or hands it over at the same instant.
/// </summary>
public sealed class HandOverOrder : ICapability
{
    /// <summary>The notice to the member.</summary>
    internal const string Notice = "order_handed_over";

    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("orders.hand_over")
        .Takes("order", DialogType.Text)
        .Gives("handed_over")
        .Gives("not_paid")
        .Gives("not_waiting")
        .Gives("not_allowed");

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (!OfficerRole.MayMoveGoods(turn.Caller) || turn.Caller.CooperativeId is not { } cooperativeId)
            return new Outcome("not_allowed");
        if (await OrderBook.HoldAsync(turn.Db, cooperativeId, PickupCode.Read(call.Text("order"))?.Number, ct) is not { } order)
            return new Outcome("not_waiting");
        if (order is { Payment: PaymentWay.Qris, PaidRupiah: 0 })
            return new Outcome("not_paid");
        var rest = (await OrderBook.LinesAsync(turn.Db, order.Id, ct))
            .Where(line => line.Line.QuantityMilli > line.Line.HandedMilli)
            .Select(line => (line, line.Line.QuantityMilli - line.Line.HandedMilli)).ToList();
        await Handing.GiveAsync(turn, order, rest, ct);
        return new Outcome("handed_over");
    }
}

/// <summary>
/// An officer gives only a part of one article of an order: so much is there, or so much is wanted now. The rest waits until the
/// deadline.
/// </summary>
public sealed class HandOverPart : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("orders.hand_part")
        .Takes("order", DialogType.Text)
        .Takes("product", DialogType.Text)
        .Takes("quantity", DialogType.Text)
        .Gives("handed_over", HandedRecord.Type)
        .Gives("too_much", HandedRecord.Type)
        .Gives(QuantityProblem.Unclear)
        .Gives(QuantityProblem.OtherUnit)
        .Gives(QuantityProblem.NotInParts)
        .Gives("not_paid")
        .Gives("not_waiting")
        .Gives("not_allowed");

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (!OfficerRole.MayMoveGoods(turn.Caller) || turn.Caller.CooperativeId is not { } cooperativeId)
            return new Outcome("not_allowed");
        if (await OrderBook.HoldAsync(turn.Db, cooperativeId, RunningNumber.Read(call.Text("order")), ct) is not { } order
            || (await OrderBook.LinesAsync(turn.Db, order.Id, ct)).Find(line => CartRecord.KeyOf(line) == call.Text("product")) is not { } line)
            return new Outcome("not_waiting");
        if (order is { Payment: PaymentWay.Qris, PaidRupiah: 0 })
            return new Outcome("not_paid");
        var (milli, problem) = SaidQuantity.Read(call.Text("quantity"), line.Product);
        if (problem is not null)
            return new Outcome(problem);
        var left = line.Line.QuantityMilli - line.Line.HandedMilli;
        if (milli > left)
            return new Outcome("too_much", HandedRecord.Of(line, left, 0));
        var cash = await Handing.GiveAsync(turn, order, [(line, milli)], ct);
        return new Outcome("handed_over", HandedRecord.Of(line, left - milli, cash));
    }
}

/// <summary>What was just given of one article: how much of it still waits, and the money to take.</summary>
internal static class HandedRecord
{
    /// <summary>The record.</summary>
    public static DialogType Type { get; } = DialogType.Record(
        "handed",
        ("name", DialogType.TextOf(Product.MaxNameLength)),
        ("left", DialogType.Quantity),
        ("unit", DialogType.TextOf(10)),
        ("cash", DialogType.Money));

    /// <summary>Makes it.</summary>
    /// <param name="line">The line.</param>
    /// <param name="leftMilli">What still waits.</param>
    /// <param name="cashRupiah">What the member pays now.</param>
    public static RecordValue Of(NamedLine line, long leftMilli, long cashRupiah) => RecordValue.Of(
        ("name", new TextValue(line.Product.Name)),
        ("left", new QuantityValue(Quantities.FromMilli(leftMilli))),
        ("unit", new TextValue(line.Product.Unit)),
        ("cash", new MoneyValue(cashRupiah)));
}
