namespace KkmpBot.Dialogs.Answers;

/// <summary>Reads days: "17-8-1990", "17 agustus 1990", "17/08/90", "besok", "3 hari lagi", "jumat".</summary>
public static class DateReader
{
    private const int EarliestYear = 1900;
    // A pick-up, a meeting, the end of a contract.
    private const int YearsAhead = 10;
    private const int MostDaysAhead = 366;

    /// <summary>The day, or <c>date_unclear</c>, <c>date_year</c> (the year is missing), <c>date_range</c>.</summary>
    /// <param name="text">As typed.</param>
    /// <param name="today">In WIB.</param>
    public static (DateOnly? Day, string? Problem) Read(string text, DateOnly today)
    {
        var tokens = Tokens.Split(TypedText.Clean(text));
        if (Relative(tokens, today) is { } near)
            return (near, null);
        return Parts(tokens) is not { } parts ? (null, "date_unclear")
            : parts.Year is null ? (null, "date_year")
            : StateNumber.Date(FullYear(parts.Year, parts.Month, parts.Day, today), parts.Month, parts.Day) is not { } day
                ? (null, "date_unclear")
            : day.Year < EarliestYear || day.Year > today.Year + YearsAhead ? (null, "date_range")
            : (day, null);
    }

    // Two digits are the past century when this one would put the day into the far future.
    private static int FullYear(string typed, int month, int day, DateOnly today)
    {
        var year = StateNumber.Part(typed, 0, typed.Length);
        return typed.Length == 4 ? year : StateNumber.Date(2000 + year, month, day) is { } young && young <= today.AddYears(1)
            ? 2000 + year : 1900 + year;
    }

    private static DateOnly? Relative(List<Token> tokens, DateOnly today)
    {
        var words = SpokenWords.Standard;
        var said = tokens.Where(token => token.Kind != TokenKind.Mark && !words.Fillers.Contains(token.Text) || token.Text == "ini")
            .Select(token => token.Text).Where(word => word is not ("hari" or "dino" or "dinten") || tokens.Count > 1).ToList();
        var text = string.Join(' ', said);
        if (words.Days.TryGetValue(text, out var days))
            return today.AddDays(days);
        var weekday = said.Where(word => word is not ("hari" or "depan" or "ngarep" or "ini" or "besok")).ToList();
        if (weekday.Count == 1 && words.Weekdays.TryGetValue(weekday[0], out var wanted))
        {
            var ahead = (wanted - (int)today.DayOfWeek + 7) % 7;
            return today.AddDays(ahead == 0 && said.Contains("depan") ? 7 : ahead);
        }

        var at = 0;
        var inDays = said.Count > 2 && said[^1] is "lagi" or "maneh" or "malih" && said[^2] is "hari" or "dina" or "dino" or "dinten"
            ? NumberReader.Standard.Read(tokens, ref at) : null;
        return inDays is { Value: > 0 and <= MostDaysAhead } count && decimal.Truncate(count.Value) == count.Value
            ? today.AddDays((int)count.Value) : null;
    }

    private static (int Day, int Month, string? Year)? Parts(List<Token> tokens)
    {
        var words = SpokenWords.Standard;
        var pieces = new List<string>();
        foreach (var token in tokens)
        {
            if (token.Kind == TokenKind.Numeral)
                pieces.AddRange(token.Text.Split('.', ','));
            else if (token.Kind == TokenKind.Word && words.Months.TryGetValue(token.Text, out var month) && pieces.Count == 1)
                pieces.Add(month.ToString(System.Globalization.CultureInfo.InvariantCulture));
            else if (token.Kind == TokenKind.Word && !IsBeside(words, token.Text))
                return null;
        }

        if (pieces is [{ Length: 8 } joined])
            pieces = [joined[..2], joined[2..4], joined[4..]];
        if (pieces is [{ Length: 4 } year, var second, { Length: <= 2 } third])
            pieces = [third, second, year];
        if (pieces.Count is < 2 or > 3 || pieces[0].Length > 2 || pieces[1].Length > 2 ||
            (pieces.Count == 3 && pieces[2].Length is not (2 or 4)))
            return null;
        var day = StateNumber.Part(pieces[0], 0, pieces[0].Length);
        var monthNumber = StateNumber.Part(pieces[1], 0, pieces[1].Length);
        return StateNumber.Date(2000, monthNumber, day) is null ? null : (day, monthNumber, pieces.Count == 3 ? pieces[2] : null);
    }

    private static bool IsBeside(SpokenWords words, string word) =>
        words.Fillers.Contains(word) || words.Weekdays.ContainsKey(word) ||
            word is "tanggal" or "tgl" or "lahir" or "tahun" or "th" or "thn" or "bulan" or "bln" or "hari";
}
