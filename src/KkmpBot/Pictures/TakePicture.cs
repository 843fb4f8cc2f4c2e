using System.Globalization;
using KkmpBot.Announcements;
using KkmpBot.Catalog;
using KkmpBot.Conversations;
using KkmpBot.Dialogs.Model;
using KkmpBot.Members;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Pictures;

/// <summary>Takes a picture that the officer sent for their draft of an announcement; it comes a moment later.</summary>
public sealed class TakeAnnouncementPicture : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("pictures.for_announcement")
        .Takes("announcement", DialogType.Text).Takes("picture", DialogType.Text).Gives("taken").Gives("unfit");

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        var id = long.Parse(call.Text("announcement"), CultureInfo.InvariantCulture);
        if (call.Text("picture").Length == 0 || await AnnouncementDesk.FindDraftAsync(turn, id, ct) is null)
            return new Outcome("unfit");
        await SentPicture.NoteAsync(turn, SentPicture.OfAnnouncement, id, call.Text("picture"), ct);
        return new Outcome("taken");
    }
}

/// <summary>Takes the picture away from the officer's draft of an announcement, also one that is still on its way.</summary>
public sealed class DropAnnouncementPicture : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("pictures.drop").Takes("announcement", DialogType.Text).Gives("dropped");

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        await AnnouncementDesk.SetPictureAsync(turn, long.Parse(call.Text("announcement"), CultureInfo.InvariantCulture), null, ct);
        return new Outcome("dropped");
    }
}

/// <summary>Takes a picture that the officer sent of an article; it comes a moment later.</summary>
public sealed class TakeProductPicture : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("pictures.for_product")
        .Takes("product", DialogType.Text).Takes("picture", DialogType.Text).Gives("taken").Gives("unfit").Gives("not_allowed");

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        var id = long.Parse(call.Text("product"), CultureInfo.InvariantCulture);
        if (!OfficerRole.MayMoveGoods(turn.Caller)
            || !await turn.Db.Set<Product>().AnyAsync(row => row.Id == id && row.CooperativeId == turn.Caller.CooperativeId, ct))
            return new Outcome("not_allowed");
        if (call.Text("picture").Length == 0)
            return new Outcome("unfit");
        await SentPicture.NoteAsync(turn, SentPicture.OfProduct, id, call.Text("picture"), ct);
        return new Outcome("taken");
    }
}
