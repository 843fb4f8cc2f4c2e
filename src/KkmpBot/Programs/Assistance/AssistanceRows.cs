using System.Globalization;
using KkmpBot.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace KkmpBot.Programs.Assistance;

/// <summary>Capital that the city gives or lends to a cooperative.</summary>
public sealed class CapitalAssistance
{
    /// <summary>A gift: equity.</summary>
    public const string Grant = "grant";

    /// <summary>To be paid back: a debt.</summary>
    public const string Loan = "loan";

    /// <summary>Promised by the city; the cooperative has not taken it yet.</summary>
    public const string Offered = "offered";

    /// <summary>In the cooperative's account, and booked.</summary>
    public const string Received = "received";

    /// <summary>No longer terms of a loan.</summary>
    public const int MaxMonths = 120;

    /// <summary>The row's id.</summary>
    public long Id { get; set; }

    /// <summary>For whom.</summary>
    public int CooperativeId { get; set; }

    /// <summary>grant or loan.</summary>
    public required string Kind { get; set; }

    /// <summary>The amount.</summary>
    public long Rupiah { get; set; }

    /// <summary>A loan is paid back in so many months; 0 for a grant.</summary>
    public int Months { get; set; }

    /// <summary>offered or received.</summary>
    public string Status { get; set; } = Offered;

    /// <summary>Who of the city promised it.</summary>
    public long OfferedBy { get; set; }

    /// <summary>When the cooperative took it.</summary>
    public DateTime? ReceivedUtc { get; set; }

    /// <summary>What was paid back.</summary>
    public long RepaidRupiah { get; set; }

    /// <summary>One month's part of a loan, rounded up, so that the last month has the smallest.</summary>
    public long InstalmentRupiah => Months == 0 ? 0 : (Rupiah + Months - 1) / Months;

    /// <summary>What is still to be paid back; 0 for a grant.</summary>
    public long OwedRupiah => Kind == Loan && Status == Received ? Rupiah - RepaidRupiah : 0;

    /// <summary>How the audit log and the books name it.</summary>
    public string Subject => string.Create(CultureInfo.InvariantCulture, $"assistance:{Id}");

    private sealed class Table : IEntityTypeConfiguration<CapitalAssistance>
    {
        public void Configure(EntityTypeBuilder<CapitalAssistance> builder)
        {
            builder.ToTable("capital_assistance", table =>
                table.HasCheckConstraint("CK_capital_assistance_rupiah", "rupiah > 0 AND repaid_rupiah >= 0 AND repaid_rupiah <= rupiah"));
            builder.Ignore(row => row.InstalmentRupiah);
            builder.Ignore(row => row.OwedRupiah);
            builder.Ignore(row => row.Subject);
            builder.HasIndex(row => row.CooperativeId);
        }
    }
}

/// <summary>A mentor's visit to a cooperative: what was found, and by when it is to be put right.</summary>
public sealed class MentorVisit
{
    /// <summary>The longest finding.</summary>
    public const int MaxFindingLength = 200;

    /// <summary>The row's id.</summary>
    public long Id { get; set; }

    /// <summary>Where.</summary>
    public int CooperativeId { get; set; }

    /// <summary>The mentor's person.</summary>
    public long MentorId { get; set; }

    /// <summary>The day of the visit, WIB.</summary>
    public DateOnly VisitedOn { get; set; }

    /// <summary>What was found, in the mentor's words; sealed, since people write names.</summary>
    public required SealedText Finding { get; set; }

    /// <summary>By when it is to be put right.</summary>
    public DateOnly DueOn { get; set; }

    /// <summary>When it was.</summary>
    public DateTime? DoneUtc { get; set; }

    private sealed class Table : IEntityTypeConfiguration<MentorVisit>
    {
        public void Configure(EntityTypeBuilder<MentorVisit> builder)
        {
            builder.ToTable("mentor_visits");
            builder.HasIndex(row => new { row.CooperativeId, row.DueOn });
            builder.HasIndex(row => row.MentorId);
        }
    }
}
