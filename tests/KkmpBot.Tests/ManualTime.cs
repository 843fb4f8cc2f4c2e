namespace KkmpBot.Tests;

/// <summary>A clock that stands still until a test moves it.</summary>
public sealed class ManualTime(DateTime utcNow) : TimeProvider
{
    public DateTime UtcNow { get; private set; } = utcNow;

    public override DateTimeOffset GetUtcNow() => new(UtcNow);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => UtcNow.Ticks;

    public void Advance(TimeSpan span) => UtcNow += span;
}
