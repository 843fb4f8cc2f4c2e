using KkmpBot.Channels;
using KkmpBot.Data;

namespace KkmpBot.Conversations;

/// <summary>Whether and when a message is tried again: exponential, with jitter, and never for ever.</summary>
public static class RetryPlan
{
    /// <summary>Attempts before a message is given up: with the longest delay, about half an hour.</summary>
    public const int MaxAttempts = 30;

    /// <summary>The delay after the first attempt when the platform does not name one.</summary>
    public static readonly TimeSpan FirstDelay = TimeSpan.FromSeconds(1);

    /// <summary>No delay of ours is longer; a platform's own may be.</summary>
    public static readonly TimeSpan LongestDelay = TimeSpan.FromMinutes(1);

    // So that those who failed together do not come back together.
    private const double JitterShare = 0.25;

    /// <summary>The delay until the next attempt; null when the message is done with: sent, refused, given up, or unknown for good.</summary>
    /// <param name="result">How the last attempt ended.</param>
    /// <param name="kind">One of <see cref="OutboxKind"/>: the policy after an unknown outcome.</param>
    /// <param name="attempts">Attempts made, at least 1.</param>
    /// <param name="chance">From 0 up to 1: where in the jitter it falls.</param>
    public static TimeSpan? Next(DeliveryResult result, int kind, int attempts, double chance)
    {
        if (attempts >= MaxAttempts)
            return null;
        return result switch
        {
            // What the platform or its channel says holds, unless it says the same again and again.
            DeliveryResult.RetryAfter retry => Jitter(attempts == 1 ? retry.Delay : Longer(retry.Delay, Grown(attempts - 1)), chance),
            // A missing answer is worse for a person than one said twice; a broadcast said twice is worse than one that a few miss.
            DeliveryResult.Unknown when kind != OutboxKind.Bulk => Jitter(Grown(attempts), chance),
            _ => null,
        };
    }

    /// <summary>Where in the jitter a message falls, from 0 up to 1: the golden ratio sets neighbours far apart.</summary>
    /// <param name="outboxId">Its row.</param>
    public static double ChanceOf(long outboxId) => outboxId * 0.618_033_988_749_895 % 1;

    private static TimeSpan Grown(int steps) => TimeSpan.FromSeconds(Math.Min(FirstDelay.TotalSeconds * Math.Pow(2, steps - 1), LongestDelay.TotalSeconds));

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private static TimeSpan Jitter(TimeSpan delay, double chance) => delay * (1 + (JitterShare * chance));
}
