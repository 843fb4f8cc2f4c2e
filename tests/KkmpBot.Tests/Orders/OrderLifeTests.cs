using KkmpBot.Auditing;
using KkmpBot.Catalog;
using KkmpBot.Dialogs.Model;
using KkmpBot.Ledger;
using KkmpBot.Members;
using KkmpBot.Orders;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Tests.Orders;

/// <summary>What becomes of a placed order: handed over, cancelled or expired, and only one of them.</summary>
public sealed class OrderLifeTests
{
    [Fact]
    public async Task Handing_over_moves_goods_books_the_sale_and_tells_the_member()
    {
        await using var shop = await Shop.OpenAsync();
        var (member, officer) = (await shop.MemberAsync(), await shop.OfficerAsync(OfficerRole.Warehouse));
        var sugar = await shop.ArticleAsync("gula", 17_000, 10, cost: 16_000);
        var number = await shop.OrderAsync(member, sugar, "4");

        Assert.Equal("handed_over", (await shop.HandOverAsync(officer, number)).Name);

        var news = Assert.Single(shop.LastTurn.Notices);
        Assert.Equal((member.PersonId, "order_handed_over"), (news.PersonId, news.Phrase));
        Assert.Equal((6m, 0m), await shop.StockAsync(sugar));
        Assert.Equal(68_000, await BalanceAsync(shop, Account.Cash));
        Assert.Equal(68_000, await shop.ReadAsync(turn => Books.BalanceAsync(turn.Db, Shop.Jatisari, Account.MemberSales, member.MemberId!.Value, default)));
        Assert.Equal(64_000, await BalanceAsync(shop, Account.CostOfGoods));
        Assert.Equal(-64_000, await BalanceAsync(shop, Account.Stock));
        var sold = await shop.ReadAsync(turn => turn.Db.Set<StockMovement>().SingleAsync(row => row.Kind == MovementKind.Sale));
        Assert.Equal((-4000, -64_000), (sold.QuantityMilli, sold.ValueRupiah));
        Assert.Empty(await shop.ReadAsync(turn => Audit.VerifyAsync(turn.Db, default)));
    }

    [Fact]
    public async Task Is_handed_over_once()
    {
        await using var shop = await Shop.OpenAsync();
        var (member, officer) = (await shop.MemberAsync(), await shop.OfficerAsync());
        var sugar = await shop.ArticleAsync("gula", 17_000, 10);
        var number = await shop.OrderAsync(member, sugar, "4");

        await shop.HandOverAsync(officer, number);

        Assert.Equal("not_waiting", (await shop.HandOverAsync(officer, number)).Name);
        Assert.Equal("too_late", (await shop.CancelAsync(member, number)).Name);
        Assert.Equal((6m, 0m), await shop.StockAsync(sugar));
        Assert.Equal(68_000, await BalanceAsync(shop, Account.Cash));
    }

    [Theory]
    [InlineData(OfficerRole.Supervisor, Shop.Jatisari, "not_allowed")]
    [InlineData(OfficerRole.Chair, Shop.Sampangan, "not_waiting")]
    public async Task Only_an_acting_officer_of_the_same_cooperative_hands_over(string role, int cooperativeId, string outcome)
    {
        await using var shop = await Shop.OpenAsync();
        var (member, other) = (await shop.MemberAsync(), await shop.OfficerAsync(role, cooperativeId));
        var sugar = await shop.ArticleAsync("gula", 17_000, 10);
        var number = await shop.OrderAsync(member, sugar, "4");

        Assert.Equal(outcome, (await shop.HandOverAsync(other, number)).Name);
        Assert.Equal("not_allowed", (await shop.HandOverAsync(member, number)).Name);
        Assert.Equal((10m, 4m), await shop.StockAsync(sugar));
    }

