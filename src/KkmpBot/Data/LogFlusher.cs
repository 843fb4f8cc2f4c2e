namespace KkmpBot.Data;

/// <summary>
/// Makes commits durable beside the writer, so that the next transaction runs while the disk takes the last one: "flush pipelining", Johnson et al.,
/// Aether: A Scalable Approach to Logging, VLDB 2010. One flush serves everybody who asked before it began. Whoever acknowledges a commit waits for it.
/// </summary>
public sealed class LogFlusher : IDisposable
{
    // A monitor, whose wait does not spin: the processor is the turns'.
    private readonly object gate = new();
    private readonly Action flush;
    private readonly IDisposable? log;
    private readonly Thread thread;
    private TaskCompletionSource? next;
    private Exception? failure;
    private bool isClosing;

    /// <summary>Begins to serve.</summary>
    /// <param name="flush">Returns when everything written so far is on the disk; throws when nobody knows.</param>
    /// <param name="log">What it writes to; let go at the end.</param>
    public LogFlusher(Action flush, IDisposable? log = null)
    {
        this.flush = flush;
        this.log = log;
        thread = new Thread(Serve) { IsBackground = true, Name = "log flusher" };
        thread.Start();
    }

    /// <summary>A flusher of a file that others write to.</summary>
    /// <param name="path">The file, which stays the same as long as this lives.</param>
    public static LogFlusher Of(string path)
    {
        var file = File.OpenHandle(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        return new LogFlusher(() => DiskFlush.Run(file), file);
    }

    /// <summary>Why a flush failed: since then nobody knows what the disk holds, and nothing may be acknowledged any more. Null while all is well.</summary>
    public Exception? Failure
    {
        get { lock (gate) return failure; }
    }

    /// <summary>Completes when everything that was committed before this call is on the disk; fails when that cannot be known.</summary>
    public Task FlushAsync()
    {
        lock (gate)
        {
            if (failure is not null || isClosing)
                return Task.FromException(failure ?? new ObjectDisposedException(nameof(LogFlusher)));
            if (next is null)
            {
                next = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                Monitor.Pulse(gate);
            }
            return next.Task;
        }
    }

    /// <summary>Ends after the flush that was asked for last.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            isClosing = true;
            Monitor.Pulse(gate);
        }
        thread.Join();
        log?.Dispose();
    }

    private void Serve()
    {
        while (TakeNext() is { } waiting)
        {
            try
            {
                flush();
            }
            catch (Exception lost)
            {
                Break(lost, waiting);
                return;
            }
            waiting.SetResult();
        }
    }

    private TaskCompletionSource? TakeNext()
    {
        lock (gate)
        {
            while (next is null && !isClosing)
                Monitor.Wait(gate);
            var waiting = next;
            next = null;
            return waiting;
        }
    }

    // A second try may report success for what is lost: the kernel tells of a failed write once (PostgreSQL's "fsyncgate", 2018).
    private void Break(Exception lost, TaskCompletionSource waiting)
    {
        TaskCompletionSource? behind;
        lock (gate)
        {
            failure = lost;
            behind = next;
            next = null;
        }
        waiting.SetException(lost);
        behind?.SetException(lost);
    }
}
