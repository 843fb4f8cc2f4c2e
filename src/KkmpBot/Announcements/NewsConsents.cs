using KkmpBot.Alerts;
using KkmpBot.Conversations;
using KkmpBot.Data;
using KkmpBot.Dialogs.Model;
using KkmpBot.Members;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Announcements;

/// <summary>
/// The caller wants no more announcements and no more alerts, on any channel, from this moment on: also what is already written and waits is
/// not sent. What is theirs goes on (receipts, orders, answers), and their membership does not change.
/// </summary>
public sealed class StopNews : ICapability
{
    /// <summary>What the consents are taken back by.</summary>
    internal const string TextVersion = "stop-1";

    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("news.stop").Gives("stopped");

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        Consents.TakeBack(turn, ConsentPurpose.Announcements, TextVersion);
        Consents.TakeBack(turn, ConsentPurpose.Alerts, TextVersion);
        await AlertRules.PauseAllAsync(turn, ct);
        await WithdrawAsync(turn, ct);
        return new Outcome("stopped");
    }

    /// <summary>Takes back whatever bulk message waits for the caller.</summary>
    /// <param name="turn">The caller's turn.</param>
    /// <param name="ct">Gives up.</param>
    internal static Task WithdrawAsync(Turn turn, CancellationToken ct) =>
        turn.Db.Set<OutboxMessage>()
            .Where(row => row.ConversationId == turn.Caller.PersonId && row.Kind == OutboxKind.Bulk
                && (row.Status == OutboxStatus.Pending || row.Status == OutboxStatus.Held))
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Status, OutboxStatus.Withdrawn).SetProperty(row => row.Reason, "the person stopped it"), ct);
}

/// <summary>What the caller is sent beside what is their own.</summary>
public sealed class ShowNews : ICapability
{
    /// <summary>Whether they are sent announcements and alerts, and how many prices they watch.</summary>
    public static DialogType Type { get; } = DialogType.Record(
        "news_settings", ("announcements", DialogType.YesNo), ("alerts", DialogType.YesNo), ("watched", DialogType.Whole));

    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("news.show").Gives("shown", Type);

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        var personId = turn.Caller.PersonId;
        return new Outcome("shown", RecordValue.Of(
            ("announcements", new YesNoValue(await RecordConsent.IsGivenAsync(turn.Db, personId, ConsentPurpose.Announcements, ct))),
            ("alerts", new YesNoValue(await RecordConsent.IsGivenAsync(turn.Db, personId, ConsentPurpose.Alerts, ct))),
            ("watched", new WholeValue(await turn.Db.Set<Alert>().CountAsync(alert => alert.PersonId == personId, ct)))));
    }
}

/// <summary>The caller agrees to announcements or alerts, or takes one of them back; each is a consent of its own.</summary>
public sealed class ChooseNews : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("news.choose")
        .Takes("purpose", DialogType.Text).Takes("on", DialogType.YesNo).Takes("text_version", DialogType.Text)
        .Gives("chosen");

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        var (purpose, version) = (call.Text("purpose"), call.Text("text_version"));
        if (purpose is not (ConsentPurpose.Announcements or ConsentPurpose.Alerts))
            throw new InvalidOperationException($"'{purpose}' is no news.");
        if (!call.YesNo("on"))
        {
            Consents.TakeBack(turn, purpose, version);
            if (purpose == ConsentPurpose.Alerts)
                await AlertRules.PauseAllAsync(turn, ct);
            return new Outcome("chosen");
        }
        await Consents.GiveAsync(turn, purpose, version, ct);
        if (purpose == ConsentPurpose.Alerts)
            await AlertRules.ResumeAllAsync(turn, ct);
        return new Outcome("chosen");
    }
}
