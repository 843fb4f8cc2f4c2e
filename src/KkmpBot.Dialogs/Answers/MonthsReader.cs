namespace KkmpBot.Dialogs.Answers;

/// <summary>Months that somebody wants to pay: so many from the next one on, or from one month to another.</summary>
/// <param name="Count">How many; 0 when <paramref name="First"/> and <paramref name="Last"/> say it.</param>
/// <param name="First">The first day of the first month; null for "the next ones".</param>
/// <param name="Last">The first day of the last month.</param>
/// <param name="All">True for "semua": everything that is due.</param>
public readonly record struct SaidMonths(int Count, DateOnly? First, DateOnly? Last, bool All = false);

/// <summary>
/// Reads months as people write them: "3", "3 bulan", "jan-mar", "januari sampai maret 2027", "jan, feb", "agustus kemarin", "bulan ini",
/// "semua". A month without its year is the nearest one; "kemarin" or "lalu" looks back.
/// </summary>
public static class MonthsReader
{
    /// <summary>The months in an answer; null when there are none or they contradict each other.</summary>
    /// <param name="text">As typed.</param>
    /// <param name="today">In WIB.</param>
    public static SaidMonths? Read(string text, DateOnly today) => ReadPaid(text, today) is ({ } months, null) ? months : null;

    /// <summary>The months in an answer, and the money said beside them: "jan-mar 60rb".</summary>
    /// <param name="text">As typed.</param>
    /// <param name="today">In WIB.</param>
    /// <returns>The months, null as with <see cref="Read"/>; the rupiah, null when no money is said.</returns>
    public static (SaidMonths? Months, long? Rupiah) ReadPaid(string text, DateOnly today)
    {
        var said = new MonthsHeard(new DateOnly(today.Year, today.Month, 1));
        long? rupiah = null;
        var tokens = Tokens.Split(TypedText.Clean(text));
        // "-5" is no month, and no count of them.
        if (tokens.Count > 0 && tokens[0].IsMark('-'))
            return default;
        for (int at = 0; at < tokens.Count;)
        {
            int next = at;
            if (rupiah is null && RupiahReader.Standard.ReadAt(tokens, ref next) is { Marked: true, Rupiah: { } money })
                (rupiah, at) = (money, next);
            else if (said.Hear(tokens[at]))
                at++;
            else if (!said.HearSpoken(tokens, ref at))
                return default;
        }
        return (said.Months(), rupiah);
    }
}
