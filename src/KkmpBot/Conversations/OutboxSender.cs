using KkmpBot.Channels;
using KkmpBot.Data;

namespace KkmpBot.Conversations;

/// <summary>
/// Hands committed messages to their platforms, in order at each address; replies and news here, bulk messages beside them in a
/// <see cref="BulkLane"/> for each channel. A reply comes straight from the turn that wrote it, or from the table when that process died or memory was
/// full. Delivery is at least once: a crash between the platform's answer and the mark sends a reply again, since neither platform takes an
/// idempotency key.
/// </summary>
public sealed class OutboxSender : BackgroundService
{
    /// <summary>Replies and news being handed over at once.</summary>
    public const int MaxConcurrent = 64;

    /// <summary>How long a stop goes on handing over what is in memory; the rest waits in the table.</summary>
    public static readonly TimeSpan DrainTime = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan ScanEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ScanAgainWhenFull = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan RenewEvery = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan DrainLook = TimeSpan.FromMilliseconds(20);
    private readonly SendLanes lanes;
    private readonly OutboxLeases leases;
    private readonly OutboxTable table;
    private readonly OutboxMarks marks;
    private readonly SendLimits limits;
    private readonly HandOver handOver;
    private readonly bool keepsQuiet;
    private readonly TimeProvider time;
    private readonly ILogger<OutboxSender> log;
    private readonly CancellationTokenSource closing = new();
    private readonly SemaphoreSlim sooner = new(0, 1);

    /// <summary>Takes its parts from the container.</summary>
    public OutboxSender(
        OutboxLeases leases, OutboxTable table, OutboxMarks marks, SendLimits limits, HandOver handOver, CopyNews news, SendSettings settings, TimeProvider time,
        ILogger<OutboxSender> log)
    {
        news.When(CopyNews.Outbox, _ => LookSooner());
        lanes = new SendLanes(leases);
        this.leases = leases;
        this.table = table;
        this.marks = marks;
        this.limits = limits;
        this.handOver = handOver;
        keepsQuiet = settings.QuietHours;
        this.time = time;
        this.log = log;
    }

    /// <summary>Messages in memory that are not yet marked.</summary>
    public int Held => leases.Count;

    /// <summary>Takes the messages of a committed turn; never waits.</summary>
    /// <param name="drafts">Oldest first; those born without a lease are left to the table.</param>
    public void Offer(IReadOnlyList<OutboxDraft> drafts)
    {
        var leasedUntil = time.GetUtcNow().UtcDateTime + OutboxLeases.Length;
        foreach (var draft in drafts)
        {
            if (draft.IsLeased)
                lanes.Add(new Sending(draft.Channel, draft.Kind, draft.Message), leasedUntil);
        }
    }

    /// <summary>A commit may have left rows that are leased to this copy and that nobody offers to it.</summary>
    public void Doubt() => leases.Renumber();

    /// <summary>Hands over one message, if any may go now. Started as a service the sender does it by itself, many at once.</summary>
    /// <param name="ct">Gives up.</param>
    /// <returns>False when none may go.</returns>
    public async Task<bool> SendNextAsync(CancellationToken ct)
    {
        if (!lanes.Ready.TryRead(out var lane))
            return false;
        await SendHeadAsync(lane, ct);
        return true;
    }

