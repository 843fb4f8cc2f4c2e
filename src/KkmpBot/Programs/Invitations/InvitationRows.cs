using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace KkmpBot.Programs.Invitations;

/// <summary>A member's or officer's invitation to their cooperative: one code each, which anybody may pass on. It opens nothing but the registration.</summary>
public sealed class Invitation
{
    /// <summary>Signs of a code.</summary>
    public const int CodeLength = 7;

    /// <summary>How long a code is good; whoever asks again afterwards gets another.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromDays(180);

    /// <summary>The row's id.</summary>
    public long Id { get; set; }

    /// <summary>Who invites.</summary>
    public long PersonId { get; set; }

    /// <summary>To which cooperative.</summary>
    public int CooperativeId { get; set; }

    /// <summary>The code, in capitals. Not personal and no secret: it names a cooperative.</summary>
    public required string Code { get; set; }

    /// <summary>When the code was drawn.</summary>
    public DateTime CreatedUtc { get; set; }

    private sealed class Table : IEntityTypeConfiguration<Invitation>
    {
        public void Configure(EntityTypeBuilder<Invitation> builder)
        {
            builder.ToTable("invitations");
            builder.HasIndex(invitation => invitation.Code).IsUnique();
            builder.HasIndex(invitation => new { invitation.PersonId, invitation.CooperativeId });
        }
    }
}

/// <summary>Somebody came through an invitation; their latest one counts, once their registration is approved.</summary>
public sealed class InvitationUse
{
    /// <summary>The row's id.</summary>
    public long Id { get; set; }

    /// <summary>Whose invitation.</summary>
    public long InvitationId { get; set; }

    /// <summary>To which cooperative; stays when who invited is forgotten.</summary>
    public int CooperativeId { get; set; }

    /// <summary>Who came.</summary>
    public long PersonId { get; set; }

    /// <summary>When.</summary>
    public DateTime AtUtc { get; set; }

    private sealed class Table : IEntityTypeConfiguration<InvitationUse>
    {
        public void Configure(EntityTypeBuilder<InvitationUse> builder)
        {
            builder.ToTable("invitation_uses");
            builder.HasIndex(use => use.PersonId);
            builder.HasIndex(use => use.InvitationId);
            builder.HasIndex(use => use.CooperativeId);
        }
    }
}
