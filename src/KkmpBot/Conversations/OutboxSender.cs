using System.Threading.Channels;
using KkmpBot.Channels;
using KkmpBot.Data;

namespace KkmpBot.Conversations;

/// <summary>
/// Hands committed messages to their platforms, in order within a conversation. A message comes straight from the turn that wrote it, or from
/// the table when that process died or memory was full. Delivery is at least once: a crash between the platform's answer and the mark
/// sends a reply again, since neither platform takes an idempotency key.
/// </summary>
public sealed class OutboxSender : BackgroundService
{
    /// <summary>Messages held in memory; beyond that they wait in the table.</summary>
    public const int MaxHeld = 10_000;

    /// <summary>Messages being handed over at once.</summary>
    public const int MaxConcurrent = 32;

    /// <summary>Attempts before a message is given up.</summary>
    public const int MaxAttempts = 10;

    private static readonly TimeSpan ScanEvery = TimeSpan.FromSeconds(1);
    private readonly Dictionary<string, IChannel> channels;
    private readonly OutboxTable table;
    private readonly TimeProvider time;
    private readonly ILogger<OutboxSender> log;
    private readonly Channel<Lane> ready = Channel.CreateUnbounded<Lane>();
    private readonly Dictionary<long, Lane> lanes = [];
    private readonly HashSet<long> held = [];
    private readonly Lock gate = new();
    private bool spilling;

    /// <summary>Takes its parts from the container.</summary>
    public OutboxSender(IEnumerable<IChannel> channels, OutboxTable table, TimeProvider time, ILogger<OutboxSender> log)
    {
        this.channels = channels.ToDictionary(channel => channel.Name);
        this.table = table;
        this.time = time;
        this.log = log;
    }

    /// <summary>Messages in memory that are not yet marked.</summary>
    public int Held
    {
        get { lock (gate) return held.Count; }
    }

    /// <summary>Takes the messages of a committed turn; never waits.</summary>
    /// <param name="drafts">Oldest first.</param>
    public void Offer(IReadOnlyList<OutboxDraft> drafts)
    {
        foreach (var draft in drafts)
        {
            if (!channels.ContainsKey(draft.Channel))
                continue;
            lock (gate)
            {
                // Once one message waits in the table, later ones must too, or they would overtake it.
                spilling = spilling || held.Count >= MaxHeld;
                if (spilling)
                    table.Release(draft.Message.OutboxId);
                else
                    Hold(new Sending(draft.Channel, draft.Message));
            }
        }
    }

