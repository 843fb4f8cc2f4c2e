using KkmpBot.Channels;
using KkmpBot.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace KkmpBot.Announcements;

/// <summary>How far an announcement is, stored as text; delivery reads it before each page of messages.</summary>
public static class AnnouncementStatus
{
    /// <summary>Being written; nobody else sees it.</summary>
    public const string Draft = "draft";

    /// <summary>Waits for a second officer.</summary>
    public const string Waiting = "waiting";

    /// <summary>Waits for its moment.</summary>
    public const string Scheduled = "scheduled";

    /// <summary>Goes out.</summary>
    public const string Running = "running";

    /// <summary>Halted; it may go on.</summary>
    public const string Paused = "paused";

    /// <summary>Ended by an officer before everybody had it.</summary>
    public const string Stopped = "stopped";

    /// <summary>Everybody has a final state.</summary>
    public const string Done = "done";
}

/// <summary>How often a scheduled announcement comes back, stored as text.</summary>
public static class AnnouncementRepeat
{
    /// <summary>Once.</summary>
    public const string None = "none";

    /// <summary>Every week.</summary>
    public const string Weekly = "weekly";

    /// <summary>Every month.</summary>
    public const string Monthly = "monthly";
}

/// <summary>What a cooperative tells many people at once.</summary>
public sealed class Announcement
{
    /// <summary>The longest text, in characters.</summary>
    public const int MaxTextLength = 600;

    /// <summary>The announcement's id.</summary>
    public long Id { get; set; }

    /// <summary>Whose it is.</summary>
    public int CooperativeId { get; set; }

    /// <summary>The officer who wrote it.</summary>
    public long CreatedBy { get; set; }

    /// <summary>The second officer, where one was needed.</summary>
    public long? ApprovedBy { get; set; }

    /// <summary>One of <see cref="AnnouncementStatus"/>.</summary>
    public string Status { get; set; } = AnnouncementStatus.Draft;

    /// <summary>The words; <c>{nama}</c> stands for what the reader is called. Sealed, since officers may name somebody.</summary>
    public required SealedText Text { get; set; }

    /// <summary>The dialog that its button opens; null for no button.</summary>
    public string? Button { get; set; }

    /// <summary>The largest picture.</summary>
    public const int MaxPictureBytes = OutboundFile.MaxGivenPicture;

    /// <summary>Where the version before kept its picture, and looks for it; in its stead there is <see cref="AnnouncementPicture"/>. Goes with the next version.</summary>
    public byte[]? Picture { get; set; }

    /// <summary>The kind of <see cref="Picture"/>.</summary>
    public string? PictureType { get; set; }

    /// <summary>Who hears it, as <see cref="Announcements.Audience"/> writes it.</summary>
    public required string Audience { get; set; }

    /// <summary>The announcement that it corrects: it goes to exactly those who got that one; null for most.</summary>
    public long? CorrectsId { get; set; }

    /// <summary>The last person that was looked at; people follow by their id.</summary>
    public long Cursor { get; set; }

    /// <summary>When everybody had been looked at; null before.</summary>
    public DateTime? FedUtc { get; set; }

    /// <summary>When it is to start; null for at once.</summary>
    public DateTime? StartUtc { get; set; }

    /// <summary>One of <see cref="AnnouncementRepeat"/>.</summary>
    public string Repeat { get; set; } = AnnouncementRepeat.None;

    /// <summary>When it was written.</summary>
    public DateTime CreatedUtc { get; set; }

    /// <summary>When it began to go out.</summary>
    public DateTime? StartedUtc { get; set; }

    /// <summary>When nothing of it was left to send.</summary>
    public DateTime? ClosedUtc { get; set; }

    private sealed class Table : IEntityTypeConfiguration<Announcement>
    {
        public void Configure(EntityTypeBuilder<Announcement> builder)
        {
            builder.ToTable("announcements");
            builder.Property(row => row.Repeat).HasDefaultValue(AnnouncementRepeat.None);
            builder.HasIndex(row => new { row.CooperativeId, row.Id });
            builder.HasIndex(row => row.Status).HasFilter("closed_utc IS NULL");
        }
    }
}

/// <summary>One person of an announcement's audience; what became of the message stands in the outbox.</summary>
public sealed class AnnouncementRecipient
{
    /// <summary>Not sent: the person had as many announcements this week as they agreed to.</summary>
    public const string WeekFull = "week_full";

    /// <summary>The announcement.</summary>
    public long AnnouncementId { get; set; }

    /// <summary>The person: once in an announcement, whatever crashes.</summary>
    public long PersonId { get; set; }

    /// <summary>The channel of the address they were sent it to.</summary>
    public required string Channel { get; set; }

    /// <summary>Why nothing was sent; null when something was written.</summary>
    public string? Skipped { get; set; }

    /// <summary>When it was written.</summary>
    public DateTime AtUtc { get; set; }

    private sealed class Table : IEntityTypeConfiguration<AnnouncementRecipient>
    {
        public void Configure(EntityTypeBuilder<AnnouncementRecipient> builder)
        {
            builder.ToTable("announcement_recipients");
            builder.HasKey(row => new { row.AnnouncementId, row.PersonId });
            builder.HasIndex(row => new { row.PersonId, row.AtUtc });
        }
    }
}
