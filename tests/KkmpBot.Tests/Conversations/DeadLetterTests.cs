using KkmpBot.Channels;
using KkmpBot.Conversations;
using KkmpBot.Data;

namespace KkmpBot.Tests.Conversations;

public sealed class DeadLetterTests
{
    [Fact]
    public async Task A_replay_makes_the_message_go_through_its_turn_exactly_once()
    {
        var isSick = true;
        var act = new TestEngine.Act((words, _) => words == "racun" && isSick ? throw new InvalidOperationException("boom") : Task.CompletedTask);
        var channel = new TestEngine.RecordingChannel();
        await using var test = await TestEngine.StartAsync(act, channel);
        await test.TakeAsync("1", "halo");
        await test.TakeAsync("2", "racun");
        await test.QuietAsync();
        await Assert.ThrowsAsync<InvalidOperationException>(() => ReplayAsync(test, 1));
        Assert.Equal(1, await test.CountAsync("dead_letters WHERE replayed_utc IS NULL AND class = 'poison' AND cause LIKE 'InvalidOperationException%'"));
        isSick = false;
        Assert.Equal(ReplayOutcome.Done, await ReplayAsync(test, 1));
        Assert.Equal(ReplayOutcome.Gone, await ReplayAsync(test, 1));
        Assert.Equal(ReplayOutcome.Gone, await ReplayAsync(test, 99));
        await test.QuietAsync();
        Assert.Equal("a: Terima kasih, racun.", channel.Sent.Last());
        Assert.Equal(3, channel.Sent.Count);
        // The platform's redelivery of the first delivery still changes nothing.
        Assert.Equal(TurnReceipt.Duplicate, await test.TakeAsync("2", "racun"));
    }

    [Fact]
    public async Task A_reply_that_no_platform_took_can_be_sent_again()
    {
        var isRefused = true;
        var channel = new TestEngine.RecordingChannel(_ => isRefused ? new DeliveryResult.Rejected("chat not found") : new DeliveryResult.Sent(null));
        await using var test = await TestEngine.StartAsync(new TestEngine.Act(), channel);
        await test.TakeAsync("1", "halo");
        await test.QuietAsync();
        Assert.Equal(1, await test.CountAsync("dead_letters WHERE class = 'delivery' AND cause = 'chat not found' AND outbox_id IS NOT NULL"));
        isRefused = false;
        Assert.Equal(ReplayOutcome.Done, await ReplayAsync(test, 1));
        Assert.Equal(ReplayOutcome.Gone, await ReplayAsync(test, 1));
        await test.QuietAsync();
        Assert.Equal(["a: Apa kabar?"], channel.Sent);
    }

    [Fact]
    public async Task A_bulk_message_that_is_refused_is_counted_and_is_no_dead_letter()
    {
        var channel = new TestEngine.RecordingChannel(_ => new DeliveryResult.Rejected("chat not found"));
        await using var test = await TestEngine.StartAsync(new TestEngine.Act(), channel);
        await test.AddBulkAsync(1, 2, "bulk");
        await TestEngine.UntilAsync(async () => await test.CountAsync("outbox WHERE status = 2 AND reason = 'chat not found'") == 2);
        Assert.Equal(0, await test.CountAsync("dead_letters"));
    }

    private static async Task<ReplayOutcome> ReplayAsync(TestEngine test, long id)
    {
        await using var connection = await test.Database.OpenAsync(CancellationToken.None);
        await using var store = new TurnStore(connection);
        return await test.Part<DeadLetters>().ReplayAsync(id, new Writer(connection, store), CancellationToken.None);
    }
}
