using System.Data.Common;

namespace KkmpBot.Ledger;

/// <summary>What is wrong with the books, at the first bad entry.</summary>
/// <param name="CooperativeId">Whose books.</param>
/// <param name="Number">The number of the first entry that is not as it was booked, or that is missing.</param>
/// <param name="What">altered, missing, unbalanced, out_of_chain, head or line.</param>
public sealed record LedgerFault(int CooperativeId, int Number, string What);

/// <summary>The outcome of <c>ledger verify</c>.</summary>
/// <param name="Entries">Entries read.</param>
/// <param name="Cooperatives">Cooperatives with at least one entry.</param>
/// <param name="Faults">The first fault of each cooperative that has one; empty when the books can be trusted.</param>
public sealed record LedgerReport(long Entries, int Cooperatives, IReadOnlyList<LedgerFault> Faults);

/// <summary>Reads the whole ledger in order and proves that it is as it was booked: numbers without a gap, hashes, balance, heads.</summary>
public static class LedgerVerifier
{
    private const string ReadEverything =
        """
        SELECT e.cooperative_id, e.number, e.at_utc, e.booked_on, e.kind, e.reference, e.by_person_id, e.reverses, e.act_key,
               e.previous_hash, e.hash, l.position, l.cooperative_id, l.account, l.member_id, l.debit_rupiah, l.credit_rupiah
        FROM journal_entries e LEFT JOIN journal_lines l ON l.entry_id = e.id
        ORDER BY e.cooperative_id, e.number, l.position
        """;

    /// <summary>Verifies all cooperatives' books.</summary>
    /// <param name="connection">Open; in a transaction when others write meanwhile.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task<LedgerReport> VerifyAsync(DbConnection connection, CancellationToken ct)
    {
        var heads = await HeadsAsync(connection, ct);
        var faults = new List<LedgerFault>();
        var chain = new Chain();
        long entries = 0;
        int cooperatives = 0;
        await using var command = connection.CreateCommand();
        command.CommandText = ReadEverything;
        await using var reader = await command.ExecuteReaderAsync(ct);
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

            if (entry.CooperativeId != chain.CooperativeId)
            {
                Close(chain, heads, faults);
                chain = new Chain { CooperativeId = entry.CooperativeId };
                cooperatives++;
            }
            chain.Follow(entry);
            entries++;
        }
        Close(chain, heads, faults);
        // A head that no entry came for has lost all its entries.
        faults.AddRange(heads.Where(head => head.Value.Number > 0).Select(head => new LedgerFault(head.Key, 1, "missing")));
        return new LedgerReport(entries, cooperatives, [.. faults.OrderBy(fault => fault.CooperativeId)]);
    }

    private static void Close(Chain chain, Dictionary<int, (int Number, byte[]? Hash)> heads, List<LedgerFault> faults)
    {
        if (chain.CooperativeId == 0)
            return;
        heads.Remove(chain.CooperativeId, out var head);
        var fault = chain.Fault ?? chain.Against(head.Number, head.Hash);
        if (fault is not null)
            faults.Add(fault);
    }

    private static async Task<Dictionary<int, (int Number, byte[]? Hash)>> HeadsAsync(DbConnection connection, CancellationToken ct)
    {
        var heads = new Dictionary<int, (int Number, byte[]? Hash)>();
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT cooperative_id, number, hash FROM ledger_heads";
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
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

        public int CooperativeId { get; init; }

        public LedgerFault? Fault { get; private set; }

        public void Follow(JournalEntry entry)
        {
            Fault ??= FaultOf(entry);
            number = entry.Number;
            hash = entry.Hash;
        }

        public LedgerFault? Against(int headNumber, byte[]? headHash)
        {
            if (headNumber > number)
                return new LedgerFault(CooperativeId, number + 1, "missing");
            return headNumber == number && headHash.AsSpan().SequenceEqual(hash) ? null : new LedgerFault(CooperativeId, number, "head");
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
