using System.Collections.Concurrent;
using KkmpBot.Channels;
using KkmpBot.Conversations;
using KkmpBot.Data;
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

    [Fact]
    public async Task A_reply_waits_behind_one_that_another_copy_holds()
    {
        await using var database = await TestDatabase.CreateAsync();
        var silent = new TestEngine.RecordingChannel(_ => new DeliveryResult.RetryAfter(TimeSpan.FromHours(1), SharedLimit: false));
        var other = await TestEngine.StartAsync(new TestEngine.Act(), silent, database);
        await other.TakeAsync("1", "halo");
        await other.StopAsync();
        var channel = new TestEngine.RecordingChannel();
        var here = await TestEngine.StartAsync(new TestEngine.Act(), channel, database);
        await here.TakeAsync("2", "baik");
        await here.TakeAsync("3", "halo", "b");
        await TestEngine.UntilAsync(() => Task.FromResult(!channel.Sent.IsEmpty));
        Assert.Equal(["b: Apa kabar?"], channel.Sent);
        Assert.Equal(1, await here.CountAsync("outbox WHERE status = 0 AND leased_by = 0"));
        await here.ReleaseLeasesAsync();
        await here.QuietAsync();
        Assert.Equal(["b: Apa kabar?", "a: Apa kabar?", "a: Terima kasih, baik."], channel.Sent);
        await here.StopAsync();
    }

    [Fact]
    public async Task An_address_that_was_linked_gets_what_was_said_before_the_link_first()
    {
        await using var database = await TestDatabase.CreateAsync();
        var silent = new TestEngine.RecordingChannel(_ => new DeliveryResult.RetryAfter(TimeSpan.FromHours(1), SharedLimit: false));
        var first = await TestEngine.StartAsync(new TestEngine.Act(), silent, database);
        await first.TakeAsync("1", "halo");
        await first.StopAsync();
        const string Link = "UPDATE outbox SET conversation_id = conversation_id + 1000";
        await database.ExecuteAsync(Link, Link);
        var tries = 0;
        var channel = new TestEngine.RecordingChannel(_ => Interlocked.Increment(ref tries) == 1
            ? new DeliveryResult.RetryAfter(TimeSpan.FromMilliseconds(300), SharedLimit: false) : new DeliveryResult.Sent(null));
        var second = await TestEngine.StartAsync(new TestEngine.Act(), channel, database);
        await second.TakeAsync("2", "baik");
        Assert.Equal(1, await second.CountAsync("outbox WHERE status = 0 AND leased_by = 0"));
        await second.ReleaseLeasesAsync();
        await second.QuietAsync();
        Assert.Equal(["a: Apa kabar?", "a: Terima kasih, baik."], channel.Sent);
        await second.StopAsync();
    }

    [Fact]
    public async Task What_memory_has_no_room_for_waits_in_the_table_and_keeps_its_order()
    {
        var channel = new TestEngine.RecordingChannel();
        await using var test = await TestEngine.StartAsync(new TestEngine.Act(), channel);
        var leases = test.Part<OutboxLeases>();
        var picture = new OutboundFile("besar.png", "image/png", new byte[OutboundFile.MaxBytes]);
        var large = Enumerable.Range(1, (int)(OutboxLeases.MaxHeldBytes / OutboundFile.MaxBytes)).Select(i => (long)-i).ToList();
        foreach (var id in large)
            leases.TryHold(new Sending("test", OutboxKind.Reply, new OutboundMessage(id, -1, "x", "", [], File: picture)), DateTime.MaxValue);
        Assert.False(leases.HasRoom);
        await test.TakeAsync("1", "halo");
        Assert.Equal(1, await test.CountAsync("outbox WHERE status = 0 AND leased_by = 0"));
        leases.LetGo(large);
        await test.TakeAsync("2", "baik");
        await test.QuietAsync();
        Assert.Equal(["a: Apa kabar?", "a: Terima kasih, baik."], channel.Sent);
        Assert.Equal(0, leases.Count);
    }

    [Fact]
    public async Task A_shared_limit_pauses_everybody_and_a_chats_own_only_the_chat()
    {
        var times = new ConcurrentDictionary<string, long>();
        var channel = new TestEngine.RecordingChannel(message => times.TryAdd(message.Address, TimeProvider.System.GetTimestamp()) && message.Address == "a"
            ? new DeliveryResult.RetryAfter(TimeSpan.FromMilliseconds(600), SharedLimit: true)
            : new DeliveryResult.Sent(null));
        await using var test = await TestEngine.StartAsync(new TestEngine.Act(), channel);
        await test.TakeAsync("1", "halo", "a");
        await TestEngine.UntilAsync(() => Task.FromResult(times.ContainsKey("a")));
        await test.TakeAsync("2", "halo", "b");
        await test.QuietAsync();
        Assert.True(TimeProvider.System.GetElapsedTime(times["a"], times["b"]) >= TimeSpan.FromMilliseconds(590));
        Assert.Equal(2, channel.Sent.Count);
    }

    [Fact]
    public async Task Blocking_closes_what_waits_for_the_address_and_nothing_else()
    {
        var tries = 0;
        var channel = new TestEngine.RecordingChannel(message => message.Address != "a" ? new DeliveryResult.Sent(null)
            : Interlocked.Increment(ref tries) == 1 ? new DeliveryResult.RetryAfter(TimeSpan.FromMilliseconds(500), SharedLimit: false)
            : new DeliveryResult.Blocked());
        await using var test = await TestEngine.StartAsync(new TestEngine.Act(), channel);
        await test.TakeAsync("1", "halo");
        await test.TakeAsync("2", "baik");
        await test.TakeAsync("3", "halo", "b");
        await test.QuietAsync();
        Assert.Equal(["b: Apa kabar?"], channel.Sent);
        Assert.Equal(2, tries);
        Assert.Equal(2, await test.CountAsync("outbox WHERE status = 3"));
        Assert.Equal(1, await test.CountAsync("channel_addresses WHERE blocked"));
    }

    [Fact]
    public async Task Somebody_who_wrote_again_is_not_blocked_by_an_older_answer()
    {
        var gate = new TaskCompletionSource();
        var tries = 0;
        var channel = new TestEngine.RecordingChannel(_ => Interlocked.Increment(ref tries) == 1 ? new DeliveryResult.Blocked() : new DeliveryResult.Sent(null))
        {
            Before = (_, ct) => gate.Task.WaitAsync(ct),
        };
        await using var test = await TestEngine.StartAsync(new TestEngine.Act(), channel);
        await test.TakeAsync("1", "halo");
        await TestEngine.UntilAsync(() => Task.FromResult(test.Sender.Held == 1));
        await Task.Delay(50);
        await test.TakeAsync("2", "baik");
        gate.SetResult();
        await TestEngine.UntilAsync(async () => await test.CountAsync("outbox WHERE status = 3") > 0);
        Assert.Equal(0, await test.CountAsync("channel_addresses WHERE blocked"));
    }

    [Fact]
    public async Task A_stop_hands_over_what_is_in_memory_and_marks_it()
    {
        await using var database = await TestDatabase.CreateAsync();
        var channel = new TestEngine.RecordingChannel { Before = (_, ct) => Task.Delay(30, ct) };
        var test = await TestEngine.StartAsync(new TestEngine.Act(), channel, database);
        await Task.WhenAll(Enumerable.Range(0, 200).Select(i => test.TakeAsync($"{i}", "halo", $"{i}")));
        await test.StopAsync();
        Assert.Equal(200, channel.Sent.Count);
        await using var connection = await database.Database.OpenAsync(CancellationToken.None);
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT COUNT(*) FROM outbox WHERE status = 1";
        Assert.Equal(200L, await command.ExecuteScalarAsync());
    }
}
