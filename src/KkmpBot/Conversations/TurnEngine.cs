using System.Data.Common;
using System.Threading.Channels;
using KkmpBot.Channels;
using KkmpBot.Data;

namespace KkmpBot.Conversations;

/// <summary>
/// The only writer. It drains a bounded queue of messages; those that are waiting share one transaction and one fsync (group commit), an
/// address at most once a group, arrival order kept. Whoever handed a message in is answered after the commit. Every other write of the
/// process passes through here too, behind the turns.
/// </summary>
public sealed class TurnEngine : BackgroundService
{
    /// <summary>Messages that may wait; beyond that webhooks answer 503 and polling stops asking.</summary>
    public const int MaxWaitingTurns = 4096;

    /// <summary>Other writes that may wait; beyond that their writers wait.</summary>
    public const int MaxWaitingWrites = 1024;

    private readonly Channel<WaitingTurn> turns = Channel.CreateBounded<WaitingTurn>(
        new BoundedChannelOptions(MaxWaitingTurns) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });
    private readonly Channel<WaitingWrite> writes = Channel.CreateBounded<WaitingWrite>(
        new BoundedChannelOptions(MaxWaitingWrites) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });
    private readonly Database database;
    private readonly TurnGroup group;
    private readonly TurnTimers timers;
    private readonly ILogger<TurnEngine> log;

    /// <summary>Takes its parts from the container.</summary>
    public TurnEngine(Database database, TurnGroup group, TurnTimers timers, ILogger<TurnEngine> log)
    {
        this.database = database;
        this.group = group;
        this.timers = timers;
        this.log = log;
    }

    /// <summary>Hands a message in and waits for its commit.</summary>
    /// <param name="message">The message.</param>
    /// <param name="ct">Gives up waiting; the turn itself goes on.</param>
    /// <returns>What became of it; <see cref="TurnReceipt.Full"/> at once when the queue is full.</returns>
    public async ValueTask<TurnReceipt> TakeAsync(InboundMessage message, CancellationToken ct)
    {
        var turn = new WaitingTurn(message);
        return turns.Writer.TryWrite(turn) ? await turn.Receipt.WaitAsync(ct) : TurnReceipt.Full;
    }

    /// <summary>Runs a write that is no turn (delivery marks, the web chat's log, imports) in the writer's order, behind waiting turns.</summary>
    /// <param name="write">At most 500 rows; a transaction of its own.</param>
    /// <param name="ct">Gives up waiting; a write that was taken still runs.</param>
    public async Task WriteAsync(Func<DbConnection, DbTransaction, CancellationToken, Task> write, CancellationToken ct)
    {
        var waiting = new WaitingWrite(write);
        await writes.Writer.WriteAsync(waiting, ct);
        await waiting.Done.WaitAsync(ct);
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await using var connection = await database.OpenAsync(CancellationToken.None);
        await using var store = new TurnStore(connection);
        var writer = new Writer(connection, store);
        try
        {
            while (await WaitForWorkAsync(stoppingToken))
                // What was begun is finished: a stop only ends the taking.
                await RunOnceAsync(writer, CancellationToken.None);
        }
        finally
        {
            turns.Writer.TryComplete();
            writes.Writer.TryComplete();
            await DrainAsync(writer);
        }
    }

    private async Task RunOnceAsync(Writer writer, CancellationToken ct)
    {
        await group.RunAsync(turns.Reader, writer, ct);
        await timers.RunDueAsync(group, writer, ct);
        if (writes.Reader.TryRead(out var write))
            await RunWriteAsync(write, writer);
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
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        while (!limit.IsCancellationRequested && (group.HasCarriedOver || turns.Reader.TryPeek(out _)))
            await group.RunAsync(turns.Reader, writer, limit.Token);
        while (writes.Reader.TryRead(out var write))
            await RunWriteAsync(write, writer);
        while (turns.Reader.TryRead(out var turn))
            turn.Answer(TurnReceipt.Failed);
    }

    private async Task RunWriteAsync(WaitingWrite write, Writer writer)
    {
        try
        {
            await using var transaction = await writer.Connection.BeginTransactionAsync(CancellationToken.None);
            await write.Run(writer.Connection, transaction, CancellationToken.None);
            await transaction.CommitAsync(CancellationToken.None);
            write.Finish(null);
        }
        catch (Exception failure)
        {
            // The writer of these rows decides what its failure means; the loop must live on for the turns.
            log.LogWarning("A write behind the turns failed: {Failure}", failure.GetType().Name);
            write.Finish(failure);
        }
    }

    private sealed class WaitingWrite(Func<DbConnection, DbTransaction, CancellationToken, Task> run)
    {
        private readonly TaskCompletionSource done = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Func<DbConnection, DbTransaction, CancellationToken, Task> Run { get; } = run;

        public Task Done => done.Task;

        public void Finish(Exception? failure)
        {
            if (failure is null)
                done.SetResult();
            else
                done.SetException(failure);
        }
    }
}

/// <summary>The writer's connection with its prepared commands.</summary>
/// <param name="Connection">Open for the life of the process.</param>
/// <param name="Store">Prepared on it.</param>
public sealed record Writer(DbConnection Connection, TurnStore Store);

/// <summary>A message waiting for its turn.</summary>
/// <param name="message">The message.</param>
public sealed class WaitingTurn(InboundMessage message)
{
    private readonly TaskCompletionSource<TurnReceipt> receipt = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The message.</summary>
    public InboundMessage Message { get; } = message;

    /// <summary>Names the message within the process and its attempt log.</summary>
    public string Key => $"{Message.Channel}|{Message.UpdateKey}";

    /// <summary>Completed after the commit.</summary>
    public Task<TurnReceipt> Receipt => receipt.Task;

    /// <summary>Answers whoever handed the message in.</summary>
    /// <param name="answer">What became of it.</param>
    public void Answer(TurnReceipt answer) => receipt.TrySetResult(answer);
}
