using System.Globalization;
using KkmpBot.Dialogs.Texts;

namespace KkmpBot.Office;

/// <summary>Values as the pages write them.</summary>
public static class Written
{
    private static readonly string[] MonthNames = ["Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des"];

    /// <summary>Money: "Rp12.500".</summary>
    public static string Rp(long rupiah) => Rupiah.Write(rupiah);

    /// <summary>A count: "4.566".</summary>
    public static string Number(long number) => Rupiah.Write(number).Replace("Rp", "", StringComparison.Ordinal);

    /// <summary>Money in few letters, for charts and tiles: "Rp448 jt".</summary>
    public static string RpShort(long rupiah) => Math.Abs(rupiah) switch
    {
        >= 1_000_000_000 => $"Rp{Tenths(rupiah, 1_000_000_000)} M",
        >= 1_000_000 => $"Rp{Tenths(rupiah, 1_000_000)} jt",
        >= 10_000 => $"Rp{Tenths(rupiah, 1_000)} rb",
        _ => Rp(rupiah),
    };

    /// <summary>A day: "31 Okt 2025".</summary>
    public static string Day(DateOnly day) => string.Create(CultureInfo.InvariantCulture, $"{day.Day} {MonthNames[day.Month - 1]} {day.Year}");

    /// <summary>A month: "Okt 25".</summary>
    public static string Month(DateOnly day) => string.Create(CultureInfo.InvariantCulture, $"{MonthNames[day.Month - 1]} {day.Year % 100:00}");

    /// <summary>A moment in Semarang: "31 Okt 2025 08.15".</summary>
    public static string Moment(DateTime utc) => $"{Day(Wib.Day(utc))} {Wib.Clock(utc)}";

    /// <summary>A day as machines write it.</summary>
    public static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>A number for an SVG attribute.</summary>
    public static string Svg(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    private static string Tenths(long value, long unit)
    {
        long tenths = (long)Math.Round(value * 10.0 / unit);
        return tenths % 10 == 0 ? Number(tenths / 10) : $"{Number(tenths / 10)},{Math.Abs(tenths % 10)}";
    }
}
