using KkmpBot.Channels;
using KkmpBot.Conversations;
using KkmpBot.Tests.Data;

namespace KkmpBot.Tests.Conversations;

public sealed class TurnEngineTests
{
    [Fact]
    public async Task Messages_of_one_address_at_the_same_instant_are_handled_one_after_the_other()
    {
        var channel = new TestEngine.RecordingChannel();
        await using var test = await TestEngine.StartAsync(new TestEngine.Act(), channel);
        var receipts = new[] { test.TakeAsync("1", "halo"), test.TakeAsync("2", "baik"), test.TakeAsync("3", "halo"), test.TakeAsync("4", "sehat") };
        Assert.All(await Task.WhenAll(receipts), receipt => Assert.Equal(TurnReceipt.Committed, receipt));
        await test.QuietAsync();
        Assert.Equal(["a: Apa kabar?", "a: Terima kasih, baik.", "a: Apa kabar?", "a: Terima kasih, sehat."], channel.Sent);
    }

    [Fact]
    public async Task A_redelivery_changes_nothing()
    {
        var act = new TestEngine.Act();
        var channel = new TestEngine.RecordingChannel();
        await using var test = await TestEngine.StartAsync(act, channel);
        await test.TakeAsync("1", "halo");
        Assert.Equal(TurnReceipt.Committed, await test.TakeAsync("2", "baik"));
        Assert.Equal(TurnReceipt.Duplicate, await test.TakeAsync("2", "baik"));
        await test.QuietAsync();
        Assert.Equal(["baik"], act.Seen);
        Assert.Equal(2, channel.Sent.Count);
    }

    [Fact]
    public async Task A_poisonous_turn_becomes_a_dead_letter_and_harms_nobody_else()
    {
        var act = new TestEngine.Act((words, _) => words == "racun" ? throw new InvalidOperationException("boom") : Task.CompletedTask);
        var channel = new TestEngine.RecordingChannel();
        await using var test = await TestEngine.StartAsync(act, channel);
        await Task.WhenAll(test.TakeAsync("1", "halo", "a"), test.TakeAsync("2", "halo", "b"));
        Assert.All(await Task.WhenAll(test.TakeAsync("3", "racun", "a"), test.TakeAsync("4", "madu", "b")), receipt => Assert.Equal(TurnReceipt.Committed, receipt));
        await test.QuietAsync();
        Assert.Equal(2, act.Seen.Count(words => words == "racun"));
        Assert.Contains("b: Terima kasih, madu.", channel.Sent);
        Assert.Contains(channel.Sent, sent => sent.StartsWith("a: Maaf, ada gangguan", StringComparison.Ordinal));
        Assert.Equal(1, await test.CountAsync("dead_letters WHERE class = 'poison'"));
        // The conversation stands where it stood: the next answer goes on from there.
        await test.TakeAsync("5", "obat", "a");
        await test.QuietAsync();
        Assert.Contains("a: Terima kasih, obat.", channel.Sent);
    }

    [Fact]
    public async Task A_failing_database_acknowledges_nothing_and_sends_nothing()
    {
        var full = true;
        var act = new TestEngine.Act((_, _) => full ? throw new IOException("the disk is full") : Task.CompletedTask);
        var channel = new TestEngine.RecordingChannel();
        await using var test = await TestEngine.StartAsync(act, channel);
        await test.TakeAsync("1", "halo");
        Assert.Equal(TurnReceipt.Failed, await test.TakeAsync("2", "baik"));
        Assert.Equal(0, await test.CountAsync("received_updates WHERE update_key = '2'"));
        full = false;
        Assert.Equal(TurnReceipt.Committed, await test.TakeAsync("2", "baik"));
        await test.QuietAsync();
        Assert.Equal(["a: Apa kabar?", "a: Terima kasih, baik."], channel.Sent);
    }

    [Fact]
    public async Task A_full_queue_says_so_at_once()
    {
        await using var test = await TestEngine.StartAsync(new TestEngine.Act(), new TestEngine.RecordingChannel(), run: false);
        var waiting = Enumerable.Range(0, TurnEngine.MaxWaitingTurns).Select(i => test.TakeAsync($"{i}", "halo", $"{i}")).ToArray();
        Assert.Equal(TurnReceipt.Full, await test.TakeAsync("one too many", "halo"));
        await test.RunAsync();
        Assert.All(await Task.WhenAll(waiting), receipt => Assert.Equal(TurnReceipt.Committed, receipt));
    }

    [Fact]
    public async Task A_message_that_killed_the_process_three_times_is_quarantined()
    {
        var attempts = Path.GetTempFileName();
        await File.WriteAllTextAsync(attempts, "3 test|2\n1 test|3\n");
        var act = new TestEngine.Act();
        var channel = new TestEngine.RecordingChannel();
        await using (var test = await TestEngine.StartAsync(act, channel, attempts: attempts))
        {
            await test.TakeAsync("1", "halo");
            Assert.Equal(TurnReceipt.Committed, await test.TakeAsync("2", "bunuh"));
            Assert.Equal(TurnReceipt.Committed, await test.TakeAsync("3", "baik"));
            await test.QuietAsync();
            Assert.Equal(["baik"], act.Seen);
            Assert.Equal(1, await test.CountAsync("dead_letters WHERE class = 'killed'"));
            Assert.StartsWith("\n", await File.ReadAllTextAsync(attempts), StringComparison.Ordinal);
        }
        File.Delete(attempts);
    }

    [Fact]
    public async Task An_act_put_off_survives_a_restart_and_fires_within_a_second()
    {
        var database = await TestDatabase.CreateAsync();
        var act = new TestEngine.Act((_, turn) =>
        {
            turn.Schedule(new TimedAct("test.late", TimeProvider.System.GetUtcNow().UtcDateTime.AddMilliseconds(700), turn.Caller.PersonId, "7"));
            return Task.CompletedTask;
        });
        var channel = new TestEngine.RecordingChannel();
        var first = await TestEngine.StartAsync(act, channel, database);
        await first.TakeAsync("1", "halo");
        await first.TakeAsync("2", "nanti");
        await first.StopAsync();
        Assert.Empty(act.Late);
        await using var second = await TestEngine.StartAsync(act, channel, database);
        for (var i = 0; i < 100 && channel.Sent.Count < 3; i++)
            await Task.Delay(25);
        Assert.Equal(["7"], act.Late);
        Assert.Equal("a: Ada kabar.", channel.Sent.Last());
        Assert.Equal(0, await second.CountAsync("timers"));
    }
}
