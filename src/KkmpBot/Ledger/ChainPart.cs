namespace KkmpBot.Ledger;

/// <summary>A stretch of one cooperative's chain, verified in itself; stretches are joined afterwards in the order of booking.</summary>
/// <param name="cooperativeId">Whose.</param>
internal sealed class ChainPart(int cooperativeId)
{
    private readonly byte[] before = new byte[EntryHash.Length];
    private readonly byte[] hash = new byte[EntryHash.Length];
    private int first;
    private LedgerFault? fault;

    /// <summary>The number of its last entry.</summary>
    public int Number { get; private set; }

    /// <summary>The hash of its last entry.</summary>
    public ReadOnlySpan<byte> Hash => hash;

    /// <summary>Adds the next entry.</summary>
    public void Follow(EntryCheck entry)
    {
        if (first == 0)
        {
            first = entry.Number;
            entry.PreviousHash.CopyTo(before, 0);
            fault = FaultOf(entry);
        }
        else
        {
            fault ??= entry.Number != Number + 1 ? new LedgerFault(cooperativeId, Number + 1, "missing")
                : !entry.PreviousHash.AsSpan().SequenceEqual(hash) ? new LedgerFault(cooperativeId, entry.Number, "out_of_chain")
                : FaultOf(entry);
        }
        Number = entry.Number;
        entry.Hash.CopyTo(hash, 0);
    }

    /// <summary>The first fault of this stretch when it follows another.</summary>
    /// <param name="number">The last number before it; 0 for none.</param>
    /// <param name="previous">The hash of that entry.</param>
    public LedgerFault? FaultAfter(int number, ReadOnlySpan<byte> previous)
    {
        if (first != number + 1)
            return new LedgerFault(cooperativeId, number + 1, "missing");
        return previous.SequenceEqual(before) ? fault : new LedgerFault(cooperativeId, first, "out_of_chain");
    }

    private LedgerFault? FaultOf(EntryCheck entry) => entry.Verdict() is { } what ? new LedgerFault(cooperativeId, entry.Number, what) : null;
}
