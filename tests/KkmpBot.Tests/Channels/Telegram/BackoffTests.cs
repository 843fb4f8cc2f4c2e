using KkmpBot.Channels;

namespace KkmpBot.Tests.Channels.Telegram;

public sealed class BackoffTests
{
    [Fact]
    public void Failures_of_one_hiccup_share_a_step()
    {
        var clock = new SteppedClock();
        var backoff = new Backoff(clock, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(3));

        var together = Enumerable.Range(0, 8).Select(_ => backoff.Next().TotalSeconds).ToArray();
        clock.Now += TimeSpan.FromSeconds(1);
        var second = backoff.Next();
        clock.Now += TimeSpan.FromSeconds(2);
        var third = backoff.Next();
        backoff.Reset();
        var afterwards = backoff.Next();

        Assert.All(together, delay => Assert.Equal(1, delay));
        Assert.Equal((2, 3, 1), (second.TotalSeconds, third.TotalSeconds, afterwards.TotalSeconds));
    }
}
