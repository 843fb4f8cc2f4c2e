using KkmpBot.Channels;
using KkmpBot.Conversations;

namespace KkmpBot.Tests.Conversations;

public sealed class TurnBudgetTests
{
    private static readonly DateTime Noon = new(2026, 11, 23, 5, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void A_minute_has_so_many_turns_then_one_word_then_silence_and_the_next_minute_begins_anew()
    {
        var budget = new TurnBudget(new TurnSettings { PerPersonPerMinute = 3 });
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(BudgetLeft.Some, budget.Look(1, Noon));
            budget.Spend(1, Noon);
        }
        Assert.Equal(BudgetLeft.OneWord, budget.Look(1, Noon));
        budget.Spend(1, Noon);
        Assert.Equal(BudgetLeft.Silence, budget.Look(1, Noon.AddSeconds(59)));
        Assert.Equal(BudgetLeft.Some, budget.Look(2, Noon));
        Assert.Equal(BudgetLeft.Some, budget.Look(1, Noon.AddSeconds(60)));
    }

    [Fact]
    public async Task Two_bots_that_answer_each_other_come_to_an_end()
    {
        var channel = new TestEngine.RecordingChannel();
        await using var test = await TestEngine.StartAsync(new TestEngine.Act(), channel, time: new ManualTime(Noon), perPersonPerMinute: 5);
        // The other bot answers whatever it is told, and nothing else.
        for (var said = 0; said < 50; said++)
        {
            Assert.Equal(TurnReceipt.Committed, await test.TakeAsync($"{said}", "halo"));
            await test.QuietAsync();
            if (channel.Sent.Count <= said)
                break;
        }
        Assert.Equal(6, channel.Sent.Count);
        Assert.StartsWith("a: Bapak/Ibu, pesannya terlalu cepat", channel.Sent.Last(), StringComparison.Ordinal);
        await test.TakeAsync("another person", "halo", "b");
        await test.QuietAsync();
        Assert.Equal("b: Apa kabar?", channel.Sent.Last());
    }

    [Fact]
    public async Task After_the_minute_the_conversation_goes_on_where_it_was()
    {
        var time = new ManualTime(Noon);
        var channel = new TestEngine.RecordingChannel();
        await using var test = await TestEngine.StartAsync(new TestEngine.Act(), channel, time: time, perPersonPerMinute: 1);
        await test.TakeAsync("1", "halo");
        await test.TakeAsync("2", "baik");
        await test.TakeAsync("3", "baik");
        time.Advance(TimeSpan.FromMinutes(1));
        await test.TakeAsync("4", "sehat");
        await test.QuietAsync();
        Assert.Equal(3, channel.Sent.Count);
        Assert.Equal("a: Terima kasih, sehat.", channel.Sent.Last());
    }
}
