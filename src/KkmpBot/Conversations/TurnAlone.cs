using KkmpBot.Channels;
using KkmpBot.Data;

namespace KkmpBot.Conversations;

/// <summary>
/// Runs one turn, or one timed act, in a transaction of its own. What another turn was in the way of is run again. What fails for a
/// reason of its own on a healthy database, and fails again, is poison: kept as a dead letter and answered with an apology. When the
/// database itself fails, or does not say whether it committed, nothing is acknowledged and nothing is sent.
/// </summary>
public sealed class TurnAlone(
    TurnRunner runner, Database database, Vault vault, OutboxSender sender, TurnTimers timers, TurnBudget budget,
    TimeProvider time, ILogger<TurnAlone> log)
{
    /// <summary>How often something is run that others are in the way of.</summary>
    public const int MaxRuns = 10;

    private const int LongestPauseMilliseconds = 20;

    /// <summary>Handles a message and answers whoever handed it in.</summary>
    /// <param name="turn">The message.</param>
    /// <param name="writer">Nobody else's meanwhile.</param>
    /// <param name="ct">Cancelled when the process stops.</param>
    public async Task HandleAsync(WaitingTurn turn, Writer writer, CancellationToken ct)
    {
        try
        {
            turn.Answer(await RunAsync(writer, at => RunnerAsync(turn, at, ct), ct));
        }
        catch (Exception failure) when (!DatabaseFailure.Is(failure))
        {
            log.LogWarning("A turn of {Channel} failed and is run again: {Failure}", turn.Message.Channel, DatabaseFailure.Describe(failure));
            await HandleAgainAsync(turn, writer, ct);
        }
        catch (Exception failure)
        {
            Fail(turn, failure);
        }
    }

    /// <summary>Handles a message that failed once: what fails again is poison.</summary>
    /// <param name="turn">The message.</param>
    /// <param name="writer">Nobody else's meanwhile.</param>
    /// <param name="ct">Cancelled when the process stops.</param>
    public async Task HandleAgainAsync(WaitingTurn turn, Writer writer, CancellationToken ct)
    {
        try
        {
            turn.Answer(await RunAsync(writer, at => RunnerAsync(turn, at, ct), ct));
        }
        catch (Exception failure) when (!DatabaseFailure.Is(failure))
        {
            log.LogError("A turn of {Channel} is poison and becomes a dead letter: {Failure}", turn.Message.Channel, DatabaseFailure.Describe(failure));
            await BuryAsync(turn, "poison", DatabaseFailure.Describe(failure), writer, ct);
        }
        catch (Exception failure)
        {
            Fail(turn, failure);
        }
    }

    /// <summary>Keeps a message as a dead letter and apologises for it.</summary>
    /// <param name="turn">The message.</param>
    /// <param name="failureClass">poison or killed.</param>
    /// <param name="cause">As <see cref="DatabaseFailure.Describe"/> says it.</param>
    /// <param name="writer">Nobody else's meanwhile.</param>
    /// <param name="ct">Cancelled when the process stops.</param>
    public async Task BuryAsync(WaitingTurn turn, string failureClass, string cause, Writer writer, CancellationToken ct)
    {
        try
        {
            turn.Answer(await RunAsync(writer, async at =>
            {
                var utcNow = time.GetUtcNow().UtcDateTime;
                var result = await runner.ApologiseAsync(turn.Message, at, utcNow, ct);
                await using var context = database.Context(at.Connection, at.Transaction);
                context.Add(DeadLetters.Of(turn.Message, failureClass, cause, vault, utcNow));
                await context.SaveChangesAsync(ct);
                return result;
            }, ct));
        }
        catch (Exception failure)
        {
            log.LogError("A dead letter could not be kept, nothing is acknowledged: {Failure}", DatabaseFailure.Describe(failure));
            turn.Answer(TurnReceipt.Failed);
        }
    }

    /// <summary>Runs one act, again when others were in its way, and sends what it says.</summary>
    /// <param name="writer">Nobody else's meanwhile.</param>
    /// <param name="act">Writes inside the workspace; may be run more than once, and only the last run counts.</param>
    /// <param name="ct">Cancelled when the process stops.</param>
    public async Task<TurnReceipt> RunAsync(Writer writer, Func<TurnWorkspace, Task<TurnResult>> act, CancellationToken ct)
    {
        for (var run = 1; ; run++)
        {
            try
            {
                var result = await RunOnceAsync(writer, act, ct);
                Publish(result);
                return result.Receipt;
            }
            catch (Exception failure) when (run < MaxRuns && DatabaseFailure.IsConflict(failure))
            {
                log.LogDebug("Others were in the way of a turn in run {Run}: {Failure}", run, DatabaseFailure.Describe(failure));
                await Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.Next(LongestPauseMilliseconds * run)), time, ct);
            }
        }
    }

    /// <summary>Sends what a committed turn says, and expects what it put off.</summary>
    /// <param name="result">Of a turn whose transaction is committed.</param>
    public void Publish(TurnResult result)
    {
        sender.Offer(result.Outbox);
        if (result.PersonId != 0)
            budget.Spend(result.PersonId, time.GetUtcNow().UtcDateTime);
        if (result.NextTimerUtc is { } due)
            timers.Expect(due);
    }

    /// <summary>Commits what turns wrote. A throw leaves open whether it did.</summary>
    /// <param name="at">The turns' workspace.</param>
    /// <param name="flushes">The writer, to wait until it is on the disk; null to go on meanwhile.</param>
    public async Task CommitAsync(TurnWorkspace at, Writer? flushes = null)
    {
        try
        {
            await at.CommitAsync();
            if (flushes is not null)
                await flushes.FlushAsync();
        }
        catch (Exception)
        {
            Doubt();
            throw;
        }
    }

    /// <summary>Nobody knows whether the last commit holds.</summary>
    public void Doubt() => sender.Doubt();

    private async Task<TurnResult> RunOnceAsync(Writer writer, Func<TurnWorkspace, Task<TurnResult>> act, CancellationToken ct)
    {
        writer.Store.Forget();
        await using var transaction = await writer.Connection.BeginTransactionAsync(ct);
        var at = new TurnWorkspace(writer.Connection, writer.Store, transaction);
        var result = await act(at);
        await CommitAsync(at, writer);
        return result;
    }

    private Task<TurnResult> RunnerAsync(WaitingTurn turn, TurnWorkspace at, CancellationToken ct) =>
        runner.RunAsync(turn.Message, at, time.GetUtcNow().UtcDateTime, ct);

    private void Fail(WaitingTurn turn, Exception failure)
    {
        log.LogError("The database failed under a turn of {Channel}, nothing is acknowledged: {Failure}", turn.Message.Channel, DatabaseFailure.Describe(failure));
        turn.Answer(TurnReceipt.Failed);
    }
}
