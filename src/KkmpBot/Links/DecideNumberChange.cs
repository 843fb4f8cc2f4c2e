using System.Globalization;
using KkmpBot.Auditing;
using KkmpBot.Conversations;
using KkmpBot.Data;
using KkmpBot.Dialogs.Model;
using KkmpBot.Members;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Links;

/// <summary>
/// An officer who has seen the KTP says whether it is the member who writes from the new number. Accepted, the new address is theirs and the old
/// one is no more; refused, the number that went to somebody else stops opening the member's account.
/// </summary>
public sealed class DecideNumberChange : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("links.decide_number")
        .Takes("change", DialogType.Text).Takes("accept", DialogType.YesNo)
        .Gives("accepted").Gives("refused").Gives("settled_before").Gives("not_allowed");

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (!OfficerRole.MayAnswer(turn.Caller) || turn.Caller.CooperativeId is not { } cooperativeId)
            return new Outcome("not_allowed");
        var isNumber = long.TryParse(call.Text("change"), NumberStyles.None, CultureInfo.InvariantCulture, out var id);
        if (isNumber)
            await turn.Db.LockAsync<NumberChange>(id, ct);
        var (change, person) = (await NumberChanges.OpenAsync(turn, cooperativeId, ct)).Find(row => row.Change.Id == id);
        if (change is null)
            return new Outcome("settled_before");
        var isAccepted = call.YesNo("accept");
        change.Status = isAccepted ? NumberChange.Accepted : NumberChange.Refused;
        change.DecidedBy = turn.Caller.PersonId;
        await Audit.RecordAsync(turn, Description.Name, string.Create(CultureInfo.InvariantCulture, $"number_change:{id} {change.Status}"), ct);
        if (isAccepted)
            await AcceptAsync(turn, change, person, ct);
        else if (change.Kind == NumberChange.NewAccount)
            (person.Phone, person.PhoneIndex) = (null, null);
        return new Outcome(change.Status);
    }

    private static async Task AcceptAsync(Turn turn, NumberChange change, Person person, CancellationToken ct)
    {
        var old = await turn.Db.Set<ChannelAddress>().SingleAsync(row => row.Id == change.OldAddressId, ct);
        var indexes = turn.Vault.Indexes($"address:{old.Channel}", turn.Vault.Open(change.NewAddress));
        var here = await turn.Db.Set<ChannelAddress>().AsNoTracking()
            .SingleOrDefaultAsync(row => row.Channel == old.Channel && indexes.Contains(row.AddressIndex), ct);
        if (here is null)
            (old.Address, old.AddressIndex) = (change.NewAddress, change.NewAddressIndex);
        else
            old.Blocked = true;
        if (change.NewPhone is { } sealedPhone)
            await TakeNumberAsync(turn, person, new PhoneNumber(turn.Vault.Open(sealedPhone)), here?.PersonId, ct);
        if (here is not null && here.PersonId != person.Id)
            turn.Change(new PersonChange.Join(person.Id, here.PersonId));
    }

    // The number moves with its owner: from whoever had it as a stranger meanwhile to the member, and into the register.
    private static async Task TakeNumberAsync(Turn turn, Person person, PhoneNumber phone, long? strangerId, CancellationToken ct)
    {
        var index = turn.Vault.Index("phone", phone.E164);
        var indexes = turn.Vault.Indexes("phone", phone.E164);
        var holder = await turn.Db.Set<Person>().SingleOrDefaultAsync(row => row.PhoneIndex != null && indexes.Contains(row.PhoneIndex), ct);
        if (holder is not null && holder.Id != person.Id)
        {
            if (holder.Id != strangerId)
                return;
            (holder.Phone, holder.PhoneIndex) = (null, null);
            await turn.Db.SaveChangesAsync(ct);
        }
        (person.Phone, person.PhoneIndex) = (turn.Vault.Seal(phone.E164), index);
        var member = await turn.Db.Set<Member>().Where(row => row.PersonId == person.Id).OrderByDescending(row => row.Id).FirstOrDefaultAsync(ct);
        if (member is not null)
            member.Phone = turn.Vault.Seal(phone.E164);
    }
}
