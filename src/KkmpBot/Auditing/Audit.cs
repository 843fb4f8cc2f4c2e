using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using KkmpBot.Conversations;
using KkmpBot.Data;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Auditing;

/// <summary>
/// The log of what officers do and of every look into personal data (UU 27/2022 art. 31). One hash chain a cooperative, so that nothing can
/// be taken out or changed unseen.
/// </summary>
public static class Audit
{
    private static readonly byte[] Genesis = new byte[SHA256.HashSizeInBytes];

    /// <summary>Records an act of the person who talks, in their cooperative. Call it before booking, after checking what they may do.</summary>
    /// <param name="turn">The turn; its caller has a cooperative.</param>
    /// <param name="act">What, e.g. <c>members.approve</c>.</param>
    /// <param name="subject">What it concerns, e.g. <c>member:12</c>; never personal data.</param>
    /// <param name="ct">Gives up.</param>
    public static Task RecordAsync(Turn turn, string act, string subject, CancellationToken ct)
    {
        int cooperativeId = turn.Caller.CooperativeId ?? throw new InvalidOperationException($"{act} was done by somebody without a cooperative.");
        return RecordAsync(turn.Db, cooperativeId, turn.UtcNow, turn.Caller.PersonId, act, subject, ct);
    }

    /// <summary>Records an act of somebody else than the caller, e.g. of the demo officer.</summary>
    /// <param name="db">The turn's context, inside its transaction.</param>
    /// <param name="cooperativeId">Where.</param>
    /// <param name="atUtc">When.</param>
    /// <param name="byPersonId">Who.</param>
    /// <param name="act">What.</param>
    /// <param name="subject">What it concerns; never personal data.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task RecordAsync(
        KkmpDbContext db, int cooperativeId, DateTime atUtc, long byPersonId, string act, string subject, CancellationToken ct)
    {
        // What the operation changed so far is locked before the head, as in the ledger.
        await db.SaveChangesAsync(ct);
        var head = db.Set<AuditHead>().Where(row => row.CooperativeId == cooperativeId);
        await head.ExecuteUpdateAsync(set => set.SetProperty(row => row.Number, row => row.Number + 1), ct);
        var locked = await head.AsNoTracking().SingleAsync(ct);
        var entry = new AuditEntry
        {
            CooperativeId = cooperativeId,
            Number = locked.Number,
            AtUtc = atUtc.AddTicks(-(atUtc.Ticks % TimeSpan.TicksPerMillisecond)),
            ByPersonId = byPersonId,
            Act = act,
            Subject = subject,
            PreviousHash = locked.Hash ?? Genesis,
        };
        entry.Hash = HashOf(entry);
        db.Add(entry);
        foreach (string word in subject.Split(' ', StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal))
            db.Add(new AuditSubject { CooperativeId = cooperativeId, Subject = word, Number = entry.Number });
        await db.SaveChangesAsync(ct);
        await head.ExecuteUpdateAsync(set => set.SetProperty(row => row.Hash, entry.Hash), ct);
    }

    /// <summary>The first entry of each cooperative's log that is not as it was recorded, or is missing; empty when the log can be trusted.</summary>
    /// <param name="db">A context.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task<IReadOnlyList<(int CooperativeId, int Number)>> VerifyAsync(KkmpDbContext db, CancellationToken ct)
    {
        var faults = new List<(int CooperativeId, int Number)>();
        foreach (var head in await db.Set<AuditHead>().AsNoTracking().Where(row => row.Number > 0).OrderBy(row => row.CooperativeId).ToListAsync(ct))
        {
            if (await FirstFaultAsync(db, head, ct) is { } number)
                faults.Add((head.CooperativeId, number));
        }
        return faults;
    }

    private static async Task<int?> FirstFaultAsync(KkmpDbContext db, AuditHead head, CancellationToken ct)
    {
        int number = 0;
        byte[] hash = Genesis;
        var entries = db.Set<AuditEntry>().AsNoTracking().Where(row => row.CooperativeId == head.CooperativeId).OrderBy(row => row.Number);
        await foreach (var entry in entries.AsAsyncEnumerable().WithCancellation(ct))
        {
            number++;
            if (entry.Number != number || !entry.PreviousHash.AsSpan().SequenceEqual(hash) || !HashOf(entry).AsSpan().SequenceEqual(entry.Hash))
                return number;
            hash = entry.Hash;
        }
        return number == head.Number && hash.AsSpan().SequenceEqual(head.Hash) ? null : Math.Min(number, head.Number) + (number < head.Number ? 1 : 0);
    }

    // The proof's format: it never changes, a new one gets a new first word.
    private static byte[] HashOf(AuditEntry entry)
    {
        long milliseconds = (entry.AtUtc - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMillisecond;
        return SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(
            CultureInfo.InvariantCulture,
            $"kkmp-audit-1\n{Convert.ToHexString(entry.PreviousHash)}\n{entry.CooperativeId} {entry.Number}\n{milliseconds} {entry.ByPersonId}\n{entry.Act}\n{entry.Subject}\n")));
    }
}
