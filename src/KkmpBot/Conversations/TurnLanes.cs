using System.Threading.Channels;
using KkmpBot.Channels;
using KkmpBot.Data;

namespace KkmpBot.Conversations;

/// <summary>
/// Runs waiting turns beside each other on a database with many writers, each in a transaction of its own on a connection of its own. An
/// address has at most one turn in flight, in the order of arrival; what comes meanwhile waits in its lane.
/// </summary>
public sealed class TurnLanes(Database database, TurnAlone alone, AttemptLog attempts, ILogger<TurnLanes> log) : IDisposable
{
    /// <summary>Messages that may wait behind a turn of their own address; beyond that the queue is not read.</summary>
    public const int MaxBehind = 1024;

    private readonly SemaphoreSlim slots = new(database.MaxParallelTurns);
    private readonly SemaphoreSlim room = new(MaxBehind);
    private readonly Dictionary<string, Queue<WaitingTurn>> lanes = [];
    private readonly Lock gate = new();

    /// <summary>Starts what is waiting, as fast as there are connections, until cancelled or nothing more can come.</summary>
    /// <param name="waiting">The queue.</param>
    /// <param name="ct">Ends taking; turns that have begun are finished.</param>
    public async Task RunAsync(ChannelReader<WaitingTurn> waiting, CancellationToken ct)
    {
        try
        {
            while (await waiting.WaitToReadAsync(ct))
                await StartNextAsync(waiting, ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            log.LogDebug("No more turns are started");
        }
    }

    /// <summary>Waits until every turn that was started is finished, with those behind it.</summary>
    /// <param name="ct">Gives up waiting.</param>
    public async Task FinishAsync(CancellationToken ct)
    {
        try
        {
            await TakeSlotsAsync(database.MaxParallelTurns, ct);
            slots.Release(database.MaxParallelTurns);
        }
        catch (OperationCanceledException)
        {
            log.LogWarning("Turns are still running at the stop; what they did not commit comes again");
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        slots.Dispose();
        room.Dispose();
    }

    private async Task StartNextAsync(ChannelReader<WaitingTurn> waiting, CancellationToken ct)
    {
        await room.WaitAsync(ct);
        await slots.WaitAsync(ct);
        if (!waiting.TryRead(out var turn))
        {
            room.Release();
            slots.Release();
            return;
        }
        if (IsBehind(turn))
        {
            slots.Release();
            return;
        }
        if (attempts.Deaths(turn.Key) > 0)
            await RunSuspectAsync(turn);
        else
            _ = RunLaneAsync(turn);
    }

    // A message that may kill the process must not take others' turns with it: it runs when nothing else does.
    private async Task RunSuspectAsync(WaitingTurn turn)
    {
        await TakeSlotsAsync(database.MaxParallelTurns - 1, CancellationToken.None);
        await RunLaneAsync(turn);
        slots.Release(database.MaxParallelTurns - 1);
    }

    private async Task RunLaneAsync(WaitingTurn first)
    {
        for (var turn = first; turn is not null; turn = Next(turn))
        {
            room.Release();
            await RunTurnAsync(turn);
        }
        slots.Release();
    }

    private async Task RunTurnAsync(WaitingTurn turn)
    {
        var deaths = attempts.Deaths(turn.Key);
        try
        {
            await using var connection = await database.OpenAsync(CancellationToken.None);
            await using var store = new TurnStore(connection);
            var writer = new Writer(connection, store);
            if (deaths >= AttemptLog.MaxAttempts)
            {
                log.LogError("A turn of {Channel} killed the process {Deaths} times and becomes a dead letter", turn.Message.Channel, deaths);
                await alone.BuryAsync(turn, "killed", "the process died", writer, CancellationToken.None);
                attempts.End([turn.Key]);
                return;
            }
            attempts.Begin([turn.Key]);
            await alone.HandleAsync(turn, writer, CancellationToken.None);
        }
        catch (Exception failure)
        {
            // Nobody waits for this task but the turn's sender, who must hear of whatever it was.
            log.LogError("A turn of {Channel} could not be run, nothing is acknowledged: {Failure}", turn.Message.Channel, DatabaseFailure.Describe(failure));
            turn.Answer(TurnReceipt.Failed);
        }
        attempts.End([turn.Key]);
    }

    private bool IsBehind(WaitingTurn turn)
    {
        lock (gate)
        {
            if (lanes.TryGetValue(turn.Address, out var lane))
            {
                lane.Enqueue(turn);
                return true;
            }
            lanes.Add(turn.Address, new Queue<WaitingTurn>());
            return false;
        }
    }

    private WaitingTurn? Next(WaitingTurn done)
    {
        lock (gate)
        {
            if (lanes[done.Address].TryDequeue(out var next))
                return next;
            lanes.Remove(done.Address);
            return null;
        }
    }

    private async Task TakeSlotsAsync(int count, CancellationToken ct)
    {
        for (var taken = 0; taken < count; taken++)
            await slots.WaitAsync(ct);
    }
}
