using KkmpBot.Conversations;
using KkmpBot.Dialogs.Model;

namespace KkmpBot.Handovers;

/// <summary>Brings what is written in a talk to the other side: from the officer when <c>person</c> names who waited, else from the person.</summary>
public sealed class SayInTalk : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("handover.say")
        .MayTake("person", DialogType.Text).Takes("text", DialogType.Text)
        .Gives("sent").Gives("waits").Gives("over");

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        var key = call.TextOrNull("person");
        if (await Talk.FindAsync(turn, key, ct) is not { } talk)
            return new Outcome("over");
        if (key is not null)
            return new Outcome(await Talk.AnswerAsync(turn, talk, call.Text("text"), ct) ? "sent" : "waits");
        await Talk.PassOnAsync(turn, talk, call.Text("text"), ct);
        return new Outcome("sent");
    }
}

/// <summary>Says whether an officer talks with the caller now.</summary>
public sealed class FindTalk : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("handover.find_talk").Gives("talking").Gives("none");

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct) =>
        new(await Talk.FindAsync(turn, null, ct) is null ? "none" : "talking");
}

/// <summary>The person ends the talk; the officer is told.</summary>
public sealed class EndTalk : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("handover.end").Gives("ended").Gives("over");

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (await Talk.FindAsync(turn, null, ct) is not { TakenBy: { } officer } talk)
            return new Outcome("over");
        (talk.ClosedUtc, talk.ClosedBy) = (turn.UtcNow, officer);
        var name = HandoverRecord.Short(await Talk.NameAsync(turn, talk.PersonId, HandoverRecord.Unnamed, ct));
        turn.Notify(officer, Talk.Left, RecordValue.Of(("name", new TextValue(name))));
        return new Outcome("ended");
    }
}