    /// <summary>Takes what an earlier process left before anything new is taken in.</summary>
    /// <param name="cancellationToken">Gives up starting.</param>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        while (await ClaimAsync(cancellationToken) > 0)
            log.LogInformation("{Messages} messages of an earlier process are sent first", Held);
        await base.StartAsync(cancellationToken);
    }

    /// <summary>Hands over what can be within <see cref="DrainTime"/>, and marks it. The turns must still be able to write.</summary>
    /// <param name="cancellationToken">Stops at once.</param>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await closing.CancelAsync();
        var began = time.GetTimestamp();
        while (!lanes.IsIdle && time.GetElapsedTime(began) < DrainTime && !cancellationToken.IsCancellationRequested)
            await Task.Delay(DrainLook, time, CancellationToken.None);
        await base.StopAsync(cancellationToken);
    }

    /// <inheritdoc />
    public override void Dispose()
    {
        closing.Dispose();
        sooner.Dispose();
        base.Dispose();
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var marking = marks.RunAsync(stoppingToken);
        var workers = Enumerable.Range(0, MaxConcurrent).Select(_ => WorkAsync(stoppingToken));
        var bulk = handOver.Channels.Select(channel =>
            new BulkLane(channel, limits.Of(channel), table, marks, handOver, keepsQuiet, time, log).RunAsync(closing.Token, stoppingToken));
        await Task.WhenAll([ScanAsync(closing.Token), RenewAsync(stoppingToken), .. bulk, .. workers]);
        marks.Complete();
        await marking;
    }

    private async Task WorkAsync(CancellationToken ct)
    {
        try
        {
            await foreach (var lane in lanes.Ready.ReadAllAsync(ct))
                await SendHeadAsync(lane, ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            log.LogDebug("A sender stops; what it held waits in the table");
        }
    }

    private async Task SendHeadAsync(SendLane lane, CancellationToken ct)
    {
        var sending = lanes.HeadOf(lane);
        var pace = limits.Of(sending.Channel);
        var wait = pace.TryTakeReply(new ReplyAddress(sending.Message.Address));
        if (wait > TimeSpan.Zero)
        {
            _ = lanes.DelayAsync(lane, wait, time, ct);
            return;
        }
        var result = await handOver.TryAsync(sending, ct);
        if (result is DeliveryResult.RetryAfter retry)
            pace.Pause(retry, isBulk: false);
        if (RetryPlan.Next(result, sending.Kind, sending.Attempts, RetryPlan.ChanceOf(sending.Message.OutboxId)) is { } delay)
        {
            log.LogInformation("Outbox {Outbox} on {Channel} is tried again in {Delay} after {Result}",
                sending.Message.OutboxId, sending.Channel, delay, result.GetType().Name);
            _ = lanes.DelayAsync(lane, delay, time, ct);
            return;
        }
        Finish(lane, sending, result);
    }

    private void Finish(SendLane lane, Sending sending, DeliveryResult result)
    {
        if (result is not DeliveryResult.Sent)
            log.LogWarning("Outbox {Outbox} on {Channel} ended as {Result}", sending.Message.OutboxId, sending.Channel, result.GetType().Name);
        marks.Finish(sending, result);
        if (result is DeliveryResult.Blocked)
        {
            foreach (var other in lanes.TakeRest(lane))
                marks.Finish(other, result);
        }
        lanes.Advance(lane);
    }

    private async Task ScanAsync(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            var isFull = !leases.HasRoom;
            if (await ClaimAsync(ct) == 0)
                await WaitAsync(isFull ? ScanAgainWhenFull : ScanEvery, ct);
        }
    }

    private async Task WaitAsync(TimeSpan longest, CancellationToken ct)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(ct);
        await Task.WhenAny(Task.Delay(longest, time, ending.Token), sooner.WaitAsync(ending.Token));
        await ending.CancelAsync();
    }

    private void LookSooner()
    {
        try
        {
            sooner.Release();
        }
        catch (SemaphoreFullException)
        {
            // It is about to look already.
        }
    }

    /// <summary>Takes what waits in the table, up to a page a channel. Started as a service the sender does it by itself.</summary>
    /// <param name="ct">Gives up.</param>
    /// <returns>How many; 0 too when the database cannot be asked now.</returns>
    public async Task<int> ClaimAsync(CancellationToken ct)
    {
        try
        {
            if (!leases.HasRoom)
                return 0;
            var leasedUntil = time.GetUtcNow().UtcDateTime + OutboxLeases.Length;
            var claimed = 0;
            foreach (var channel in handOver.Channels)
            {
                var rows = await table.ClaimAsync(channel, ct);
                rows.ForEach(row => lanes.Add(row, leasedUntil));
                claimed += rows.Count;
            }
            if (await table.ForgetLostAsync(ct) is var lost and > 0)
                log.LogWarning("{Messages} bulk messages were being sent when a process died: they are not sent again", lost);
            return claimed;
        }
        catch (Exception failure) when (failure is not OperationCanceledException || !ct.IsCancellationRequested)
        {
            log.LogError("The outbox could not be scanned: {Failure}", DatabaseFailure.Describe(failure));
            Doubt();
            return 0;
        }
        catch (OperationCanceledException)
        {
            return 0;
        }
    }

    private async Task RenewAsync(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            await Task.Delay(RenewEvery, time, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            try
            {
                await table.RenewAsync(OutboxLeases.Length - RenewEvery, ct);
            }
            catch (Exception failure) when (!ct.IsCancellationRequested)
            {
                log.LogError("Leases could not be renewed, and others may send what is held: {Failure}", DatabaseFailure.Describe(failure));
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }
}
