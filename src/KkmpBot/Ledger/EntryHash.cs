using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Unicode;

namespace KkmpBot.Ledger;

/// <summary>What ties the entries of a cooperative together: each hash covers the entry and the hash before it.</summary>
public static class EntryHash
{
    /// <summary>Bytes of a hash.</summary>
    public const int Length = 32;

    // What the numbers, dates and spaces of a head and of a line need at most.
    private const int HeadLength = 200;
    private const int LineLength = 120;

    // A character of UTF-16 is at most three bytes of UTF-8.
    private const int BytesPerCharacter = 3;

    /// <summary>What stands before the first entry.</summary>
    public static byte[] Genesis { get; } = new byte[Length];

    /// <summary>The hash of an entry with its lines; its own <see cref="JournalEntry.Hash"/> is not read.</summary>
    /// <param name="entry">The entry, its lines in order.</param>
    public static byte[] Of(JournalEntry entry)
    {
        byte[] text = ArrayPool<byte>.Shared.Rent(MaxLength(entry));
        try
        {
            int length = WriteHead(text, entry);
            foreach (var line in entry.Lines)
                length += WriteLine(text.AsSpan(length), line);
            return SHA256.HashData(text.AsSpan(0, length));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(text);
        }
    }

    // Somebody who goes round the database may write texts of any length; they are hashed like others.
    private static int MaxLength(JournalEntry entry) =>
        HeadLength + (2 * entry.PreviousHash.Length)
        + (BytesPerCharacter * (entry.Kind.Length + entry.ActKey.Length + (entry.Reference?.Length ?? 0)))
        + entry.Lines.Sum(line => LineLength + (BytesPerCharacter * line.Account.Length));

    // The text of these two is the proof's format: it never changes, a new one gets a new first word.
    private static int WriteHead(Span<byte> text, JournalEntry entry)
    {
        Utf8.TryWrite(
            text,
            CultureInfo.InvariantCulture,
            $"kkmp-entry-1\n{Convert.ToHexString(entry.PreviousHash)}\n{entry.CooperativeId} {entry.Number}\n",
            out int chain);
        Utf8.TryWrite(
            text[chain..],
            CultureInfo.InvariantCulture,
            $"{Milliseconds(entry.AtUtc)} {entry.BookedOn:yyyy-MM-dd}\n{entry.Kind}\n{entry.Reference}\n{entry.ByPersonId} {entry.Reverses}\n{entry.ActKey}\n",
            out int content);
        return chain + content;
    }

    private static int WriteLine(Span<byte> text, JournalLine line)
    {
        Utf8.TryWrite(
            text,
            CultureInfo.InvariantCulture,
            $"{line.Position} {line.CooperativeId} {line.Account} {line.MemberId} {line.DebitRupiah} {line.CreditRupiah}\n",
            out int written);
        return written;
    }

    private static long Milliseconds(DateTime utc) => (utc - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMillisecond;
}
