using System.Globalization;
using KkmpBot.Auditing;
using KkmpBot.Conversations;
using KkmpBot.Data;
using KkmpBot.Dialogs.Model;
using KkmpBot.Members;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Handovers;

/// <summary>
/// An officer begins to talk with a person who waits, or goes on with their talk. Of two officers the first has the person; and an officer talks with
/// one person at a time, so that no word goes to the wrong one.
/// </summary>
public sealed class TakeHandover : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("handover.take")
        .Takes("person", DialogType.Text)
        .Gives("taken").Gives("taken_unheard").Gives("taken_before").Gives("busy").Gives("not_allowed");

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (!OfficerRole.MayAnswer(turn.Caller) || turn.Caller.CooperativeId is not { } cooperativeId)
            return new Outcome("not_allowed");
        var (id, me) = (long.Parse(call.Text("person"), CultureInfo.InvariantCulture), turn.Caller.PersonId);
        await turn.Db.LockAsync<Handover>(id, ct);
        var waiting = await turn.Db.Set<Handover>().SingleOrDefaultAsync(row => row.Id == id && row.CooperativeId == cooperativeId && row.ClosedUtc == null, ct);
        if (waiting is null || (waiting.TakenBy is { } taker && taker != me) || waiting.PersonId == me)
            return new Outcome("taken_before");
        var taken = await Talk.ArrivesAsync(turn, waiting.PersonId, ct) ? "taken" : "taken_unheard";
        if (waiting.TakenBy == me)
            return new Outcome(taken);
        if (await turn.Db.Set<Handover>().AnyAsync(row => row.TakenBy == me && row.ClosedUtc == null, ct))
            return new Outcome("busy");
        (waiting.TakenBy, waiting.SpokenUtc) = (me, turn.UtcNow);
        Talk.Watch(turn, waiting);
        await Audit.RecordAsync(turn, Description.Name, string.Create(CultureInfo.InvariantCulture, $"handover:{id}"), ct);
        return new Outcome(taken);
    }
}

/// <summary>An officer leaves the person to the others: they wait again.</summary>
public sealed class ReleaseHandover : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("handover.release")
        .Takes("person", DialogType.Text).Gives("released").Gives("over");

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (await Talk.FindAsync(turn, call.Text("person"), ct) is not { } talk)
            return new Outcome("over");
        await Talk.ReturnAsync(turn, talk, ct);
        await Audit.RecordAsync(turn, Description.Name, string.Create(CultureInfo.InvariantCulture, $"handover:{talk.Id}"), ct);
        return new Outcome("released");
    }
}
