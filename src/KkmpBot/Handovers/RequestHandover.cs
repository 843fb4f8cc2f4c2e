using KkmpBot.Conversations;
using KkmpBot.Dialogs.Model;
using KkmpBot.Members;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Handovers;

/// <summary>A person asks for an officer. They wait once, however often they ask; what they say last is what the officer reads.</summary>
public sealed class RequestHandover : ICapability
{
    /// <summary>The notice to the officers.</summary>
    internal const string Notice = "handover_requested";

    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("handover.request")
        .MayTake("about", DialogType.Text)
        .Gives("queued")
        .Gives("no_cooperative");

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (turn.Caller.CooperativeId is not { } cooperativeId)
            return new Outcome("no_cooperative");
        var about = call.TextOrNull("about") is { } said ? turn.Vault.Seal(said) : null;
        var waiting = await turn.Db.Set<Handover>()
            .SingleOrDefaultAsync(row => row.PersonId == turn.Caller.PersonId && row.ClosedUtc == null, ct);
        if (waiting is not null)
        {
            waiting.About = about ?? waiting.About;
            return new Outcome("queued");
        }

        turn.Db.Add(new Handover { CooperativeId = cooperativeId, PersonId = turn.Caller.PersonId, About = about, AskedUtc = turn.UtcNow });
        var person = await turn.Db.Set<Person>().AsNoTracking().SingleAsync(row => row.Id == turn.Caller.PersonId, ct);
        var name = person.Nickname is { } nickname ? turn.Vault.Open(nickname) : HandoverRecord.Unnamed;
        foreach (var officer in await Colleagues.OfAsync(turn, cooperativeId, ct))
            turn.Notify(officer, Notice, RecordValue.Of(("name", new TextValue(HandoverRecord.Short(name)))));
        return new Outcome("queued");
    }
}
