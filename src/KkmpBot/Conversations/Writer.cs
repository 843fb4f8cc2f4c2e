using System.Data.Common;
using KkmpBot.Data;

namespace KkmpBot.Conversations;

/// <summary>
/// The connection that turns are written by, with its prepared commands. Where its commits are flushed beside it, the next transaction runs while
/// the disk takes the last one; what was committed is told only afterwards, in the order of the commits.
/// </summary>
/// <param name="connection">Open.</param>
/// <param name="store">Prepared on it.</param>
/// <param name="flusher">Makes its commits durable; null where a commit is durable by itself.</param>
public sealed class Writer(DbConnection connection, TurnStore store, LogFlusher? flusher = null)
{
    /// <summary>Commits that may wait for the disk; one more waits for the first of them.</summary>
    public const int MaxUnflushed = 4;

    private readonly Queue<Task> unflushed = new();
    private Task last = Task.CompletedTask;

    /// <summary>The connection.</summary>
    public DbConnection Connection => connection;

    /// <summary>The prepared commands.</summary>
    public TurnStore Store => store;

    /// <summary>True since a flush failed: nobody knows what the disk holds, and only a new process can find out.</summary>
    public bool IsLost => flusher?.Failure is not null;

    /// <summary>Waits until everything that was committed is on the disk, and told.</summary>
    public async Task FlushAsync()
    {
        var flushed = flusher?.FlushAsync() ?? Task.CompletedTask;
        await last;
        await flushed;
    }

    /// <summary>Has the last commit told when it is on the disk, and does not wait for that.</summary>
    /// <param name="tell">Called after what was committed earlier was told; on the caller's thread where a commit is durable by itself.</param>
    /// <param name="fail">Called instead when nobody knows whether the disk holds it, or when telling it threw.</param>
    public async Task FlushBehindAsync(Action tell, Action<Exception> fail)
    {
        last = TellAsync(last, flusher?.FlushAsync() ?? Task.CompletedTask, tell, fail);
        unflushed.Enqueue(last);
        while (unflushed.Count > MaxUnflushed || (unflushed.TryPeek(out var first) && first.IsCompleted))
            await unflushed.Dequeue();
    }

    private static async Task TellAsync(Task earlier, Task flushed, Action tell, Action<Exception> fail)
    {
        await earlier;
        try
        {
            await flushed;
            tell();
        }
        catch (Exception lost)
        {
            fail(lost);
        }
    }
}
