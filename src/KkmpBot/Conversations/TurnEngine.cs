using System.Data.Common;
using System.Threading.Channels;
using KkmpBot.Channels;
using KkmpBot.Data;

namespace KkmpBot.Conversations;

/// <summary>
/// Where every write of the process passes through. It drains a bounded queue of messages: on a database with one writer those that are
/// waiting share one transaction and one fsync (<see cref="TurnGroup"/>), on a database with many writers they run beside each other
/// (<see cref="TurnLanes"/>); either way an address has one turn at a time, in the order of arrival. Whoever handed a message in is answered
/// after the commit. Every other write goes behind the turns.
/// </summary>
public sealed class TurnEngine : BackgroundService
{
    /// <summary>Messages that may wait; beyond that webhooks answer 503 and polling stops asking.</summary>
    public const int MaxWaitingTurns = 4096;

    /// <summary>Other writes that may wait; beyond that their writers wait.</summary>
    public const int MaxWaitingWrites = 1024;

    /// <summary>Other writes in their transactions at once on a database with many writers: they may not take the turns' place.</summary>
    public const int MaxParallelWrites = 4;

    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(1);
    private readonly Channel<WaitingTurn> turns = Channel.CreateBounded<WaitingTurn>(
        new BoundedChannelOptions(MaxWaitingTurns) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });
    private readonly Channel<WaitingWrite> writes = Channel.CreateBounded<WaitingWrite>(
        new BoundedChannelOptions(MaxWaitingWrites) { FullMode = BoundedChannelFullMode.Wait });
    private readonly Database database;
    private readonly TurnAlone alone;
    private readonly TurnGroup group;
    private readonly TurnLanes lanes;
    private readonly TurnTimers timers;
    private readonly TurnMeter meter;
    private readonly ILogger<TurnEngine> log;

    /// <summary>Takes its parts from the container.</summary>
    public TurnEngine(Database database, TurnAlone alone, TurnGroup group, TurnLanes lanes, TurnTimers timers, TurnMeter meter, ILogger<TurnEngine> log)
    {
        this.database = database;
        this.alone = alone;
        this.group = group;
        this.lanes = lanes;
        this.timers = timers;
        this.meter = meter;
        this.log = log;
    }

    /// <summary>Hands a message in and waits for its commit.</summary>
    /// <param name="message">The message.</param>
    /// <param name="ct">Gives up waiting; the turn itself goes on.</param>
    /// <returns>What became of it; <see cref="TurnReceipt.Full"/> at once when the queue is full.</returns>
    public async ValueTask<TurnReceipt> TakeAsync(InboundMessage message, CancellationToken ct) =>
        TryTake(message) is { } turn ? await turn.Receipt.WaitAsync(ct) : TurnReceipt.Full;

    /// <summary>Hands a message in and waits for nothing.</summary>
    /// <param name="message">The message.</param>
    /// <returns>Its place in the queue, with its receipt later; null when the queue is full.</returns>
    public WaitingTurn? TryTake(InboundMessage message)
    {
        var turn = new WaitingTurn(message, meter);
        if (turns.Writer.TryWrite(turn))
            return turn;
        turn.Answer(TurnReceipt.Full);
        return null;
    }

    /// <summary>Runs a write that is no turn (delivery marks, the web chat's log, imports) in the writer's order, behind waiting turns.</summary>
    /// <param name="write">At most 500 rows; a transaction of its own. It may be run more than once, and only the last run counts.</param>
    /// <param name="ct">Gives up waiting; a write that was taken still runs.</param>
    public async Task WriteAsync(Func<DbConnection, DbTransaction, CancellationToken, Task> write, CancellationToken ct)
    {
        var waiting = new WaitingWrite(write);
        await writes.Writer.WriteAsync(waiting, ct);
        await waiting.Done.WaitAsync(ct);
    }

    /// <summary>Commits what was taken, and takes nothing any more: also when it is stopped before it began, which runs nothing else of it.</summary>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        turns.Writer.TryComplete();
        writes.Writer.TryComplete();
        if (ExecuteTask is not { IsCompleted: false })
            RefuseWaiting();
    }

    /// <inheritdoc />
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        database.MaxParallelTurns > 1 ? RunInLanesAsync(stoppingToken) : RunInGroupsAsync(stoppingToken);

    private async Task RunInLanesAsync(CancellationToken stoppingToken)
    {
        Task[] beside = [ActAsync(stoppingToken), .. Enumerable.Range(0, MaxParallelWrites).Select(_ => WriteBehindAsync())];
        await lanes.RunAsync(turns.Reader, stoppingToken);
        turns.Writer.TryComplete();
        using var limit = new CancellationTokenSource(StopLimit);
        await lanes.RunAsync(turns.Reader, limit.Token);
        await lanes.FinishAsync(limit.Token);
        writes.Writer.TryComplete();
        await Task.WhenAll(beside);
    }

    private async Task WriteBehindAsync()
    {
        await foreach (var write in writes.Reader.ReadAllAsync(CancellationToken.None))
        {
            try
            {
                await using var connection = await database.OpenAsync(CancellationToken.None);
                await RunWriteAsync(write, write.RunAsync(connection));
            }
            catch (Exception failure)
            {
                log.LogWarning("There is no connection for a write behind the turns: {Failure}", DatabaseFailure.Describe(failure));
                write.Fail(failure);
            }
        }
    }

    private async Task ActAsync(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            try
            {
                await timers.WaitAsync(ct);
                await using var connection = await database.OpenAsync(ct);
                await using var store = new TurnStore(connection);
                await timers.RunDueAsync(alone, new Writer(connection, store), ct);
            }
            catch (Exception failure)
            {
                if (ct.IsCancellationRequested)
                    return;
                log.LogError("Timed acts could not be run: {Failure}", DatabaseFailure.Describe(failure));
                await Task.Delay(PauseAfterFailure, CancellationToken.None);
            }
        }
    }

    private async Task RunInGroupsAsync(CancellationToken stoppingToken)
    {
        await using var connection = await database.OpenAsync(CancellationToken.None);
        await using var store = new TurnStore(connection);
        using var flusher = await database.TakeOverFlushAsync(connection, CancellationToken.None);
        var writer = new Writer(connection, store, flusher);
        try
        {
            while (!writer.IsLost && await WaitForWorkAsync(stoppingToken))
                // What was begun is finished: a stop only ends the taking.
                await RunOnceAsync(writer, CancellationToken.None);
        }
        finally
        {
            turns.Writer.TryComplete();
            writes.Writer.TryComplete();
            if (!writer.IsLost)
                await DrainAsync(writer);
            // Whoever waits hears it at once, not when the host has stopped.
            RefuseWaiting();
        }
        // The host ends the process with it.
        if (writer.IsLost)
            throw new IOException("The disk did not take the database's log: what it holds is found out at the next start.", flusher!.Failure);
    }

    /// <summary>
    /// One round on a database with one writer: the turns that wait, the acts that are due, another write. Started as a service the engine
    /// does it by itself; who does not start it, such as a simulation, says when.
    /// </summary>
    /// <param name="writer">Nobody else's meanwhile.</param>
    /// <param name="ct">Cancelled when the process stops.</param>
    public async Task RunOnceAsync(Writer writer, CancellationToken ct)
    {
        await group.RunAsync(turns.Reader, writes.Reader, writer, ct);
        await timers.RunDueAsync(alone, writer, ct);
        // While turns are waiting, a write goes along with them and shares their fsync.
        if (!group.HasCarriedOver && !turns.Reader.TryPeek(out _) && writes.Reader.TryRead(out var write))
            await RunWriteAsync(write, write.RunAsync(writer));
    }

    // True when there is a turn, a write or a due timer; false when the service stops.
    private async Task<bool> WaitForWorkAsync(CancellationToken ct)
    {
        if (ct.IsCancellationRequested)
            return false;
        if (group.HasCarriedOver || turns.Reader.TryPeek(out _) || writes.Reader.TryPeek(out _))
            return true;
        using var wake = CancellationTokenSource.CreateLinkedTokenSource(ct);
        try
        {
            await Task.WhenAny(
                turns.Reader.WaitToReadAsync(wake.Token).AsTask(),
                writes.Reader.WaitToReadAsync(wake.Token).AsTask(),
                timers.WaitAsync(wake.Token));
        }
        finally
        {
            await wake.CancelAsync();
        }
        return !ct.IsCancellationRequested;
    }

    // What was taken before the stop is committed; what was not is left to the platform's redelivery.
    private async Task DrainAsync(Writer writer)
    {
        using var limit = new CancellationTokenSource(StopLimit);
        while (!limit.IsCancellationRequested && (group.HasCarriedOver || turns.Reader.TryPeek(out _)))
            await group.RunAsync(turns.Reader, writes.Reader, writer, limit.Token);
        while (writes.Reader.TryRead(out var write))
            await RunWriteAsync(write, write.RunAsync(writer));
        await writer.FlushAsync();
    }

    // Nobody reads the queues any more.
    private void RefuseWaiting()
    {
        group.RefuseCarriedOver();
        while (turns.Reader.TryRead(out var turn))
            turn.Answer(TurnReceipt.Failed);
        while (writes.Reader.TryRead(out var write))
            write.Fail(new OperationCanceledException("The service stops."));
    }

    private async Task RunWriteAsync(WaitingWrite write, Task running)
    {
        try
        {
            await running;
        }
        catch (Exception failure)
        {
            // The writer of these rows decides what its failure means; the loop must live on for the turns.
            log.LogWarning("A write behind the turns failed: {Failure}", DatabaseFailure.Describe(failure));
            write.Fail(failure);
        }
    }
}
