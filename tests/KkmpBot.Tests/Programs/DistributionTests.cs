using KkmpBot.Conversations;
using KkmpBot.Dialogs.Model;
using KkmpBot.Ledger;
using KkmpBot.Members;
using KkmpBot.Programs.Distribution;
using KkmpBot.Tests.Data;
using KkmpBot.Tests.Orders;
using static KkmpBot.Tests.Programs.City;

namespace KkmpBot.Tests.Programs;

/// <summary>Goods from the city's distribution: proposed from what was sold, granted in part, received with differences, owed for what is sound.</summary>
public sealed class DistributionTests
{
    [Fact]
    public async Task The_proposal_is_what_the_days_need_less_the_shelf_and_what_is_under_way()
    {
        await using var shop = await Shop.OpenAsync();
        var (rice, sugar) = await OfferAsync(shop);
        var warehouse = await shop.OfficerAsync(OfficerRole.Warehouse);
        await SellAsync(shop, rice, "56", days: 3);
        await SellAsync(shop, rice, "4", days: 40);

        // 56 sacks in 28 days are two a day: 28 in fourteen days, and 40 lie there. Sugar did not sell.
        var fortnight = await ProposeAsync(shop, warehouse, 14);
        Assert.Equal((0, 0), (Asked(fortnight, rice), Asked(fortnight, sugar)));
        var month = await ProposeAsync(shop, warehouse, 30);
        Assert.Equal((20, 0), (Asked(month, rice), Asked(month, sugar)));
        Assert.Equal(20 * 55_000, month.Rupiah("total"));
        Assert.Equal("asked", (await shop.CallAsync(warehouse, new AskDelivery(), ("delivery", Text(month.Text("key"))))).Name);
        Assert.Equal(0, Asked(await ProposeAsync(shop, warehouse, 30), rice));
        Assert.Equal(4, Asked(await ProposeAsync(shop, warehouse, 32), rice));
    }

    [Fact]
    public async Task What_came_sound_is_stock_and_owed_and_nothing_else()
    {
        await using var shop = await Shop.OpenAsync();
        var (rice, sugar) = await OfferAsync(shop);
        var (warehouse, city) = (await shop.OfficerAsync(OfficerRole.Warehouse), await PersonAsync(shop));
        var key = (await ProposeAsync(shop, warehouse, 7)).Text("key");
        await ChangeAsync(shop, warehouse, key, "draft", rice, "30", "changed");
        await ChangeAsync(shop, warehouse, key, "draft", sugar, "10,5", "changed");
        Assert.Equal("asked", (await shop.CallAsync(warehouse, new AskDelivery(), ("delivery", Text(key)))).Name);
        Assert.Contains(shop.LastTurn.Notices, notice => notice.PersonId == city.PersonId && notice.Phrase == "delivery_asked");
        await ChangeAsync(shop, city, key, "asked", rice, "31", "too_much");
        await ChangeAsync(shop, city, key, "asked", rice, "20", "changed");
        Assert.Equal("approved", (await shop.CallAsync(city, new ApproveDelivery(), ("delivery", Text(key)))).Name);
        Assert.Equal("gone", (await shop.CallAsync(city, new ApproveDelivery(), ("delivery", Text(key)))).Name);
        Assert.Equal("sent", (await shop.CallAsync(city, new SendDelivery(), ("delivery", Text(key)))).Name);
        Assert.Equal(0, await shop.BalanceAsync(Account.Payables));
        await ChangeAsync(shop, warehouse, key, "sent", rice, "21", "too_much");
        await ChangeAsync(shop, warehouse, key, "sent", rice, "19", "changed", damaged: "2");
        Assert.Equal("received", (await shop.CallAsync(warehouse, new ReceiveDelivery(), ("delivery", Text(key)))).Name);
        Assert.Contains(shop.LastTurn.Notices, notice => notice.PersonId == city.PersonId && notice.Phrase == "delivery_differs");
        Assert.Equal("gone", (await shop.CallAsync(warehouse, new ReceiveDelivery(), ("delivery", Text(key)))).Name);

        var owed = (17 * 55_000) + 170_100;
        Assert.Equal((owed, owed), (await shop.BalanceAsync(Account.Payables), await shop.BalanceAsync(Account.Stock)));
        Assert.Equal((57m, 70.5m), ((await shop.StockAsync(rice)).OnHand, (await shop.StockAsync(sugar)).OnHand));
        await VerifyAsync(shop, Shop.Jatisari);
    }

