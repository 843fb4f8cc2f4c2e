using KkmpBot.Auditing;
using KkmpBot.Catalog;
using KkmpBot.Conversations;
using KkmpBot.Dialogs.Model;
using KkmpBot.Ledger;
using KkmpBot.Members;
using KkmpBot.Programs.Partners;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Orders;

/// <summary>A fetched order or a sale at the counter, with what of it could still be brought back.</summary>
public sealed class FindFetchedOrder : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("orders.find_fetched")
        .Takes("order", DialogType.Text)
        .Gives("found", OrderRecord.Type)
        .Gives("nothing");

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (!OfficerRole.MayLook(turn.Caller) || turn.Caller.CooperativeId is not { } cooperativeId || PickupCode.Read(call.Text("order")) is not { } said)
            return new Outcome("nothing");
        var order = await turn.Db.Set<Order>().AsNoTracking().SingleOrDefaultAsync(row => row.CooperativeId == cooperativeId && row.Number == said.Number, ct);
        var lines = order is null ? [] : (await OrderBook.LinesAsync(turn.Db, order.Id, ct)).Where(line => Returning.LeftMilli(line) > 0).ToList();
        if (order is null || lines.Count == 0)
            return new Outcome("nothing");
        await Audit.RecordAsync(turn, Description.Name, order.Subject, ct);
        return new Outcome("found", OrderRecord.ToReturn(order, lines, await OrderRecord.BuyerAsync(turn, order, ct)));
    }
}

/// <summary>
/// An officer takes goods back. <c>good</c> ones go to the shelf again and the price is paid back; <c>damaged</c> ones are written off and
/// the price is paid back; <c>exchange</c> gives sound ones for damaged ones, and no money moves.
/// </summary>
public sealed class TakeBackGoods : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("orders.take_back")
        .Takes("order", DialogType.Text)
        .Takes("product", DialogType.Text)
        .Takes("quantity", DialogType.Text)
        .Takes("how", DialogType.Choice)
        .Gives("taken_back", HandedRecord.Type)
        .Gives("exchanged", HandedRecord.Type)
        .Gives("too_much", HandedRecord.Type)
        .Gives("none_free", HandedRecord.Type)
        .Gives(QuantityProblem.Unclear)
        .Gives(QuantityProblem.OtherUnit)
        .Gives(QuantityProblem.NotInParts)
        .Gives("not_allowed");

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (!OfficerRole.MayMoveGoods(turn.Caller) || turn.Caller.CooperativeId is not { } cooperativeId)
            return new Outcome("not_allowed");
        var number = PickupCode.Read(call.Text("order"))?.Number;
        var orders = turn.Db.Set<Order>().Where(row => row.CooperativeId == cooperativeId && row.Number == number);
        await orders.ExecuteUpdateAsync(set => set.SetProperty(row => row.Status, row => row.Status), ct);
        var order = await orders.SingleAsync(ct);
        var line = (await OrderBook.LinesAsync(turn.Db, order.Id, ct)).Single(row => CartRecord.KeyOf(row) == call.Text("product"));
        var (milli, problem) = SaidQuantity.Read(call.Text("quantity"), line.Product);
        if (problem is not null)
            return new Outcome(problem);
        var left = Returning.LeftMilli(line);
        if (milli > left)
            return new Outcome("too_much", HandedRecord.Of(line, left, 0));
        if (call.Text("how") != "exchange")
            return new Outcome("taken_back", HandedRecord.Of(line, milli, await Returning.RefundAsync(turn, order, line, milli, call.Text("how") == "good", ct)));
        return await Returning.ExchangeAsync(turn, order, line, milli, ct)
            ? new Outcome("exchanged", HandedRecord.Of(line, milli, 0))
            : new Outcome("none_free", HandedRecord.Of(line, milli, 0));
    }
}

/// <summary>Goods coming back over the counter, and what the books say of it.</summary>
internal static class Returning
{
    /// <summary>What of a line was fetched and not brought back yet.</summary>
    /// <param name="line">The line.</param>
    public static long LeftMilli(NamedLine line) => line.Line.HandedMilli - line.Line.ReturnedMilli;

    /// <summary>What a part of a line cost the buyer, so that parts add up to the whole.</summary>
    /// <param name="line">The line.</param>
    /// <param name="milli">The part, of what is left.</param>
    public static long PriceOf(NamedLine line, long milli)
    {
        var left = LeftMilli(line);
        return Quantities.Cost(line.Line.PriceRupiah, left) - Quantities.Cost(line.Line.PriceRupiah, left - milli);
    }