    /// <summary>Takes what an earlier process left before anything new is taken in: a later reply must not overtake it.</summary>
    /// <param name="cancellationToken">Gives up starting.</param>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        while (await ClaimAsync(cancellationToken) > 0)
            log.LogInformation("{Messages} messages of an earlier process are sent first", Held);
        await base.StartAsync(cancellationToken);
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var marking = table.MarkAsync(Forget, stoppingToken);
        var scanning = ScanAsync(stoppingToken);
        var workers = Enumerable.Range(0, MaxConcurrent).Select(_ => WorkAsync(stoppingToken)).ToArray();
        await Task.WhenAll([scanning, .. workers]);
        table.Complete();
        await marking;
    }

    private async Task WorkAsync(CancellationToken ct)
    {
        try
        {
            await foreach (var lane in ready.Reader.ReadAllAsync(ct))
                await SendHeadAsync(lane, ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            log.LogDebug("A sender stops; what it held waits in the table");
        }
    }

    private async Task SendHeadAsync(Lane lane, CancellationToken ct)
    {
        var sending = lane.Head;
        DeliveryResult result;
        try
        {
            result = await channels[sending.Channel].SendAsync(sending.Message, ct);
        }
        catch (Exception failure) when (failure is not OperationCanceledException || !ct.IsCancellationRequested)
        {
            log.LogError("Outbox {Outbox} met a bug of {Channel}: {Failure}", sending.Message.OutboxId, sending.Channel, DatabaseFailure.Describe(failure));
            result = new DeliveryResult.Rejected($"bug: {failure.GetType().Name}");
        }
        sending.Attempts++;
        if (Retry(sending, result) is { } delay)
        {
            log.LogInformation("Outbox {Outbox} on {Channel} is tried again in {Delay} after {Result}",
                sending.Message.OutboxId, sending.Channel, delay, result.GetType().Name);
            _ = RequeueAsync(lane, delay, ct);
            return;
        }
        if (result is not DeliveryResult.Sent)
            log.LogWarning("Outbox {Outbox} on {Channel} ended as {Result}", sending.Message.OutboxId, sending.Channel, result.GetType().Name);
        table.Mark(sending, result);
        Advance(lane);
    }

    // Null when the message is done with: sent, refused, or given up.
    private static TimeSpan? Retry(Sending sending, DeliveryResult result)
    {
        if (sending.Attempts >= MaxAttempts)
            return null;
        return result switch
        {
            DeliveryResult.RetryAfter retry => retry.Delay,
            // A reply is sent again: a missing answer is worse for a person than one said twice.
            DeliveryResult.Unknown => TimeSpan.FromSeconds(1),
            _ => null,
        };
    }

    private async Task RequeueAsync(Lane lane, TimeSpan delay, CancellationToken ct)
    {
        try
        {
            await Task.Delay(delay, time, ct);
            ready.Writer.TryWrite(lane);
        }
        catch (OperationCanceledException)
        {
            log.LogDebug("A delayed message waits in the table for the next start");
        }
    }

    private void Advance(Lane lane)
    {
        lock (gate)
        {
            if (lane.Next())
                ready.Writer.TryWrite(lane);
            else
                lanes.Remove(lane.ConversationId);
        }
    }

    private void Forget(IReadOnlyList<long> marked)
    {
        lock (gate)
            held.ExceptWith(marked);
    }

    private void Hold(Sending sending)
    {
        if (!held.Add(sending.Message.OutboxId))
            return;
        if (lanes.TryGetValue(sending.Message.ConversationId, out var lane))
        {
            lane.Add(sending);
            return;
        }
        lane = new Lane(sending);
        lanes.Add(sending.Message.ConversationId, lane);
        ready.Writer.TryWrite(lane);
    }

    private async Task ScanAsync(CancellationToken ct)
    {
        try
        {
            while (!ct.IsCancellationRequested)
            {
                var claimed = await ClaimAsync(ct);
                if (claimed == 0)
                    await Task.Delay(ScanEvery, time, ct);
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            log.LogDebug("The scan of the outbox stops");
        }
    }

    private async Task<int> ClaimAsync(CancellationToken ct)
    {
        try
        {
            if (Held >= MaxHeld / 2)
                return 0;
            var claimed = await table.ClaimAsync([.. channels.Keys], ct);
            lock (gate)
            {
                claimed.ForEach(Hold);
                spilling = spilling && claimed.Count > 0;
            }
            return claimed.Count;
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            log.LogError("The outbox could not be scanned: {Failure}", DatabaseFailure.Describe(failure));
            return 0;
        }
    }

    private sealed class Lane(Sending first)
    {
        private readonly Queue<Sending> waiting = new([first]);

        public long ConversationId { get; } = first.Message.ConversationId;

        public Sending Head => waiting.Peek();

        public void Add(Sending sending) => waiting.Enqueue(sending);

        public bool Next()
        {
            waiting.Dequeue();
            return waiting.Count > 0;
        }
    }
}

/// <summary>A message on its way.</summary>
/// <param name="channel">Its channel.</param>
/// <param name="message">The message.</param>
public sealed class Sending(string channel, OutboundMessage message)
{
    /// <summary>Its channel.</summary>
    public string Channel { get; } = channel;

    /// <summary>The message.</summary>
    public OutboundMessage Message { get; } = message;

    /// <summary>Attempts made.</summary>
    public int Attempts { get; set; }
}
