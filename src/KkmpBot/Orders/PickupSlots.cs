using KkmpBot.Cooperatives;
using KkmpBot.Data;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Orders;

/// <summary>A time at which orders are fetched.</summary>
/// <param name="Day">The day, WIB.</param>
/// <param name="Minute">The minute of the day at which it begins.</param>
/// <param name="EndMinute">The minute at which it ends.</param>
/// <param name="Left">How many more orders may choose it.</param>
public sealed record PickupTime(DateOnly Day, int Minute, int EndMinute, int Left)
{
    /// <summary>"08.00-10.00".</summary>
    public string Hours => $"{Wib.Clock(Minute)}-{Wib.Clock(EndMinute)}";

    /// <summary>The moment at which it begins.</summary>
    public DateTime StartUtc => Wib.StartUtc(Day).AddMinutes(Minute);

    /// <summary>The moment at which it ends.</summary>
    public DateTime EndUtc => Wib.StartUtc(Day).AddMinutes(EndMinute);
}

/// <summary>
/// The times at which orders are fetched: opening hours, less holidays, cut as the cooperative's plan says. A time is taken with one
/// conditional statement, so that it never holds more orders than it has places.
/// </summary>
internal static class PickupSlots
{
    /// <summary>A list in a chat shows no more; the rest of the week is rarely wanted.</summary>
    public const int MaxListed = 9;

    // Goods must be laid out before somebody comes.
    private static readonly TimeSpan Notice = TimeSpan.FromMinutes(60);

    /// <summary>The times with a free place, soonest first; empty where the cooperative plans none.</summary>
    /// <param name="db">The turn's database.</param>
    /// <param name="cooperativeId">Whose.</param>
    /// <param name="calendar">Its opening hours.</param>
    /// <param name="utcNow">The time of the turn.</param>
    /// <param name="lastDay">The last day on which an order placed now is kept.</param>
    /// <param name="ct">Cancelled only when the process stops.</param>
    public static async Task<IReadOnlyList<PickupTime>> FreeAsync(
        KkmpDbContext db, int cooperativeId, OpeningCalendar calendar, DateTime utcNow, DateOnly lastDay, CancellationToken ct)
    {
        if (!calendar.IsKnown || await db.Set<PickupPlan>().AsNoTracking().SingleOrDefaultAsync(row => row.CooperativeId == cooperativeId, ct) is not { } plan)
            return [];
        var today = Wib.Day(utcNow);
        var taken = await db.Set<PickupSlot>()
            .Where(slot => slot.CooperativeId == cooperativeId && slot.Day >= today && slot.Day <= lastDay)
            .ToDictionaryAsync(slot => (slot.Day, slot.Minute), slot => slot.Taken, ct);
        return
        [
            .. Times(calendar, plan, today, lastDay)
                .Select(time => time with { Left = plan.Capacity - taken.GetValueOrDefault((time.Day, time.Minute)) })
                .Where(time => time.Left > 0 && time.StartUtc >= utcNow + Notice),
        ];
    }

    /// <summary>The time of a plan that begins at a minute of a day; null when the plan or the hours no longer have it.</summary>
    /// <param name="calendar">The opening hours.</param>
    /// <param name="plan">The plan; null where there is none.</param>
    /// <param name="day">The day.</param>
    /// <param name="minute">The minute.</param>
    public static PickupTime? Find(OpeningCalendar calendar, PickupPlan? plan, DateOnly? day, int? minute) => plan is null || day is null
        ? null
        : Times(calendar, plan, day.Value, day.Value).FirstOrDefault(time => time.Minute == minute);

    /// <summary>Takes a place in a time.</summary>
    /// <param name="db">The turn's database.</param>
    /// <param name="order">The order, with the time it wants.</param>
    /// <param name="ct">Cancelled only when the process stops.</param>
    /// <returns>False when it is full.</returns>
    public static async Task<bool> TakeAsync(KkmpDbContext db, Order order, CancellationToken ct)
    {
        if (order.PickupDay is not { } day || order.PickupMinute is not { } minute)
            return true;
        var capacity = await db.Set<PickupPlan>().Where(plan => plan.CooperativeId == order.CooperativeId).Select(plan => plan.Capacity).SingleOrDefaultAsync(ct);
        var rows = await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO pickup_slots (cooperative_id, day, minute, taken) VALUES ({order.CooperativeId}, {day}, {minute}, 1)
            ON CONFLICT (cooperative_id, day, minute) DO UPDATE SET taken = pickup_slots.taken + 1 WHERE pickup_slots.taken < {capacity}
            """,
            ct);
        return rows == 1;
    }

    /// <summary>Gives the place of an order back.</summary>
    /// <param name="db">The turn's database.</param>
    /// <param name="order">The order.</param>
    /// <param name="ct">Cancelled only when the process stops.</param>
    public static Task GiveBackAsync(KkmpDbContext db, Order order, CancellationToken ct) => db.Set<PickupSlot>()
        .Where(slot => slot.CooperativeId == order.CooperativeId && slot.Day == order.PickupDay && slot.Minute == order.PickupMinute && slot.Taken > 0)
        .ExecuteUpdateAsync(set => set.SetProperty(slot => slot.Taken, slot => slot.Taken - 1), ct);

    private static IEnumerable<PickupTime> Times(OpeningCalendar calendar, PickupPlan plan, DateOnly from, DateOnly until)
    {
        for (var day = from; day <= until; day = day.AddDays(1))
        {
            if (calendar.On(day) is not { } hours)
                continue;
            for (var minute = hours.OpensMinute; minute < hours.ClosesMinute; minute += plan.SlotMinutes)
                yield return new PickupTime(day, minute, Math.Min(minute + plan.SlotMinutes, hours.ClosesMinute), plan.Capacity);
        }
    }
}
