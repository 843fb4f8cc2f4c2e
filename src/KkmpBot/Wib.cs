namespace KkmpBot;

/// <summary>Semarang's clock: WIB, UTC+7, no daylight saving. Times are stored in UTC; days of people are days in WIB.</summary>
public static class Wib
{
    private static readonly TimeSpan Offset = TimeSpan.FromHours(7);

    /// <summary>The calendar day in Semarang at a moment.</summary>
    /// <param name="utc">The moment, UTC.</param>
    public static DateOnly Day(DateTime utc) => DateOnly.FromDateTime(utc + Offset);

    /// <summary>The moment, UTC, at which a day begins in Semarang.</summary>
    /// <param name="day">The day.</param>
    public static DateTime StartUtc(DateOnly day) => DateTime.SpecifyKind(day.ToDateTime(TimeOnly.MinValue) - Offset, DateTimeKind.Utc);
}
