using System.Globalization;

namespace KkmpBot.Dialogs.Answers;

/// <summary>What was heard so far, word by word.</summary>
/// <param name="thisMonth">The first day of the current month.</param>
internal sealed class MonthsHeard(DateOnly thisMonth)
{
    private const int MaxNumber = 999;
    private const int MonthsInYear = 12;
    private static readonly HashSet<string> Backward = ["kemarin", "kmrn", "lalu", "wingi", "kepungkur", "last"];
    private static readonly HashSet<string> Forward = ["depan", "ngarep", "next", "mbenjing"];
    private static readonly HashSet<string> Here = ["ini", "niki", "iki", "sekarang", "menika", "this"];
    private static readonly HashSet<string> Everything = ["semua", "semuanya", "lunas", "lunasi", "kabeh", "sedaya", "sedanten", "all"];
    private static readonly HashSet<string> MonthWords = ["bulan", "bln", "wulan", "sasi", "month", "months", "bl"];

    private static readonly HashSet<string> Between =
    [
        "sampai", "sampe", "sd", "s", "d", "hingga", "dan", "sama", "ngantos", "tekan", "to", "and", "until", "wajib", "iuran", "simpanan", "untuk", "buat", "bayar", "sudah", "setor",
        "sampun", "dugi", "kangge", "saya", "mau", "ya", "pak", "bu", "terima", "simwa",
    ];

    private readonly List<(int Month, int? Year)> months = [];
    private int? number;
    private int shift;
    private bool all;
    private bool relative;
    private bool backward;

    public bool Hear(Token token)
    {
        if (token.Kind == TokenKind.Mark)
            return true;
        if (token.Kind == TokenKind.Numeral)
            return HearNumber(token.Text);
        if (SpokenWords.Standard.Months.TryGetValue(token.Text, out int month))
            months.Add((month, null));
        else if (Everything.Contains(token.Text))
            all = true;
        else if (Backward.Contains(token.Text))
            (backward, relative, shift) = (true, true, -1);
        else if (Forward.Contains(token.Text))
            (relative, shift) = (true, 1);
        else if (Here.Contains(token.Text))
            relative = true;
        else
            return MonthWords.Contains(token.Text) || Between.Contains(token.Text) || SpokenWords.Standard.Fillers.Contains(token.Text);
        return true;
    }

    public bool HearSpoken(IReadOnlyList<Token> tokens, ref int at)
    {
        if (number is not null || tokens[at].Kind != TokenKind.Word || NumberReader.Standard.Read(tokens, ref at) is not { } phrase
            || decimal.Truncate(phrase.Value) != phrase.Value || phrase.Value is <= 0 or > MaxNumber)
            return false;
        number = (int)phrase.Value;
        return true;
    }

    public SaidMonths? Months()
    {
        if (months.Count > 0)
            return number is null && !all ? Named() : null;
        if (all)
            return number is null ? new SaidMonths(0, null, null, All: true) : null;
        if (number is { } count)
            return count is > 0 and <= MaxNumber ? new SaidMonths(count, null, null) : null;
        return relative ? new SaidMonths(0, thisMonth.AddMonths(shift), thisMonth.AddMonths(shift)) : null;
    }

    private bool HearNumber(string text)
    {
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value))
            return false;
        if (text.Length == 4 && value is >= 2000 and < 2100 && months.Count > 0 && months[^1].Year is null)
        {
            months[^1] = (months[^1].Month, value);
            return true;
        }
        if (number is not null)
            return false;
        number = value;
        return true;
    }

    // The later months follow the first; a year said at the end counts for all that come before it.
    private SaidMonths? Named()
    {
        int? year = months[^1].Year;
        var first = months[0].Year is { } own ? new DateOnly(own, months[0].Month, 1)
            : year is { } shared ? new DateOnly(months[0].Month <= months[^1].Month ? shared : shared - 1, months[0].Month, 1)
            : Nearest(months[0].Month);
        var last = first;
        foreach (var (month, _) in months.Skip(1))
            last = last.AddMonths((month - last.Month + MonthsInYear) % MonthsInYear);
        return year is { } said && last.Year != said ? null : new SaidMonths(0, first, last);
    }

    private DateOnly Nearest(int month)
    {
        var inYear = new DateOnly(thisMonth.Year, month, 1);
        if (backward)
            return inYear <= thisMonth ? inYear : inYear.AddYears(-1);
        int away = month - thisMonth.Month;
        return away > MonthsInYear / 2 ? inYear.AddYears(-1) : away < -MonthsInYear / 2 ? inYear.AddYears(1) : inYear;
    }
}
