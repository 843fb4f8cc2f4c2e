namespace KkmpBot.Conversations;

/// <summary>Acts that are done on a page instead of in the chat: the same capabilities, the same transaction, the same news to others.</summary>
public sealed partial class TurnRunner
{
    /// <summary>Runs what somebody does on a page as a turn of theirs; no conversation moves.</summary>
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
        var (turn, context) = OpenTurn(caller, actKey, at, utcNow);
        await using (context)
        {
            var value = await act(turn, ct);
            await context.SaveAsync(ct);
            var outbox = new List<OutboxDraft>();
            await AddNoticesAsync(turn, outbox, at, utcNow, ct);
            var next = await AddTimersAsync(turn, at, ct);
            context.GoesBack = true;
            return (new TurnResult(Channels.TurnReceipt.Committed, outbox, next), value);
        }
    }
}
