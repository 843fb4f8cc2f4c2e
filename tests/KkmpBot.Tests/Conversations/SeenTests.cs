using KkmpBot.Channels;
using KkmpBot.Data;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Tests.Conversations;

/// <summary>When somebody last wrote is kept to the minute, and written at once where it changes what may be sent to them.</summary>
public sealed class SeenTests
{
    [Fact]
    public async Task It_is_written_once_a_minute()
    {
        await using var bot = await TestBot.StartAsync();
        var first = await SeenAsync(bot);
        bot.Time.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal(first, await SeenAsync(bot));
        bot.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(first.AddMinutes(1), await SeenAsync(bot));
    }

    [Fact]
    public async Task A_stop_a_return_and_a_closed_window_are_written_at_once()
    {
        await using var bot = await TestBot.StartAsync();
        await SeenAsync(bot);
        await bot.TakeAsync(bot.Message("a", InboundKind.Blocked));
        Assert.True((await AddressAsync(bot)).Blocked);
        await bot.TakeAsync(bot.Message("a", InboundKind.Text, "menu"));
        Assert.False((await AddressAsync(bot)).Blocked);
        await bot.ArrangeAsync(db => db.Set<ChannelAddress>().ExecuteUpdateAsync(set => set.SetProperty(row => row.WindowClosed, true)));
        await bot.TakeAsync(bot.Message("a", InboundKind.Text, "menu"));
        Assert.False((await AddressAsync(bot)).WindowClosed);
    }

    private static async Task<DateTime> SeenAsync(TestBot bot)
    {
        await bot.TakeAsync(bot.Message("a", InboundKind.Text, "menu"));
        return (await AddressAsync(bot)).LastSeenUtc;
    }

    private static Task<ChannelAddress> AddressAsync(TestBot bot)
    {
        var index = bot.Vault.Index($"address:{TestBot.Channel}", "a");
        return bot.ArrangeAsync(db => db.Set<ChannelAddress>().AsNoTracking().SingleAsync(row => row.AddressIndex == index));
    }
}
