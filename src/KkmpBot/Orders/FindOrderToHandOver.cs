using KkmpBot.Auditing;
using KkmpBot.Conversations;
using KkmpBot.Cooperatives;
using KkmpBot.Dialogs.Model;
using KkmpBot.Members;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Orders;

/// <summary>
/// One waiting order of the officer's cooperative with its lines, to check goods and money before handing over. With the whole code
/// ("0231-K7PX") it is the member's; with the number alone the code is asked next.
/// </summary>
public sealed class FindOrderToHandOver : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("orders.find_to_hand_over")
        .Takes("order", DialogType.Text)
        .Gives("found", OrderRecord.Type)
        .Gives("with_code", OrderRecord.Type)
        .Gives("wrong_code")
        .Gives("fetched_before")
        .Gives("not_waiting");

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (!OfficerRole.MayLook(turn.Caller) || turn.Caller.CooperativeId is not { } cooperativeId || PickupCode.Read(call.Text("order")) is not { } said)
            return new Outcome("not_waiting");
        var order = await turn.Db.Set<Order>().AsNoTracking().SingleOrDefaultAsync(
            row => row.CooperativeId == cooperativeId && row.Number == said.Number && row.Source == OrderSource.Chat, ct);
        if (order is null || order.Status is OrderStatus.Cancelled or OrderStatus.Expired)
            return new Outcome("not_waiting");
        if (said.Letters is not null && said.Letters != order.Code)
            return new Outcome("wrong_code");
        if (order.Status != OrderStatus.Placed)
            return new Outcome("fetched_before");
        var lines = (await OrderBook.LinesAsync(turn.Db, order.Id, ct)).Where(line => line.Line.HandedMilli < line.Line.QuantityMilli).ToList();
        await Audit.RecordAsync(turn, Description.Name, order.Subject, ct);
        var record = OrderRecord.ToHandOver(order, lines, await OrderRecord.BuyerAsync(turn, order, ct));
        return new Outcome(said.Letters is null ? "found" : "with_code", record);
    }
}

/// <summary>A waiting order of the officer's cooperative, chosen from the list or handed over in part, with what is left of it.</summary>
public sealed class ShowOrderToHandOver : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("orders.show_to_hand_over")
        .Takes("order", DialogType.Text)
        .Gives("found", OrderRecord.Type)
        .Gives("not_waiting");

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (!OfficerRole.MayLook(turn.Caller) || turn.Caller.CooperativeId is not { } cooperativeId)
            return new Outcome("not_waiting");
        var number = RunningNumber.Read(call.Text("order"));
        var order = await turn.Db.Set<Order>().AsNoTracking().SingleOrDefaultAsync(
            row => row.CooperativeId == cooperativeId && row.Number == number && row.Status == OrderStatus.Placed, ct);
        if (order is null)
            return new Outcome("not_waiting");
        var lines = (await OrderBook.LinesAsync(turn.Db, order.Id, ct)).Where(line => line.Line.HandedMilli < line.Line.QuantityMilli).ToList();
        await Audit.RecordAsync(turn, Description.Name, order.Subject, ct);
        return new Outcome("found", OrderRecord.ToHandOver(order, lines, await OrderRecord.BuyerAsync(turn, order, ct)));
    }
}

/// <summary>Whether the letters that a buyer says or shows belong to the order on the counter.</summary>
public sealed class CheckPickupCode : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("orders.check_code")
        .Takes("order", DialogType.Text)
        .Takes("code", DialogType.Text)
        .Gives("right")
        .Gives("wrong");

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (!OfficerRole.MayLook(turn.Caller) || turn.Caller.CooperativeId is not { } cooperativeId)
            return new Outcome("wrong");
        var number = PickupCode.Read(call.Text("order"))?.Number;
        var letters = await turn.Db.Set<Order>()
            .Where(row => row.CooperativeId == cooperativeId && row.Number == number)
            .Select(row => row.Code).SingleOrDefaultAsync(ct);
        var said = new string([.. call.Text("code").ToUpperInvariant().Where(char.IsAsciiLetterOrDigit)]);
        return new Outcome(letters is not null && (said == letters || PickupCode.Read(said) is { } whole && whole.Number == number && whole.Letters == letters)
            ? "right"
            : "wrong");
    }
}

/// <summary>
/// An officer vouches for a buyer without the code: name and KTP agree, the phone is broken or lent. It is recorded in the audit log.
/// </summary>
public sealed class VouchForBuyer : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("orders.vouch")
        .Takes("order", DialogType.Text)
        .Gives("vouched")
        .Gives("not_allowed");

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (!OfficerRole.MayMoveGoods(turn.Caller) || turn.Caller.CooperativeId is not { } cooperativeId)
            return new Outcome("not_allowed");
        var number = PickupCode.Read(call.Text("order"))?.Number;
        var order = await turn.Db.Set<Order>().AsNoTracking().SingleAsync(row => row.CooperativeId == cooperativeId && row.Number == number, ct);
        await Audit.RecordAsync(turn, Description.Name, order.Subject, ct);
        return new Outcome("vouched");
    }
}
