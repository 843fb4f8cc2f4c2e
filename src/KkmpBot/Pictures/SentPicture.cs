using KkmpBot.Conversations;
using KkmpBot.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace KkmpBot.Pictures;

/// <summary>
/// A picture that an officer sent in a chat, on its way to what it shows: the turn notes only what the platform calls it, <see cref="FetchPictures"/>
/// fetches it behind the turns, and <see cref="PictureArrived"/> puts it where an upload on the office's pages would stand.
/// </summary>
public sealed class SentPicture
{
    /// <summary>It shows an announcement.</summary>
    public const string OfAnnouncement = "announcement";

    /// <summary>It shows an article.</summary>
    public const string OfProduct = "product";

    /// <summary>The row's id.</summary>
    public long Id { get; set; }

    /// <summary>The officer who sent it.</summary>
    public long PersonId { get; set; }

    /// <summary>Where they sent it: telegram, whatsapp or web.</summary>
    public required string Channel { get; set; }

    /// <summary>What that channel fetches it by.</summary>
    public required SealedText Reference { get; set; }

    /// <summary>What it shows: <see cref="OfAnnouncement"/> or <see cref="OfProduct"/>.</summary>
    public required string Kind { get; set; }

    /// <summary>Which of them; one picture at a time is on its way to it.</summary>
    public long SubjectId { get; set; }

    /// <summary>When it was sent.</summary>
    public DateTime SentUtc { get; set; }

    /// <summary>Attempts to fetch it so far.</summary>
    public int Attempts { get; set; }

    /// <summary>When it is tried next: whoever tries moves this, so that two copies do not fetch it at once.</summary>
    public DateTime DueUtc { get; set; }

    /// <summary>When it was fetched or given up; null before.</summary>
    public DateTime? DoneUtc { get; set; }

    /// <summary>The picture; null before, and for one that could not be fetched or is none we take.</summary>
    public byte[]? Bytes { get; set; }

    /// <summary>True when it came and is none we take; false for one that never came.</summary>
    public bool IsUnfit { get; set; }

    /// <summary>Notes a picture in place of any other that is on its way to the same thing.</summary>
    /// <param name="turn">The officer's turn.</param>
    /// <param name="kind">What it shows.</param>
    /// <param name="subjectId">Which of them.</param>
    /// <param name="reference">What the channel fetches it by.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task NoteAsync(Turn turn, string kind, long subjectId, string reference, CancellationToken ct)
    {
        await DropAsync(turn.Db, kind, subjectId, ct);
        turn.Db.Add(new SentPicture
        {
            PersonId = turn.Caller.PersonId,
            Channel = turn.Caller.Channel,
            Reference = turn.Vault.Seal(reference),
            Kind = kind,
            SubjectId = subjectId,
            SentUtc = turn.UtcNow,
            DueUtc = turn.UtcNow,
        });
        await turn.Db.SaveChangesAsync(ct);
    }

    /// <summary>Lets nothing come any more.</summary>
    /// <param name="db">A context.</param>
    /// <param name="kind">What it would show.</param>
    /// <param name="subjectId">Which of them.</param>
    /// <param name="ct">Gives up.</param>
    public static Task DropAsync(KkmpDbContext db, string kind, long subjectId, CancellationToken ct) =>
        db.Set<SentPicture>().Where(row => row.Kind == kind && row.SubjectId == subjectId).ExecuteDeleteAsync(ct);

    /// <summary>True while a picture is on its way.</summary>
    /// <param name="db">A context.</param>
    /// <param name="kind">What it shows.</param>
    /// <param name="subjectId">Which of them.</param>
    /// <param name="ct">Gives up.</param>
    public static Task<bool> IsComingAsync(KkmpDbContext db, string kind, long subjectId, CancellationToken ct) =>
        db.Set<SentPicture>().AnyAsync(row => row.Kind == kind && row.SubjectId == subjectId, ct);

    private sealed class Table : IEntityTypeConfiguration<SentPicture>
    {
        public void Configure(EntityTypeBuilder<SentPicture> builder)
        {
            builder.ToTable("sent_pictures");
            builder.HasIndex(picture => new { picture.Kind, picture.SubjectId }).IsUnique();
            builder.HasIndex(picture => picture.DueUtc).HasFilter("done_utc IS NULL");
            builder.HasIndex(picture => picture.PersonId);
        }
    }
}
