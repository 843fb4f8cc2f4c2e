using KkmpBot.Catalog;
using KkmpBot.Conversations;
using KkmpBot.Dialogs.Model;
using KkmpBot.Orders;
using KkmpBot.Prices;
using KkmpBot.Tests.Data;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Tests.Orders;

/// <summary>From cart to order: stock, price, number, and once only.</summary>
public sealed class PlaceOrderTests
{
    [Fact]
    public async Task Reserves_counts_and_keeps_until_the_third_day_after()
    {
        await using var shop = await Shop.OpenAsync();
        var member = await shop.MemberAsync();
        var sugar = await shop.ArticleAsync("gula", 17_000, 10);

        Assert.Equal("0001", await shop.OrderAsync(member, sugar, "4"));

        Assert.Equal((10m, 4m), await shop.StockAsync(sugar));
        var expiry = Assert.Single(shop.LastTurn.TimedActs, act => act.Kind == "orders.expire");
        Assert.Equal(Wib.StartUtc(Wib.Day(TestDatabase.Now).AddDays(4)), expiry.DueUtc);
        Assert.Equal("empty", (await shop.CallAsync(member, new ShowCart())).Name);
        Assert.Equal("0002", await shop.OrderAsync(member, sugar, "1"));
    }

    [Fact]
    public async Task Counts_for_each_cooperative()
    {
        await using var shop = await Shop.OpenAsync();
        var sugar = await shop.ArticleAsync("gula", 17_000, 10);
        var other = await shop.ArticleAsync("gula", 17_000, 10, cooperativeId: Shop.Sampangan);

        Assert.Equal("0001", await shop.OrderAsync(await shop.MemberAsync(), sugar, "1"));
        Assert.Equal("0001", await shop.OrderAsync(await shop.MemberAsync(cooperativeId: Shop.Sampangan), other, "1"));
    }

    [Fact]
    public async Task The_same_act_again_is_the_same_order()
    {
        await using var shop = await Shop.OpenAsync();
        var member = await shop.MemberAsync();
        var sugar = await shop.ArticleAsync("gula", 17_000, 10);
        await shop.PutAsync(member, sugar, "4");
        Outcome? first = null, second = null;

        await shop.Test.TurnAsync(member, async turn =>
        {
            var call = new CapabilityCall("orders.place", new Dictionary<string, Value>());
            first = await new PlaceOrder().CallAsync(call, turn, CancellationToken.None);
            second = await new PlaceOrder().CallAsync(call, turn, CancellationToken.None);
        });

        Assert.Equal(first!.Text("no"), second!.Text("no"));
        Assert.Equal((10m, 4m), await shop.StockAsync(sugar));
        Assert.Equal(1, await shop.ReadAsync(turn => turn.Db.Set<Order>().CountAsync()));
    }

    [Fact]
    public async Task A_price_that_changed_is_shown_before_it_binds()
    {
        await using var shop = await Shop.OpenAsync();
        var (member, officer) = (await shop.MemberAsync(), await shop.OfficerAsync());
        var sugar = await shop.ArticleAsync("gula", 17_000, 10);
        await shop.PutAsync(member, sugar, "2");
        await SetAsync(shop, officer, sugar, 17_400);

        var changed = await shop.PlaceAsync(member);
        Assert.Equal("price_changed", changed.Name);
        Assert.Equal(34_800, changed.Rupiah("total"));
        Assert.Equal("placed", (await shop.PlaceAsync(member)).Name);

        await SetAsync(shop, officer, sugar, 17_500);
        var order = await shop.CallAsync(member, new ShowMyOrder(), ("order", new TextValue("0001")));
        Assert.Equal(34_800, order.Rupiah("total"));
    }

    [Fact]
    public async Task When_one_article_is_gone_nothing_is_reserved()
    {
        await using var shop = await Shop.OpenAsync();
        var (slow, quick) = (await shop.MemberAsync(), await shop.MemberAsync());
        var sugar = await shop.ArticleAsync("gula", 17_000, 10);
        var eggs = await shop.ArticleAsync("telur", 28_000, 3);
        await shop.PutAsync(slow, sugar, "2");
        await shop.PutAsync(slow, eggs, "3");
        await shop.OrderAsync(quick, eggs, "2");

        var shortage = await shop.PlaceAsync(slow);

        Assert.Equal("short", shortage.Name);
        Assert.Equal(1m, shortage.Amount("left"));
        Assert.Equal((10m, 0m), await shop.StockAsync(sugar));
        Assert.Equal((3m, 2m), await shop.StockAsync(eggs));
    }

    [Fact]
    public async Task A_withdrawn_article_leaves_the_cart_and_the_rest_can_be_ordered()
    {
        await using var shop = await Shop.OpenAsync();
        var (member, officer) = (await shop.MemberAsync(), await shop.OfficerAsync());
        var sugar = await shop.ArticleAsync("gula", 17_000, 10);
        var eggs = await shop.ArticleAsync("telur", 28_000, 3);
        await shop.PutAsync(member, sugar, "2");
        await shop.PutAsync(member, eggs, "1");
        await shop.CallAsync(officer, new SwitchSale(), ("product", new TextValue(eggs)));

        Assert.Equal("refused", (await shop.PlaceAsync(member)).Name);
        var placed = await shop.PlaceAsync(member);

        Assert.Equal("placed", placed.Name);
        Assert.Equal(34_000, placed.Rupiah("total"));
    }

    private static Task<Outcome> SetAsync(Shop shop, Caller officer, string product, long price) =>
        shop.CallAsync(officer, new SetPrice(), ("tier", new TextValue(PriceTier.Member)), ("product", new TextValue(product)), ("price", new MoneyValue(price)));
}
