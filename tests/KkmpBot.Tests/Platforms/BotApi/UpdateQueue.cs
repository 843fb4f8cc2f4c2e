using System.Text.Json.Nodes;

namespace KkmpBot.Tests.Platforms.BotApi;

/// <summary>An update that the bot has not confirmed.</summary>
/// <param name="Queue">Updates of one queue are posted in order: one per chat for messages, others for presses and for standings.</param>
internal sealed record PendingUpdate(long Id, string Queue, string Json)
{
    public int DeliveriesLeft { get; set; } = 1;
}

/// <summary>What getUpdates found: updates, or why it was sent away.</summary>
internal sealed record PolledUpdates(IReadOnlyList<PendingUpdate> Updates, string? Conflict = null);

/// <summary>The updates of the bot until it confirms them: by asking from a higher offset, or by a 200 to a post.</summary>
internal sealed class UpdateQueue
{
    private const string TwoPollers = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running";

    private readonly Lock gate = new();
    private readonly List<PendingUpdate> pending = [];
    private HashSet<string>? allowed;
    private TaskCompletionSource changed = NewSignal();
    private TaskCompletionSource<string>? poller;
    private long lastId = 310_000_000;

    /// <summary>Called after something was added, while a webhook is set.</summary>
    public Action? Added { get; set; }

    public int Count
    {
        get
        {
            lock (gate)
            {
                return pending.Count;
            }
        }
    }

    /// <summary>Adds one. Returns its id; 0 when the bot does not want this kind.</summary>
    public long Add(string kind, JsonObject payload, string queue, int deliveries)
    {
        long id;
        TaskCompletionSource signal;
        lock (gate)
        {
            if (allowed?.Contains(kind) == false)
            {
                return 0;
            }

            id = ++lastId;
            var json = new JsonObject { ["update_id"] = id, [kind] = payload }.ToJsonString();
            pending.Add(new PendingUpdate(id, queue, json) { DeliveriesLeft = deliveries });
            (signal, changed) = (changed, NewSignal());
        }

        signal.SetResult();
        Added?.Invoke();
        return id;
    }

    /// <summary>Which kinds the bot wants from now on; null keeps the setting, an empty list is the default.</summary>
    public void Allow(JsonArray? kinds)
    {
        lock (gate)
        {
            allowed = kinds switch
            {
                null => allowed,
                { Count: 0 } => null,
                _ => [.. kinds.Select(kind => kind!.GetValue<string>())],
            };
        }
    }

    /// <summary>getUpdates: confirms all before the offset, then waits for something to give out.</summary>
    public async Task<PolledUpdates> PollAsync(long offset, int limit, TimeSpan timeout, CancellationToken ct)
    {
        var mine = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        SendPollerAway(TwoPollers, mine);
        var end = Task.Delay(timeout, ct);
        try
        {
            Confirm(offset);
            while (true)
            {
                Task signal;
                lock (gate)
                {
                    var found = pending.Take(limit).ToList();
                    if (found.Count > 0 || end.IsCompleted)
                    {
                        return new PolledUpdates(found);
                    }

                    signal = changed.Task;
                }

                await Task.WhenAny(signal, mine.Task, end);
                ct.ThrowIfCancellationRequested();
                if (mine.Task.IsCompleted)
                {
                    return new PolledUpdates([], await mine.Task);
                }
            }
        }
        finally
        {
            lock (gate)
            {
                poller = poller == mine ? null : poller;
            }
        }
    }

    /// <summary>Ends a waiting getUpdates with a conflict.</summary>
    public void SendPollerAway(string reason, TaskCompletionSource<string>? successor = null)
    {
        TaskCompletionSource<string>? older;
        lock (gate)
        {
            (older, poller) = (poller, successor);
        }

        older?.TrySetResult(reason);
    }

    /// <summary>The first update of each queue that has any.</summary>
    public IReadOnlyList<string> Queues()
    {
        lock (gate)
        {
            return [.. pending.Select(update => update.Queue).Distinct()];
        }
    }

    public PendingUpdate? First(string queue)
    {
        lock (gate)
        {
            return pending.Find(update => update.Queue == queue);
        }
    }

    /// <summary>One delivery of it was confirmed.</summary>
    public void Confirm(PendingUpdate update)
    {
        lock (gate)
        {
            if (--update.DeliveriesLeft == 0)
            {
                pending.Remove(update);
            }
        }
    }

    public void Clear()
    {
        lock (gate)
        {
            pending.Clear();
        }
    }

    private void Confirm(long offset)
    {
        lock (gate)
        {
            // A negative offset keeps the last so many.
            var confirmed = offset < 0 ? pending.SkipLast((int)-offset) : pending.TakeWhile(update => update.Id < offset);
            foreach (var update in confirmed.ToList().Where(update => --update.DeliveriesLeft <= 0))
            {
                pending.Remove(update);
            }
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
