using FsCheck;
using FsCheck.Fluent;
using KkmpBot.Catalog;
using KkmpBot.Conversations;
using KkmpBot.Dialogs.Model;
using KkmpBot.Ledger;
using KkmpBot.Orders;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Tests.Orders;

/// <summary>Random acts at the counter and in the chats: whatever happens, nobody sells what is not there.</summary>
public sealed class StockPropertyTests
{
    private const int Members = 3;
    private const int Articles = 2;
    private const int ActsInAStory = 40;

    // 160 acts in a few seconds; with tests/run.sh --long the 10,000 that settle the matter.
    private static readonly int Stories = Environment.GetEnvironmentVariable("KKMP_LONG") == "1" ? 250 : 4;

    [Fact]
    public void Stock_is_never_negative_and_reserved_is_what_open_orders_hold()
    {
        var act = from kind in Gen.Choose(0, 6)
                  from member in Gen.Choose(0, Members - 1)
                  from article in Gen.Choose(0, Articles - 1)
                  from amount in Gen.Choose(1, 6)
                  select (kind, member, article, amount);
        var acts = Gen.ListOf(act, ActsInAStory).ToArbitrary();
        Prop.ForAll(acts, story => PlayAsync(story).GetAwaiter().GetResult()).Check(Config.QuickThrowOnFailure.WithMaxTest(Stories));
    }

    private static async Task PlayAsync(IEnumerable<(int Kind, int Member, int Article, int Amount)> story)
    {
        await using var shop = await Shop.OpenAsync();
        var officer = await shop.OfficerAsync();
        var members = new List<Caller>();
        for (var i = 0; i < Members; i++)
            members.Add(await shop.MemberAsync());
        string[] articles = [await shop.ArticleAsync("gula", 17_000, 5, cost: 16_000), await shop.ArticleAsync("telur", 28_500, 5, step: 0.5m, cost: 26_400)];
        var timers = new List<TimedAct>();

        foreach (var (kind, who, what, amount) in story)
        {
            var (member, article) = (members[who], articles[what]);
            switch (kind)
            {
                case 0:
                    await shop.ReceiveAsync(officer, article, $"{amount}", "cash", 16_500);
                    break;
                case 1:
                    await shop.CallAsync(officer, new WriteOffStock(), ("product", new TextValue(article)), ("quantity", new TextValue($"{amount}")));
                    break;
                case 2:
                    await shop.CancelAsync(member, $"{amount:0000}");
                    break;
                case 3:
                    await shop.HandOverAsync(officer, $"{amount:0000}");
                    break;
                case 4 when timers.Count > 0:
                    await shop.RunAsync(timers[0]);
                    timers.RemoveAt(0);
                    break;
                default:
                    await shop.PutAsync(member, article, $"{amount}");
                    await shop.PlaceAsync(member);
                    timers.AddRange(shop.LastTurn.TimedActs);
                    break;
            }

            await HoldsAsync(shop);
        }
    }

    private static Task HoldsAsync(Shop shop) => shop.ReadAsync(async turn =>
    {
        var levels = await turn.Db.Set<StockLevel>().AsNoTracking().ToListAsync();
        var open = await turn.Db.Set<OrderLine>().AsNoTracking()
            .Where(line => turn.Db.Set<Order>().Any(order => order.Id == line.OrderId && order.Status == OrderStatus.Placed)).ToListAsync();
        var moved = await turn.Db.Set<StockMovement>().AsNoTracking().ToListAsync();
        foreach (var level in levels)
        {
            Assert.InRange(level.ReservedMilli, 0, level.OnHandMilli);
            Assert.Equal(open.Where(line => line.ProductId == level.ProductId).Sum(line => line.QuantityMilli), level.ReservedMilli);
            Assert.Equal(5000 + moved.Where(line => line.ProductId == level.ProductId).Sum(line => line.QuantityMilli), level.OnHandMilli);
        }

        // What lies on the shelf is what the books say it cost, but for the opening stock that these tests do not book.
        var opening = (5 * 16_000) + (5 * 26_400);
        var booked = await Books.BalanceAsync(turn.Db, Shop.Jatisari, Account.Stock, default);
        Assert.Equal(opening + booked, levels.Sum(level => level.ValueRupiah));
        return levels.Count;
    });
}
