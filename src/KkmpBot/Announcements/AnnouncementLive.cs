using KkmpBot.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace KkmpBot.Announcements;

/// <summary>
/// The message in which the writer of an announcement sees how far it is: one, which is rewritten as it goes out. The row goes when the last words
/// are in it.
/// </summary>
public sealed class AnnouncementLive
{
    /// <summary>The announcement.</summary>
    public long AnnouncementId { get; set; }

    /// <summary>The message; null where the writer's platform rewrites nothing, and none was sent.</summary>
    public long? OutboxId { get; set; }

    /// <summary>It is not rewritten before.</summary>
    public DateTime NextUtc { get; set; }

    /// <summary>Has it rewritten at once: something was decided.</summary>
    /// <param name="db">A context.</param>
    /// <param name="announcementId">Which.</param>
    /// <param name="utcNow">Now.</param>
    /// <param name="ct">Gives up.</param>
    internal static Task SoonAsync(KkmpDbContext db, long announcementId, DateTime utcNow, CancellationToken ct) => db.Set<AnnouncementLive>()
        .Where(row => row.AnnouncementId == announcementId).ExecuteUpdateAsync(set => set.SetProperty(row => row.NextUtc, utcNow), ct);

    private sealed class Table : IEntityTypeConfiguration<AnnouncementLive>
    {
        public void Configure(EntityTypeBuilder<AnnouncementLive> builder)
        {
            builder.ToTable("announcement_live");
            builder.HasKey(row => row.AnnouncementId);
            builder.Property(row => row.AnnouncementId).ValueGeneratedNever();
        }
    }
}
