using System.Globalization;
using KkmpBot.Conversations;

namespace KkmpBot.Orders;

/// <summary>
/// When the pick-up deadline has passed: an order that still waits is closed, its goods are free again and what was paid goes back; the
/// member is told.
/// </summary>
internal static class ExpireOrder
{
    /// <summary>The timed act's kind.</summary>
    public const string Kind = "orders.expire";

    /// <summary>The notice to the member.</summary>
    public const string Notice = "order_expired";

    /// <summary>The notice to a member who had fetched a part of it.</summary>
    public const string RestNotice = "order_rest_expired";

    /// <summary>The notice to a member who had paid by QRIS: the money waits at the counter.</summary>
    public const string RefundNotice = "order_expired_refund";

    /// <summary>The notice to a member who had paid from savings: the money is there again.</summary>
    public const string ReturnedNotice = "order_expired_returned";

    /// <summary>Runs it.</summary>
    /// <param name="act">Its subject is the order's id.</param>
    /// <param name="turn">The turn.</param>
    /// <param name="ct">Cancelled only when the process stops.</param>
    public static async ValueTask RunAsync(TimedAct act, Turn turn, CancellationToken ct)
    {
        var orderId = long.Parse(act.Subject, CultureInfo.InvariantCulture);
        if (await OrderBook.HoldAsync(turn.Db, orderId, ct) is not { } order || order.KeptUntilUtc > turn.UtcNow)
            return;
        var prepaid = order.PaidRupiah - order.UsedRupiah;
        await OrderBook.CloseUnfetchedAsync(turn, order, OrderStatus.Expired, ct);
        var notice = order.PaidRupiah > order.UsedRupiah ? RefundNotice
            : prepaid > 0 ? ReturnedNotice
            : order.Status == OrderStatus.HandedOver ? RestNotice : Notice;
        turn.Notify(order.PersonId!.Value, notice, OrderRecord.NewsOf(order, prepaid > 0 ? prepaid : order.TotalRupiah));
    }
}
