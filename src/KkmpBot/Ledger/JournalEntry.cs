using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace KkmpBot.Ledger;

/// <summary>
/// One booking of a cooperative. Append-only: the database refuses to change or delete it, and the hash chain shows it if
/// somebody goes round the database. A mistake is reversed by another entry.
/// </summary>
public sealed class JournalEntry
{
    /// <summary>The row's id; outside the hash, since another database may count otherwise.</summary>
    public long Id { get; set; }

    /// <summary>Whose books.</summary>
    public int CooperativeId { get; set; }

    /// <summary>1, 2, 3… in each cooperative, without a gap.</summary>
    public int Number { get; set; }

    /// <summary>When it was booked, to the millisecond.</summary>
    public DateTime AtUtc { get; set; }

    /// <summary>The day it counts for, WIB.</summary>
    public DateOnly BookedOn { get; set; }

    /// <summary>What happened, in snake_case: <c>pokok_received</c>, <c>sale</c>, <c>reversal</c>…</summary>
    public required string Kind { get; set; }

    /// <summary>What it belongs to, e.g. an order number; no personal data. Null for none.</summary>
    public string? Reference { get; set; }

    /// <summary>The officer's person id; null when the system booked it.</summary>
    public long? ByPersonId { get; set; }

    /// <summary>The number of the entry that this one takes back; an entry is reversed at most once.</summary>
    public int? Reverses { get; set; }

    /// <summary>The business act: booked again, it finds this entry and changes nothing.</summary>
    public required string ActKey { get; set; }

    /// <summary>The hash of entry <see cref="Number"/> − 1; 32 zero bytes for the first.</summary>
    public required byte[] PreviousHash { get; set; }

    /// <summary>SHA-256 over the entry, its lines and <see cref="PreviousHash"/>.</summary>
    public byte[] Hash { get; set; } = [];

    /// <summary>At least two, in the order booked; debits and credits are equal.</summary>
    public IList<JournalLine> Lines { get; init; } = [];

    private sealed class Table : IEntityTypeConfiguration<JournalEntry>
    {
        public void Configure(EntityTypeBuilder<JournalEntry> builder)
        {
            builder.ToTable("journal_entries");
            builder.HasMany(entry => entry.Lines).WithOne().HasForeignKey(line => line.EntryId).OnDelete(DeleteBehavior.Restrict);
            builder.HasIndex(entry => new { entry.CooperativeId, entry.Number }).IsUnique();
            builder.HasIndex(entry => new { entry.CooperativeId, entry.Reverses }).IsUnique();
            builder.HasIndex(entry => new { entry.CooperativeId, entry.BookedOn });
            builder.HasIndex(entry => entry.ActKey).IsUnique();
        }
    }
}

/// <summary>One side of a booking: an account, and either a debit or a credit.</summary>
public sealed class JournalLine
{
    /// <summary>The entry.</summary>
    public long EntryId { get; set; }

    /// <summary>From 1 in each entry.</summary>
    public int Position { get; set; }

    /// <summary>Whose books, as in the entry: a balance is read from the lines alone.</summary>
    public int CooperativeId { get; set; }

    /// <summary>A code of <see cref="Ledger.Account.Chart"/>.</summary>
    public required string Account { get; set; }

    /// <summary>The member it concerns (their savings, their purchases); null for none.</summary>
    public long? MemberId { get; set; }

    /// <summary>Rupiah debited; 0 when credited.</summary>
    public long DebitRupiah { get; set; }

    /// <summary>Rupiah credited; 0 when debited.</summary>
    public long CreditRupiah { get; set; }

    private sealed class Table : IEntityTypeConfiguration<JournalLine>
    {
        public void Configure(EntityTypeBuilder<JournalLine> builder)
        {
            builder.ToTable("journal_lines", table => table.HasCheckConstraint(
                "CK_journal_lines_one_side",
                "debit_rupiah >= 0 AND credit_rupiah >= 0 AND (debit_rupiah = 0) <> (credit_rupiah = 0)"));
            builder.HasKey(line => new { line.EntryId, line.Position });
            // With the amounts, so that a balance is summed from the index alone.
            builder.HasIndex(line => new { line.CooperativeId, line.Account, line.MemberId, line.DebitRupiah, line.CreditRupiah })
                .HasDatabaseName("IX_journal_lines_balances");
        }
    }
}

/// <summary>The end of a cooperative's chain. Whoever books locks it, and locks it last.</summary>
public sealed class LedgerHead
{
    /// <summary>Whose books.</summary>
    public int CooperativeId { get; set; }

    /// <summary>The number of the last entry; 0 before the first.</summary>
    public int Number { get; set; }

    /// <summary>The hash of the last entry; null before the first.</summary>
    public byte[]? Hash { get; set; }

    private sealed class Table : IEntityTypeConfiguration<LedgerHead>
    {
        public void Configure(EntityTypeBuilder<LedgerHead> builder)
        {
            builder.ToTable("ledger_heads");
            builder.HasKey(head => head.CooperativeId);
            builder.Property(head => head.CooperativeId).ValueGeneratedNever();
        }
    }
}
