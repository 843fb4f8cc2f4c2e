using KkmpBot.Catalog;
using KkmpBot.Conversations;
using KkmpBot.Cooperatives;
using KkmpBot.Data;
using KkmpBot.Payments;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Orders;

/// <summary>Placed orders: until when they are kept, and how they are closed exactly once.</summary>
internal static class OrderBook
{
    /// <summary>The day of ordering and this many days more: with a Sunday in between there are still two to come by.</summary>
    public const int DaysKept = 3;

    // After long holidays there must be two open days left.
    private const int OpenDaysKept = 2;

    /// <summary>The last day on which an order placed now is kept.</summary>
    /// <param name="calendar">When the outlet is open.</param>
    /// <param name="utcNow">The time of the turn.</param>
    public static DateOnly LastDay(OpeningCalendar calendar, DateTime utcNow)
    {
        var today = Wib.Day(utcNow);
        var (usual, open) = (today.AddDays(DaysKept), calendar.IsKnown ? calendar.OpenDayAfter(today, OpenDaysKept) : today);
        return open > usual ? open : usual;
    }

    /// <summary>The last day on which a placed order is kept.</summary>
    /// <param name="order">Placed.</param>
    public static DateOnly LastDay(Order order) => Wib.Day(order.KeptUntilUtc!.Value.AddTicks(-1));

    /// <summary>The lines of an order with their articles, oldest first.</summary>
    /// <param name="db">The turn's database.</param>
    /// <param name="orderId">The order.</param>
    /// <param name="ct">Cancelled only when the process stops.</param>
    public static async Task<List<NamedLine>> LinesAsync(KkmpDbContext db, long orderId, CancellationToken ct)
    {
        var rows = await db.Set<OrderLine>()
            .Where(line => line.OrderId == orderId)
            .OrderBy(line => line.Id)
            .Join(db.Set<Product>(), line => line.ProductId, product => product.Id, (line, product) => new { line, product })
            .ToListAsync(ct);
        return [.. rows.OrderBy(row => row.line.Id).Select(row => new NamedLine(row.line, row.product))];
    }

    /// <summary>A placed order of a cooperative, its row held until the turn ends; null when none of that number waits.</summary>
    /// <param name="db">The turn's database.</param>
    /// <param name="cooperativeId">Whose.</param>
    /// <param name="number">The order's number.</param>
    /// <param name="ct">Cancelled only when the process stops.</param>
    public static async Task<Order?> HoldAsync(KkmpDbContext db, int cooperativeId, int? number, CancellationToken ct)
    {
        var orders = db.Set<Order>().Where(order => order.CooperativeId == cooperativeId && order.Number == number && order.Status == OrderStatus.Placed);
        return await HoldAsync(orders, ct);
    }

    /// <summary>A placed order, its row held until the turn ends; null when it does not wait any more.</summary>
    /// <param name="db">The turn's database.</param>
    /// <param name="orderId">The order.</param>
    /// <param name="ct">Cancelled only when the process stops.</param>
    public static Task<Order?> HoldAsync(KkmpDbContext db, long orderId, CancellationToken ct) =>
        HoldAsync(db.Set<Order>().Where(order => order.Id == orderId && order.Status == OrderStatus.Placed), ct);

    /// <summary>
    /// Closes a placed order that was not (or not wholly) fetched: the rest is free again and goes to the queue, what was paid for it goes
    /// back. Whoever holds the order's row does it; the others find it closed.
    /// </summary>
    /// <param name="turn">The turn.</param>
    /// <param name="order">Held.</param>
    /// <param name="status">What it becomes, unless a part of it was fetched.</param>
    /// <param name="ct">Cancelled only when the process stops.</param>
    public static async Task CloseUnfetchedAsync(Turn turn, Order order, string status, CancellationToken ct)
    {
        var lines = await LinesAsync(turn.Db, order.Id, ct);
        order.Status = lines.Any(line => line.Line.HandedMilli > 0) ? OrderStatus.HandedOver : status;
        order.ClosedUtc = turn.UtcNow;
        await turn.Db.SaveChangesAsync(ct);
        var rest = lines.Where(line => line.Line.QuantityMilli > line.Line.HandedMilli).OrderBy(line => line.Product.Id).ToList();
        foreach (var (line, product) in rest)
        {
            await Stock.ReleaseAsync(turn, product.Id, line.QuantityMilli - line.HandedMilli, ct);
            await StockQueue.OfferAsync(turn, product, ct);
        }

        await PickupSlots.GiveBackAsync(turn.Db, order, ct);
        await Prepayments.ReturnAsync(turn, order, ct);
    }

    // The no-op update takes the row's lock on PostgreSQL before it is read; on SQLite there is one writer.
    private static async Task<Order?> HoldAsync(IQueryable<Order> orders, CancellationToken ct) =>
        await orders.ExecuteUpdateAsync(set => set.SetProperty(order => order.Status, order => order.Status), ct) == 0
            ? null
            : await orders.SingleOrDefaultAsync(ct);
}
