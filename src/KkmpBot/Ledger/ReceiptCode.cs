using System.Globalization;
using System.Text.RegularExpressions;

namespace KkmpBot.Ledger;

/// <summary>
/// The code on a receipt: cooperative, number of the entry, and four signs of the entry's hash, e.g. <c>159-27-K7QX</c>. Whoever has
/// it can have it looked up; whoever makes one up is found out.
/// </summary>
public static partial class ReceiptCode
{
    /// <summary>The code that the chat shows as an example; no entry has it, since its signs are no hash's.</summary>
    public const string Example = "159-27-K7QX";

    /// <summary>The widest code.</summary>
    public const int MaxLength = 19;

    // No 0/O, 1/I/L or U: the code is read out over a counter.
    private const string Signs = "23456789ABCDEFGHJKMNPQRSTVWXYZ";
    private const int SignCount = 4;

    /// <summary>The code of a booked entry.</summary>
    /// <param name="entry">The entry.</param>
    public static string Of(JournalEntry entry) =>
        string.Create(CultureInfo.InvariantCulture, $"{entry.CooperativeId}-{entry.Number}-{SignsOf(entry.Hash)}");

    /// <summary>The code that a sentence holds, e.g. of "cek bukti 159-27-k7qx"; null when there is none.</summary>
    /// <param name="text">As typed.</param>
    public static (int CooperativeId, int Number, string Code)? Find(string text)
    {
        var match = Written().Match(text.ToUpperInvariant());
        if (!match.Success
            || !int.TryParse(match.Groups["cooperative"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out int cooperative)
            || !int.TryParse(match.Groups["number"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out int number))
            return null;
        return (cooperative, number, string.Create(CultureInfo.InvariantCulture, $"{cooperative}-{number}-{match.Groups["signs"].Value}"));
    }

    // People put spaces or other dashes between the parts.
    [GeneratedRegex(@"(^|\W)(?<cooperative>\d{1,3})( ?[\-–—] ?| )(?<number>\d{1,9})( ?[\-–—] ?| )(?<signs>[0-9A-Z]{4})(\W|$)", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Written();

    private static string SignsOf(byte[] hash) => string.Concat(hash.Take(SignCount).Select(part => Signs[part % Signs.Length]));
}
