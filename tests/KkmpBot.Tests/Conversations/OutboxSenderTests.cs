using KkmpBot.Channels;
using KkmpBot.Tests.Data;

namespace KkmpBot.Tests.Conversations;

public sealed class OutboxSenderTests
{
    [Fact]
    public async Task A_message_that_has_to_wait_holds_back_the_later_ones_of_its_conversation_only()
    {
        var tries = 0;
        var channel = new TestEngine.RecordingChannel(message => message.Address == "a" && Interlocked.Increment(ref tries) <= 2
            ? new DeliveryResult.RetryAfter(TimeSpan.FromMilliseconds(100), SharedLimit: false)
            : new DeliveryResult.Sent(null));
        await using var test = await TestEngine.StartAsync(new TestEngine.Act(), channel);
        await test.TakeAsync("1", "halo", "a");
        await test.TakeAsync("2", "baik", "a");
        await test.TakeAsync("3", "halo", "b");
        await test.QuietAsync();
        Assert.Equal(["b: Apa kabar?", "a: Apa kabar?", "a: Terima kasih, baik."], channel.Sent);
    }

    [Fact]
    public async Task An_unknown_outcome_sends_a_reply_again()
    {
        var tries = 0;
        var channel = new TestEngine.RecordingChannel(_ => Interlocked.Increment(ref tries) == 1 ? new DeliveryResult.Unknown() : new DeliveryResult.Sent(null));
        await using var test = await TestEngine.StartAsync(new TestEngine.Act(), channel);
        await test.TakeAsync("1", "halo");
        await test.QuietAsync();
        Assert.Equal(2, tries);
        Assert.Equal(1, await test.CountAsync("outbox WHERE status = 1 AND attempts = 2"));
    }

    [Fact]
    public async Task A_person_who_blocked_the_bot_gets_nothing_until_they_write_again()
    {
        var tries = 0;
        var channel = new TestEngine.RecordingChannel(_ => Interlocked.Increment(ref tries) == 1 ? new DeliveryResult.Blocked() : new DeliveryResult.Sent(null));
        await using var test = await TestEngine.StartAsync(new TestEngine.Act(), channel);
        await test.TakeAsync("1", "halo");
        await test.QuietAsync();
        Assert.Equal(1, await test.CountAsync("channel_addresses WHERE blocked"));
        await test.TakeAsync("2", "baik");
        Assert.Equal(0, await test.CountAsync("channel_addresses WHERE blocked"));
    }

    [Fact]
    public async Task A_refused_message_is_marked_with_its_reason_and_not_tried_again()
    {
        var channel = new TestEngine.RecordingChannel(_ => new DeliveryResult.Rejected("chat not found"));
        await using var test = await TestEngine.StartAsync(new TestEngine.Act(), channel);
        await test.TakeAsync("1", "halo");
        await test.QuietAsync();
        Assert.Equal(1, await test.CountAsync("outbox WHERE status = 2 AND reason = 'chat not found' AND attempts = 1"));
    }

    [Fact]
    public async Task What_a_dead_process_did_not_send_is_sent_by_the_next_one()
    {
        var database = await TestDatabase.CreateAsync();
        var silent = new TestEngine.RecordingChannel(_ => new DeliveryResult.RetryAfter(TimeSpan.FromHours(1), SharedLimit: false));
        var first = await TestEngine.StartAsync(new TestEngine.Act(), silent, database);
        await first.TakeAsync("1", "halo");
        await first.StopAsync();
        var channel = new TestEngine.RecordingChannel();
        await using var second = await TestEngine.StartAsync(new TestEngine.Act(), channel, database);
        await second.ReleaseLeasesAsync();
        await second.QuietAsync();
        Assert.Equal(["a: Apa kabar?"], channel.Sent);
    }
}
