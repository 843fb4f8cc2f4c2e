using System.Globalization;

namespace KkmpBot.Dialogs.Texts;

/// <summary>Writes days: "22 Nov 2026", or "Jumat, 22 November 2026" in full.</summary>
public static class Days
{
    private static readonly string[] MonthsIndonesian =
        ["Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November", "Desember"];

    private static readonly string[] MonthsEnglish =
        ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

    private static readonly string[] WeekIndonesian = ["Minggu", "Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu"];

    private static readonly string[] WeekEnglish = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

    /// <summary>"22 Nov 2026".</summary>
    /// <param name="day">The day.</param>
    /// <param name="language">en for English months; Indonesian otherwise.</param>
    public static string Short(DateOnly day, string language) =>
        string.Create(CultureInfo.InvariantCulture, $"{day.Day} {Months(language)[day.Month - 1][..3]} {day.Year}");

    /// <summary>"Jumat, 22 November 2026".</summary>
    /// <param name="day">The day.</param>
    /// <param name="language">en for English names; Indonesian otherwise.</param>
    public static string Long(DateOnly day, string language)
    {
        var week = language == "en" ? WeekEnglish : WeekIndonesian;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{week[(int)day.DayOfWeek]}, {day.Day} {Months(language)[day.Month - 1]} {day.Year}");
    }

    private static string[] Months(string language) => language == "en" ? MonthsEnglish : MonthsIndonesian;
}
