using KkmpBot.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace KkmpBot.Cooperatives;

/// <summary>When the outlet of a cooperative is open on a day of the week; a day without a row is closed.</summary>
public sealed class OpeningHours
{
    /// <summary>Whose.</summary>
    public int CooperativeId { get; set; }

    /// <summary>0 is Sunday, as in <see cref="DayOfWeek"/>.</summary>
    public int Weekday { get; set; }

    /// <summary>The minute of the day at which it opens, WIB.</summary>
    public int OpensMinute { get; set; }

    /// <summary>The minute at which it closes.</summary>
    public int ClosesMinute { get; set; }

    private sealed class Table : IEntityTypeConfiguration<OpeningHours>
    {
        public void Configure(EntityTypeBuilder<OpeningHours> builder)
        {
            builder.ToTable("opening_hours", table => table.HasCheckConstraint(
                "CK_opening_hours_closes_minute", "opens_minute >= 0 AND opens_minute < closes_minute AND closes_minute <= 1440"));
            builder.HasKey(hours => new { hours.CooperativeId, hours.Weekday });
        }
    }
}

/// <summary>A day on which outlets are closed: a holiday of the state, or a cooperative's own day off.</summary>
public sealed class ClosedDay
{
    /// <summary>The row's id.</summary>
    public long Id { get; set; }

    /// <summary>Whose day off; null for all cooperatives.</summary>
    public int? CooperativeId { get; set; }

    /// <summary>The day, WIB.</summary>
    public DateOnly Day { get; set; }

    /// <summary>Why, as people say it: "Hari Natal".</summary>
    public required string Name { get; set; }

    private sealed class Table : IEntityTypeConfiguration<ClosedDay>
    {
        public void Configure(EntityTypeBuilder<ClosedDay> builder)
        {
            builder.ToTable("closed_days");
            builder.HasIndex(closed => closed.Day);
        }
    }
}

/// <summary>The days on which an outlet is open, with its hours: what pick-up times and deadlines are counted by.</summary>
public sealed class OpeningCalendar
{
    /// <summary>No outlet stays closed for longer; beyond that the calendar is not trusted.</summary>
    public const int MaxDaysAhead = 30;

    private readonly IReadOnlyDictionary<int, OpeningHours> byWeekday;
    private readonly HashSet<DateOnly> closed;

    private OpeningCalendar(IReadOnlyDictionary<int, OpeningHours> byWeekday, HashSet<DateOnly> closed)
    {
        this.byWeekday = byWeekday;
        this.closed = closed;
    }

    /// <summary>False where nobody entered hours yet: every day may be an open one then.</summary>
    public bool IsKnown => byWeekday.Count > 0;

    /// <summary>Loads a cooperative's calendar from a day on.</summary>
    /// <param name="db">The turn's database.</param>
    /// <param name="cooperativeId">Whose.</param>
    /// <param name="from">The first day that matters.</param>
    /// <param name="ct">Cancelled only when the process stops.</param>
    public static async Task<OpeningCalendar> LoadAsync(KkmpDbContext db, int cooperativeId, DateOnly from, CancellationToken ct)
    {
        var hours = await db.Set<OpeningHours>().AsNoTracking().Where(row => row.CooperativeId == cooperativeId).ToListAsync(ct);
        if (hours.Count == 0)
            return new OpeningCalendar(new Dictionary<int, OpeningHours>(), []);
        var until = from.AddDays(MaxDaysAhead);
        var days = await db.Set<ClosedDay>()
            .Where(row => (row.CooperativeId == null || row.CooperativeId == cooperativeId) && row.Day >= from && row.Day <= until)
            .Select(row => row.Day).ToListAsync(ct);
        return new OpeningCalendar(hours.ToDictionary(row => row.Weekday), [.. days]);
    }

    /// <summary>The hours of a day; null when the outlet is closed on it.</summary>
    /// <param name="day">The day.</param>
    public OpeningHours? On(DateOnly day) => closed.Contains(day) ? null : byWeekday.GetValueOrDefault((int)day.DayOfWeek);

    /// <summary>The n-th day after a day on which the outlet is open; with an unknown calendar simply the n-th.</summary>
    /// <param name="day">The day before.</param>
    /// <param name="count">Which one, from 1.</param>
    public DateOnly OpenDayAfter(DateOnly day, int count)
    {
        if (!IsKnown)
            return day.AddDays(count);
        var found = 0;
        for (var ahead = 1; ahead <= MaxDaysAhead; ahead++)
        {
            if (On(day.AddDays(ahead)) is not null && ++found == count)
                return day.AddDays(ahead);
        }

        return day.AddDays(MaxDaysAhead);
    }
}
