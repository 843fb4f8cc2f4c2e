using System.Globalization;
using KkmpBot.Conversations;
using KkmpBot.Dialogs.Model;
using KkmpBot.Members;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Announcements;

/// <summary>The latest announcements of the officer's cooperative, with how far each is.</summary>
public sealed class ListAnnouncements : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("announcements.list").Gives("listed", AnnouncementRecord.List);

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (!OfficerRole.MayLook(turn.Caller))
            return new Outcome("listed", new ListValue([]));
        var rows = await turn.Db.Set<Announcement>().AsNoTracking()
            .Where(row => row.CooperativeId == turn.Caller.CooperativeId && row.Status != AnnouncementStatus.Draft)
            .OrderByDescending(row => row.Id).Take(AnnouncementRecord.MaxListed).ToListAsync(ct);
        var counts = await AnnouncementLedger.CountAsync(turn.Db, [.. rows.Select(row => row.Id)], ct);
        return new Outcome("listed", new ListValue([.. rows.Select(row => AnnouncementRecord.ProgressOf(turn, row, counts[row.Id], []))]));
    }
}

/// <summary>How far an announcement is now.</summary>
public sealed class ShowAnnouncement : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("announcements.show")
        .Takes("announcement", DialogType.Text).Gives("shown", AnnouncementRecord.Progress);

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        var id = long.Parse(call.Text("announcement"), CultureInfo.InvariantCulture);
        var row = await AnnouncementDesk.FindAsync(turn, id, ct) ?? throw new InvalidOperationException("An announcement is shown that was not listed.");
        return new Outcome("shown", AnnouncementRecord.ProgressOf(
            turn, row, await AnnouncementLedger.CountAsync(turn.Db, id, ct), await AnnouncementLedger.CausesAsync(turn.Db, id, ct)));
    }
}

/// <summary>Halts an announcement, lets it go on, ends it, or agrees to it as the second officer.</summary>
public sealed class SteerAnnouncement : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("announcements.steer")
        .Takes("announcement", DialogType.Text).Takes("act", DialogType.Choice).Gives("done").Gives("not_now");

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        var id = long.Parse(call.Text("announcement"), CultureInfo.InvariantCulture);
        var isDone = call.Text("act") switch
        {
            "pause" => await AnnouncementDesk.PauseAsync(turn, id, ct),
            "resume" => await AnnouncementDesk.ResumeAsync(turn, id, ct),
            "stop" => await AnnouncementDesk.StopAsync(turn, id, ct),
            "approve" => await AnnouncementDesk.FindAsync(turn, id, ct) is { } row && await AnnouncementDesk.ApproveAsync(turn, row, ct),
            var act => throw new InvalidOperationException($"An announcement cannot be steered by '{act}'."),
        };
        return new Outcome(isDone ? "done" : "not_now");
    }
}

/// <summary>Corrects an announcement: exactly those who got it are told.</summary>
public sealed class CorrectAnnouncement : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("announcements.correct")
        .Takes("announcement", DialogType.Text).Takes("text", DialogType.Text).Gives("corrected").Gives("not_now");

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        var id = long.Parse(call.Text("announcement"), CultureInfo.InvariantCulture);
        return new Outcome(await AnnouncementDesk.FindAsync(turn, id, ct) is { } wrong && await AnnouncementDesk.CorrectAsync(turn, wrong, call.Text("text"), ct) is not null
            ? "corrected" : "not_now");
    }
}

/// <summary>Tells the officers that an announcement waits for a second one.</summary>
internal static class ApproveAnnouncement
{
    /// <summary>The notice.</summary>
    public const string Notice = "announcement_waiting";

    /// <summary>What it says: how many people would hear it.</summary>
    public static DialogType News { get; } = DialogType.Record("announcement_waiting_news", ("people", DialogType.Whole));

    /// <summary>Its values.</summary>
    public static RecordValue NewsOf(int people) => RecordValue.Of(("people", new WholeValue(people)));
}

/// <summary>The final report: told to whoever wrote it, once everybody has a final state.</summary>
internal static class ReportAnnouncement
{
    /// <summary>The timed act that reports.</summary>
    public const string Kind = "announcements.report";

    /// <summary>The notice.</summary>
    public const string Notice = "announcement_report";

    /// <summary>Reports.</summary>
    /// <param name="act">Its subject is the announcement's id.</param>
    /// <param name="turn">The turn.</param>
    /// <param name="ct">Cancelled only when the process stops.</param>
    public static async ValueTask RunAsync(TimedAct act, Turn turn, CancellationToken ct)
    {
        var id = long.Parse(act.Subject, CultureInfo.InvariantCulture);
        var row = await turn.Db.Set<Announcement>().AsNoTracking().SingleAsync(announcement => announcement.Id == id, ct);
        var count = await AnnouncementLedger.CountAsync(turn.Db, id, ct);
        turn.Notify(row.CreatedBy, Notice, AnnouncementRecord.ReportOf(turn, row, count), AnnouncementChart.Draw(count));
    }
}
