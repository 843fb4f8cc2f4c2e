using KkmpBot.Channels;
using KkmpBot.Channels.Telegram;
using KkmpBot.Conversations;
using KkmpBot.Tests.Channels.Telegram;
using KkmpBot.Tests.Data;
using KkmpBot.Tests.Platforms.BotApi;

namespace KkmpBot.Tests.Conversations;

/// <summary>The real engine when more comes than it can take, and when it is told to stop.</summary>
public sealed class BackpressureTests
{
    [Fact]
    public async Task A_full_queue_answers_a_webhook_with_503_and_takes_the_update_when_it_comes_again()
    {
        await using var api = await BotApiEmulator.StartAsync(new BotApiOptions(SecondOfRetries: TimeSpan.FromMilliseconds(20)));
        await using var test = await TestEngine.StartAsync(new TestEngine.Act(), new TestEngine.RecordingChannel(), run: false);
        var waiting = Fill(test);
        await using var service = await TelegramServiceUnderTest.StartAsync(api, TelegramMode.Webhook, turns: test.Engine.TakeAsync);
        await Eventually.HoldsAsync(() => api.Calls.Any(call => call.Method == "setWebhook"));
        api.AddPerson("Sri").SendText("halo");
        await Eventually.HoldsAsync(() => api.WebhookAnswers.Count(status => status == 503) > 1);
        await test.RunAsync();
        Assert.All(await Task.WhenAll(waiting), receipt => Assert.Equal(TurnReceipt.Committed, receipt));
        await Eventually.HoldsAsync(() => api.UnconfirmedUpdates == 0);
        Assert.Equal(200, api.WebhookAnswers[^1]);
        Assert.Equal(1, await test.CountAsync("received_updates WHERE channel = 'telegram'"));
    }

    [Fact]
    public async Task A_full_queue_leaves_polled_updates_with_the_platform_and_asks_less_and_less()
    {
        await using var api = await BotApiEmulator.StartAsync();
        await using var test = await TestEngine.StartAsync(new TestEngine.Act(), new TestEngine.RecordingChannel(), run: false);
        var waiting = Fill(test);
        api.AddPerson("Sri").SendText("halo");
        await using var service = await TelegramServiceUnderTest.StartAsync(api, TelegramMode.Polling, time: new HurriedTime(10), turns: test.Engine.TakeAsync);
        await Eventually.HoldsAsync(() => service.Log.Lines.Count(line => line.Text.Contains("stay with Telegram", StringComparison.Ordinal)) > 1);
        Assert.Equal(1, api.UnconfirmedUpdates);
        await test.RunAsync();
        await Task.WhenAll(waiting);
        await Eventually.HoldsAsync(() => api.UnconfirmedUpdates == 0);
        Assert.Equal(1, await test.CountAsync("received_updates WHERE channel = 'telegram'"));
    }

    [Fact]
    public async Task A_stop_under_load_commits_what_it_took_and_acknowledges_nothing_else()
    {
        await using var database = await TestDatabase.CreateAsync();
        var channel = new TestEngine.RecordingChannel();
        var test = await TestEngine.StartAsync(new TestEngine.Act(), channel, database);
        var receipts = Enumerable.Range(0, 2000).Select(i => test.TakeAsync($"{i}", "halo", $"{i}")).ToArray();
        await TestEngine.UntilAsync(() => Task.FromResult(!channel.Sent.IsEmpty));
        await test.StopAsync();
        var committed = (await Task.WhenAll(receipts)).Count(receipt => receipt == TurnReceipt.Committed);
        var next = await TestEngine.StartAsync(new TestEngine.Act(), channel, database, run: false);
        Assert.Equal(2000, committed);
        Assert.Equal(committed, await next.CountAsync("received_updates"));
        Assert.Equal(committed, await next.CountAsync("outbox"));
        Assert.Equal(channel.Sent.Count, await next.CountAsync("outbox WHERE status = 1"));
    }

    [Fact]
    public async Task After_the_stop_nothing_is_taken()
    {
        await using var database = await TestDatabase.CreateAsync();
        var test = await TestEngine.StartAsync(new TestEngine.Act(), new TestEngine.RecordingChannel(), database);
        var engine = test.Engine;
        await test.StopAsync();
        var late = await engine.TakeAsync(new InboundMessage("test", "late", "a", InboundKind.Text, "halo"), CancellationToken.None);
        Assert.NotEqual(TurnReceipt.Committed, late);
    }

    [Fact]
    public async Task Stopped_before_it_began_it_leaves_nobody_waiting()
    {
        await using var test = await TestEngine.StartAsync(new TestEngine.Act(), new TestEngine.RecordingChannel(), run: false);
        var early = test.TakeAsync("early", "halo");
        var write = test.Engine.WriteAsync((_, _, _) => Task.CompletedTask, CancellationToken.None);
        await test.Engine.StopAsync(CancellationToken.None);
        Assert.Equal(TurnReceipt.Failed, await early);
        await Assert.ThrowsAsync<OperationCanceledException>(() => write);
        Assert.Equal(TurnReceipt.Full, await test.TakeAsync("late", "halo"));
    }

    private static Task<TurnReceipt>[] Fill(TestEngine test) =>
        [.. Enumerable.Range(0, TurnEngine.MaxWaitingTurns).Select(i => test.TakeAsync($"{i}", "halo", $"{i}"))];
}
