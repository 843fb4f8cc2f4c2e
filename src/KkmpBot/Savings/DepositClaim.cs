using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace KkmpBot.Savings;

/// <summary>A member says that they have paid. Nothing is booked until an officer has found the money.</summary>
public sealed class DepositClaim
{
    /// <summary>Waits for an officer.</summary>
    public const string Waiting = "waiting";

    /// <summary>The money was there and is booked.</summary>
    public const string Confirmed = "confirmed";

    /// <summary>The money was not found, or the months were paid meanwhile.</summary>
    public const string Refused = "refused";

    /// <summary>The row's id.</summary>
    public long Id { get; set; }

    /// <summary>Where.</summary>
    public int CooperativeId { get; set; }

    /// <summary>Who claims; at most one claim of a member waits.</summary>
    public long MemberId { get; set; }

    /// <summary>pokok, wajib or sukarela.</summary>
    public required string Kind { get; set; }

    /// <summary>How much.</summary>
    public long Rupiah { get; set; }

    /// <summary>The months of wajib; 0 otherwise.</summary>
    public int Months { get; set; }

    /// <summary>The first of those months; null for none.</summary>
    public DateOnly? FirstMonth { get; set; }

    /// <summary>transfer or cash.</summary>
    public required string Via { get; set; }

    /// <summary>One of the three states.</summary>
    public string Status { get; set; } = Waiting;

    /// <summary>When it was made.</summary>
    public DateTime AtUtc { get; set; }

    /// <summary>When an officer decided.</summary>
    public DateTime? DecidedUtc { get; set; }

    /// <summary>The officer.</summary>
    public long? DecidedBy { get; set; }

    private sealed class Table : IEntityTypeConfiguration<DepositClaim>
    {
        public void Configure(EntityTypeBuilder<DepositClaim> builder)
        {
            builder.ToTable("deposit_claims");
            builder.HasIndex(claim => claim.MemberId).IsUnique().HasFilter("status = 'waiting'");
            builder.HasIndex(claim => new { claim.CooperativeId, claim.Status });
        }
    }
}

/// <summary>Money that is to go out of a member's account: prepared by one officer, released by another.</summary>
public sealed class Withdrawal
{
    /// <summary>Waits for a second officer.</summary>
    public const string Waiting = "waiting";

    /// <summary>Released and booked.</summary>
    public const string Paid = "paid";

    /// <summary>Not released.</summary>
    public const string Refused = "refused";

    /// <summary>The row's id.</summary>
    public long Id { get; set; }

    /// <summary>Where.</summary>
    public int CooperativeId { get; set; }

    /// <summary>Whose money; at most one withdrawal of a member waits.</summary>
    public long MemberId { get; set; }

    /// <summary>sukarela or shu.</summary>
    public required string Kind { get; set; }

    /// <summary>How much.</summary>
    public long Rupiah { get; set; }

    /// <summary>One of the three states.</summary>
    public string Status { get; set; } = Waiting;

    /// <summary>Who prepared it.</summary>
    public long PreparedBy { get; set; }

    /// <summary>When.</summary>
    public DateTime AtUtc { get; set; }

    /// <summary>Who released or refused it; never who prepared it.</summary>
    public long? DecidedBy { get; set; }

    /// <summary>When.</summary>
    public DateTime? DecidedUtc { get; set; }

    private sealed class Table : IEntityTypeConfiguration<Withdrawal>
    {
        public void Configure(EntityTypeBuilder<Withdrawal> builder)
        {
            builder.ToTable("withdrawals", table => table.HasCheckConstraint("CK_withdrawals_two_people", "decided_by IS NULL OR decided_by <> prepared_by"));
            builder.HasIndex(withdrawal => withdrawal.MemberId).IsUnique().HasFilter("status = 'waiting'");
            builder.HasIndex(withdrawal => new { withdrawal.CooperativeId, withdrawal.Status });
        }
    }
}
