namespace KkmpBot.Dialogs.Answers;

/// <summary>Which kind of civil servant a number belongs to.</summary>
public enum NipKind
{
    /// <summary>Pegawai negeri sipil: birth, year and month of appointment, sex, sequence.</summary>
    Pns,
    /// <summary>Pegawai pemerintah dengan perjanjian kerja: birth, year, code of the agreement (21 and up), sex, sequence.</summary>
    Pppk,
}

/// <summary>A civil servant's number of 18 digits. It has no check digit and proves nothing by itself.</summary>
/// <param name="Digits">The 18 digits.</param>
/// <param name="Kind">PNS or PPPK, from digits 13 and 14.</param>
/// <param name="BirthDate">As encoded.</param>
/// <param name="Year">Of the appointment or the agreement.</param>
/// <param name="MonthOrCode">The month of appointment (PNS) or the agreement's code (PPPK).</param>
/// <param name="Sex">From digit 15.</param>
public sealed record Nip(string Digits, NipKind Kind, DateOnly BirthDate, int Year, int MonthOrCode, Sex Sex)
{
    private const int Length = 18;
    private const int OldLength = 9;
    private const int FirstPppkCode = 21;
    private const int YoungestServant = 17;
    private const int OldestServant = 65;
    private const int EarliestBirthYear = 1920;

    /// <summary>The last three digits.</summary>
    public string Sequence => Digits[15..];

    /// <summary>A NIP, or what is wrong with it.</summary>
    /// <param name="Nip">Null when unreadable.</param>
    /// <param name="Problem">
    /// <c>nip_length</c>, <c>nip_characters</c>, <c>nip_old</c> (9 digits, before 2007), <c>nip_birth_date</c>, <c>nip_appointment</c>,
    /// <c>nip_age</c> or <c>nip_sex</c>; null when readable.
    /// </param>
    public readonly record struct Result(Nip? Nip, string? Problem)
    {
        /// <summary>Never the number.</summary>
        public override string ToString() => Problem ?? "nip";
    }

    /// <summary>Never the number.</summary>
    public override string ToString() => nameof(Nip);

    /// <summary>Reads a NIP or NI PPPK; blanks, dots, dashes and words beside it are ignored.</summary>
    /// <param name="text">As typed.</param>
    /// <param name="today">In WIB; nobody is appointed later than next year.</param>
    public static Result Read(string text, DateOnly today)
    {
        if (StateNumber.Digits(text) is not { } digits)
            return new Result(null, "nip_characters");
        if (digits.Length != Length)
            return new Result(null, digits.Length == OldLength ? "nip_old" : "nip_length");
        if (StateNumber.Date(StateNumber.Part(digits, 0, 4), StateNumber.Part(digits, 4, 2),
            StateNumber.Part(digits, 6, 2)) is not { } birth ||
            birth.Year < EarliestBirthYear || birth > today)
            return new Result(null, "nip_birth_date");
        var year = StateNumber.Part(digits, 8, 4);
        var code = StateNumber.Part(digits, 12, 2);
        if (code is not ((>= 1 and <= 12) or >= FirstPppkCode) || year > today.Year + 1)
            return new Result(null, "nip_appointment");
        if (year - birth.Year is < YoungestServant or > OldestServant)
            return new Result(null, "nip_age");
        var sex = digits[14] switch { '1' => Sex.Male, '2' => Sex.Female, _ => (Sex?)null };
        return sex is null
            ? new Result(null, "nip_sex")
            : new Result(new Nip(digits, code >= FirstPppkCode ? NipKind.Pppk : NipKind.Pns, birth, year, code, sex.Value), null);
    }
}
