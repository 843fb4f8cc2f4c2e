using KkmpBot.Dialogs.Model;

namespace KkmpBot.Conversations;

/// <summary>Acts that are done on a page instead of in the chat: the same capabilities, the same transaction, the same news to others.</summary>
public sealed partial class TurnRunner
{
    /// <summary>Runs what somebody does on a page as a turn of theirs; their conversation moves only where the act presses something in it.</summary>
    /// <param name="caller">Who is signed in, as read for this request.</param>
    /// <param name="actKey">Identifies the act for idempotency.</param>
    /// <param name="act">The act.</param>
    /// <param name="at">Where it writes.</param>
    /// <param name="utcNow">The time of the turn.</param>
    /// <param name="ct">Cancelled only when the process stops.</param>
    /// <returns>What the turn did, and what the act gave.</returns>
    public async Task<(TurnResult Result, T Value)> RunAsync<T>(
        Caller caller, string actKey, Func<Turn, CancellationToken, Task<T>> act, TurnWorkspace at, DateTime utcNow, CancellationToken ct)
    {
        await at.Store.LockPersonAsync(at.Transaction, caller.PersonId, ct);
        await words.RefreshAsync(at, utcNow, ct);
        var outbox = new List<OutboxDraft>();
        DateTime? next;
        T value;
        var (turn, context) = OpenTurn(caller, actKey, at, utcNow);
        await using (context)
        {
            value = await act(turn, ct);
            await context.SaveAsync(ct);
            await AddNoticesAsync(turn, outbox, at, utcNow, ct);
            next = await AddTimersAsync(turn, at, ct);
            context.GoesBack = true;
        }
        if (turn.Pressed is not { } key || await PressAsync(caller.PersonId, key, at, utcNow, ct) is not { } went)
            return (new TurnResult(Channels.TurnReceipt.Committed, outbox, next), value);
        return (went with { Outbox = [.. outbox, .. went.Outbox], NextTimerUtc = next < went.NextTimerUtc ? next : went.NextTimerUtc ?? next }, value);
    }

    // The reply goes where the person wrote last; null when the question that is open there has no such option.
    private async Task<TurnResult?> PressAsync(long personId, string key, TurnWorkspace at, DateTime utcNow, CancellationToken ct)
    {
        if (await at.Store.FindPersonAsync(at.Transaction, personId, utcNow, ct) is not { State: { } state } caller)
            return null;
        var stored = StoredConversation.Open(vault, state);
        if (stored.State.Frames is not [.., var open] || !open.Options.Any(option => option.Key == key))
            return null;
        var context = new TurnContext(CallerFacts.Facts(caller, vault, settings.AutoApprove), utcNow);
        return await ConverseAsync(
            new PickAnswer(key), stored, caller, AddressIndex(caller.Channel, vault.Open(caller.Address)), context, at, utcNow, ct);
    }
}
