using System.Threading.Channels;
using KkmpBot.Channels;
using KkmpBot.Data;

namespace KkmpBot.Conversations;

/// <summary>
/// Runs the waiting turns in one transaction. A turn that throws is rolled back to its savepoint and run again alone: what fails then on
/// a healthy database is poison, kept as a dead letter and answered with an apology. When the database itself fails, the whole group is
/// rolled back, nothing is acknowledged and nothing is sent.
/// </summary>
public sealed class TurnGroup(
    TurnRunner runner, Database database, Vault vault, OutboxSender sender, AttemptLog attempts, TurnTimers timers, TurnBudget budget, TimeProvider time, ILogger<TurnGroup> log)
{
    /// <summary>Turns that share one transaction at most.</summary>
    public const int MaxTurns = 128;

    private readonly Queue<WaitingTurn> carriedOver = new();

    /// <summary>True when messages of an address that was already in the last group are waiting.</summary>
    public bool HasCarriedOver => carriedOver.Count > 0;

    /// <summary>Runs what is waiting, up to <see cref="MaxTurns"/>.</summary>
    /// <param name="waiting">The queue.</param>
    /// <param name="writer">The writer.</param>
    /// <param name="ct">Cancelled when the process stops; a group that has begun is finished.</param>
    public async Task RunAsync(ChannelReader<WaitingTurn> waiting, Writer writer, CancellationToken ct)
    {
        var group = Take(waiting);
        if (group.Count == 0)
            return;
        var keys = group.ConvertAll(turn => turn.Key);
        if (attempts.Deaths(keys[0]) >= AttemptLog.MaxAttempts)
        {
            log.LogError("A turn of {Channel} killed the process {Deaths} times and becomes a dead letter", group[0].Message.Channel, attempts.Deaths(keys[0]));
            await BuryAsync(group[0], "killed", "the process died", writer, ct);
            attempts.End(keys);
            return;
        }
        attempts.Begin(keys);
        try
        {
            await RunGroupAsync(group, writer, ct);
        }
        finally
        {
            attempts.End(keys);
        }
    }

    /// <summary>Runs one act in a transaction of its own and sends what it says.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="act">Writes inside the workspace.</param>
    /// <param name="ct">Cancelled when the process stops.</param>
    public async Task RunAloneAsync(Writer writer, Func<TurnWorkspace, Task<TurnResult>> act, CancellationToken ct)
    {
        await using var transaction = await writer.Connection.BeginTransactionAsync(ct);
        var result = await act(new TurnWorkspace(writer.Connection, writer.Store, transaction));
        await transaction.CommitAsync(CancellationToken.None);
        Publish(result);
    }

    private async Task RunGroupAsync(List<WaitingTurn> group, Writer writer, CancellationToken ct)
    {
        var done = new List<(WaitingTurn Turn, TurnResult Result)>(group.Count);
        var failed = new List<WaitingTurn>();
        try
        {
            await using var transaction = await writer.Connection.BeginTransactionAsync(ct);
            var at = new TurnWorkspace(writer.Connection, writer.Store, transaction);
            foreach (var turn in group)
            {
                if (await TryRunAsync(turn, at, ct) is { } result)
                    done.Add((turn, result));
                else
                    failed.Add(turn);
            }
            await transaction.CommitAsync(CancellationToken.None);
        }
        catch (Exception failure)
        {
            log.LogError("The database failed under {Turns} turns, nothing is acknowledged: {Failure}", group.Count, DatabaseFailure.Describe(failure));
            group.ForEach(turn => turn.Answer(TurnReceipt.Failed));
            return;
        }
        foreach (var (turn, result) in done)
        {
            Publish(result);
            turn.Answer(result.Receipt);
        }
        foreach (var turn in failed)
            await RunAgainAloneAsync(turn, writer, ct);
    }

    // Null when the turn failed for a reason of its own; its writes are gone.
    private async Task<TurnResult?> TryRunAsync(WaitingTurn turn, TurnWorkspace at, CancellationToken ct)
    {
        await at.Transaction.SaveAsync("turn", ct);
        try
        {
            var result = await runner.RunAsync(turn.Message, at, time.GetUtcNow().UtcDateTime, ct);
            await at.Transaction.ReleaseAsync("turn", ct);
            return result;
        }
        catch (Exception failure) when (!DatabaseFailure.Is(failure))
        {
            log.LogWarning("A turn of {Channel} failed in its group and is run again alone: {Failure}", turn.Message.Channel, DatabaseFailure.Describe(failure));
            await at.Transaction.RollbackAsync("turn", ct);
            return null;
        }
    }

    private async Task RunAgainAloneAsync(WaitingTurn turn, Writer writer, CancellationToken ct)
    {
        try
        {
            await RunAloneAsync(writer, at => runner.RunAsync(turn.Message, at, time.GetUtcNow().UtcDateTime, ct), ct);
            turn.Answer(TurnReceipt.Committed);
        }
        catch (Exception failure) when (!DatabaseFailure.Is(failure))
        {
            log.LogError("A turn of {Channel} is poison and becomes a dead letter: {Failure}", turn.Message.Channel, DatabaseFailure.Describe(failure));
            await BuryAsync(turn, "poison", DatabaseFailure.Describe(failure), writer, ct);
        }
        catch (Exception failure)
        {
            log.LogError("The database failed under a turn run alone, nothing is acknowledged: {Failure}", DatabaseFailure.Describe(failure));
            turn.Answer(TurnReceipt.Failed);
        }
    }

    private async Task BuryAsync(WaitingTurn turn, string failureClass, string cause, Writer writer, CancellationToken ct)
    {
        try
        {
            await RunAloneAsync(writer, async at =>
            {
                var utcNow = time.GetUtcNow().UtcDateTime;
                var result = await runner.ApologiseAsync(turn.Message, at, utcNow, ct);
                await using var context = database.Context(at.Connection, at.Transaction);
                context.Add(DeadLetters.Of(turn.Message, failureClass, cause, vault, utcNow));
                await context.SaveChangesAsync(ct);
                return result;
            }, ct);
            turn.Answer(TurnReceipt.Committed);
        }
        catch (Exception failure)
        {
            log.LogError("A dead letter could not be kept, nothing is acknowledged: {Failure}", DatabaseFailure.Describe(failure));
            turn.Answer(TurnReceipt.Failed);
        }
    }

    private void Publish(TurnResult result)
    {
        sender.Offer(result.Outbox);
        if (result.PersonId != 0)
            budget.Spend(result.PersonId, time.GetUtcNow().UtcDateTime);
        if (result.NextTimerUtc is { } due)
            timers.Expect(due);
    }

    // One message an address: the next one may depend on a turn that is rolled back. A suspect runs alone.
    private List<WaitingTurn> Take(ChannelReader<WaitingTurn> waiting)
    {
        var group = new List<WaitingTurn>();
        var addresses = new HashSet<string>();
        var blocked = new Queue<WaitingTurn>();
        while (group.Count < MaxTurns && (carriedOver.TryDequeue(out var turn) || waiting.TryRead(out turn)))
        {
            var suspect = attempts.Deaths(turn.Key) > 0;
            if (!addresses.Add($"{turn.Message.Channel}|{turn.Message.Address}") || (suspect && group.Count > 0))
            {
                blocked.Enqueue(turn);
                if (blocked.Count >= MaxTurns || suspect)
                    break;
                continue;
            }
            group.Add(turn);
            if (suspect)
                break;
        }
        while (carriedOver.TryDequeue(out var later))
            blocked.Enqueue(later);
        while (blocked.TryDequeue(out var first))
            carriedOver.Enqueue(first);
        return group;
    }
}
