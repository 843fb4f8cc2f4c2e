using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace KkmpBot.Office;

/// <summary>What the city keeps of a cooperative by its date: a status is reached on a day and looked up as of any day.</summary>
public static class MilestoneKind
{
    /// <summary>The notary's deed and the ministry's decision: it exists by law.</summary>
    public const string LegalEntity = "legal_entity";

    /// <summary>It has an outlet.</summary>
    public const string Outlet = "outlet";

    /// <summary>The city's officer looked and found it in order: an act with a date and a name.</summary>
    public const string Verified = "verified";

    /// <summary>The line of business, in the note; the latest one holds.</summary>
    public const string Business = "business";

    /// <summary>A mentor's visit.</summary>
    public const string Mentoring = "mentoring";

    /// <summary>Help in goods or money, in the note.</summary>
    public const string Assistance = "assistance";

    /// <summary>A training for its officers.</summary>
    public const string Training = "training";

    /// <summary>It asked a supplier for goods.</summary>
    public const string Replenishment = "replenishment";

    /// <summary>Those that the city's officers record on a page.</summary>
    public static IReadOnlyList<string> Recorded { get; } = [LegalEntity, Outlet, Verified, Business, Mentoring, Assistance, Training, Replenishment];
}

/// <summary>One such fact.</summary>
public sealed class Milestone
{
    /// <summary>The longest note.</summary>
    public const int MaxNoteLength = 120;

    /// <summary>The row's id.</summary>
    public long Id { get; set; }

    /// <summary>Of which cooperative.</summary>
    public int CooperativeId { get; set; }

    /// <summary>One of <see cref="MilestoneKind"/>.</summary>
    public required string Kind { get; set; }

    /// <summary>The day it counts from, WIB.</summary>
    public DateOnly Day { get; set; }

    /// <summary>What else is to be said; no personal data. Null for nothing.</summary>
    public string? Note { get; set; }

    /// <summary>The officer who recorded it; null for data that was brought in.</summary>
    public long? ByPersonId { get; set; }

    /// <summary>When it was recorded.</summary>
    public DateTime AtUtc { get; set; }

    private sealed class Table : IEntityTypeConfiguration<Milestone>
    {
        public void Configure(EntityTypeBuilder<Milestone> builder)
        {
            builder.ToTable("milestones");
            builder.HasIndex(row => new { row.CooperativeId, row.Kind, row.Day });
        }
    }
}

/// <summary>The day that the city's pages show when none is asked for, where that is not today: a demo's history ends there.</summary>
public sealed class CityAsOf
{
    /// <summary>Always 1.</summary>
    public int Id { get; set; } = 1;

    /// <summary>The day, WIB.</summary>
    public DateOnly Day { get; set; }

    private sealed class Table : IEntityTypeConfiguration<CityAsOf>
    {
        public void Configure(EntityTypeBuilder<CityAsOf> builder)
        {
            builder.ToTable("city_as_of");
            builder.HasKey(row => row.Id);
            builder.Property(row => row.Id).ValueGeneratedNever();
        }
    }
}
