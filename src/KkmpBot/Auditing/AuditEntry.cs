using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace KkmpBot.Auditing;

/// <summary>Who did or read what, when: one act of an officer, or one look into somebody's personal data. Append-only and chained.</summary>
public sealed class AuditEntry
{
    /// <summary>The row's id; outside the hash.</summary>
    public long Id { get; set; }

    /// <summary>Where.</summary>
    public int CooperativeId { get; set; }

    /// <summary>1, 2, 3… in each cooperative, without a gap.</summary>
    public int Number { get; set; }

    /// <summary>When, to the millisecond.</summary>
    public DateTime AtUtc { get; set; }

    /// <summary>The officer's person id.</summary>
    public long ByPersonId { get; set; }

    /// <summary>What, e.g. <c>members.approve</c>; the name of the capability where there is one.</summary>
    public required string Act { get; set; }

    /// <summary>What it concerned, e.g. <c>member:12</c>; never personal data.</summary>
    public required string Subject { get; set; }

    /// <summary>The hash of the entry before; 32 zero bytes for the first.</summary>
    public required byte[] PreviousHash { get; set; }

    /// <summary>SHA-256 over the entry and <see cref="PreviousHash"/>.</summary>
    public byte[] Hash { get; set; } = [];

    private sealed class Table : IEntityTypeConfiguration<AuditEntry>
    {
        public void Configure(EntityTypeBuilder<AuditEntry> builder)
        {
            builder.ToTable("audit_log");
            builder.HasIndex(entry => new { entry.CooperativeId, entry.Number }).IsUnique();
            builder.HasIndex(entry => entry.Subject);
            builder.HasIndex(entry => new { entry.CooperativeId, entry.Act });
        }
    }
}

/// <summary>Whom or what an entry concerned, word by word, so that a person's entries are found without reading everybody's.</summary>
public sealed class AuditSubject
{
    /// <summary>The entry's cooperative.</summary>
    public int CooperativeId { get; set; }

    /// <summary>One word of the entry's subject, e.g. <c>member:12</c>; never personal data.</summary>
    public required string Subject { get; set; }

    /// <summary>The entry's number.</summary>
    public int Number { get; set; }

    private sealed class Table : IEntityTypeConfiguration<AuditSubject>
    {
        public void Configure(EntityTypeBuilder<AuditSubject> builder)
        {
            builder.ToTable("audit_subjects");
            builder.HasKey(row => new { row.CooperativeId, row.Subject, row.Number });
        }
    }
}

/// <summary>The end of a cooperative's audit chain.</summary>
public sealed class AuditHead
{
    /// <summary>Where.</summary>
    public int CooperativeId { get; set; }

    /// <summary>The number of the last entry; 0 before the first.</summary>
    public int Number { get; set; }

    /// <summary>The hash of the last entry; null before the first.</summary>
    public byte[]? Hash { get; set; }

    private sealed class Table : IEntityTypeConfiguration<AuditHead>
    {
        public void Configure(EntityTypeBuilder<AuditHead> builder)
        {
            builder.ToTable("audit_heads");
            builder.HasKey(head => head.CooperativeId);
            builder.Property(head => head.CooperativeId).ValueGeneratedNever();
        }
    }
}
