using System.Data.Common;
using KkmpBot.Channels;
using KkmpBot.Data;

namespace KkmpBot.Conversations;

/// <summary>A message waiting for its turn.</summary>
/// <param name="message">The message.</param>
/// <param name="meter">Told how long it waits and what becomes of it.</param>
public sealed class WaitingTurn(InboundMessage message, TurnMeter meter)
{
    private readonly long began = meter.Begin();
    private readonly TaskCompletionSource<TurnReceipt> receipt = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The message.</summary>
    public InboundMessage Message { get; } = message;

    /// <summary>Names the message within the process and its attempt log.</summary>
    public string Key => $"{Message.Channel}|{Message.UpdateKey}";

    /// <summary>Names whose it is: one turn at a time, in the order of arrival.</summary>
    public string Address => $"{Message.Channel}|{Message.Address}";

    /// <summary>Completed after the commit.</summary>
    public Task<TurnReceipt> Receipt => receipt.Task;

    /// <summary>Answers whoever handed the message in.</summary>
    /// <param name="answer">What became of it.</param>
    public void Answer(TurnReceipt answer)
    {
        if (receipt.TrySetResult(answer))
            meter.Finish(Message.Channel, answer, began);
    }
}

/// <summary>A write that is no turn, waiting behind the turns.</summary>
/// <param name="rows">Writes; may be run more than once, and only the last run counts.</param>
internal sealed class WaitingWrite(Func<DbConnection, DbTransaction, CancellationToken, Task> rows)
{
    private readonly TaskCompletionSource done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Done => done.Task;

    /// <summary>Writes in a transaction of its own; again when others were in the way.</summary>
    public async Task RunAsync(DbConnection connection)
    {
        await CommitAsync(connection);
        Succeed();
    }

    /// <summary>As above, and tells when it is on the disk, which is not waited for.</summary>
    public async Task RunAsync(Writer writer)
    {
        await CommitAsync(writer.Connection);
        await writer.FlushBehindAsync(Succeed, Fail);
    }

    /// <summary>Writes in a transaction of others, once; after its commit say <see cref="Succeed"/>.</summary>
    public Task RunAlongAsync(DbConnection connection, DbTransaction transaction) => rows(connection, transaction, CancellationToken.None);

    public void Succeed() => done.TrySetResult();

    public void Fail(Exception failure) => done.TrySetException(failure);

    private async Task CommitAsync(DbConnection connection)
    {
        for (var run = 1; ; run++)
        {
            try
            {
                await using var transaction = await connection.BeginTransactionAsync(CancellationToken.None);
                await rows(connection, transaction, CancellationToken.None);
                await transaction.CommitAsync(CancellationToken.None);
                return;
            }
            catch (Exception failure) when (run < TurnAlone.MaxRuns && DatabaseFailure.IsConflict(failure))
            {
                await Task.Yield();
            }
        }
    }
}