    [Fact]
    public async Task Cancelling_frees_the_goods()
    {
        await using var shop = await Shop.OpenAsync();
        var (member, stranger) = (await shop.MemberAsync(), await shop.MemberAsync());
        var sugar = await shop.ArticleAsync("gula", 17_000, 10);
        var number = await shop.OrderAsync(member, sugar, "4");

        Assert.Equal("too_late", (await shop.CancelAsync(stranger, number)).Name);
        Assert.Equal("cancelled", (await shop.CancelAsync(member, number)).Name);
        Assert.Equal("too_late", (await shop.CancelAsync(member, number)).Name);

        Assert.Equal((10m, 0m), await shop.StockAsync(sugar));
        Assert.Equal("cancelled", (await shop.CallAsync(member, new ShowMyOrder(), ("order", new TextValue(number)))).Name);
    }

    [Fact]
    public async Task Expires_at_its_deadline_and_says_so_once()
    {
        await using var shop = await Shop.OpenAsync();
        var member = await shop.MemberAsync();
        var sugar = await shop.ArticleAsync("gula", 17_000, 10);
        var number = await shop.OrderAsync(member, sugar, "4");
        var expiry = shop.LastTurn.TimedActs.Single(act => act.Kind == "orders.expire");

        await shop.RunAsync(expiry);
        Assert.Equal("order_expired", Assert.Single(shop.LastTurn.Notices).Phrase);
        Assert.Equal((10m, 0m), await shop.StockAsync(sugar));
        await shop.RunAsync(expiry);

        Assert.Empty(shop.LastTurn.Notices);
        Assert.Equal("expired", (await shop.CallAsync(member, new ShowMyOrder(), ("order", new TextValue(number)))).Name);
    }

    [Fact]
    public async Task A_fetched_order_does_not_expire()
    {
        await using var shop = await Shop.OpenAsync();
        var (member, officer) = (await shop.MemberAsync(), await shop.OfficerAsync());
        var sugar = await shop.ArticleAsync("gula", 17_000, 10);
        var number = await shop.OrderAsync(member, sugar, "4");
        var expiry = shop.LastTurn.TimedActs.Single(act => act.Kind == "orders.expire");
        await shop.HandOverAsync(officer, number);

        await shop.RunAsync(expiry);

        Assert.Equal("fetched", (await shop.CallAsync(member, new ShowMyOrder(), ("order", new TextValue(number)))).Name);
        Assert.Equal((6m, 0m), await shop.StockAsync(sugar));
    }

    [Fact]
    public async Task Officers_see_what_waits_and_whose_it_is()
    {
        await using var shop = await Shop.OpenAsync();
        var (member, officer) = (await shop.MemberAsync(), await shop.OfficerAsync());
        var sugar = await shop.ArticleAsync("gula", 17_000, 10);
        await shop.OrderAsync(member, sugar, "1");
        var number = await shop.OrderAsync(member, sugar, "2");
        await shop.HandOverAsync(officer, "0001");

        var waiting = (await shop.CallAsync(officer, new ListOrdersToHandOver())).Items().Single();
        var found = await shop.CallAsync(officer, new FindOrderToHandOver(), ("order", new TextValue(number)));

        Assert.Equal((number, "Sri Wahyuni"), (waiting.Text("no"), waiting.Text("buyer")));
        Assert.Equal(34_000, found.Rupiah("total"));
        Assert.Equal("fetched_before", (await shop.CallAsync(officer, new FindOrderToHandOver(), ("order", new TextValue("0001")))).Name);
        Assert.Equal("not_waiting", (await shop.CallAsync(officer, new FindOrderToHandOver(), ("order", new TextValue("satu")))).Name);
        Assert.Empty((await shop.CallAsync(member, new ListOrdersToHandOver())).Items());
        Assert.Equal("not_waiting", (await shop.CallAsync(member, new FindOrderToHandOver(), ("order", new TextValue(number)))).Name);
    }

    private static Task<long> BalanceAsync(Shop shop, Account account) =>
        shop.ReadAsync(turn => Books.BalanceAsync(turn.Db, Shop.Jatisari, account, default));
}
