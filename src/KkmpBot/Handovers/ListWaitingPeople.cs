using System.Globalization;
using KkmpBot.Auditing;
using KkmpBot.Conversations;
using KkmpBot.Dialogs.Model;
using KkmpBot.Members;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Handovers;

/// <summary>Who waits for an officer of the caller's cooperative, longest wait first; empty for anybody who is no officer.</summary>
public sealed class ListWaitingPeople : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("handover.waiting").Gives("listed", HandoverRecord.ListType);

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (!OfficerRole.MayLook(turn.Caller) || turn.Caller.CooperativeId is not { } cooperativeId)
            return new Outcome("listed", new ListValue([]));
        var rows = await (
            from handover in turn.Db.Set<Handover>().AsNoTracking()
            join person in turn.Db.Set<Person>() on handover.PersonId equals person.Id
            where handover.CooperativeId == cooperativeId && handover.ClosedUtc == null
            orderby handover.Id
            select new { handover, person.Nickname }).Take(HandoverRecord.MaxListed).ToListAsync(ct);
        var takers = rows.Select(row => row.handover.TakenBy).OfType<long>().ToList();
        var officers = await turn.Db.Set<Person>().Where(person => takers.Contains(person.Id)).ToDictionaryAsync(person => person.Id, person => person.Nickname, ct);
        string? OfficerOf(Handover handover) => handover.TakenBy is { } taker
            ? officers.GetValueOrDefault(taker) is { } own ? turn.Vault.Open(own) : HandoverRecord.UnnamedOfficer
            : null;
        if (rows.Count > 0)
            await Audit.RecordAsync(turn, Description.Name, string.Join(' ', rows.Select(row => string.Create(CultureInfo.InvariantCulture, $"handover:{row.handover.Id}"))), ct);
        return new Outcome("listed", new ListValue([.. rows.Select(row => HandoverRecord.Of(
            row.handover,
            row.Nickname is { } nickname ? turn.Vault.Open(nickname) : HandoverRecord.Unnamed,
            turn.Vault.Open(row.handover.About),
            OfficerOf(row.handover)))]));
    }
}
