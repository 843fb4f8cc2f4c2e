using System.Data.Common;

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

/// <summary>Reads the whole ledger in order and proves that it is as it was booked: numbers without a gap, hashes, balance, heads.</summary>
public static class LedgerVerifier
{
    // In the order of the rows, which is the order of booking: the disk is read once, from front to back.
    private const string ReadEverything =
        """
        SELECT e.cooperative_id, e.number, e.at_utc, e.booked_on, e.kind, e.reference, e.by_person_id, e.reverses, e.act_key,
               e.previous_hash, e.hash, l.position, l.cooperative_id, l.account, l.member_id, l.debit_rupiah, l.credit_rupiah
        FROM journal_entries e LEFT JOIN journal_lines l ON l.entry_id = e.id
        ORDER BY e.id, l.position
        """;

    private const string FindLinesWithoutEntry =
        """
        SELECT DISTINCT l.cooperative_id FROM journal_lines l LEFT JOIN journal_entries e ON e.id = l.entry_id WHERE e.id IS NULL
        """;

    /// <summary>Verifies all cooperatives' books.</summary>
    /// <param name="connection">Open; in a transaction when others write meanwhile.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task<LedgerReport> VerifyAsync(DbConnection connection, CancellationToken ct)
    {
        var heads = await HeadsAsync(connection, ct);
        var chains = new Dictionary<int, Chain>();
        long entries = await FollowAsync(connection, chains, ct);
        var faults = new List<LedgerFault>();
        foreach (int cooperativeId in heads.Keys.Union(chains.Keys))
        {
            var chain = chains.GetValueOrDefault(cooperativeId) ?? new Chain { CooperativeId = cooperativeId };
            if (chain.FaultAgainst(heads.GetValueOrDefault(cooperativeId)) is { } fault)
                faults.Add(fault);
        }
        faults.AddRange(await LinesWithoutEntryAsync(connection, ct));
        return new LedgerReport(entries, chains.Count, [.. faults.DistinctBy(fault => fault.CooperativeId).OrderBy(fault => fault.CooperativeId)]);
    }

    private static async Task<long> FollowAsync(DbConnection connection, Dictionary<int, Chain> chains, CancellationToken ct)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = ReadEverything;
        await using var reader = await command.ExecuteReaderAsync(ct);
        long entries = 0;
        bool more = await reader.ReadAsync(ct);
        while (more)
        {
            var entry = ReadEntry(reader);
            do
            {
                if (!await reader.IsDBNullAsync(11, ct))
                    entry.Lines.Add(ReadLine(reader));
                more = await reader.ReadAsync(ct);
            }
            while (more && reader.GetInt32(0) == entry.CooperativeId && reader.GetInt32(1) == entry.Number);

            if (!chains.TryGetValue(entry.CooperativeId, out var chain))
                chains.Add(entry.CooperativeId, chain = new Chain { CooperativeId = entry.CooperativeId });
            chain.Follow(entry);
            entries++;
        }
        return entries;
    }

    private static async Task<List<LedgerFault>> LinesWithoutEntryAsync(DbConnection connection, CancellationToken ct)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = FindLinesWithoutEntry;
        await using var reader = await command.ExecuteReaderAsync(ct);
        var faults = new List<LedgerFault>();
        while (await reader.ReadAsync(ct))
            faults.Add(new LedgerFault(reader.GetInt32(0), 0, "line"));
        return faults;
    }

    private static async Task<Dictionary<int, (int Number, byte[]? Hash)>> HeadsAsync(DbConnection connection, CancellationToken ct)
    {
        var heads = new Dictionary<int, (int Number, byte[]? Hash)>();
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT cooperative_id, number, hash FROM ledger_heads";
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (reader.Read())
            heads[reader.GetInt32(0)] = (reader.GetInt32(1), await reader.IsDBNullAsync(2, ct) ? null : reader.GetFieldValue<byte[]>(2));
        return heads;
    }

    private static JournalEntry ReadEntry(DbDataReader reader) => new()
    {
        CooperativeId = reader.GetInt32(0),
        Number = reader.GetInt32(1),
        AtUtc = DateTime.SpecifyKind(reader.GetDateTime(2), DateTimeKind.Utc),
        BookedOn = reader.GetFieldValue<DateOnly>(3),
        Kind = reader.GetString(4),
        Reference = reader.IsDBNull(5) ? null : reader.GetString(5),
        ByPersonId = reader.IsDBNull(6) ? null : reader.GetInt64(6),
        Reverses = reader.IsDBNull(7) ? null : reader.GetInt32(7),
        ActKey = reader.GetString(8),
        PreviousHash = reader.GetFieldValue<byte[]>(9),
        Hash = reader.GetFieldValue<byte[]>(10),
    };

    private static JournalLine ReadLine(DbDataReader reader) => new()
    {
        Position = reader.GetInt32(11),
        CooperativeId = reader.GetInt32(12),
        Account = reader.GetString(13),
        MemberId = reader.IsDBNull(14) ? null : reader.GetInt64(14),
        DebitRupiah = reader.GetInt64(15),
        CreditRupiah = reader.GetInt64(16),
    };

    /// <summary>The chain of one cooperative while it is read.</summary>
    private sealed class Chain
    {
        private int number;
        private byte[] hash = EntryHash.Genesis;
        private LedgerFault? fault;

        public int CooperativeId { get; init; }

        public void Follow(JournalEntry entry)
        {
            fault ??= FaultOf(entry);
            number = entry.Number;
            hash = entry.Hash;
        }

        // A head without entries has lost them all.
        public LedgerFault? FaultAgainst((int Number, byte[]? Hash) head)
        {
            if (fault is not null || (number == 0 && head.Number == 0))
                return fault;
            if (head.Number > number)
                return new LedgerFault(CooperativeId, number + 1, "missing");
            return head.Number == number && head.Hash.AsSpan().SequenceEqual(hash) ? null : new LedgerFault(CooperativeId, number, "head");
        }

        private LedgerFault? FaultOf(JournalEntry entry)
        {
            if (entry.Number != number + 1)
                return new LedgerFault(CooperativeId, number + 1, "missing");
            if (!entry.PreviousHash.AsSpan().SequenceEqual(hash))
                return new LedgerFault(CooperativeId, entry.Number, "out_of_chain");
            if (!EntryHash.Of(entry).AsSpan().SequenceEqual(entry.Hash))
                return new LedgerFault(CooperativeId, entry.Number, "altered");
            if (entry.Lines.Sum(line => line.DebitRupiah) != entry.Lines.Sum(line => line.CreditRupiah) || entry.Lines.Count < 2)
                return new LedgerFault(CooperativeId, entry.Number, "unbalanced");
            return entry.Lines.Any(line => line.CooperativeId != entry.CooperativeId || !Account.Chart.ContainsKey(line.Account))
                ? new LedgerFault(CooperativeId, entry.Number, "line")
                : null;
        }
    }
}
