using System.Threading.Channels;
using KkmpBot.Channels;
using KkmpBot.Data;

namespace KkmpBot.Conversations;

/// <summary>
/// Runs the waiting turns in one transaction, where the database takes one writer. When one throws, the group is rolled back, the others run again
/// with a savepoint before each, and the one that threw alone after them. When the database itself fails, the whole group is rolled back, nothing
/// is acknowledged and nothing is sent. One of the writes that wait behind the turns goes along, and shares the fsync.
/// </summary>
public sealed class TurnGroup(TurnRunner runner, TurnAlone alone, AttemptLog attempts, TimeProvider time, ILogger<TurnGroup> log)
{
    /// <summary>Turns that share one transaction at most.</summary>
    public const int MaxTurns = 128;

    private readonly Queue<WaitingTurn> carriedOver = new();

    /// <summary>True when messages of an address that was already in the last group are waiting.</summary>
    public bool HasCarriedOver => carriedOver.Count > 0;

    /// <summary>Runs what is waiting, up to <see cref="MaxTurns"/>.</summary>
    /// <param name="waiting">The queue.</param>
    /// <param name="writes">What waits behind the turns.</param>
    /// <param name="writer">The writer.</param>
    /// <param name="ct">Cancelled when the process stops; a group that has begun is finished.</param>
    internal async Task RunAsync(ChannelReader<WaitingTurn> waiting, ChannelReader<WaitingWrite> writes, Writer writer, CancellationToken ct)
    {
        var group = Take(waiting);
        if (group.Count == 0)
            return;
        var keys = group.ConvertAll(turn => turn.Key);
        if (attempts.Deaths(keys[0]) >= AttemptLog.MaxAttempts)
        {
            log.LogError("A turn of {Channel} killed the process {Deaths} times and becomes a dead letter", group[0].Message.Channel, attempts.Deaths(keys[0]));
            await alone.BuryAsync(group[0], "killed", "the process died", writer, ct);
            attempts.End(keys);
            return;
        }
        attempts.Begin(keys);
        try
        {
            if (await RunTogetherAsync(group, writes, writer, ct) is not { } thrower)
                return;
            var others = group.Where(turn => turn != thrower).ToList();
            foreach (var turn in (List<WaitingTurn>)[thrower, .. await RunApartAsync(others, writer, ct)])
                await alone.HandleAgainAsync(turn, writer, ct);
        }
        catch (Exception failure)
        {
            log.LogError("The database failed under {Turns} turns, nothing is acknowledged: {Failure}", group.Count, DatabaseFailure.Describe(failure));
            group.ForEach(turn => turn.Answer(TurnReceipt.Failed));
        }
        finally
        {
            attempts.End(keys);
        }
    }

    /// <summary>Answers those that were left for the next group, of which there is none: the platform delivers them again.</summary>
    internal void RefuseCarriedOver()
    {
        while (carriedOver.TryDequeue(out var turn))
            turn.Answer(TurnReceipt.Failed);
    }

    // The usual way: no savepoints, which cost a copy of every page they guard. Returns the turn that failed for a reason of its own, if one did:
    // then nothing is left of any.
    private async Task<WaitingTurn?> RunTogetherAsync(List<WaitingTurn> group, ChannelReader<WaitingWrite> writes, Writer writer, CancellationToken ct)
    {
        var done = new List<(WaitingTurn Turn, TurnResult Result)>(group.Count);
        await using (var transaction = await writer.Connection.BeginTransactionAsync(ct))
        {
            var at = new TurnWorkspace(writer.Connection, writer.Store, transaction);
            foreach (var turn in group)
            {
                try
                {
                    done.Add((turn, await RunAsync(turn, at, ct)));
                }
                catch (Exception failure) when (!DatabaseFailure.Is(failure))
                {
                    log.LogWarning("A turn of {Channel} failed in its group: {Failure}", turn.Message.Channel, DatabaseFailure.Describe(failure));
                    return turn;
                }
            }
            var along = await CommitAsync(at, writes, ct);
            await writer.FlushBehindAsync(() => Answer(done, along), lost => Fail(group, along, lost));
        }
        return null;
    }

    private async Task<List<WaitingTurn>> RunApartAsync(List<WaitingTurn> group, Writer writer, CancellationToken ct)
    {
        var done = new List<(WaitingTurn Turn, TurnResult Result)>(group.Count);
        var failed = new List<WaitingTurn>();
        await using (var transaction = await writer.Connection.BeginTransactionAsync(ct))
        {
            var at = new TurnWorkspace(writer.Connection, writer.Store, transaction);
            foreach (var turn in group)
            {
                if (await TryRunAsync(turn, at, ct) is { } result)
                    done.Add((turn, result));
                else
                    failed.Add(turn);
            }
            await alone.CommitAsync(at, writer);
        }
        Answer(done, null);
        return failed;
    }

    // Null when the turn failed for a reason of its own; its writes are gone.
    private async Task<TurnResult?> TryRunAsync(WaitingTurn turn, TurnWorkspace at, CancellationToken ct)
    {
        await at.Transaction.SaveAsync("turn", ct);
        try
        {
            var result = await RunAsync(turn, at, ct);
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

    private Task<TurnResult> RunAsync(WaitingTurn turn, TurnWorkspace at, CancellationToken ct) =>
        runner.RunAsync(turn.Message, at, time.GetUtcNow().UtcDateTime, ct);

    private void Answer(List<(WaitingTurn Turn, TurnResult Result)> done, AlongWrite? along)
    {
        foreach (var (turn, result) in done)
        {
            alone.Publish(result);
            turn.Answer(result.Receipt);
        }
        along?.Answer();
    }

    private void Fail(List<WaitingTurn> group, AlongWrite? along, Exception failure)
    {
        log.LogError("The disk failed under {Turns} turns, nothing is acknowledged: {Failure}", group.Count, DatabaseFailure.Describe(failure));
        alone.Doubt();
        group.ForEach(turn => turn.Answer(TurnReceipt.Failed));
        along?.Write.Fail(failure);
    }

    private async Task<AlongWrite?> CommitAsync(TurnWorkspace at, ChannelReader<WaitingWrite> writes, CancellationToken ct)
    {
        if (!writes.TryRead(out var write))
        {
            await alone.CommitAsync(at);
            return null;
        }
        try
        {
            var failure = await TryRunAlongAsync(write, at, ct);
            await alone.CommitAsync(at);
            return new AlongWrite(write, failure);
        }
        catch (Exception failure)
        {
            write.Fail(failure);
            throw;
        }
    }

    // What the write itself threw, its rows gone; null when it went well.
    private async Task<Exception?> TryRunAlongAsync(WaitingWrite write, TurnWorkspace at, CancellationToken ct)
    {
        await at.Transaction.SaveAsync("write", ct);
        try
        {
            await write.RunAlongAsync(at.Connection, at.Transaction);
            await at.Transaction.ReleaseAsync("write", ct);
            return null;
        }
        catch (Exception failure) when (!DatabaseFailure.Is(failure))
        {
            log.LogWarning("A write behind the turns failed: {Failure}", DatabaseFailure.Describe(failure));
            await at.Transaction.RollbackAsync("write", ct);
            return failure;
        }
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
            if (!addresses.Add(turn.Address) || (suspect && group.Count > 0))
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

    // A write that shared a group's transaction, and what it threw itself.
    private sealed record AlongWrite(WaitingWrite Write, Exception? Failure)
    {
        public void Answer()
        {
            if (Failure is null)
                Write.Succeed();
            else
                Write.Fail(Failure);
        }
    }
}
