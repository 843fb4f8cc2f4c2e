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

    // With tests/run.sh --long 10,000 acts on each database.
    private static readonly int Stories = Environment.GetEnvironmentVariable("KKMP_LONG") == "1" ? 40 : 4;

    // Every act comes to pass and is refused; stories in which nothing happens would prove nothing.
    private static readonly string[] Required =
    [
        "order: placed", "order: placed_paid", "order: placed_qris", "order: refused",
        "cart: put", "cart: over_limit",
        "change: changed", "change: refused",
        "cancel: cancelled", "cancel: cancelled_returned", "cancel: cancelled_refund_due", "cancel: too_late",
        "expire: expired",
        "hand over: handed_over", "hand over: not_paid", "hand over: not_waiting", "hand over part: handed_over", "hand over part: too_much",
        "return: taken_back", "return: exchanged", "return: too_much",
        "count: booked", "count: promised",
        "price: set", "price: above_reference", "price: too_dear",
        "queue: waiting", "receive: received", "write off: written_off", "write off: short", "counter: sold", "counter: refused", "payment: paid",
        "undo: undone",
    ];

    [Fact]
    public async Task Whatever_happens_the_shop_is_in_order()
    {
        var outcomes = new SortedDictionary<string, int>(StringComparer.Ordinal);
        for (var seed = 1; seed <= Stories; seed++)
        {
            foreach (var (what, count) in await TellAsync(seed))
                outcomes[what] = outcomes.GetValueOrDefault(what) + count;
        }

        output.WriteLine($"{Stories * ActsInAStory} acts in {Stories} stories");
        output.WriteLine(string.Join(", ", outcomes.Select(pair => $"{pair.Key} {pair.Value}")));
        Assert.Empty(Required.Except(outcomes.Keys));
    }

    private static async Task<IReadOnlyDictionary<string, int>> TellAsync(int seed)
    {
        await using var shop = await Shop.OpenAsync();
        var story = await OrderStory.BeginAsync(shop, seed, Members);
        for (var act = 1; act <= ActsInAStory; act++)
        {
            var what = await story.ActAsync();
            await story.ExpectOrderAsync($"seed {seed}, act {act}: {what}");
        }

        Assert.Empty((await LedgerVerifier.VerifyAsync(shop.Test.Database, CancellationToken.None)).Faults);
        return story.Outcomes;
    }
}
