using KkmpBot.Conversations;
using KkmpBot.Cooperatives;
using KkmpBot.Data;
using KkmpBot.Dialogs.Model;
using KkmpBot.Members;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Handovers;

/// <summary>
/// A person asks for an officer of a kelurahan's cooperative, without being its member. They wait once, however often they ask; what
/// they say last is what the officer reads.
/// </summary>
public sealed class RequestHandover : ICapability
{
    /// <summary>The notice to the officers.</summary>
    internal const string Notice = "handover_requested";

    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("handover.request")
        .Takes("kelurahan", DialogType.Text)
        .Takes("about", DialogType.Text)
        .Gives("queued")
        .Gives("no_officer");

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        var code = call.Text("kelurahan");
        var cooperative = await turn.Db.Set<Cooperative>().AsNoTracking().SingleAsync(row => row.Code == code, ct);
        var officers = await Colleagues.OfAsync(turn, cooperative.Id, ct);
        if (officers.Count == 0)
            return new Outcome("no_officer");

        var open = turn.Db.Set<Handover>().Where(row => row.PersonId == turn.Caller.PersonId && row.ClosedUtc == null);
        await turn.Db.LockAsync<Handover>(await open.Select(row => row.Id).ToListAsync(ct), ct);
        var waiting = await open.SingleOrDefaultAsync(ct);
        var isNews = waiting?.CooperativeId != cooperative.Id;
        var about = turn.Vault.Seal(call.Text("about"));
        if (waiting is null)
            turn.Db.Add(waiting = new Handover { PersonId = turn.Caller.PersonId, AskedUtc = turn.UtcNow, About = about });
        waiting.About = about;
        if (waiting.TakenBy is not null)
        {
            await Talk.PassOnAsync(turn, waiting, call.Text("about"), ct);
            return new Outcome("queued");
        }
        waiting.CooperativeId = cooperative.Id;
        if (isNews)
            await TellAsync(officers, turn, ct);
        return new Outcome("queued");
    }

    private static async Task TellAsync(IReadOnlyList<long> officers, Turn turn, CancellationToken ct)
    {
        var person = await turn.Db.Set<Person>().AsNoTracking().SingleAsync(row => row.Id == turn.Caller.PersonId, ct);
        var name = person.Nickname is { } nickname ? turn.Vault.Open(nickname) : HandoverRecord.Unnamed;
        foreach (var officer in officers)
            turn.Notify(officer, Notice, RecordValue.Of(("name", new TextValue(HandoverRecord.Short(name)))));
    }
}
