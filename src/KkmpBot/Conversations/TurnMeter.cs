using System.Diagnostics;
using System.Diagnostics.Metrics;
using KkmpBot.Channels;

namespace KkmpBot.Conversations;

/// <summary>
/// What turns and deliveries tell of themselves: counts and times by channel and outcome, never a person. Whoever listens to the meter
/// <see cref="Name"/> gets them; without a listener they cost nothing.
/// </summary>
public sealed class TurnMeter : IDisposable
{
    /// <summary>The meter's name.</summary>
    public const string Name = "KkmpBot";

    private readonly Meter meter = new(Name);
    private readonly Histogram<double> turns;
    private readonly Counter<long> sends;
    private readonly TimeProvider time;
    private long waiting;
    private long lastStep;

    /// <summary>Begins with nothing waiting.</summary>
    /// <param name="time">The clock of the times.</param>
    public TurnMeter(TimeProvider time)
    {
        this.time = time;
        lastStep = time.GetTimestamp();
        turns = meter.CreateHistogram<double>("kkmp_turn_seconds", "s", "From taking a message in to its commit");
        sends = meter.CreateCounter<long>("kkmp_sends", "{message}", "Attempts to hand a message to its platform");
        meter.CreateObservableGauge("kkmp_turns_waiting", () => Waiting, "{message}", "Messages taken in and not yet committed");
        meter.CreateObservableGauge("kkmp_turns_stuck_seconds", () => StuckFor.TotalSeconds, "s", "How long messages have waited without any being finished");
    }

    /// <summary>Messages taken in and not yet answered.</summary>
    public long Waiting => Volatile.Read(ref waiting);

    /// <summary>How long messages have been waiting while none was finished; zero when none waits.</summary>
    public TimeSpan StuckFor => Waiting > 0 ? time.GetElapsedTime(Volatile.Read(ref lastStep)) : TimeSpan.Zero;

    /// <summary>A message was taken in.</summary>
    /// <returns>Its beginning, for <see cref="Finish"/>.</returns>
    public long Begin()
    {
        var now = time.GetTimestamp();
        if (Interlocked.Increment(ref waiting) == 1)
            Volatile.Write(ref lastStep, now);
        return now;
    }

    /// <summary>A message has its receipt.</summary>
    /// <param name="channel">Its channel.</param>
    /// <param name="receipt">What became of it.</param>
    /// <param name="began">As <see cref="Begin"/> said.</param>
    public void Finish(string channel, TurnReceipt receipt, long began)
    {
        var now = time.GetTimestamp();
        // A full queue that sends messages away has finished none.
        if (receipt != TurnReceipt.Full)
            Volatile.Write(ref lastStep, now);
        Interlocked.Decrement(ref waiting);
        turns.Record(time.GetElapsedTime(began, now).TotalSeconds, new TagList { { "channel", channel }, { "receipt", receipt.ToString() } });
    }

    /// <summary>A message was handed over, or was not.</summary>
    /// <param name="channel">Its channel.</param>
    /// <param name="result">What the platform made of it.</param>
    public void CountSend(string channel, DeliveryResult result) =>
        sends.Add(1, new TagList { { "channel", channel }, { "result", result.GetType().Name } });

    /// <inheritdoc />
    public void Dispose() => meter.Dispose();
}
