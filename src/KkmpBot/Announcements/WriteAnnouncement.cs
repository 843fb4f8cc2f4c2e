using System.Globalization;
using KkmpBot.Catalog;
using KkmpBot.Conversations;
using KkmpBot.Dialogs.Model;
using KkmpBot.Members;
using KkmpBot.Pictures;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Announcements;

/// <summary>Begins a new announcement: nothing of one that was given up comes along.</summary>
public sealed class BeginAnnouncement : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("announcements.begin").Gives("begun");

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        await AnnouncementDesk.BeginAsync(turn, ct);
        return new Outcome("begun");
    }
}

/// <summary>Who is to hear an announcement: one of the usual groups of the officer's cooperative.</summary>
public sealed class ChooseAudience : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("announcements.audience")
        .Takes("who", DialogType.Choice).MayTake("product", DialogType.Text).Gives("chosen", AnnouncementRecord.Audience).Gives("not_allowed");

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (!OfficerRole.MayAnswer(turn.Caller) || turn.Caller.CooperativeId is not { } cooperativeId)
            return new Outcome("not_allowed");
        var everybody = Audience.Of(cooperativeId);
        var audience = call.Text("who") switch
        {
            "members" => everybody,
            "arrears" => everybody with { InArrears = true },
            "civil_servants" => everybody with { IsCivilServant = true },
            "buyers" => everybody with { Bought = await GoodsAsync(call, turn, cooperativeId, ct) },
            var who => throw new InvalidOperationException($"There is no audience '{who}'."),
        };
        return new Outcome("chosen", RecordValue.Of(("query", new TextValue(audience.ToString()))));
    }

    private static Task<string> GoodsAsync(CapabilityCall call, Turn turn, int cooperativeId, CancellationToken ct)
    {
        var id = long.Parse(call.Text("product"), CultureInfo.InvariantCulture);
        return turn.Db.Set<Product>().Where(product => product.Id == id && product.CooperativeId == cooperativeId).Select(product => product.Goods).SingleAsync(ct);
    }
}

/// <summary>Who is to hear an announcement, as an officer writes it: <c>asn=ya kanal=whatsapp</c>.</summary>
public sealed class ReadAudience : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("announcements.read_audience")
        .Takes("text", DialogType.Text).Gives("chosen", AnnouncementRecord.Audience).Gives("unclear").Gives("not_allowed");

    /// <inheritdoc />
    public ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (!OfficerRole.MayAnswer(turn.Caller) || turn.Caller.CooperativeId is not { } cooperativeId)
            return ValueTask.FromResult(new Outcome("not_allowed"));
        // An officer speaks to the people of their own cooperative.
        var audience = Audience.Read(call.Text("text"), Audience.Of(cooperativeId));
        return ValueTask.FromResult(audience?.CooperativeId == cooperativeId
            ? new Outcome("chosen", RecordValue.Of(("query", new TextValue(audience.ToString()))))
            : new Outcome("unclear"));
    }
}

/// <summary>Puts an announcement together and counts who would hear it; nothing is sent.</summary>
public sealed class PrepareAnnouncement : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("announcements.prepare")
        .Takes("text", DialogType.Text).Takes("audience", AnnouncementRecord.Audience).Takes("button", DialogType.Choice)
        .Gives("prepared", AnnouncementRecord.Draft).Gives("nobody");

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        var cooperativeId = turn.Caller.CooperativeId ?? throw new InvalidOperationException("An announcement belongs to a cooperative.");
        var audience = Audience.Read(call.Record("audience").Text("query"), Audience.Of(cooperativeId))
            ?? throw new InvalidOperationException("An audience came that was not read before.");
        var count = await AudienceCount.CountAsync(turn, audience, ct);
        if (count.People == 0)
            return new Outcome("nobody");
        var button = call.Text("button") is { } chosen && AnnouncementText.Buttons.Contains(chosen) ? chosen : null;
        var draft = await AnnouncementDesk.DraftAsync(turn, call.Text("text"), audience, button, ct)
            ?? throw new InvalidOperationException("Somebody wrote an announcement who may not.");
        var previews = await AnnouncementDesk.PreviewAsync(turn, draft, count, ct);
        return new Outcome("prepared", AnnouncementRecord.DraftOf(draft, count, previews, turn.Terms));
    }
}

/// <summary>Sends the officer's draft to themselves.</summary>
public sealed class TestAnnouncement : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("announcements.test")
        .Takes("announcement", DialogType.Text).Gives("sent").Gives("picture_coming");

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        var id = long.Parse(call.Text("announcement"), CultureInfo.InvariantCulture);
        if (await SentPicture.IsComingAsync(turn.Db, SentPicture.OfAnnouncement, id, ct))
            return new Outcome("picture_coming");
        if (await AnnouncementDesk.FindAsync(turn, id, ct) is { } draft)
            await AnnouncementDesk.TestAsync(turn, draft, ct);
        return new Outcome("sent");
    }
}

/// <summary>Sends the officer's draft off: now, tomorrow, or again and again from tomorrow on.</summary>
public sealed class SendAnnouncement : ICapability
{
    private static readonly TimeSpan Morning = TimeSpan.FromHours(8);
    private static readonly TimeSpan Afternoon = TimeSpan.FromHours(16);

    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("announcements.send")
        .Takes("announcement", DialogType.Text).Takes("when", DialogType.Choice)
        .Gives("running").Gives("scheduled").Gives("waiting").Gives("picture_coming");

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        var id = long.Parse(call.Text("announcement"), CultureInfo.InvariantCulture);
        var draft = await AnnouncementDesk.FindAsync(turn, id, ct) ?? throw new InvalidOperationException("A draft is sent that is not theirs.");
        if (await SentPicture.IsComingAsync(turn.Db, SentPicture.OfAnnouncement, id, ct))
            return new Outcome("picture_coming");
        var tomorrow = Wib.StartUtc(Wib.Day(turn.UtcNow).AddDays(1));
        var (startUtc, repeat) = call.Text("when") switch
        {
            "now" => ((DateTime?)null, AnnouncementRepeat.None),
            "morning" => (tomorrow + Morning, AnnouncementRepeat.None),
            "afternoon" => (tomorrow + Afternoon, AnnouncementRepeat.None),
            "weekly" => (tomorrow + Morning, AnnouncementRepeat.Weekly),
            "monthly" => (tomorrow + Morning, AnnouncementRepeat.Monthly),
            var moment => throw new InvalidOperationException($"There is no moment '{moment}'."),
        };
        var count = await AudienceCount.CountAsync(turn, FeedAnnouncement.AudienceOf(draft), ct);
        return new Outcome(await AnnouncementDesk.SubmitAsync(turn, draft, count.People, startUtc, repeat, ct));
    }
}
