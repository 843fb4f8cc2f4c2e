using System.Globalization;

namespace KkmpBot.Dialogs.Answers;

/// <summary>A time as people say it when they mean to come by: "besok sore", "jam 4", "sabtu pagi".</summary>
/// <param name="Day">The day, WIB; null when only the hour was said.</param>
/// <param name="FromMinute">The minute of the day from which on.</param>
/// <param name="ToMinute">The minute before which.</param>
public sealed record SaidTime(DateOnly? Day, int FromMinute, int ToMinute)
{
    private const int MinutesInHour = 60;
    private const int HoursInDay = 24;
    private const int Noon = 12;
    // Nobody fetches rice at five in the morning: "jam 5" without a word for the part of the day is five in the afternoon.
    private const int FirstHour = 7;

    /// <summary>True when something that lasts from one minute of a day to another begins or ends within the time said.</summary>
    /// <param name="day">The day.</param>
    /// <param name="minute">Its first minute.</param>
    /// <param name="endMinute">The minute after its last.</param>
    public bool Overlaps(DateOnly day, int minute, int endMinute) => (Day is null || Day == day) && minute < ToMinute && endMinute > FromMinute;

    /// <summary>Reads a time; null when nothing in the text is one.</summary>
    /// <param name="text">As typed or as an understood sentence spells it out.</param>
    /// <param name="today">In WIB.</param>
    public static SaidTime? Read(string text, DateOnly today)
    {
        var words = SpokenWords.Standard;
        DateOnly? day = null;
        (int From, int To)? part = null;
        int? clock = null;
        var said = Tokens.Split(TypedText.Clean(text)).ConvertAll(token => token.Text);
        for (var at = 0; at < said.Count; at++)
        {
            var pair = at + 1 < said.Count ? $"{said[at]} {said[at + 1]}" : "";
            if (words.Days.TryGetValue(pair, out var ahead) || words.Days.TryGetValue(said[at], out ahead))
                day = today.AddDays(ahead);
            else if (words.Later.Contains(said[at]))
                day ??= today;
            else if (words.Weekdays.TryGetValue(said[at], out var weekday))
                day = today.AddDays((weekday - (int)today.DayOfWeek + 7) % 7);
            else if (words.Hours.TryGetValue(pair, out var hours) || words.Hours.TryGetValue(said[at], out hours))
                part = hours;
            else if (at > 0 && said[at - 1] is "jam" or "pukul" or "pkl")
                clock = Minute(said[at]);
        }

        if (clock is { } minute)
            return new SaidTime(day, InPart(minute, part), InPart(minute, part) + 1);
        return part is { } whole ? new SaidTime(day, whole.From * MinutesInHour, whole.To * MinutesInHour)
            : day is null ? null : new SaidTime(day, 0, HoursInDay * MinutesInHour);
    }

    // "4", "16.00", "16:30"; null for anything else.
    private static int? Minute(string text)
    {
        var parts = text.Split('.', ':');
        if (!int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var hour) || hour >= HoursInDay)
            return null;
        return parts.Length > 1 && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var minute) && minute < MinutesInHour
            ? (hour * MinutesInHour) + minute
            : hour * MinutesInHour;
    }

    private static int InPart(int minute, (int From, int To)? part)
    {
        var later = minute + (Noon * MinutesInHour);
        if (minute >= Noon * MinutesInHour)
            return minute;
        return part is { } said
            ? minute < said.From * MinutesInHour && later < said.To * MinutesInHour ? later : minute
            : minute < FirstHour * MinutesInHour ? later : minute;
    }
}
