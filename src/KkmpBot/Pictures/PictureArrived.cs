using System.Globalization;
using KkmpBot.Announcements;
using KkmpBot.Catalog;
using KkmpBot.Conversations;
using KkmpBot.Dialogs.Model;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Pictures;

/// <summary>A picture was fetched or given up: it is put where it belongs, by the rules of an upload on the office's pages, and the officer is told.</summary>
internal static class PictureArrived
{
    /// <summary>The timed act.</summary>
    public const string Kind = "pictures.arrived";

    /// <summary>Tells that an announcement has its picture.</summary>
    public const string Announced = "picture_announced";

    /// <summary>Tells that an article has its picture.</summary>
    public const string Shown = "picture_shown";

    /// <summary>Tells that what came is none we take.</summary>
    public const string Unfit = "picture_unfit";

    /// <summary>Tells that nothing came.</summary>
    public const string Lost = "picture_lost";

    /// <summary>What tells of an article.</summary>
    public static DialogType News { get; } = DialogType.Record("picture_news", ("name", DialogType.TextOf(Product.MaxNameLength)));

    /// <summary>Puts it in its place.</summary>
    /// <param name="act">Its subject is the picture's id.</param>
    /// <param name="turn">The officer's turn.</param>
    /// <param name="ct">Cancelled only when the process stops.</param>
    public static async ValueTask RunAsync(TimedAct act, Turn turn, CancellationToken ct)
    {
        var id = long.Parse(act.Subject, CultureInfo.InvariantCulture);
        // Another one was sent meanwhile, or the officer went on without.
        if (await turn.Db.Set<SentPicture>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == id && row.DoneUtc != null, ct) is not { } sent)
            return;
        await SentPicture.DropAsync(turn.Db, sent.Kind, sent.SubjectId, ct);
        if (sent.Bytes is not { } bytes)
            turn.Notify(sent.PersonId, sent.IsUnfit ? Unfit : Lost);
        else if (sent.Kind == SentPicture.OfAnnouncement)
            turn.Notify(sent.PersonId, await AnnouncementDesk.SetPictureAsync(turn, sent.SubjectId, bytes, ct) ? Announced : Lost);
        else if (await ProductPicture.SetAsync(turn, sent.SubjectId, bytes, ct))
            turn.Notify(sent.PersonId, Shown, RecordValue.Of(("name", new TextValue(await NameAsync(turn, sent.SubjectId, ct)))));
        else
            turn.Notify(sent.PersonId, Lost);
    }

    private static Task<string> NameAsync(Turn turn, long productId, CancellationToken ct) =>
        turn.Db.Set<Product>().Where(row => row.Id == productId).Select(row => row.Name).SingleAsync(ct);
}
