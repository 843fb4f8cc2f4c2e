namespace KkmpBot.Conversations;

/// <summary>
/// The hours in which nobody is written to but in answer, or about what is theirs: from 20.00 to 07.00 in Semarang. Bulk messages wait for
/// the morning.
/// </summary>
public static class QuietHours
{
    /// <summary>The minute of the day at which they begin.</summary>
    public const int FromMinute = 20 * 60;

    /// <summary>The minute of the day at which they end.</summary>
    public const int UntilMinute = 7 * 60;

    /// <summary>True in them.</summary>
    /// <param name="utc">A moment.</param>
    public static bool Is(DateTime utc) => Wib.Minute(utc) is var minute && (minute < UntilMinute || minute >= FromMinute);

    /// <summary>The moment itself, or the end of the quiet hours that it falls into.</summary>
    /// <param name="utc">A moment.</param>
    public static DateTime NotBefore(DateTime utc) => Is(utc) ? MorningOf(Wib.Minute(utc) < UntilMinute ? Wib.Day(utc) : Wib.Day(utc).AddDays(1)) : utc;

    /// <summary>The moment at which the quiet hours of a day's morning end.</summary>
    /// <param name="day">The day, WIB.</param>
    public static DateTime MorningOf(DateOnly day) => Wib.StartUtc(day).AddMinutes(UntilMinute);
}
