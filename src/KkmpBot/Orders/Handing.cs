using KkmpBot.Auditing;
using KkmpBot.Catalog;
using KkmpBot.Conversations;
using KkmpBot.Cooperatives;
using KkmpBot.Ledger;
using KkmpBot.Programs.Partners;

namespace KkmpBot.Orders;

/// <summary>Goods going over the counter: out of the stock, into the books as a sale, tagged with the member when there is one.</summary>
internal static class Handing
{
    /// <summary>Gives parts of a held order to its buyer; with the last part the order is closed and the member is told.</summary>
    /// <param name="turn">The officer's turn.</param>
    /// <param name="order">Held.</param>
    /// <param name="parts">What is given of which line, in thousandths of the article's unit.</param>
    /// <param name="ct">Cancelled only when the process stops.</param>
    /// <returns>What the buyer pays in cash now, in rupiah.</returns>
    public static async Task<long> GiveAsync(Turn turn, Order order, IReadOnlyList<(NamedLine Line, long Milli)> parts, CancellationToken ct)
    {
        var (price, cost) = (0L, 0L);
        var given = new List<(Product Product, long Milli, long PriceRupiah)>();
        foreach (var (line, milli) in parts.OrderBy(part => part.Line.Product.Id))
        {
            cost += await Stock.SellAsync(turn, line.Product, milli, order.Id, ct);
            // Parts add up to the price of the whole, to the rupiah.
            var part = Quantities.Cost(line.Line.PriceRupiah, line.Line.HandedMilli + milli) - Quantities.Cost(line.Line.PriceRupiah, line.Line.HandedMilli);
            given.Add((line.Product, milli, part));
            price += part;
            line.Line.HandedMilli += milli;
        }

        var prepaid = Math.Min(price, order.PaidRupiah - order.UsedRupiah);
        order.UsedRupiah += prepaid;
        await turn.Db.SaveChangesAsync(ct);
        await CloseWhenDoneAsync(turn, order, ct);
        await Audit.RecordAsync(turn, "orders.hand_over", order.Subject, ct);
        var sale = new Sale(price, prepaid, cost) { Consigned = await ConsignedSales.SoldAsync(turn, given, ct) };
        GoodsAct.Note(turn, "orders.hand_over", await BookAsync(turn, order, sale, ct), order.Id, prepaid);
        return price - prepaid;
    }

    /// <summary>Books a sale.</summary>
    /// <param name="turn">The officer's turn.</param>
    /// <param name="order">The order or sale at the counter.</param>
    /// <param name="sale">Its money.</param>
    /// <param name="ct">Cancelled only when the process stops.</param>
    /// <returns>The entry; null for goods that cost nothing.</returns>
    public static async Task<JournalEntry?> BookAsync(Turn turn, Order order, Sale sale, CancellationToken ct)
    {
        var entry = EntryDraft.For(turn, order.CooperativeId, "sale", RunningNumber.Text(order.Number!.Value));
        var cash = sale.PriceRupiah - sale.PrepaidRupiah;
        if (cash > 0)
            entry.Debit(order is { Source: OrderSource.Counter, Payment: PaymentWay.Qris } ? Account.Bank : Account.Cash, cash);
        if (sale.PrepaidRupiah > 0)
            entry.Debit(Account.Prepayments, sale.PrepaidRupiah, order.MemberId);
        // SHU is shared by what each member bought; what others buy is kept apart.
        if (sale.OwnRupiah > 0)
            entry.Credit(order.MemberId is null ? Account.OtherSales : Account.MemberSales, sale.OwnRupiah, order.MemberId);
        if (sale.Consigned.ShareRupiah > 0)
            entry.Credit(Account.PartnerMoney, sale.Consigned.ShareRupiah);
        if (sale.Consigned.CommissionRupiah > 0)
            entry.Credit(Account.OtherIncome, sale.Consigned.CommissionRupiah);
        if (sale.CostRupiah > 0)
            entry.Debit(Account.CostOfGoods, sale.CostRupiah).Credit(Account.Stock, sale.CostRupiah);
        return entry.Lines.Count > 0 ? sale.Consigned.BookedAs(await Books.PostAsync(turn.Db, entry, ct)) : null;
    }

    private static async Task CloseWhenDoneAsync(Turn turn, Order order, CancellationToken ct)
    {
        var lines = await OrderBook.LinesAsync(turn.Db, order.Id, ct);
        if (lines.Exists(line => line.Line.HandedMilli < line.Line.QuantityMilli))
            return;
        order.Status = OrderStatus.HandedOver;
        order.ClosedUtc = turn.UtcNow;
        order.HandedOverBy = turn.Caller.PersonId;
        await turn.Db.SaveChangesAsync(ct);
        if (order.PersonId is { } personId)
            turn.Notify(personId, HandOverOrder.Notice, OrderRecord.NewsOf(order));
    }
}

/// <summary>The money of a sale.</summary>
/// <param name="PriceRupiah">What the buyer pays for it.</param>
/// <param name="PrepaidRupiah">The part that was paid before.</param>
/// <param name="CostRupiah">What the goods had cost the cooperative; 0 when not known.</param>
internal sealed record Sale(long PriceRupiah, long PrepaidRupiah, long CostRupiah)
{
    /// <summary>The part of the price that goods of partners bring.</summary>
    public ConsignedPart Consigned { get; init; } = ConsignedPart.None;

    /// <summary>The part that is a sale of the cooperative.</summary>
    public long OwnRupiah => PriceRupiah - Consigned.PriceRupiah;
}
