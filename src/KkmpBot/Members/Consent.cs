using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace KkmpBot.Members;

/// <summary>What people may agree to; each purpose is asked for itself (UU 27/2022 art. 20 and 27).</summary>
public static class ConsentPurpose
{
    /// <summary>Keeping one's data to apply for membership and be a member.</summary>
    public const string Membership = "membership";

    /// <summary>Being sent the cooperative's announcements.</summary>
    public const string Announcements = "announcements";

    /// <summary>Being sent the price alerts that one asked for.</summary>
    public const string Alerts = "alerts";

    /// <summary>Letting somebody of one's household order in one's name.</summary>
    public const string HouseholdOrders = "household_orders";
}

/// <summary>
/// A recorded act: somebody agreed to a version of a text, or took it back. The latest row of a purpose counts; older ones stay as proof
/// (UU 27/2022 art. 24).
/// </summary>
public sealed class Consent
{
    /// <summary>The row's id.</summary>
    public long Id { get; set; }

    /// <summary>Who.</summary>
    public long PersonId { get; set; }

    /// <summary>One of <see cref="ConsentPurpose"/>.</summary>
    public required string Purpose { get; set; }

    /// <summary>The version of the text that was shown, as the dialog names it.</summary>
    public required string TextVersion { get; set; }

    /// <summary>False when taken back.</summary>
    public bool Given { get; set; }

    /// <summary>When.</summary>
    public DateTime AtUtc { get; set; }

    /// <summary>Where: telegram, whatsapp, web or console; counter when an officer noted it for somebody who stood there.</summary>
    public required string Channel { get; set; }

    private sealed class Table : IEntityTypeConfiguration<Consent>
    {
        public void Configure(EntityTypeBuilder<Consent> builder)
        {
            builder.ToTable("consents");
            builder.HasIndex(consent => new { consent.PersonId, consent.Purpose });
        }
    }
}
