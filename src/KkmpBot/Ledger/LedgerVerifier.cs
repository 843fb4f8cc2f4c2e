using System.Data.Common;
using KkmpBot.Data;
using Microsoft.Data.Sqlite;

namespace KkmpBot.Ledger;

/// <summary>What is wrong with the books, at the first bad entry.</summary>
/// <param name="CooperativeId">Whose books.</param>
/// <param name="Number">The number of the first entry that is not as it was booked, or is not where it was; 0 for lines without an entry.</param>
/// <param name="What">altered, missing (or elsewhere), unbalanced, out_of_chain, head or line.</param>
public sealed record LedgerFault(int CooperativeId, int Number, string What);

/// <summary>The outcome of <c>ledger verify</c>.</summary>
/// <param name="Entries">Entries read.</param>
/// <param name="Cooperatives">Cooperatives with at least one entry.</param>
/// <param name="Faults">The first fault of each cooperative that has one; empty when the books can be trusted.</param>
public sealed record LedgerReport(long Entries, int Cooperatives, IReadOnlyList<LedgerFault> Faults);

/// <summary>
/// Reads the whole ledger in the order of booking and proves that it is as it was booked: numbers without a gap, hashes, balance, heads. An
/// entry is proved by itself and by the stored hash before it, so that stretches of the journal are read side by side and joined at the
/// end. Entries never change, so others may book meanwhile.
/// </summary>
public static class LedgerVerifier
{
    /// <summary>Stretches read side by side at most.</summary>
    public const int MaxParts = 8;

    private const int SmallestPart = 20_000;
    private const int LookUpEvery = 4096;

    /// <summary>Verifies all cooperatives' books, on every core.</summary>
    /// <param name="database">The database; connections of its own are opened.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task<LedgerReport> VerifyAsync(Database database, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        var heads = await HeadsAsync(connection, ct);
        var bounds = await BoundsAsync(connection, Math.Clamp(Environment.ProcessorCount, 1, MaxParts), ct);
        var parts = new Part[bounds.Count - 1];
        await Parallel.ForAsync(0, parts.Length, ct, async (i, inner) =>
        {
            await using var own = await database.OpenAsync(inner);
            // SQLite reads two statements on one connection; other databases need one for each.
            await using var other = own is SqliteConnection ? null : await database.OpenAsync(inner);
            parts[i] = Follow(own, other ?? own, bounds[i], bounds[i + 1], inner);
        });
        var orphans = parts.Any(part => part.Orphans.Count > 0) ? await OrphansAsync(connection, ct) : [];
        return Report(parts, orphans, heads, await HeadsAsync(connection, ct));
    }

    private static Part Follow(DbConnection connection, DbConnection other, long from, long to, CancellationToken ct)
    {
        using JournalRows rows = connection is SqliteConnection sqlite ? new SqliteRows(sqlite, from, to) : new ReaderRows(connection, other, from, to);
        var check = new EntryCheck();
        var chains = new Dictionary<int, ChainPart>();
        long entries = 0;
        while (rows.Next(check))
        {
            if (++entries % LookUpEvery == 0)
                ct.ThrowIfCancellationRequested();
            if (!chains.TryGetValue(check.CooperativeId, out var chain))
                chains.Add(check.CooperativeId, chain = new ChainPart(check.CooperativeId));
            chain.Follow(check);
        }
        return new Part(entries, chains, rows.Orphans);
    }

    private static LedgerReport Report(Part[] parts, List<int> orphans, Dictionary<int, Head> before, Dictionary<int, Head> after)
    {
        var faults = new List<LedgerFault>();
        var cooperatives = parts.SelectMany(part => part.Chains.Keys).Distinct().ToList();
        foreach (int cooperativeId in before.Keys.Union(cooperatives))
        {
            var chain = parts.Select(part => part.Chains.GetValueOrDefault(cooperativeId)).OfType<ChainPart>();
            if (FaultOf(cooperativeId, chain, before.GetValueOrDefault(cooperativeId), after.GetValueOrDefault(cooperativeId)) is { } fault)
                faults.Add(fault);
        }
        faults.AddRange(orphans.Select(cooperativeId => new LedgerFault(cooperativeId, 0, "line")));
        return new LedgerReport(
            parts.Sum(part => part.Entries),
            cooperatives.Count,
            [.. faults.DistinctBy(fault => fault.CooperativeId).OrderBy(fault => fault.CooperativeId)]);
    }

    private static LedgerFault? FaultOf(int cooperativeId, IEnumerable<ChainPart> chain, Head before, Head after)
    {
        int number = 0;
        ReadOnlySpan<byte> hash = EntryHash.Genesis;
        foreach (var part in chain)
        {
            if (part.FaultAfter(number, hash) is { } fault)
                return fault;
            number = part.Number;
            hash = part.Hash;
        }
        // A head without entries has lost them all.
        if (before.Number > number)
            return new LedgerFault(cooperativeId, number + 1, "missing");
        if (number == 0 && after.Number == 0)
            return null;
        // Entries booked while we read may or may not have been read; the head has gone on with them.
        bool isAhead = after.Number > number && after.Number > before.Number;
        return isAhead || (after.Number == number && after.Hash.AsSpan().SequenceEqual(hash)) ? null : new LedgerFault(cooperativeId, number, "head");
    }

    private static async Task<Dictionary<int, Head>> HeadsAsync(DbConnection connection, CancellationToken ct)
    {
        var heads = new Dictionary<int, Head>();
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT cooperative_id, number, hash FROM ledger_heads";
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            heads[reader.GetInt32(0)] = new Head(reader.GetInt32(1), await reader.IsDBNullAsync(2, ct) ? null : reader.GetFieldValue<byte[]>(2));
        return heads;
    }

    // On a server the two readers of a stretch see two moments: what looked like a line without an entry may just have been booked.
    private static async Task<List<int>> OrphansAsync(DbConnection connection, CancellationToken ct)
    {
        await using var command = connection.CreateCommand();
        command.CommandText =
            "SELECT DISTINCT l.cooperative_id FROM journal_lines l LEFT JOIN journal_entries e ON e.id = l.entry_id WHERE e.id IS NULL";
        await using var reader = await command.ExecuteReaderAsync(ct);
        var orphans = new List<int>();
        while (await reader.ReadAsync(ct))
            orphans.Add(reader.GetInt32(0));
        return orphans;
    }

    // The first and last stretch are open, so that lines of no entry are met wherever they are.
    private static async Task<List<long>> BoundsAsync(DbConnection connection, int cores, CancellationToken ct)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT COALESCE(MIN(id), 0), COALESCE(MAX(id), 0) FROM journal_entries";
        await using var reader = await command.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        var (first, last) = (reader.GetInt64(0), reader.GetInt64(1));
        long parts = Math.Clamp((last - first) / SmallestPart, 1, cores);
        var bounds = new List<long> { long.MinValue };
        for (long part = 1; part < parts; part++)
            bounds.Add(first + ((last - first) / parts * part));
        bounds.Add(long.MaxValue);
        return bounds;
    }

    private readonly record struct Head(int Number, byte[]? Hash);

    private sealed record Part(long Entries, Dictionary<int, ChainPart> Chains, HashSet<int> Orphans);
}
