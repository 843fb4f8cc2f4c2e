using System.Globalization;
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
        var digest = new EntryDigest();
        digest.Begin(entry.PreviousHash, entry.CooperativeId, entry.Number);
        digest.WriteTime(Milliseconds(entry.AtUtc), Utf8(entry.BookedOn.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)));
        digest.WriteContent(Utf8(entry.Kind), Utf8(entry.Reference ?? ""), entry.ByPersonId, entry.Reverses, Utf8(entry.ActKey));
        foreach (var line in entry.Lines)
            digest.WriteLine(line.Position, line.CooperativeId, Utf8(line.Account), line.MemberId, line.DebitRupiah, line.CreditRupiah);
        return digest.Finish();
    }

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    private static long Milliseconds(DateTime utc) => (utc - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMillisecond;
}
