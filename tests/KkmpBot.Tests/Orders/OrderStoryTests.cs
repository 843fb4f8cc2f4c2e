using KkmpBot.Ledger;
using Xunit.Abstractions;

namespace KkmpBot.Tests.Orders;

/// <summary>
/// Random days at the counter and in the chats: orders, changes, cancellations, deadlines, handing over whole and in part, returns, exchanges,
/// counts, deliveries, damage, prices, queues, sales without an order. After every act the shop must be in order.
/// </summary>
public sealed class OrderStoryTests(ITestOutputHelper output)
{
    private const int ActsInAStory = 250;
    private const int Members = 5;
    private const int KindsOfOutcomes = 15;

    // With tests/run.sh --long 10,000 acts on each database; else a story of each seed is shorter.
    private static readonly int Stories = Environment.GetEnvironmentVariable("KKMP_LONG") == "1" ? 40 : 4;

    public static TheoryData<int> Seeds => new(Enumerable.Range(2, Stories));

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Whatever_happens_the_shop_is_in_order(int seed)
    {
        await using var shop = await Shop.OpenAsync();
        var story = await OrderStory.BeginAsync(shop, seed, Members);
        for (var act = 1; act <= ActsInAStory; act++)
        {
            var what = await story.ActAsync();
            await story.ExpectOrderAsync($"seed {seed}, act {act}: {what}");
        }

        output.WriteLine(string.Join(", ", story.Outcomes.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key} {pair.Value}")));
        // A story in which nothing comes to pass would prove nothing.
        Assert.All(
            (string[])["placed", "expired", "handed_over", "received", "sold"],
            outcome => Assert.True(story.Outcomes.ContainsKey(outcome), $"seed {seed}: never {outcome}"));
        Assert.True(story.Outcomes.Count >= KindsOfOutcomes, $"seed {seed}: only {story.Outcomes.Count} kinds of outcomes");
        Assert.Empty((await LedgerVerifier.VerifyAsync(shop.Test.Database, CancellationToken.None)).Faults);
    }
}
