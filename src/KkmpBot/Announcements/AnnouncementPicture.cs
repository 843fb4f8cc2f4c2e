using KkmpBot.Channels;
using KkmpBot.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace KkmpBot.Announcements;

/// <summary>
/// An announcement's picture, beside it, so that lists of announcements do not carry pictures along. It goes with each message at hand-over:
/// <see cref="Conversations.AnnouncedPictures"/>.
/// </summary>
public sealed class AnnouncementPicture
{
    /// <summary>The announcement.</summary>
    public long AnnouncementId { get; set; }

    /// <summary><c>image/png</c> or <c>image/jpeg</c>.</summary>
    public required string MimeType { get; set; }

    /// <summary>The picture.</summary>
    public required byte[] Bytes { get; set; }

    /// <summary>An announcement's picture; null for none.</summary>
    /// <param name="db">A context.</param>
    /// <param name="announcement">Which.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task<OutboundFile?> OfAsync(KkmpDbContext db, Announcement announcement, CancellationToken ct)
    {
        var row = await db.Set<AnnouncementPicture>().AsNoTracking().SingleOrDefaultAsync(picture => picture.AnnouncementId == announcement.Id, ct);
        var (type, bytes) = row is null ? (announcement.PictureType, announcement.Picture) : (row.MimeType, row.Bytes);
        return type is not null && bytes is not null ? OutboundFile.Picture("pengumuman", type, bytes) : null;
    }

    /// <summary>Gives an announcement a picture, or takes it away.</summary>
    /// <param name="db">A context.</param>
    /// <param name="announcement">Which, tracked.</param>
    /// <param name="picture">A PNG or JPEG; null for none.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task PutAsync(KkmpDbContext db, Announcement announcement, OutboundFile? picture, CancellationToken ct)
    {
        (announcement.Picture, announcement.PictureType) = (null, null);
        var row = await db.Set<AnnouncementPicture>().SingleOrDefaultAsync(kept => kept.AnnouncementId == announcement.Id, ct);
        if (picture is null)
        {
            if (row is not null)
                db.Remove(row);
            return;
        }
        if (row is null)
            db.Add(row = new AnnouncementPicture { AnnouncementId = announcement.Id, MimeType = picture.MimeType, Bytes = picture.Bytes });
        (row.MimeType, row.Bytes) = (picture.MimeType, picture.Bytes);
    }

    private sealed class Table : IEntityTypeConfiguration<AnnouncementPicture>
    {
        public void Configure(EntityTypeBuilder<AnnouncementPicture> builder)
        {
            builder.ToTable("announcement_pictures");
            builder.HasKey(picture => picture.AnnouncementId);
            builder.Property(picture => picture.AnnouncementId).ValueGeneratedNever();
            builder.HasOne<Announcement>().WithOne().HasForeignKey<AnnouncementPicture>(picture => picture.AnnouncementId).OnDelete(DeleteBehavior.Restrict);
        }
    }
}
