using System.Globalization;

namespace KkmpBot.Ledger;

/// <summary>
/// The code on a receipt: cooperative, number of the entry, and four signs of the entry's hash, e.g. <c>159-27-K7QX</c>. Whoever has
/// it can have it looked up; whoever makes one up is found out.
/// </summary>
public static class ReceiptCode
{
    /// <summary>The widest code.</summary>
    public const int MaxLength = 19;

    // No 0/O, 1/I/L or U: the code is read out over a counter.
    private const string Signs = "23456789ABCDEFGHJKMNPQRSTVWXYZ";
    private const int SignCount = 4;

    /// <summary>The code of a booked entry.</summary>
    /// <param name="entry">The entry.</param>
    public static string Of(JournalEntry entry) =>
        string.Create(CultureInfo.InvariantCulture, $"{entry.CooperativeId}-{entry.Number}-{SignsOf(entry.Hash)}");

    private static string SignsOf(byte[] hash) => string.Concat(hash.Take(SignCount).Select(part => Signs[part % Signs.Length]));
}
