using System.Globalization;
using KkmpBot.Conversations;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Orders;

/// <summary>
/// News on the way to the counter: a reminder before the chosen time (in the evening before an early one), and when nobody came a word
/// that the goods are still kept. Without a chosen time the last day is reminded of.
/// </summary>
internal static class PickupReminders
{
    /// <summary>The timed act that reminds.</summary>
    public const string RemindKind = "orders.remind";

    /// <summary>The timed act after a time that passed.</summary>
    public const string LateKind = "orders.late";

    /// <summary>The notice that reminds.</summary>
    public const string RemindNotice = "order_reminder";

    /// <summary>The notice after a time that passed.</summary>
    public const string LateNotice = "order_late";

    /// <summary>The notice in place of both while money by QRIS has not come.</summary>
    public const string UnpaidNotice = "order_unpaid";

    private const int EarlyMinute = 10 * 60;
    private const int EveningMinute = 18 * 60;
    private const int MorningMinute = 8 * 60;
    private const int MinutesBefore = 120;
    private const int MinutesAfter = 120;

    /// <summary>Puts the news of a placed order off until they are due.</summary>
    /// <param name="turn">The turn that placed it.</param>
    /// <param name="order">The order.</param>
    public static void Schedule(Turn turn, Order order)
    {
        var remindUtc = order is { PickupDay: { } day, PickupMinute: { } minute }
            ? minute < EarlyMinute ? At(day.AddDays(-1), EveningMinute) : At(day, minute - MinutesBefore)
            : At(OrderBook.LastDay(order), MorningMinute);
        // Whoever ordered an hour ago needs no reminder.
        if (remindUtc > turn.UtcNow.AddMinutes(MinutesBefore))
            turn.Schedule(Act(RemindKind, remindUtc, order));
        if (order is { PickupDay: { } chosen, PickupMinute: { } from })
            turn.Schedule(Act(LateKind, At(chosen, from).AddMinutes(MinutesAfter), order));
    }

    /// <summary>Reminds, when the order still waits.</summary>
    /// <param name="act">Its subject is the order's id.</param>
    /// <param name="turn">The turn.</param>
    /// <param name="ct">Cancelled only when the process stops.</param>
    public static ValueTask RemindAsync(TimedAct act, Turn turn, CancellationToken ct) => TellAsync(act, turn, RemindNotice, ct);

    /// <summary>Tells that the goods are still kept, when the order still waits.</summary>
    /// <param name="act">Its subject is the order's id.</param>
    /// <param name="turn">The turn.</param>
    /// <param name="ct">Cancelled only when the process stops.</param>
    public static ValueTask LateAsync(TimedAct act, Turn turn, CancellationToken ct) => TellAsync(act, turn, LateNotice, ct);

    private static async ValueTask TellAsync(TimedAct act, Turn turn, string notice, CancellationToken ct)
    {
        var orderId = long.Parse(act.Subject, CultureInfo.InvariantCulture);
        var order = await turn.Db.Set<Order>().AsNoTracking().SingleAsync(row => row.Id == orderId, ct);
        if (order is { Status: OrderStatus.Placed, PersonId: { } personId })
            turn.Notify(personId, OrderRecord.IsUnpaidQris(order) ? UnpaidNotice : notice, OrderRecord.NewsOf(order));
    }

    private static TimedAct Act(string kind, DateTime dueUtc, Order order) =>
        new(kind, dueUtc, order.PersonId!.Value, order.Id.ToString(CultureInfo.InvariantCulture));

    private static DateTime At(DateOnly day, int minute) => Wib.StartUtc(day).AddMinutes(minute);
}
