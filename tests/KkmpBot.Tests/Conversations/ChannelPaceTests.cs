using KkmpBot.Channels;
using KkmpBot.Channels.Telegram;
using KkmpBot.Conversations;
using Microsoft.Extensions.Configuration;

namespace KkmpBot.Tests.Conversations;

public sealed class ChannelPaceTests
{
    private static readonly TimeSpan Long = TimeSpan.FromHours(1);
    private readonly ManualTime time = new(new DateTime(2026, 11, 23, 2, 0, 0, DateTimeKind.Utc));

    [Fact]
    public void A_chat_may_burst_and_then_waits_while_others_go_on()
    {
        using var pace = new ChannelPace(new ChannelLimits { ChatBurst = 2, ChatEvery = Long }, time);
        Assert.Equal(TimeSpan.Zero, pace.TryTakeReply(new("a")));
        Assert.Equal(TimeSpan.Zero, pace.TryTakeReply(new("a")));
        Assert.True(pace.TryTakeReply(new("a")) > TimeSpan.Zero);
        Assert.Equal(TimeSpan.Zero, pace.TryTakeReply(new("b")));
    }

    [Fact]
    public void A_group_has_a_limit_of_its_own()
    {
        using var pace = new ChannelPace(new ChannelLimits { GroupPerMinute = 1, IsGroup = address => address.StartsWith('-') }, time);
        Assert.Equal(TimeSpan.Zero, pace.TryTakeReply(new("-5")));
        Assert.True(pace.TryTakeReply(new("-5")) > TimeSpan.Zero);
        Assert.All(Enumerable.Range(0, 100), _ => Assert.Equal(TimeSpan.Zero, pace.TryTakeReply(new("5"))));
    }

    [Fact]
    public async Task Replies_are_never_held_by_the_channels_limit_and_bulk_messages_pay_for_them()
    {
        using var pace = new ChannelPace(new ChannelLimits { PerSecond = 10 }, time);
        Assert.Equal(2, await pace.TakeBulkAsync(100, CancellationToken.None));
        Assert.All(Enumerable.Range(0, 10), _ => Assert.Equal(TimeSpan.Zero, pace.TryTakeReply(new("a"))));
        var began = TimeProvider.System.GetTimestamp();
        Assert.InRange(await pace.TakeBulkAsync(100, CancellationToken.None), 1, 2);
        // Ten replies took what ten bulk messages would have had: about a second.
        Assert.True(TimeProvider.System.GetElapsedTime(began) > TimeSpan.FromMilliseconds(700));
    }

    [Fact]
    public async Task The_portfolio_has_so_many_bulk_messages_a_day_and_replies_take_none()
    {
        using var pace = new ChannelPace(new ChannelLimits { PortfolioPerDay = 3 }, time);
        Assert.Equal(TimeSpan.Zero, pace.TryTakeReply(new("a")));
        Assert.Equal(3, await pace.TakeBulkAsync(100, CancellationToken.None));
        using var impatient = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => pace.TakeBulkAsync(1, impatient.Token).AsTask());
        Assert.Equal(TimeSpan.Zero, pace.TryTakeReply(new("a")));
    }

    [Fact]
    public void A_shared_limit_pauses_everybody_until_its_end()
    {
        using var pace = new ChannelPace(ChannelLimits.None, time);
        pace.Pause(new DeliveryResult.RetryAfter(TimeSpan.FromSeconds(14), SharedLimit: true), isBulk: false);
        pace.Pause(new DeliveryResult.RetryAfter(TimeSpan.FromSeconds(3), SharedLimit: true), isBulk: false);
        Assert.Equal(TimeSpan.FromSeconds(14), pace.TryTakeReply(new("anybody")));
        time.Advance(TimeSpan.FromSeconds(13));
        Assert.Equal(TimeSpan.FromSeconds(1), pace.PausedFor);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(TimeSpan.Zero, pace.TryTakeReply(new("anybody")));
    }

    [Fact]
    public async Task A_limit_that_is_not_shared_lets_the_replies_of_others_through_and_holds_bulk_messages()
    {
        using var pace = new ChannelPace(ChannelLimits.None, time);
        pace.Pause(new DeliveryResult.RetryAfter(Long, SharedLimit: false), isBulk: true);
        Assert.Equal(TimeSpan.Zero, pace.TryTakeReply(new("anybody")));
        using var impatient = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => pace.TakeBulkAsync(1, impatient.Token).AsTask());
    }

    [Fact]
    public void The_settings_change_the_published_limits()
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Telegram:Limits:PerSecond"] = "1000",
            ["Telegram:Limits:ChatEverySeconds"] = "0.5",
        }).Build();
        var limits = TelegramSettings.Read(settings).Limits;
        Assert.Equal(1000, limits.PerSecond);
        Assert.Equal(TimeSpan.FromMilliseconds(500), limits.ChatEvery);
        Assert.Equal(TelegramSettings.PublishedLimits.GroupPerMinute, limits.GroupPerMinute);
        Assert.True(limits.IsGroup("-100123"));
    }

    [Fact]
    public void Limits_may_be_switched_off_for_load_tests()
    {
        var channel = new TestEngine.RecordingChannel { Limits = new ChannelLimits { ChatBurst = 1, ChatEvery = Long } };
        using var off = new SendLimits([channel], new SendSettings { Limits = false }, time);
        Assert.All(Enumerable.Range(0, 100), _ => Assert.Equal(TimeSpan.Zero, off.Of("test").TryTakeReply(new("a"))));
    }
}
