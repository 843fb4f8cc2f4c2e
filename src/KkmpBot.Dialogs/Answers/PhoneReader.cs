namespace KkmpBot.Dialogs.Answers;

/// <summary>Reads Indonesian mobile numbers into E.164. The rule is libphonenumber's pattern for ID: <c>8[1-35-9]\d{7,10}</c>.</summary>
public static class PhoneReader
{
    private const int Shortest = 9;
    private const int Longest = 12;
    private const int ShortestLandline = 8;
    private const int LongestLandline = 11;
    // Fewer digits beside words are a house number or an age.
    private const int FewestDigits = 6;

    /// <summary>A number, or the name of what is wrong with it.</summary>
    /// <param name="E164">"+628…", also for a landline; null when unreadable.</param>
    /// <param name="Problem">
    /// <c>phone_too_long</c>, <c>phone_too_short</c>, <c>phone_bad_prefix</c>, <c>phone_landline</c>, <c>phone_foreign</c> or
    /// <c>phone_invalid</c>; null when it is a mobile number.
    /// </param>
    public readonly record struct Phone(string? E164, string? Problem)
    {
        /// <summary>Never the number.</summary>
        public override string ToString() => Problem ?? "phone";
    }

    /// <summary>Reads the one number in an answer.</summary>
    /// <param name="text">"0812-3456-7890", "+62 812 …", "62812…", "0062 812…", "812…", and the slip "+62 0812…".</param>
    public static Phone Read(string text)
    {
        if (Digits(TypedText.Clean(text)) is not { } typed)
            return new Phone(null, "phone_invalid");
        var (digits, plus) = typed;
        if (digits.StartsWith("00", StringComparison.Ordinal))
        {
            digits = digits[2..];
            plus = true;
        }

        if (digits.StartsWith("62", StringComparison.Ordinal))
            return Judge(digits[2..].TrimStart('0'));
        if (digits.StartsWith('0'))
            return Judge(digits[1..]);
        return plus ? new Phone(null, "phone_foreign") : digits.StartsWith('8') ? Judge(digits) : new Phone(null, "phone_invalid");
    }

    private static Phone Judge(string national)
    {
        if (national.Length == 0 || national[0] is '0' or '1' or '9')
            return new Phone(null, "phone_invalid");
        if (national[0] != '8')
        {
            return national.Length is >= ShortestLandline and <= LongestLandline
                ? new Phone("+62" + national, "phone_landline")
                : new Phone(null, "phone_invalid");
        }

        if (national.Length < Shortest)
            return new Phone(null, "phone_too_short");
        if (national.Length > Longest)
            return new Phone(null, "phone_too_long");
        return national[1] is '0' or '4' ? new Phone(null, "phone_bad_prefix") : new Phone("+62" + national, null);
    }

    // Words may stand around the number, but no letter inside it and no second number beside it.
    private static (string Digits, bool Plus)? Digits(string clean)
    {
        var digits = "";
        var plus = false;
        var last = -1;
        for (var index = 0; index < clean.Length; index++)
        {
            if (!char.IsAsciiDigit(clean[index]))
                continue;
            if (last >= 0 && clean[(last + 1)..index].Any(between => between is not (' ' or '-' or '.' or '(' or ')' or '/' or '\n')))
                return null;
            if (last < 0)
                plus = index > 0 && (clean[index - 1] == '+' || (index > 1 && clean[index - 1] == '(' && clean[index - 2] == '+'));
            var touches = (index > 0 && char.IsLetter(clean[index - 1])) || (index + 1 < clean.Length && char.IsLetter(clean[index + 1]));
            if (touches || digits.Length > 20)
                return null;
            digits += clean[index];
            last = index;
        }

        return digits.Length >= FewestDigits ? (digits, plus) : null;
    }
}
