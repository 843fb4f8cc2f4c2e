namespace KkmpBot.Dialogs.Texts;

/// <summary>Shows personal numbers without giving them away.</summary>
public static class Masks
{
    /// <summary>A phone number as its owner knows it, masked: "0812****7890".</summary>
    /// <param name="e164">In E.164.</param>
    public static string Phone(string e164) => Keep(PhoneInFull(e164), 4, 4, 4);

    /// <summary>A phone number as its owner dials it: "081234567890"; a foreign one stays in E.164.</summary>
    /// <param name="e164">In E.164.</param>
    public static string PhoneInFull(string e164) =>
        e164.StartsWith("+62", StringComparison.Ordinal) ? string.Concat("0", e164.AsSpan(3)) : e164;

    /// <summary>A NIK, masked: "3374**********01".</summary>
    /// <param name="nik">16 digits.</param>
    public static string Nik(string nik) => Keep(nik, 4, 2, null);

    /// <summary>A NIP or NI PPPK, masked: "1986**************".</summary>
    /// <param name="nip">18 digits.</param>
    public static string Nip(string nip) => Keep(nip, 4, 0, null);

    // A number too short to keep both ends is hidden whole.
    private static string Keep(string digits, int first, int last, int? stars)
    {
        if (digits.Length <= first + last)
        {
            return new string('*', digits.Length);
        }

        var hidden = new string('*', stars ?? digits.Length - first - last);
        return string.Concat(digits.AsSpan(0, first), hidden, digits.AsSpan(digits.Length - last));
    }
}
