using System.Globalization;

namespace KkmpBot;

/// <summary>Semarang's clock: WIB, UTC+7, no daylight saving. Times are stored in UTC; days of people are days in WIB.</summary>
public static class Wib
{
    private static readonly TimeSpan Offset = TimeSpan.FromHours(7);

    /// <summary>The calendar day in Semarang at a moment.</summary>
    /// <param name="utc">The moment, UTC.</param>
    public static DateOnly Day(DateTime utc) => DateOnly.FromDateTime(utc + Offset);

    /// <summary>The time of day in Semarang at a moment, as people write it: "08.00".</summary>
    /// <param name="utc">The moment, UTC.</param>
    public static string Clock(DateTime utc) => (utc + Offset).ToString("HH.mm", CultureInfo.InvariantCulture);

    /// <summary>A minute of the day as people write it: 480 is "08.00".</summary>
    /// <param name="minute">Minutes since midnight, at most 1440.</param>
    public static string Clock(int minute) => string.Create(CultureInfo.InvariantCulture, $"{minute / 60:00}.{minute % 60:00}");

    /// <summary>The minute of the day in Semarang at a moment.</summary>
    /// <param name="utc">The moment, UTC.</param>
    public static int Minute(DateTime utc) => (int)(utc + Offset).TimeOfDay.TotalMinutes;

    /// <summary>The moment, UTC, at which a day begins in Semarang.</summary>
    /// <param name="day">The day.</param>
    public static DateTime StartUtc(DateOnly day) => DateTime.SpecifyKind(day.ToDateTime(TimeOnly.MinValue) - Offset, DateTimeKind.Utc);
}
