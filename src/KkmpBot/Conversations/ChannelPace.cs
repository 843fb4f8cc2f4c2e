using System.Threading.RateLimiting;
using KkmpBot.Channels;
using KkmpBot.Data;

namespace KkmpBot.Conversations;

/// <summary>
/// One channel's limits as they stand now. Replies are held by their chat's limit and by the platform's pauses only; bulk messages besides by
/// the channel's and the portfolio's, and they pay for what the replies took. Safe for concurrent use.
/// </summary>
public sealed class ChannelPace : IDisposable
{
    // A limiter names the time until its next refill; asking again sooner is cheap and keeps a person from waiting too long.
    private static readonly TimeSpan LongestLook = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan PortfolioWindow = TimeSpan.FromHours(24);
    private const int PortfolioSegments = 24;
    private const int RefillsPerSecond = 5;

    private readonly ChannelLimits limits;
    private readonly TimeProvider time;
    private volatile TokenBucketRateLimiter? overall;
    private volatile SlidingWindowRateLimiter? portfolio;
    private readonly PartitionedRateLimiter<string>? chats;
    private int owed;
    private long pausedUntil;
    private long bulkPausedUntil;

    /// <summary>Starts with everything allowed.</summary>
    /// <param name="limits">The channel's limits.</param>
    /// <param name="time">The clock of the pauses.</param>
    public ChannelPace(ChannelLimits limits, TimeProvider time)
    {
        this.limits = limits;
        this.time = time;
        overall = limits.PerSecond > 0 ? Overall(limits.PerSecond) : null;
        portfolio = limits.PortfolioPerDay > 0 ? Portfolio(limits.PortfolioPerDay) : null;
        chats = limits.ChatBurst > 0 || limits.GroupPerMinute > 0
            ? PartitionedRateLimiter.Create<string, string>(PartitionOf)
            : null;
    }

    /// <summary>Takes a part of the channel's and the portfolio's limits from now on, at least one message each.</summary>
    /// <param name="copies">How many copies of the program share them.</param>
    public void ShareBetween(int copies)
    {
        using var before = overall;
        using var dayBefore = portfolio;
        overall = limits.PerSecond > 0 ? Overall(Math.Max(1, limits.PerSecond / copies)) : null;
        portfolio = limits.PortfolioPerDay > 0 ? Portfolio(Math.Max(1, limits.PortfolioPerDay / copies)) : null;
    }

    /// <summary>How long nothing of this channel may be sent, because the platform said so.</summary>
    public TimeSpan PausedFor => Left(Volatile.Read(ref pausedUntil));

    /// <summary>Asks to send a reply to an address now.</summary>
    /// <param name="address">The recipient.</param>
    /// <returns>Zero when it may go; else when to ask again.</returns>
    public TimeSpan TryTakeReply(ReplyAddress address)
    {
        var wait = PausedFor;
        if (wait == TimeSpan.Zero)
            wait = TryTakeChat(address);
        if (wait == TimeSpan.Zero)
            CountReply();
        return wait;
    }

    /// <summary>Asks to send a bulk message to an address now, after <see cref="TakeBulkAsync"/> allowed one.</summary>
    /// <param name="address">The recipient.</param>
    /// <returns>Zero when it may go; else when to ask again.</returns>
    public TimeSpan TryTakeChat(ReplyAddress address)
    {
        if (chats is null)
            return TimeSpan.Zero;
        using var permit = chats.AttemptAcquire(address.Value);
        if (permit.IsAcquired)
            return TimeSpan.Zero;
        return permit.TryGetMetadata(MetadataName.RetryAfter, out var after) && after < LongestLook ? after : LongestLook;
    }

    /// <summary>Waits until bulk messages may go.</summary>
    /// <param name="wanted">At most so many, at least 1.</param>
    /// <param name="ct">Gives up.</param>
    /// <returns>How many may go, at least 1.</returns>
    public async ValueTask<int> TakeBulkAsync(int wanted, CancellationToken ct)
    {
        while (BulkPausedFor is var paused && paused > TimeSpan.Zero)
            await Task.Delay(paused, time, ct);
        for (; overall is { } bucket && Volatile.Read(ref owed) > 0; Interlocked.Decrement(ref owed))
            await TryTakeAsync(bucket, mayWait: true, ct);
        // In vain when the limits were shared anew meanwhile.
        while (!await TryTakeOneAsync(mayWait: true, ct)) { }
        var taken = 1;
        while (taken < wanted && await TryTakeOneAsync(mayWait: false, ct))
            taken++;
        return taken;
    }

