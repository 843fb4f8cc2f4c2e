namespace KkmpBot.Tests.Simulation;

/// <summary>A clock that only the simulation moves, with the timers that wait for it: they fire in their order, on the simulation's own thread.</summary>
internal sealed class SimulatedTime(DateTime utcNow) : TimeProvider
{
    private readonly PriorityQueue<Alarm, (DateTime Due, long Number)> alarms = new();
    private long lastNumber;

    public DateTime UtcNow { get; private set; } = utcNow;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => UtcNow.Ticks;

    public override DateTimeOffset GetUtcNow() => new(UtcNow);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var alarm = new Alarm(this, () => callback(state));
        alarm.Change(dueTime, period);
        return alarm;
    }

    public void Advance(TimeSpan span)
    {
        var until = UtcNow + span;
        while (alarms.TryPeek(out var alarm, out var key) && key.Due <= until)
        {
            alarms.Dequeue();
            UtcNow = key.Due > UtcNow ? key.Due : UtcNow;
            alarm.Ring(key.Number);
        }
        UtcNow = until;
    }

    private long Set(Alarm alarm, TimeSpan dueTime)
    {
        alarms.Enqueue(alarm, (UtcNow + dueTime, ++lastNumber));
        return lastNumber;
    }

    /// <summary>Rings once: nothing here waits for a period.</summary>
    private sealed class Alarm(SimulatedTime time, Action act) : ITimer
    {
        private long waitsFor;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            waitsFor = dueTime == Timeout.InfiniteTimeSpan ? 0 : time.Set(this, dueTime);
            return true;
        }

        public void Ring(long number)
        {
            if (number == waitsFor)
                act();
        }

        public void Dispose() => waitsFor = 0;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
