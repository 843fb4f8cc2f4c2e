using System.Globalization;
using KkmpBot.Members;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace KkmpBot.Programs.Trainings;

/// <summary>A training that the city or a cooperative holds for members and officers.</summary>
public sealed class Training
{
    /// <summary>The longest title.</summary>
    public const int MaxTitleLength = 60;

    /// <summary>The longest place with its hour.</summary>
    public const int MaxPlaceLength = 80;

    /// <summary>No hall of the city holds more.</summary>
    public const int MaxCapacity = 500;

    /// <summary>The row's id.</summary>
    public long Id { get; set; }

    /// <summary>Which cooperative's members it is for; null when the city invites everybody's.</summary>
    public int? CooperativeId { get; set; }

    /// <summary>What is learned.</summary>
    public required string Title { get; set; }

    /// <summary>The day, WIB.</summary>
    public DateOnly Day { get; set; }

    /// <summary>Hour and place, as people read it.</summary>
    public required string Place { get; set; }

    /// <summary>How many seats there are.</summary>
    public int Capacity { get; set; }

    /// <summary>Who set it up.</summary>
    public long CreatedBy { get; set; }

    /// <summary>How the audit log names it.</summary>
    public string Subject => string.Create(CultureInfo.InvariantCulture, $"training:{Id}");

    private sealed class Table : IEntityTypeConfiguration<Training>
    {
        public void Configure(EntityTypeBuilder<Training> builder)
        {
            builder.ToTable("trainings", table => table.HasCheckConstraint("CK_trainings_capacity", "capacity > 0"));
            builder.Ignore(training => training.Subject);
            builder.HasIndex(training => training.Day);
        }
    }
}

/// <summary>A member's place in a training: a seat, or a turn on the waiting list.</summary>
public sealed class TrainingSeat
{
    /// <summary>Has a seat.</summary>
    public const string Signed = "signed";

    /// <summary>Waits for one.</summary>
    public const string Waiting = "waiting";

    /// <summary>Does not come.</summary>
    public const string Cancelled = "cancelled";

    /// <summary>The row's id; a later wish has a higher one.</summary>
    public long Id { get; set; }

    /// <summary>The training.</summary>
    public long TrainingId { get; set; }

    /// <summary>The member.</summary>
    public long MemberId { get; set; }

    /// <summary>signed, waiting or cancelled.</summary>
    public required string Status { get; set; }

    /// <summary>When an organiser noted that they were there; null otherwise.</summary>
    public DateTime? AttendedUtc { get; set; }

    private sealed class Table : IEntityTypeConfiguration<TrainingSeat>
    {
        public void Configure(EntityTypeBuilder<TrainingSeat> builder)
        {
            builder.ToTable("training_seats");
            builder.HasOne<Training>().WithMany().HasForeignKey(seat => seat.TrainingId).OnDelete(DeleteBehavior.Restrict);
            builder.HasOne<Member>().WithMany().HasForeignKey(seat => seat.MemberId).OnDelete(DeleteBehavior.Restrict);
            builder.HasIndex(seat => new { seat.TrainingId, seat.MemberId }).IsUnique().HasFilter("status <> 'cancelled'");
            builder.HasIndex(seat => seat.MemberId);
        }
    }
}
