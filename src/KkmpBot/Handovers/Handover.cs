using KkmpBot.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace KkmpBot.Handovers;

/// <summary>A person who waits for an officer to answer in the chat.</summary>
public sealed class Handover
{
    /// <summary>The row's id.</summary>
    public long Id { get; set; }

    /// <summary>The cooperative whose officers are asked.</summary>
    public int CooperativeId { get; set; }

    /// <summary>Who waits; at most one open row a person.</summary>
    public long PersonId { get; set; }

    /// <summary>What it is about in the person's words: their last.</summary>
    public required SealedText About { get; set; }

    /// <summary>Since when.</summary>
    public DateTime AskedUtc { get; set; }

    /// <summary>The officer who talks with the person now; null while nobody does. An officer talks with one person at a time.</summary>
    public long? TakenBy { get; set; }

    /// <summary>When something was last said in the talk, or it was taken up; null before.</summary>
    public DateTime? SpokenUtc { get; set; }

    /// <summary>True while the person's last words are unanswered.</summary>
    public bool AwaitsOfficer { get; set; } = true;

    /// <summary>The officer's last words; null before any.</summary>
    public SealedText? Answer { get; set; }

    /// <summary>When an officer answered or closed it; null while the person waits.</summary>
    public DateTime? ClosedUtc { get; set; }

    /// <summary>The officer who closed it.</summary>
    public long? ClosedBy { get; set; }

    private sealed class Table : IEntityTypeConfiguration<Handover>
    {
        public void Configure(EntityTypeBuilder<Handover> builder)
        {
            builder.ToTable("handovers");
            builder.HasIndex(handover => handover.PersonId).IsUnique().HasFilter("closed_utc IS NULL");
            builder.HasIndex(handover => handover.TakenBy).IsUnique().HasFilter("closed_utc IS NULL AND taken_by IS NOT NULL");
            builder.Property(handover => handover.AwaitsOfficer).HasDefaultValue(true);
            builder.HasIndex(handover => new { handover.CooperativeId, handover.ClosedUtc });
        }
    }
}
