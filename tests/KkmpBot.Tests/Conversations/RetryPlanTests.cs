using KkmpBot.Channels;
using KkmpBot.Conversations;
using KkmpBot.Data;

namespace KkmpBot.Tests.Conversations;

public sealed class RetryPlanTests
{
    private static readonly DeliveryResult.RetryAfter Later = new(TimeSpan.FromSeconds(2), SharedLimit: false);

    [Theory]
    [InlineData(1, 2)]
    [InlineData(3, 2)]
    [InlineData(4, 4)]
    [InlineData(5, 8)]
    [InlineData(12, 60)]
    public void A_delay_that_is_asked_for_again_and_again_doubles_up_to_the_longest(int attempts, int seconds)
    {
        Assert.Equal(TimeSpan.FromSeconds(seconds), RetryPlan.Next(Later, OutboxKind.Reply, attempts, chance: 0));
        Assert.Equal(TimeSpan.FromSeconds(seconds * 1.25), RetryPlan.Next(Later, OutboxKind.Bulk, attempts, chance: 1));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(6, 32)]
    [InlineData(20, 60)]
    public void An_unknown_outcome_is_tried_again_ever_later(int attempts, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), RetryPlan.Next(new DeliveryResult.Unknown(), OutboxKind.Reply, attempts, chance: 0));

    [Fact]
    public void A_platform_is_never_asked_sooner_than_it_said()
    {
        var hour = new DeliveryResult.RetryAfter(TimeSpan.FromHours(1), SharedLimit: true);
        Assert.All(Enumerable.Range(1, RetryPlan.MaxAttempts - 1), attempts => Assert.True(RetryPlan.Next(hour, OutboxKind.Reply, attempts, 0) >= hour.Delay));
    }

    [Fact]
    public void An_unknown_outcome_sends_again_what_a_person_waits_for_and_nothing_else()
    {
        Assert.Equal(RetryPlan.FirstDelay, RetryPlan.Next(new DeliveryResult.Unknown(), OutboxKind.Reply, 1, 0));
        Assert.Equal(RetryPlan.FirstDelay, RetryPlan.Next(new DeliveryResult.Unknown(), OutboxKind.Notice, 1, 0));
        Assert.Null(RetryPlan.Next(new DeliveryResult.Unknown(), OutboxKind.Bulk, 1, 0));
    }

    [Fact]
    public void What_is_final_is_not_tried_again_and_nothing_is_tried_for_ever()
    {
        DeliveryResult[] final = [new DeliveryResult.Sent(null), new DeliveryResult.Rejected("no"), new DeliveryResult.Blocked()];
        Assert.All(final, result => Assert.Null(RetryPlan.Next(result, OutboxKind.Reply, 1, 0)));
        Assert.Null(RetryPlan.Next(Later, OutboxKind.Reply, RetryPlan.MaxAttempts, 0));
    }
}
