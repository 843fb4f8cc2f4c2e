using System.Globalization;

namespace KkmpBot.Savings;

/// <summary>Writes months as people read them.</summary>
public static class Months
{
    private static readonly string[] Names =
    [
        "Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November", "Desember",
    ];

    /// <summary>"November 2026".</summary>
    /// <param name="month">Any day of the month.</param>
    public static string Text(DateOnly month) => string.Create(CultureInfo.InvariantCulture, $"{Names[month.Month - 1]} {month.Year}");

    /// <summary>"November 2026", or "-" for none.</summary>
    /// <param name="month">Any day of the month; null for none.</param>
    public static string Text(DateOnly? month) => month is { } day ? Text(day) : "-";

    /// <summary>"November 2026", "September–November 2026" or "Desember 2026–Januari 2027".</summary>
    /// <param name="first">The first month.</param>
    /// <param name="months">How many.</param>
    public static string Span(DateOnly first, int months)
    {
        var last = first.AddMonths(months - 1);
        if (months <= 1)
            return Text(first);
        return first.Year == last.Year ? $"{Names[first.Month - 1]}–{Text(last)}" : $"{Text(first)}–{Text(last)}";
    }
}
