using System.Globalization;
using KkmpBot.Auditing;
using KkmpBot.Conversations;
using KkmpBot.Dialogs.Model;
using KkmpBot.Members;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Handovers;

/// <summary>
/// An officer settles what a person waited for: with an answer, which reaches the person as news, or without one (they spoke in the chat or at
/// the counter). Whoever another officer talks with is that officer's.
/// </summary>
public sealed class CloseHandover : ICapability
{
    /// <summary>The notice to the person.</summary>
    internal const string Notice = "handover_answered";

    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("handover.close")
        .Takes("person", DialogType.Text)
        .MayTake("answer", DialogType.Text)
        .Gives("closed")
        .Gives("settled_before")
        .Gives("not_allowed");

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (!OfficerRole.MayAnswer(turn.Caller) || turn.Caller.CooperativeId is not { } cooperativeId)
            return new Outcome("not_allowed");
        var id = long.Parse(call.Text("person"), CultureInfo.InvariantCulture);
        var answer = call.TextOrNull("answer");
        var sealedAnswer = answer is null ? null : turn.Vault.Seal(answer);
        var me = turn.Caller.PersonId;
        // Two officers at once: the second finds it settled.
        var rows = await turn.Db.Set<Handover>()
            .Where(row => row.Id == id && row.CooperativeId == cooperativeId && row.ClosedUtc == null && (row.TakenBy == null || row.TakenBy == me))
            .ExecuteUpdateAsync(
                set => set
                    .SetProperty(row => row.Answer, row => sealedAnswer ?? row.Answer)
                    .SetProperty(row => row.ClosedUtc, turn.UtcNow)
                    .SetProperty(row => row.ClosedBy, turn.Caller.PersonId),
                ct);
        if (rows == 0)
            return new Outcome("settled_before");
        await Audit.RecordAsync(turn, Description.Name, string.Create(CultureInfo.InvariantCulture, $"handover:{id}"), ct);
        var closed = await turn.Db.Set<Handover>().AsNoTracking().SingleAsync(row => row.Id == id, ct);
        if (answer is not null)
            turn.Notify(closed.PersonId, Notice, RecordValue.Of(("answer", new TextValue(answer))));
        else if (closed is { TakenBy: not null, Answer: not null })
            turn.Notify(closed.PersonId, Talk.Ended);

        return new Outcome("closed");
    }
}
