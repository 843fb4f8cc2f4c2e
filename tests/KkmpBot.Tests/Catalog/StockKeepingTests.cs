using KkmpBot.Auditing;
using KkmpBot.Catalog;
using KkmpBot.Conversations;
using KkmpBot.Dialogs.Model;
using KkmpBot.Ledger;
using KkmpBot.Members;
using KkmpBot.Tests.Orders;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Tests.Catalog;

/// <summary>Deliveries, losses and the sale's switch.</summary>
public sealed class StockKeepingTests
{
    [Theory]
    [InlineData("cash", "1101", -96_000)]
    [InlineData("later", "2101", 96_000)]
    public async Task A_delivery_is_stock_and_money(string paid, string account, long balance)
    {
        await using var shop = await Shop.OpenAsync();
        var officer = await shop.OfficerAsync();
        var sugar = await shop.ArticleAsync("gula", 17_000, 0);

        var received = await shop.ReceiveAsync(officer, sugar, "6 kg", paid, 16_000);

        Assert.Equal(6m, received.Amount("stock"));
        Assert.Equal(96_000, await shop.ReadAsync(turn => Books.BalanceAsync(turn.Db, Shop.Jatisari, Account.Stock, default)));
        Assert.Equal(balance, await shop.ReadAsync(turn => Books.BalanceAsync(turn.Db, Shop.Jatisari, Account.Chart[account], default)));
        Assert.Equal(1, await shop.ReadAsync(turn => turn.Db.Set<AuditEntry>().CountAsync()));
    }

    [Fact]
    public async Task A_delivery_without_a_known_price_is_stock_only()
    {
        await using var shop = await Shop.OpenAsync();
        var officer = await shop.OfficerAsync();
        var sugar = await shop.ArticleAsync("gula", 17_000, 1);

        await shop.ReceiveAsync(officer, sugar, "6");

        Assert.Equal((7m, 0m), await shop.StockAsync(sugar));
        Assert.Empty(await shop.ReadAsync(turn => Books.TrialBalanceAsync(turn.Db, Shop.Jatisari, default)));
    }

    [Fact]
    public async Task Goods_sold_cost_the_average_of_what_was_paid()
    {
        await using var shop = await Shop.OpenAsync();
        var (member, officer) = (await shop.MemberAsync(), await shop.OfficerAsync());
        var sugar = await shop.ArticleAsync("gula", 17_000, 0);
        await shop.ReceiveAsync(officer, sugar, "10", "cash", 15_000);
        await shop.ReceiveAsync(officer, sugar, "10", "cash", 16_000);

        await shop.HandOverAsync(officer, await shop.OrderAsync(member, sugar, "4"));
        await shop.HandOverAsync(officer, await shop.OrderAsync(member, sugar, "16"));

        Assert.Equal(310_000, await shop.ReadAsync(turn => Books.BalanceAsync(turn.Db, Shop.Jatisari, Account.CostOfGoods, default)));
        Assert.Equal(0, await shop.ReadAsync(turn => Books.BalanceAsync(turn.Db, Shop.Jatisari, Account.Stock, default)));
    }

    [Fact]
    public async Task What_is_ordered_cannot_be_written_off()
    {
        await using var shop = await Shop.OpenAsync();
        var (member, officer) = (await shop.MemberAsync(), await shop.OfficerAsync());
        var eggs = await shop.ArticleAsync("telur", 28_000, 10, cost: 26_000);
        await shop.OrderAsync(member, eggs, "8");

        var tooMuch = await WriteOffAsync(shop, officer, eggs, "3");
        var fine = await WriteOffAsync(shop, officer, eggs, "2");

        Assert.Equal(("short", 2m), (tooMuch.Name, tooMuch.Amount("stock")));
        Assert.Equal(("written_off", 0m), (fine.Name, fine.Amount("stock")));
        Assert.Equal(52_000, await shop.ReadAsync(turn => Books.BalanceAsync(turn.Db, Shop.Jatisari, Account.StockLosses, default)));
    }

    [Fact]
    public async Task A_withdrawn_article_is_not_offered_and_comes_back()
    {
        await using var shop = await Shop.OpenAsync();
        var (member, officer) = (await shop.MemberAsync(), await shop.OfficerAsync());
        var eggs = await shop.ArticleAsync("telur", 28_000, 10);

        Assert.Equal("withdrawn", (await SwitchAsync(shop, officer, eggs)).Name);
        Assert.Empty((await shop.CallAsync(member, new ListInStock())).Items());
        Assert.Single((await shop.CallAsync(officer, new ListArticles())).Items());
        Assert.Equal("on_sale", (await SwitchAsync(shop, officer, eggs)).Name);
        Assert.Single((await shop.CallAsync(member, new ListInStock())).Items());
    }

    [Fact]
    public async Task Less_than_the_smallest_part_is_not_offered()
    {
        await using var shop = await Shop.OpenAsync();
        var member = await shop.MemberAsync();
        await shop.ArticleAsync("telur", 28_000, 0.2m, step: 0.25m);

        Assert.Empty((await shop.CallAsync(member, new ListInStock())).Items());
    }

    [Theory]
    [InlineData(OfficerRole.Supervisor, Shop.Jatisari)]
    [InlineData(OfficerRole.Treasurer, Shop.Jatisari)]
    [InlineData(OfficerRole.Chair, Shop.Sampangan)]
    public async Task Only_who_moves_goods_there_may_change_the_stock(string role, int cooperativeId)
    {
        await using var shop = await Shop.OpenAsync();
        var other = await shop.OfficerAsync(role, cooperativeId);
        var eggs = await shop.ArticleAsync("telur", 28_000, 10);

        Assert.Equal("not_allowed", (await shop.ReceiveAsync(other, eggs, "5")).Name);
        Assert.Equal("not_allowed", (await WriteOffAsync(shop, other, eggs, "5")).Name);
        Assert.Equal("not_allowed", (await SwitchAsync(shop, other, eggs)).Name);
        Assert.Equal((10m, 0m), await shop.StockAsync(eggs));
    }

    [Fact]
    public async Task The_database_itself_refuses_a_negative_stock()
    {
        await using var shop = await Shop.OpenAsync();
        await shop.ArticleAsync("telur", 28_000, 10);

        await Assert.ThrowsAnyAsync<Exception>(() => shop.ReadAsync(turn =>
            turn.Db.Database.ExecuteSqlAsync($"UPDATE stock_levels SET on_hand_milli = on_hand_milli - 10001")));
        await Assert.ThrowsAnyAsync<Exception>(() => shop.ReadAsync(turn =>
            turn.Db.Database.ExecuteSqlAsync($"UPDATE stock_levels SET reserved_milli = 10001")));
    }

    private static Task<Outcome> WriteOffAsync(Shop shop, Caller officer, string product, string quantity) =>
        shop.CallAsync(officer, new WriteOffStock(), ("product", new TextValue(product)), ("quantity", new TextValue(quantity)));

    private static Task<Outcome> SwitchAsync(Shop shop, Caller officer, string product) =>
        shop.CallAsync(officer, new SwitchSale(), ("product", new TextValue(product)));
}
