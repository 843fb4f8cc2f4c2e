using System.Globalization;

namespace KkmpBot.Dialogs.Answers;

/// <summary>Sex as a number encodes it.</summary>
public enum Sex
{
    /// <summary>Laki-laki.</summary>
    Male,
    /// <summary>Perempuan.</summary>
    Female,
}

/// <summary>
/// A population number: province, regency and district of first registration, birth date (day + 40 for women), sequence. It never
/// changes with a move (PP 40/2019 art. 30(2)), so it says nothing of where the person lives now.
/// </summary>
/// <param name="Digits">The 16 digits.</param>
/// <param name="Sex">From the day of birth.</param>
/// <param name="BirthDate">As encoded; may differ from the true one for life, so a mismatch is a warning.</param>
/// <param name="Age">In full years on the day of reading.</param>
public sealed record Nik(string Digits, Sex Sex, DateOnly BirthDate, int Age)
{
    /// <summary>Below it, a person who is not married cannot hold a KTP: an officer looks.</summary>
    public const int KtpAge = 17;
    private const int Length = 16;
    private const int KecamatanOfSemarang = 16;

    // Kemendagri's provinces; 54 was Timor Timur and lives on in no new number, but is nobody's mistake of typing either.
    private static readonly HashSet<string> Provinces =
    [
        "11", "12", "13", "14", "15", "16", "17", "18", "19", "21", "31", "32", "33", "34", "35", "36", "51", "52", "53", "54", "61",
            "62", "63",
        "64", "65", "71", "72", "73", "74", "75", "76", "81", "82", "91", "92", "93", "94", "95", "96",
    ];

    /// <summary>The province of first registration, e.g. 33.</summary>
    public string Province => Digits[..2];

    /// <summary>The city or regency of first registration, e.g. 33.74 for Semarang.</summary>
    public string Regency => $"{Digits[..2]}.{Digits[2..4]}";

    /// <summary>The kecamatan of first registration, e.g. 33.74.14.</summary>
    public string District => $"{Digits[..2]}.{Digits[2..4]}.{Digits[4..6]}";

    /// <summary>True when the kecamatan is not in today's list of Semarang; old codes exist, so this is no refusal.</summary>
    public bool RegionUnknown => Province == "54" || (Regency == "33.74" && StateNumber.Part(Digits, 4, 2) is < 1 or > KecamatanOfSemarang);

    /// <summary>True when the person is younger than <see cref="KtpAge"/>, if the number is right.</summary>
    public bool UnderKtpAge => Age < KtpAge;

    /// <summary>A NIK, or what is wrong with it.</summary>
    /// <param name="Nik">Null when unreadable.</param>
    /// <param name="Problem">
    /// <c>nik_length</c>, <c>nik_characters</c>, <c>nik_date</c>, <c>nik_sequence</c> or <c>nik_region</c>; null when readable.
    /// </param>
    public readonly record struct Result(Nik? Nik, string? Problem)
    {
        /// <summary>Never the number.</summary>
        public override string ToString() => Problem ?? "nik";
    }

    /// <summary>Never the number.</summary>
    public override string ToString() => nameof(Nik);

    /// <summary>Reads a NIK; blanks, dots, dashes and words beside it are ignored.</summary>
    /// <param name="text">As typed.</param>
    /// <param name="today">In WIB; decides the century.</param>
    public static Result Read(string text, DateOnly today)
    {
        if (StateNumber.Digits(text) is not { } digits)
            return new Result(null, "nik_characters");
        if (digits.Length != Length)
            return new Result(null, "nik_length");
        if (!Provinces.Contains(digits[..2]))
            return new Result(null, "nik_region");
        if (BirthDateOf(digits, today) is not { } birth)
            return new Result(null, "nik_date");
        if (digits.EndsWith("0000", StringComparison.Ordinal))
            return new Result(null, "nik_sequence");
        var sex = StateNumber.Part(digits, 6, 2) > 40 ? Sex.Female : Sex.Male;
        return new Result(new Nik(digits, sex, birth, StateNumber.FullYears(birth, today)), null);
    }

    private static DateOnly? BirthDateOf(string digits, DateOnly today)
    {
        var day = StateNumber.Part(digits, 6, 2);
        if (day > 40)
            day -= 40;
        var month = StateNumber.Part(digits, 8, 2);
        var year = StateNumber.Part(digits, 10, 2);
        var young = StateNumber.Date(2000 + year, month, day);
        return young <= today ? young : StateNumber.Date(1900 + year, month, day);
    }
}

/// <summary>What the numbers of the state have in common.</summary>
internal static class StateNumber
{
    /// <summary>
    /// The digits of a number that words may stand beside; null when a letter or sign stands inside it, or there is none.
    /// </summary>
    public static string? Digits(string text)
    {
        var clean = TypedText.Clean(text);
        var first = clean.AsSpan().IndexOfAnyInRange('0', '9');
        var last = clean.AsSpan().LastIndexOfAnyInRange('0', '9');
        if (first < 0)
            return null;
        var inside = clean[first..(last + 1)];
        var touched = (first > 0 && char.IsLetter(clean[first - 1])) || (last + 1 < clean.Length && char.IsLetter(clean[last + 1]));
        return touched || inside.Any(character => !char.IsAsciiDigit(character) && character is not (' ' or '.' or '-' or '/' or '\n'))
            ? null
            : string.Concat(inside.Where(char.IsAsciiDigit));
    }

    /// <summary>A part of a number as a number.</summary>
    public static int Part(string digits, int start, int length) =>
        int.Parse(digits.AsSpan(start, length), NumberStyles.None, CultureInfo.InvariantCulture);

    /// <summary>A day that exists, or null.</summary>
    public static DateOnly? Date(int year, int month, int day) =>
        year is >= 1 and <= 9999 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month)
            ? new DateOnly(year, month, day) : null;

    /// <summary>Full years between two days.</summary>
    public static int FullYears(DateOnly from, DateOnly to) =>
        to.Year - from.Year - ((to.Month, to.Day).CompareTo((from.Month, from.Day)) < 0 ? 1 : 0);
}