    /// <summary>Takes goods back and pays their price back: to the savings it came from, else in cash.</summary>
    /// <param name="turn">The officer's turn.</param>
    /// <param name="order">Held.</param>
    /// <param name="line">Its line.</param>
    /// <param name="milli">What comes back.</param>
    /// <param name="isGood">True when it can be sold again.</param>
    /// <param name="ct">Cancelled only when the process stops.</param>
    /// <returns>The price, in rupiah.</returns>
    public static async Task<long> RefundAsync(Turn turn, Order order, NamedLine line, long milli, bool isGood, CancellationToken ct)
    {
        var (price, cost) = (PriceOf(line, milli), await CostAsync(turn, order, line, milli, ct));
        line.Line.ReturnedMilli += milli;
        await turn.Db.SaveChangesAsync(ct);
        if (isGood)
            await Stock.PutAsync(turn, line.Product, new Arrival(MovementKind.Return, milli, cost) { OrderId = order.Id }, ct);
        await Audit.RecordAsync(turn, "orders.take_back", order.Subject, ct);
        var sales = order.MemberId is null ? Account.OtherSales : Account.MemberSales;
        var entry = EntryDraft.For(turn, order.CooperativeId, "sale_returned", Cooperatives.RunningNumber.Text(order.Number!.Value));
        var consigned = await ConsignedSales.ReturnedAsync(turn, line.Product, milli, price, ct);
        if (price > consigned.PriceRupiah)
            entry.Debit(sales, price - consigned.PriceRupiah, order.MemberId);
        if (consigned.ShareRupiah > 0)
            entry.Debit(Account.PartnerMoney, consigned.ShareRupiah);
        if (consigned.CommissionRupiah > 0)
            entry.Debit(Account.OtherIncome, consigned.CommissionRupiah);
        if (price > 0 && order is { Payment: PaymentWay.Sukarela, MemberId: { } memberId })
            entry.Credit(Account.Sukarela, price, memberId);
        else if (price > 0 && order is { Payment: PaymentWay.Waste, MemberId: { } saver })
            entry.Credit(Account.WasteSavings, price, saver);
        else if (price > 0)
            entry.Credit(Account.Cash, price);
        if (cost > 0)
            entry.Debit(isGood ? Account.Stock : Account.StockLosses, cost).Credit(Account.CostOfGoods, cost);
        GoodsAct.Note(turn, "orders.take_back", entry.Lines.Count > 0 ? consigned.BookedAs(await Books.PostAsync(turn.Db, entry, ct)) : null, order.Id, line.Line.Id, milli);
        return price;
    }

    /// <summary>Gives sound goods for damaged ones; the damaged ones are a loss of the cooperative.</summary>
    /// <param name="turn">The officer's turn.</param>
    /// <param name="order">Held.</param>
    /// <param name="line">Its line.</param>
    /// <param name="milli">What is exchanged.</param>
    /// <param name="ct">Cancelled only when the process stops.</param>
    /// <returns>False when not enough is free.</returns>
    public static async Task<bool> ExchangeAsync(Turn turn, Order order, NamedLine line, long milli, CancellationToken ct)
    {
        if (await Stock.WriteOffAsync(turn, line.Product, milli, order.Id, ct) is not { } cost)
            return false;
        await turn.Db.SaveChangesAsync(ct);
        await Audit.RecordAsync(turn, "orders.exchange", order.Subject, ct);
        JournalEntry? entry = null;
        if (cost > 0)
        {
            var loss = EntryDraft.For(turn, order.CooperativeId, "stock_loss", Cooperatives.RunningNumber.Text(order.Number!.Value))
                .Debit(Account.StockLosses, cost).Credit(Account.Stock, cost);
            entry = await Books.PostAsync(turn.Db, loss, ct);
        }

        GoodsAct.Note(turn, "orders.exchange", entry);
        return true;
    }

    // What the goods had cost when they were sold, less what came back of it before.
    private static async Task<long> CostAsync(Turn turn, Order order, NamedLine line, long milli, CancellationToken ct)
    {
        var sold = -await turn.Db.Set<StockMovement>()
            .Where(row => row.OrderId == order.Id && row.ProductId == line.Product.Id && row.Kind == MovementKind.Sale)
            .SumAsync(row => row.ValueRupiah, ct);
        var (before, handed) = ((Int128)line.Line.ReturnedMilli, (Int128)line.Line.HandedMilli);
        return (long)((sold * (before + milli) / handed) - (sold * before / handed));
    }
}
