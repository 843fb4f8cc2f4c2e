using System.Globalization;

namespace KkmpBot.Dialogs.Answers;

/// <summary>What the dots and commas inside a numeral of money mean.</summary>
public static class Numerals
{
    /// <summary>
    /// Whole rupiah of a numeral without ribu or juta: "12500", "12.500", "12,000", "12.500,00"; null when the marks fit no
    /// reading.
    /// </summary>
    /// <param name="raw">Digits with dots and commas inside.</param>
    public static long? Rupiah(string raw)
    {
        if (raw.Length > 20)
            return null;
        var cents = raw.Length > 3 && raw[^3] is '.' or ',' && raw.EndsWith("00", StringComparison.Ordinal);
        var whole = cents && (raw[..^3].Any(char.IsPunctuation) || raw.Length > 6) ? raw[..^3] : raw;
        // The mark of the cents must differ from the mark of the thousands.
        if (whole.Length != raw.Length && whole.Contains(raw[^3]))
            return null;
        return whole.All(char.IsAsciiDigit) ? Digits(whole) : (long?)Grouped(whole);
    }

    /// <summary>A numeral in groups of three with one kind of mark: "1.500.000"; null for anything else.</summary>
    /// <param name="raw">Digits with dots and commas inside.</param>
    public static decimal? Grouped(string raw)
    {
        var mark = raw.FirstOrDefault(char.IsPunctuation);
        var groups = raw.Split(mark);
        var wellFormed = groups.Length > 1 && groups[0].Length is >= 1 and <= 3 && groups[0][0] != '0' &&
            groups.Skip(1).All(group => group.Length == 3) &&
            groups.All(group => group.All(char.IsAsciiDigit));
        return wellFormed ? Digits(string.Concat(groups)) : null;
    }

    /// <summary>A number before ribu or juta, where dot and comma both part the decimals: "12,5", "1.5".</summary>
    /// <param name="raw">Digits with dots and commas inside.</param>
    public static decimal? Scaled(string raw) =>
        raw.Length <= 12 && raw.Count(char.IsPunctuation) <= 1 &&
        decimal.TryParse(raw.Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
            ? value
            : null;

    private static long? Digits(string digits) =>
        long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value <= NumberReader.Largest ? value
            : null;
}
