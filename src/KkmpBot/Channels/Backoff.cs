namespace KkmpBot.Channels;

/// <summary>
/// A delay that doubles while a trouble lasts. Calls that fail together during one delay share its step, so eight parallel
/// failures of one hiccup do not make eight steps. Safe for concurrent use.
/// </summary>
/// <param name="time">The clock.</param>
/// <param name="first">The first delay.</param>
/// <param name="longest">No delay is longer.</param>
public sealed class Backoff(TimeProvider time, TimeSpan first, TimeSpan longest)
{
    private readonly Lock gate = new();
    private TimeSpan delay;
    private DateTimeOffset stepEnds;

    /// <summary>How long to wait after this failure.</summary>
    public TimeSpan Next()
    {
        lock (gate)
        {
            var now = time.GetUtcNow();
            if (now >= stepEnds)
            {
                delay = delay == TimeSpan.Zero ? first : TimeSpan.FromTicks(Math.Min(delay.Ticks * 2, longest.Ticks));
                stepEnds = now + delay;
            }

            return delay;
        }
    }

    /// <summary>The trouble is over.</summary>
    public void Reset()
    {
        lock (gate)
        {
            delay = TimeSpan.Zero;
            stepEnds = default;
        }
    }
}
