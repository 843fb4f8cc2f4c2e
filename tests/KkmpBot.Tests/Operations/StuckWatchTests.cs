using KkmpBot.Channels;
using KkmpBot.Conversations;
using KkmpBot.Operations;
using KkmpBot.Operations.Metrics;
using KkmpBot.Tests.Channels.Telegram;
using KkmpBot.Tests.Data;

namespace KkmpBot.Tests.Operations;

/// <summary>Messages that have stopped moving are noticed.</summary>
public sealed class StuckWatchTests
{
    [Fact]
    public async Task Turns_that_wait_while_none_is_finished_are_stuck()
    {
        await using var test = await TestDatabase.CreateAsync();
        var time = new ManualTime(new DateTime(2026, 11, 22, 3, 0, 0, DateTimeKind.Utc));
        using var meter = new TurnMeter(time);
        using var gauges = new DatabaseGauges(test.Database, time);
        using var log = new RecordingLog();
        using var watch = new StuckWatch(meter, gauges, time, log.For<StuckWatch>());
        time.Advance(StuckWatch.LongestTurn * 2);
        Assert.False(watch.IsStuck);

        var first = meter.Begin();
        meter.Begin();
        time.Advance(StuckWatch.LongestTurn / 2);
        meter.Finish("test", TurnReceipt.Committed, first);
        time.Advance(StuckWatch.LongestTurn / 2);
        meter.Finish("test", TurnReceipt.Full, meter.Begin());
        Assert.False(watch.IsStuck);
        time.Advance(StuckWatch.LongestTurn);
        Assert.True(watch.IsStuck);
        await watch.LookAsync(CancellationToken.None);
        Assert.Contains(log.Lines, line => line.Text.Contains("1 messages wait", StringComparison.Ordinal));
    }
}
