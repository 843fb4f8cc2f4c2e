using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace KkmpBot.Ledger;

/// <summary>What ties the entries of a cooperative together: each hash covers the entry and the hash before it.</summary>
public static class EntryHash
{
    /// <summary>Bytes of a hash.</summary>
    public const int Length = 32;

    /// <summary>What stands before the first entry.</summary>
    public static byte[] Genesis { get; } = new byte[Length];

    /// <summary>The hash of an entry with its lines; its own <see cref="JournalEntry.Hash"/> is not read.</summary>
    /// <param name="entry">The entry, its lines in order.</param>
    public static byte[] Of(JournalEntry entry)
    {
        // The text below is the proof's format: it never changes, a new one gets a new first word.
        var text = new StringBuilder(256);
        text.Append(
            CultureInfo.InvariantCulture,
            $"kkmp-entry-1\n{Convert.ToHexString(entry.PreviousHash)}\n{entry.CooperativeId} {entry.Number}\n{Milliseconds(entry.AtUtc)} ");
        text.Append(CultureInfo.InvariantCulture, $"{entry.BookedOn:yyyy-MM-dd}\n{entry.Kind}\n{entry.Reference}\n");
        text.Append(CultureInfo.InvariantCulture, $"{entry.ByPersonId} {entry.Reverses}\n{entry.ActKey}\n");
        foreach (var line in entry.Lines)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"{line.Position} {line.CooperativeId} {line.Account} {line.MemberId} {line.DebitRupiah} {line.CreditRupiah}\n");
        }
        return SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString()));
    }

    private static long Milliseconds(DateTime utc) => (utc - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMillisecond;
}
