using KkmpBot.Channels;
using KkmpBot.Data;
using KkmpBot.Dialogs.Model;

namespace KkmpBot.Conversations;

/// <summary>Turns in which an address comes to belong to another person.</summary>
public sealed partial class TurnRunner
{
    private AddressLinking Linking => new(vault, slices.PersonTables);

    // A platform that vouches for the sender's number links them at their first word; later only when they share it themselves.
    private async Task<bool> LinkAsync(InboundMessage message, CallerRow caller, TurnWorkspace at, DateTime utcNow, CancellationToken ct) =>
        (caller.IsNew || message.Kind == InboundKind.OwnContact)
        && message.Phone is { } own
        && await Linking.LinkAsync(caller, new PhoneNumber(own), message.Kind == InboundKind.OwnContact, at, utcNow, ct) != caller.PersonId;

    // While keys are renewed an address may still lie under the index of the one before; whoever writes from it has it renewed at once.
    private async Task<CallerRow?> FindUnderOlderKeyAsync(InboundMessage message, byte[] addressIndex, TurnWorkspace at, DateTime utcNow, CancellationToken ct)
    {
        foreach (byte[] older in vault.Indexes($"address:{message.Channel}", message.Address).Skip(1))
        {
            if (await at.Store.FindCallerAsync(at.Transaction, message.Channel, older, utcNow, ct) is not { } found)
                continue;
            await at.Store.LockPersonAsync(at.Transaction, found.PersonId, ct);
            await using var update = Commands.Command(
                at.Connection, at.Transaction, "UPDATE channel_addresses SET address_index = @new WHERE id = @id AND address_index = @older",
                ("new", addressIndex), ("id", found.AddressId), ("older", older));
            await update.ExecuteNonQueryAsync(ct);
            return await at.Store.FindCallerAsync(at.Transaction, message.Channel, addressIndex, utcNow, ct);
        }
        return null;
    }

    // The platform's own notice: nobody said it, so nobody is answered, and no window opens.
    private async Task<TurnResult> ReportNumberAsync(InboundMessage message, CallerRow caller, TurnWorkspace at, DateTime utcNow, CancellationToken ct)
    {
        var isMember = caller.MemberId is not null || caller.OfficerRole is not null;
        var isReported = isMember && message.NewAddress is { } address
            && await Linking.ReportAsync(caller.PersonId, caller.Channel, Changed(message, caller, address), at, utcNow, ct);
        log.LogInformation("Person {Person} has another number on {Channel}; an officer is told: {Told}", caller.PersonId, message.Channel, isReported);
        return new TurnResult(TurnReceipt.Committed, [], isReported ? utcNow : null);
    }

    private static ReportedNumber Changed(InboundMessage message, CallerRow caller, string address) =>
        new(caller.AddressId, NumberChange.Changed, new ReplyAddress(address), message.Phone is { } phone ? new PhoneNumber(phone) : null);

    // What a capability asked for: the step goes on in the conversation of whoever the caller is afterwards.
    private async Task<(Step Step, int TurnNumber)> ChangePersonAsync(
        PersonChange change, CallerRow caller, Step step, int turnNumber, TurnWorkspace at, DateTime utcNow, CancellationToken ct)
    {
        switch (change)
        {
            case PersonChange.Join join:
                var other = caller.PersonId == join.Winner ? join.Loser : join.Winner;
                var there = await Linking.StateOfAsync(other, at, utcNow, ct);
                await Linking.MoveAsync(join.Winner, join.Loser, at, ct);
                if (caller.PersonId != join.Winner && caller.PersonId != join.Loser)
                    return (step, turnNumber);
                var merged = AddressLinking.Merge(step.State, there.Stored.State);
                var language = caller.PersonId == join.Winner ? step.State.Language : there.Stored.State.Language;
                return (step with { State = merged with { Language = language } }, Math.Max(turnNumber, there.TurnNumber + 1));
            case PersonChange.Leave leave:
                await AddressLinking.LeaveAsync(leave.AddressId, at, utcNow, ct);
                if (leave.AddressId != caller.AddressId)
                    return (step, turnNumber);
                // What they were doing stays with the person; the stranger who goes on here takes only this dialog along.
                var left = step with { State = step.State with { Frames = [.. step.State.Frames.SkipLast(1)] }, Reply = null };
                await SaveConversationAsync(caller.PersonId, turnNumber, left, at, utcNow, ct);
                return (step with { State = step.State with { Frames = [step.State.Frames[^1]], Parked = [] } }, turnNumber);
            case PersonChange.Forget forget:
                await AddressLinking.LeaveAsync(forget.AddressId, at, utcNow, ct);
                return (step with { State = step.State with { Frames = [step.State.Frames[^1]], Parked = [] } }, turnNumber);
            default:
                throw new InvalidOperationException($"A {change.GetType().Name} is no change of person.");
        }
    }
}
