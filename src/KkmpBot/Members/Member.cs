using KkmpBot.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace KkmpBot.Members;

/// <summary>The stages of a membership, stored as text; the chat and the law use these words.</summary>
public static class MemberStatus
{
    /// <summary>Applied; an officer has to decide (UU 25/1992 art. 30).</summary>
    public const string Pending = "pending";

    /// <summary>Admitted, simpanan pokok not yet paid in full.</summary>
    public const string Approved = "approved";

    /// <summary>A member with all rights.</summary>
    public const string Active = "active";

    /// <summary>Turned down, with a reason.</summary>
    public const string Rejected = "rejected";

    /// <summary>No longer a member.</summary>
    public const string Left = "left";

    // Those of which a person, and a NIK, has one at most; as SQL.
    internal const string Open = $"('{Pending}', '{Approved}', '{Active}')";
}

/// <summary>An application or membership of a person in one cooperative: a line of the register that the law asks for.</summary>
public sealed class Member
{
    /// <summary>The application's and member's id.</summary>
    public long Id { get; set; }

    /// <summary>Who.</summary>
    public long PersonId { get; set; }

    /// <summary>Where.</summary>
    public int CooperativeId { get; set; }

    /// <summary>The number in the cooperative's register; null until active.</summary>
    public int? Number { get; set; }

    /// <summary>One of <see cref="MemberStatus"/>.</summary>
    public string Status { get; set; } = MemberStatus.Pending;

    /// <summary>Full name as on the KTP.</summary>
    public required SealedText FullName { get; set; }

    /// <summary>Population number.</summary>
    public required SealedText Nik { get; set; }

    /// <summary>Blind index of the NIK (kind <c>nik</c>); unique among memberships that are open.</summary>
    public required byte[] NikIndex { get; set; }

    /// <summary>Contact number in E.164 as given.</summary>
    public required SealedText Phone { get; set; }

    /// <summary>Address on the KTP below the kelurahan: RT and RW, e.g. "RT 003/RW 005".</summary>
    public required SealedText Address { get; set; }

    /// <summary>True for civil servants (PNS, PPPK).</summary>
    public bool IsCivilServant { get; set; }

    /// <summary>NIP or NI PPPK, for civil servants who gave it.</summary>
    public SealedText? Nip { get; set; }

    /// <summary>Blind index of the NIP (kind <c>nip</c>).</summary>
    public byte[]? NipIndex { get; set; }

    /// <summary>When the application was handed in.</summary>
    public DateTime AppliedUtc { get; set; }

    /// <summary>When an officer decided; null while pending.</summary>
    public DateTime? DecidedUtc { get; set; }

    /// <summary>The officer's person id; null while pending.</summary>
    public long? DecidedBy { get; set; }

    /// <summary>The reason of a rejection, in the officer's words.</summary>
    public SealedText? Reason { get; set; }

    /// <summary>When simpanan pokok was complete and membership began.</summary>
    public DateTime? ActiveUtc { get; set; }

    private sealed class Table : IEntityTypeConfiguration<Member>
    {
        public void Configure(EntityTypeBuilder<Member> builder)
        {
            builder.ToTable("members");
            builder.HasOne<Person>().WithMany().HasForeignKey(member => member.PersonId).OnDelete(DeleteBehavior.Restrict);
            builder.HasIndex(member => member.PersonId);
            builder.HasIndex(member => new { member.CooperativeId, member.Status });
            builder.HasIndex(member => new { member.CooperativeId, member.Number }).IsUnique();
            builder.HasIndex(member => member.NipIndex);
            builder.HasIndex(member => member.NikIndex).IsUnique()
                .HasFilter($"status IN {MemberStatus.Open}");
        }
    }
}

/// <summary>An office held by a person in one cooperative, or in the city.</summary>
public sealed class Officer
{
    /// <summary>In place of a cooperative: an office of the city.</summary>
    public const int OfTheCity = 0;

    /// <summary>The row's id.</summary>
    public long Id { get; set; }

    /// <summary>Who.</summary>
    public long PersonId { get; set; }

    /// <summary>Where; <see cref="OfTheCity"/> for the city's own people.</summary>
    public int CooperativeId { get; set; }

    /// <summary>One of <see cref="OfficerRole"/>.</summary>
    public required string Role { get; set; }

    private sealed class Table : IEntityTypeConfiguration<Officer>
    {
        public void Configure(EntityTypeBuilder<Officer> builder)
        {
            builder.ToTable("officers");
            builder.HasIndex(officer => officer.PersonId).IsUnique();
            builder.HasIndex(officer => officer.CooperativeId);
        }
    }
}
