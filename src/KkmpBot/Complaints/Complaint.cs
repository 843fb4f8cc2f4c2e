using System.Globalization;
using KkmpBot.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace KkmpBot.Complaints;

/// <summary>Something a person is not content with, kept until an officer has answered it.</summary>
public sealed class Complaint
{
    /// <summary>The complaint's id.</summary>
    public long Id { get; set; }

    /// <summary>The cooperative it concerns.</summary>
    public int CooperativeId { get; set; }

    /// <summary>The number that people say, counted per cooperative.</summary>
    public int Number { get; set; }

    /// <summary>Who complains.</summary>
    public long PersonId { get; set; }

    /// <summary>mutu, jumlah, lambat, saldo, harga, pelayanan or lain.</summary>
    public required string Category { get; set; }

    /// <summary>In the person's own words.</summary>
    public required SealedText Text { get; set; }

    /// <summary>When it was filed.</summary>
    public DateTime CreatedUtc { get; set; }

    /// <summary>The officer's answer; null while it is open.</summary>
    public SealedText? Answer { get; set; }

    /// <summary>When it was answered; null while it is open.</summary>
    public DateTime? AnsweredUtc { get; set; }

    /// <summary>The officer who answered.</summary>
    public long? AnsweredBy { get; set; }

    /// <summary>The act that filed it; the same act run again finds this complaint.</summary>
    public required string ActKey { get; set; }

    /// <summary>How the audit log names it.</summary>
    public string Subject => string.Create(CultureInfo.InvariantCulture, $"complaint:{Id}");

    private sealed class Table : IEntityTypeConfiguration<Complaint>
    {
        public void Configure(EntityTypeBuilder<Complaint> builder)
        {
            builder.ToTable("complaints");
            builder.Ignore(complaint => complaint.Subject);
            builder.HasIndex(complaint => new { complaint.CooperativeId, complaint.Number }).IsUnique();
            builder.HasIndex(complaint => new { complaint.CooperativeId, complaint.AnsweredUtc });
            builder.HasIndex(complaint => complaint.PersonId);
            builder.HasIndex(complaint => complaint.ActKey).IsUnique();
        }
    }
}
