using KkmpBot.Channels.Telegram;
using KkmpBot.Channels.Telegram.BotApi;
using KkmpBot.Tests.Channels.Telegram;
using KkmpBot.Tests.Platforms.BotApi;
using Microsoft.Extensions.Logging.Abstractions;

namespace KkmpBot.Tests.Conversations;

/// <summary>The real engine, sender and Telegram channel against a platform in trouble: every reply arrives, in order.</summary>
public sealed class DeliveryFaultTests
{
    // Fast enough for the delays, slow enough for a busy machine to answer before a timeout.
    private const int Hurry = 5;

    [Theory]
    [InlineData(BotApiFault.TooManyRequests)]
    [InlineData(BotApiFault.ServerError)]
    [InlineData(BotApiFault.BadGateway)]
    [InlineData(BotApiFault.CloseUndone)]
    [InlineData(BotApiFault.Hang)]
    public async Task A_reply_arrives_once_when_the_trouble_is_over(BotApiFault fault)
    {
        await using var api = await BotApiEmulator.StartAsync();
        var (sri, test) = await StartAsync(api);
        await using var engine = test;
        api.Faults.Add(fault, times: 2);
        await TalkAsync(test, sri);
        Assert.Equal(["Apa kabar?", "Terima kasih, baik."], sri.Received.Select(message => message.Text));
        Assert.Equal(1, await test.CountAsync("outbox WHERE status = 1 AND attempts = 3"));
        Assert.Empty(api.Violations);
    }

    [Fact]
    public async Task A_reply_whose_answer_was_lost_comes_twice_rather_than_never()
    {
        await using var api = await BotApiEmulator.StartAsync();
        var (sri, test) = await StartAsync(api);
        await using var engine = test;
        api.Faults.Add(BotApiFault.CloseDone);
        await TalkAsync(test, sri);
        Assert.Equal(["Apa kabar?", "Apa kabar?", "Terima kasih, baik."], sri.Received.Select(message => message.Text));
        Assert.Equal(2, await test.CountAsync("outbox WHERE status = 1"));
    }

    [Fact]
    public async Task Somebody_who_blocked_the_bot_is_left_alone()
    {
        await using var api = await BotApiEmulator.StartAsync();
        var (sri, test) = await StartAsync(api);
        await using var engine = test;
        sri.Block();
        await TalkAsync(test, sri);
        Assert.Empty(sri.Received);
        Assert.Equal(2, await test.CountAsync("outbox WHERE status = 3"));
    }

    private static async Task<(BotApiPerson Sri, TestEngine Test)> StartAsync(BotApiEmulator api)
    {
        var sri = api.AddPerson("Sri");
        sri.HasStarted = true;
        var time = new HurriedTime(Hurry);
        var settings = new TelegramSettings { Token = api.Token, BaseUrl = api.BaseUrl };
        var channel = new TelegramChannel(new TelegramClient(TelegramClient.CreateHttp(), settings, time), time, NullLogger<TelegramChannel>.Instance);
        return (sri, await TestEngine.StartAsync(new TestEngine.Act(), channel, time: time));
    }

    private static async Task TalkAsync(TestEngine test, BotApiPerson sri)
    {
        await test.TakeAsync("1", "halo", $"{sri.Id}", TelegramUpdates.ChannelName);
        await test.TakeAsync("2", "baik", $"{sri.Id}", TelegramUpdates.ChannelName);
        await TestEngine.UntilAsync(async () => await test.CountAsync("outbox WHERE status = 0") == 0);
    }
}
