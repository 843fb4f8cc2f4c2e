using KkmpBot.Catalog;
using KkmpBot.Data;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Orders;

/// <summary>Placed orders: until when they are kept, and how they are closed exactly once.</summary>
internal static class OrderBook
{
    /// <summary>The day of ordering and this many days more: with a Sunday in between there are still two to come by.</summary>
    public const int DaysKept = 3;

    /// <summary>The last day on which an order placed now is kept.</summary>
    /// <param name="utcNow">The time of the turn.</param>
    public static DateOnly LastDay(DateTime utcNow) => Wib.Day(utcNow).AddDays(DaysKept);

    /// <summary>The moment from which an order placed now is no longer kept: the end of <see cref="LastDay"/>.</summary>
    /// <param name="utcNow">The time of the turn.</param>
    public static DateTime KeptUntilUtc(DateTime utcNow) => Wib.StartUtc(LastDay(utcNow).AddDays(1));

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
        return [.. rows.Select(row => new NamedLine(row.line, row.product))];
    }

    /// <summary>
    /// Closes a placed order. Of a member who cancels, an officer who hands over and the deadline, exactly one gets true; the others
    /// find the order closed. The row stays locked until the turn ends.
    /// </summary>
    /// <param name="db">The turn's database.</param>
    /// <param name="orderId">The order.</param>
    /// <param name="status">What it becomes.</param>
    /// <param name="utcNow">The time of the turn.</param>
    /// <param name="handedOverBy">The officer, when it is handed over.</param>
    /// <param name="ct">Cancelled only when the process stops.</param>
    public static async Task<bool> CloseAsync(
        KkmpDbContext db, long orderId, string status, DateTime utcNow, long? handedOverBy, CancellationToken ct) =>
        await db.Set<Order>()
            .Where(order => order.Id == orderId && order.Status == OrderStatus.Placed)
            .ExecuteUpdateAsync(
                set => set
                    .SetProperty(order => order.Status, status)
                    .SetProperty(order => order.ClosedUtc, utcNow)
                    .SetProperty(order => order.HandedOverBy, handedOverBy),
                ct) == 1;

    /// <summary>Frees what a closed order had reserved.</summary>
    /// <param name="db">The turn's database.</param>
    /// <param name="orderId">The order.</param>
    /// <param name="ct">Cancelled only when the process stops.</param>
    public static async Task ReleaseAsync(KkmpDbContext db, long orderId, CancellationToken ct)
    {
        foreach (var (line, _) in (await LinesAsync(db, orderId, ct)).OrderBy(line => line.Product.Id))
            await Stock.ReleaseAsync(db, line.ProductId, line.QuantityMilli, ct);
    }
}
