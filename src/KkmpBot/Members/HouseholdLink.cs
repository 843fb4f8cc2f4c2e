using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace KkmpBot.Members;

/// <summary>Whether a member lets somebody order for them, stored as text.</summary>
public static class HouseholdStatus
{
    /// <summary>Was asked and has not answered.</summary>
    public const string Asked = "asked";

    /// <summary>Agreed.</summary>
    public const string Given = "given";

    /// <summary>Said no, or took it back.</summary>
    public const string Refused = "refused";
}

/// <summary>A member's consent that somebody of their household orders for them; the proof itself is a <see cref="Consent"/>.</summary>
public sealed class HouseholdLink
{
    /// <summary>The row's id.</summary>
    public long Id { get; set; }

    /// <summary>The member whose order, limits and rules it is.</summary>
    public long MemberId { get; set; }

    /// <summary>Who may order for them.</summary>
    public long PersonId { get; set; }

    /// <summary>One of <see cref="HouseholdStatus"/>.</summary>
    public string Status { get; set; } = HouseholdStatus.Asked;

    /// <summary>When the member was last asked.</summary>
    public DateTime AskedUtc { get; set; }

    /// <summary>When they last answered.</summary>
    public DateTime? DecidedUtc { get; set; }

    private sealed class Table : IEntityTypeConfiguration<HouseholdLink>
    {
        public void Configure(EntityTypeBuilder<HouseholdLink> builder)
        {
            builder.ToTable("household_links");
            builder.HasOne<Member>().WithMany().HasForeignKey(link => link.MemberId).OnDelete(DeleteBehavior.Restrict);
            builder.HasIndex(link => new { link.MemberId, link.PersonId }).IsUnique();
            builder.HasIndex(link => link.PersonId);
        }
    }
}
