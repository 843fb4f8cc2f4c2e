using KkmpBot.Channels;
using KkmpBot.Data;

namespace KkmpBot.Conversations;

/// <summary>
/// Where pages act: through the engine's writer, behind the turns that wait, in a transaction of their own. What the act tells others is sent
/// after the commit, as a turn's news are.
/// </summary>
/// <param name="runner">Runs the act.</param>
/// <param name="alone">Sends what it says.</param>
/// <param name="sender">Told when a commit's outcome is not known.</param>
/// <param name="write">The engine's writer.</param>
/// <param name="time">The clock.</param>
public sealed class PageTurns(TurnRunner runner, TurnAlone alone, OutboxSender sender, WriteRows write, TimeProvider time)
{
    /// <summary>Runs an act and waits for its commit; a browser that goes away meanwhile changes nothing.</summary>
    /// <param name="caller">Who is signed in.</param>
    /// <param name="actKey">Identifies the act for idempotency.</param>
    /// <param name="act">Writes through the turn; may be run more than once, and only the last run counts.</param>
    public async Task<T> RunAsync<T>(Caller caller, string actKey, Func<Turn, CancellationToken, Task<T>> act)
    {
        (TurnResult Result, T Value)? done = null;
        try
        {
            await write(async (connection, transaction, ct) =>
            {
                done = null;
                await using var store = new TurnStore(connection);
                var at = new TurnWorkspace(connection, store, transaction);
                var ran = await runner.RunAsync(caller, actKey, act, at, time.GetUtcNow().UtcDateTime, ct);
                await store.FlushAsync(transaction, ct);
                done = ran;
            }, CancellationToken.None);
        }
        catch (Exception)
        {
            // It wrote everything and the commit did not answer: rows may be leased to this copy that nobody offers to it.
            if (done is not null)
                sender.Doubt();
            throw;
        }
        var (result, value) = done ?? throw new InvalidOperationException("A write was done that did not run.");
        alone.Publish(result);
        return value;
    }
}