    [Fact]
    public async Task Each_acts_only_where_it_is_theirs()
    {
        await using var shop = await Shop.OpenAsync();
        var (rice, _) = await OfferAsync(shop);
        var (warehouse, city) = (await shop.OfficerAsync(OfficerRole.Warehouse), await PersonAsync(shop));
        var (elsewhere, supervisor) = (await shop.OfficerAsync(OfficerRole.Chair, Shop.Sampangan), await shop.OfficerAsync(OfficerRole.Supervisor));
        var key = (await ProposeAsync(shop, warehouse, 7)).Text("key");
        await ChangeAsync(shop, warehouse, key, "draft", rice, "10", "changed");
        foreach (var stranger in new[] { elsewhere, supervisor, city })
        {
            await ChangeAsync(shop, stranger, key, "draft", rice, "1", "gone");
            Assert.Equal("gone", (await shop.CallAsync(stranger, new AskDelivery(), ("delivery", Text(key)))).Name);
        }
        await shop.CallAsync(warehouse, new AskDelivery(), ("delivery", Text(key)));
        Assert.Equal("gone", (await shop.CallAsync(elsewhere, new ShowDelivery(), ("delivery", Text(key)))).Name);
        Assert.Equal("gone", (await shop.CallAsync(warehouse, new ApproveDelivery(), ("delivery", Text(key)))).Name);
        Assert.Equal("refused", (await shop.CallAsync(city, new RefuseDelivery(), ("delivery", Text(key)), ("reason", Text("Sedang kosong.")))).Name);
        Assert.Equal("gone", (await shop.CallAsync(city, new SendDelivery(), ("delivery", Text(key)))).Name);
        Assert.Equal("not_allowed", (await shop.CallAsync(supervisor, new ProposeDelivery(), ("days", new WholeValue(7)))).Name);
        Assert.Empty((await shop.CallAsync(elsewhere, new ListRequests())).Items());
    }

    private static async Task<(string Rice, string Sugar)> OfferAsync(Shop shop)
    {
        await shop.WriteAsync(turn =>
        {
            var day = Wib.Day(TestDatabase.Now).AddDays(-30);
            turn.Db.Add(new DistributionPrice { Goods = "beras_sphp", FromDay = day, Rupiah = 11_000 });
            turn.Db.Add(new DistributionPrice { Goods = "gula", FromDay = day, Rupiah = 16_200 });
        });
        var rice = await shop.ArticleAsync("beras_sphp", 60_000, 40, "pak", holds: ("kg", 5));
        return (rice, await shop.ArticleAsync("gula", 17_300, 60, step: 0.5m));
    }

    private static async Task SellAsync(Shop shop, string product, string quantity, int days)
    {
        shop.UtcNow = TestDatabase.Now.AddDays(-days);
        var (chair, delivered) = (await shop.OfficerAsync(), quantity);
        await shop.ReceiveAsync(chair, product, delivered);
        var id = long.Parse(product, System.Globalization.CultureInfo.InvariantCulture);
        await shop.Test.TurnAsync(chair, async turn =>
        {
            var article = (await turn.Db.Set<KkmpBot.Catalog.Product>().FindAsync(id))!;
            await KkmpBot.Catalog.Stock.SellFreeAsync(turn, article, long.Parse(quantity, System.Globalization.CultureInfo.InvariantCulture) * 1000, 0, CancellationToken.None);
        }, shop.UtcNow);
        shop.UtcNow = TestDatabase.Now;
    }

    private static async Task<Outcome> ProposeAsync(Shop shop, Caller officer, int days)
    {
        var proposed = await shop.CallAsync(officer, new ProposeDelivery(), ("days", new WholeValue(days)));
        Assert.Equal("proposed", proposed.Name);
        return proposed;
    }

    private static decimal Asked(Outcome proposed, string product) => ((ListValue)proposed.Record().Fields["lines"]).Items
        .Where(line => line.Text("key") == product).Select(line => ((QuantityValue)line.Fields["asked"]).Amount).Single();

    private static async Task ChangeAsync(Shop shop, Caller caller, string key, string status, string product, string quantity, string outcome, string? damaged = null)
    {
        List<(string, Value)> arguments = [("delivery", Text(key)), ("status", Text(status)), ("product", Text(product)), ("quantity", Text(quantity))];
        if (damaged is not null)
            arguments.Add(("damaged", Text(damaged)));
        Assert.Equal(outcome, (await shop.CallAsync(caller, new ChangeDelivery(), [.. arguments])).Name);
    }
}
