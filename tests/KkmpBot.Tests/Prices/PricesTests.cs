using KkmpBot.Conversations;
using KkmpBot.Dialogs.Model;
using KkmpBot.Members;
using KkmpBot.Prices;
using KkmpBot.Tests.Data;
using KkmpBot.Tests.Orders;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Tests.Prices;

/// <summary>Today's prices, and who may change them how far.</summary>
public sealed class PricesTests
{
    [Theory]
    [InlineData("beras_sphp", "pak", 5, 62_500)]
    [InlineData("beras_medium", "kg", 1, 13_500)]
    [InlineData("beras_premium", "pak", 5, 74_500)]
    [InlineData("minyakita", "botol", 1, 15_700)]
    [InlineData("minyakita", "botol", 2, 31_400)]
    [InlineData("lpg3", "tabung", 1, 18_000)]
    public async Task Nobody_sells_dearer_than_the_ceiling(string goods, string unit, int holds, long highest)
    {
        await using var shop = await Shop.OpenAsync();
        var officer = await shop.OfficerAsync();
        var article = await shop.ArticleAsync(goods, 10_000, 5, unit, holds: (goods == "minyakita" ? "l" : "kg", holds));

        var refused = await SetAsync(shop, officer, article, highest + 1);
        var allowed = await SetAsync(shop, officer, article, highest);

        Assert.Equal(("too_dear", highest), (refused.Name, refused.Rupiah("highest")));
        Assert.NotEmpty(refused.Text("source"));
        Assert.Equal("set", allowed.Name);
    }

    [Fact]
    public async Task Above_a_reference_price_the_officer_has_to_be_sure()
    {
        await using var shop = await Shop.OpenAsync();
        var officer = await shop.OfficerAsync();
        var eggs = await shop.ArticleAsync("telur", 28_000, 5);

        var asked = await SetAsync(shop, officer, eggs, 31_000);
        Assert.Equal(("above_reference", 30_000), (asked.Name, asked.Rupiah("highest")));
        Assert.Equal(1, await shop.ReadAsync(turn => turn.Db.Set<Price>().CountAsync()));

        var sure = await shop.CallAsync(
            officer,
            new SetPriceAnyway(),
            ("product", new TextValue(eggs)),
            ("tier", new TextValue(PriceTier.Member)),
            ("price", new MoneyValue(31_000)));
        Assert.Equal("set", sure.Name);
    }

    [Fact]
    public async Task A_new_price_is_a_new_row_and_todays_list_shows_it()
    {
        await using var shop = await Shop.OpenAsync();
        var (member, officer) = (await shop.MemberAsync(), await shop.OfficerAsync());
        var eggs = await shop.ArticleAsync("telur", 28_000, 5);

        await SetAsync(shop, officer, eggs, 29_000);

        var listed = (await shop.CallAsync(member, new ListPrices())).Items().Single();
        Assert.Equal(29_000, ((MoneyValue)listed.Fields["price"]).Rupiah);
        Assert.Equal(2, await shop.ReadAsync(turn => turn.Db.Set<Price>().CountAsync()));
    }

    [Fact]
    public async Task One_article_is_compared_with_the_latest_market_price()
    {
        await using var shop = await Shop.OpenAsync();
        var member = await shop.MemberAsync();
        var eggs = await shop.ArticleAsync("telur", 28_000, 5);
        Assert.Equal("alone", (await ShowAsync(shop, member, eggs)).Name);
        await shop.WriteAsync(turn => turn.Db.AddRange(BandungMarket.Read()));

        var compared = await ShowAsync(shop, member, eggs);

        Assert.Equal(("compared", 30_000, "Kota Bandung"), (compared.Name, compared.Rupiah("market_price"), compared.Text("market")));
        Assert.Equal(new DateOnly(2025, 11, 16), ((DateValue)compared.Record().Fields["market_day"]).Day);
        Assert.Equal(Wib.Day(TestDatabase.Now).AddDays(-1), ((DateValue)compared.Record().Fields["since"]).Day);
    }

    [Fact]
    public async Task A_stranger_has_no_list()
    {
        await using var shop = await Shop.OpenAsync();
        var stranger = await shop.Test.PersonAsync();
        var eggs = await shop.ArticleAsync("telur", 28_000, 5);

        Assert.Equal("no_cooperative", (await shop.CallAsync(stranger, new ListPrices())).Name);
        Assert.Equal("not_on_sale", (await ShowAsync(shop, stranger, eggs)).Name);
    }

    [Fact]
    public async Task A_supervisor_sets_no_price()
    {
        await using var shop = await Shop.OpenAsync();
        var lurah = await shop.OfficerAsync(OfficerRole.Supervisor);
        var eggs = await shop.ArticleAsync("telur", 28_000, 5);

        Assert.Equal("not_allowed", (await SetAsync(shop, lurah, eggs, 20_000)).Name);
    }

    private static Task<Outcome> SetAsync(Shop shop, Caller officer, string product, long price) =>
        shop.CallAsync(officer, new SetPrice(), ("tier", new TextValue(PriceTier.Member)), ("product", new TextValue(product)), ("price", new MoneyValue(price)));

    private static Task<Outcome> ShowAsync(Shop shop, Caller caller, string product) =>
        shop.CallAsync(caller, new ShowPrice(), ("product", new TextValue(product)));
}
