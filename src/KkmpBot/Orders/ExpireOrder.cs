using System.Globalization;
using KkmpBot.Conversations;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Orders;

/// <summary>When the pick-up deadline has passed: an order that still waits is closed, its goods are free again, the member is told.</summary>
internal static class ExpireOrder
{
    /// <summary>The timed act's kind.</summary>
    public const string Kind = "orders.expire";

    /// <summary>The notice to the member.</summary>
    public const string Notice = "order_expired";

    /// <summary>Runs it.</summary>
    /// <param name="act">Its subject is the order's id.</param>
    /// <param name="turn">The turn.</param>
    /// <param name="ct">Cancelled only when the process stops.</param>
    public static async ValueTask RunAsync(TimedAct act, Turn turn, CancellationToken ct)
    {
        var orderId = long.Parse(act.Subject, CultureInfo.InvariantCulture);
        if (!await OrderBook.CloseAsync(turn.Db, orderId, OrderStatus.Expired, turn.UtcNow, handedOverBy: null, ct))
            return;
        await OrderBook.ReleaseAsync(turn.Db, orderId, ct);
        var order = await turn.Db.Set<Order>().AsNoTracking().SingleAsync(row => row.Id == orderId, ct);
        turn.Notify(order.PersonId, Notice, OrderRecord.NewsOf(order));
    }
}