    /// <summary>The platform said to wait.</summary>
    /// <param name="retry">What it said; a limit that may be shared stops everything of the channel.</param>
    /// <param name="isBulk">True when a bulk message met it: then the others of its kind wait in any case.</param>
    public void Pause(DeliveryResult.RetryAfter retry, bool isBulk)
    {
        var until = (time.GetUtcNow() + retry.Delay).UtcTicks;
        if (retry.SharedLimit)
            Raise(ref pausedUntil, until);
        if (isBulk)
            Raise(ref bulkPausedUntil, until);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        overall?.Dispose();
        portfolio?.Dispose();
        chats?.Dispose();
    }

    private TimeSpan BulkPausedFor => Left(Math.Max(Volatile.Read(ref pausedUntil), Volatile.Read(ref bulkPausedUntil)));

    private TimeSpan Left(long untilTicks)
    {
        var left = untilTicks - time.GetUtcNow().UtcTicks;
        return left > 0 ? TimeSpan.FromTicks(left) : TimeSpan.Zero;
    }

    // A reply goes in any case. What the bucket could not give it is owed, a second's worth at most, and bulk messages wait that much longer.
    private void CountReply()
    {
        if (overall is not { } bucket)
            return;
        if (!TryTake(bucket) && Volatile.Read(ref owed) < limits.PerSecond)
            Interlocked.Increment(ref owed);
    }

    private async ValueTask<bool> TryTakeOneAsync(bool mayWait, CancellationToken ct) =>
        (overall is not { } second || await TryTakeAsync(second, mayWait, ct)) && (portfolio is not { } day || await TryTakeAsync(day, mayWait, ct));

    // False too for a limiter that has just been replaced.
    private static async ValueTask<bool> TryTakeAsync(RateLimiter limiter, bool mayWait, CancellationToken ct)
    {
        try
        {
            if (!mayWait)
                return TryTake(limiter);
            using var permit = await limiter.AcquireAsync(1, ct);
            return permit.IsAcquired;
        }
        catch (ObjectDisposedException)
        {
            return false;
        }
    }

    private static bool TryTake(RateLimiter limiter)
    {
        try
        {
            using var permit = limiter.AttemptAcquire();
            return permit.IsAcquired;
        }
        catch (ObjectDisposedException)
        {
            return false;
        }
    }

    // A chat that was quiet for a while is forgotten by the limiter itself.
    private RateLimitPartition<string> PartitionOf(string address)
    {
        var (burst, every) = limits.IsGroup(address)
            ? (limits.GroupPerMinute, TimeSpan.FromMinutes(1) / Math.Max(1, limits.GroupPerMinute))
            : (limits.ChatBurst, limits.ChatEvery);
        return burst > 0 && every > TimeSpan.Zero
            ? RateLimitPartition.GetTokenBucketLimiter(address, _ => new TokenBucketRateLimiterOptions
            {
                TokenLimit = burst,
                TokensPerPeriod = 1,
                ReplenishmentPeriod = every,
            })
            : RateLimitPartition.GetNoLimiter(address);
    }

    private static TokenBucketRateLimiter Overall(int perSecond)
    {
        var refill = Math.Max(1, perSecond / RefillsPerSecond);
        return new TokenBucketRateLimiter(new TokenBucketRateLimiterOptions
        {
            TokenLimit = refill,
            TokensPerPeriod = refill,
            ReplenishmentPeriod = TimeSpan.FromSeconds((double)refill / perSecond),
            QueueLimit = 1,
            AutoReplenishment = true,
        });
    }

    private static SlidingWindowRateLimiter Portfolio(int perDay) => new(new SlidingWindowRateLimiterOptions
    {
        PermitLimit = perDay,
        Window = PortfolioWindow,
        SegmentsPerWindow = PortfolioSegments,
        QueueLimit = 1,
        AutoReplenishment = true,
    });

    private static void Raise(ref long value, long to)
    {
        for (var seen = Volatile.Read(ref value); seen < to; seen = Volatile.Read(ref value))
            Interlocked.CompareExchange(ref value, to, seen);
    }
}
