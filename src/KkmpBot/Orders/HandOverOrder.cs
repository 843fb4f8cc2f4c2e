using KkmpBot.Auditing;
using KkmpBot.Catalog;
using KkmpBot.Conversations;
using KkmpBot.Cooperatives;
using KkmpBot.Dialogs.Model;
using KkmpBot.Ledger;
using KkmpBot.Members;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Orders;

/// <summary>
/// An officer gives an order to its member and takes the money: the goods leave the stock, the sale is booked, the member is told. An
/// order is handed over once, whoever else cancels or hands it over at the same instant.
/// </summary>
public sealed class HandOverOrder : ICapability
{
    /// <summary>The notice to the member.</summary>
    internal const string Notice = "order_handed_over";

    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("orders.hand_over")
        .Takes("order", DialogType.Text)
        .Gives("handed_over")
        .Gives("not_waiting")
        .Gives("not_allowed");

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (!OfficerRole.MayMoveGoods(turn.Caller) || turn.Caller.CooperativeId is not { } cooperativeId)
            return new Outcome("not_allowed");
        var number = RunningNumber.Read(call.Text("order"));
        var order = await turn.Db.Set<Order>().AsNoTracking().SingleOrDefaultAsync(
            row => row.CooperativeId == cooperativeId && row.Number == number, ct);
        if (order is null || !await OrderBook.CloseAsync(turn.Db, order.Id, OrderStatus.HandedOver, turn.UtcNow, turn.Caller.PersonId, ct))
            return new Outcome("not_waiting");

        var costRupiah = 0L;
        foreach (var (line, product) in (await OrderBook.LinesAsync(turn.Db, order.Id, ct)).OrderBy(line => line.Product.Id))
            costRupiah += await Stock.SellAsync(turn, product.Id, line.QuantityMilli, order.Id, ct);
        turn.Notify(order.PersonId, Notice, OrderRecord.NewsOf(order));
        await Audit.RecordAsync(turn, Description.Name, order.Subject, ct);
        await BookAsync(turn, order, costRupiah, ct);
        return new Outcome("handed_over");
    }

    // Tagged with the member: SHU is shared by what each one bought.
    private static async Task BookAsync(Turn turn, Order order, long costRupiah, CancellationToken ct)
    {
        var sale = EntryDraft.For(turn, order.CooperativeId, "sale", RunningNumber.Text(order.Number!.Value))
            .Debit(Account.Cash, order.TotalRupiah)
            .Credit(Account.MemberSales, order.TotalRupiah, order.MemberId);
        if (costRupiah > 0)
            sale.Debit(Account.CostOfGoods, costRupiah).Credit(Account.Stock, costRupiah);
        await Books.PostAsync(turn.Db, sale, ct);
    }
}
