using KkmpBot.Catalog;
using KkmpBot.Dialogs.Model;
using KkmpBot.Members;
using KkmpBot.Orders;
using KkmpBot.Prices;

namespace KkmpBot.Tests.Orders;

/// <summary>Filling and changing a cart.</summary>
public sealed class CartTests
{
    [Fact]
    public async Task Adds_up_several_articles_with_fractions()
    {
        await using var shop = await Shop.OpenAsync();
        var member = await shop.MemberAsync();
        var eggs = await shop.ArticleAsync("telur", 28_500, 20, step: 0.25m);
        var rice = await shop.ArticleAsync("beras_sphp", 60_000, 10, "pak", holds: ("kg", 5));

        await shop.PutAsync(member, eggs, "sekilo seprapat");
        var cart = await shop.PutAsync(member, rice, "10 kg");

        Assert.Equal("put", cart.Name);
        Assert.Equal(35_625 + 120_000, cart.Rupiah("total"));
        var lines = (ListValue)cart.Record().Fields["lines"];
        Assert.Equal([1.25m, 2m], lines.Items.Select(line => ((QuantityValue)line.Fields["quantity"]).Amount));
        Assert.Equal((20m, 0m), await shop.StockAsync(eggs));
    }

    [Fact]
    public async Task A_second_amount_takes_the_place_of_the_first()
    {
        await using var shop = await Shop.OpenAsync();
        var member = await shop.MemberAsync();
        var sugar = await shop.ArticleAsync("gula", 17_000, 20);

        await shop.PutAsync(member, sugar, "3");
        var cart = await shop.PutAsync(member, sugar, "2");

        Assert.Equal(34_000, cart.Rupiah("total"));
    }

    [Theory]
    [InlineData("banyak", "unclear")]
    [InlineData("-2", "unclear")]
    [InlineData("0", "unclear")]
    [InlineData("99999999999999999999", "unclear")]
    [InlineData("2 liter", "other_unit")]
    [InlineData("0,3", "not_in_parts")]
    [InlineData("21", "short")]
    public async Task Says_what_is_wrong_with_an_amount(string said, string outcome)
    {
        await using var shop = await Shop.OpenAsync();
        var member = await shop.MemberAsync();
        var eggs = await shop.ArticleAsync("telur", 28_500, 20, step: 0.25m);

        Assert.Equal(outcome, (await shop.PutAsync(member, eggs, said)).Name);
        Assert.Equal("empty", (await shop.CallAsync(member, new ShowCart())).Name);
    }

    [Fact]
    public async Task Removes_one_article_and_then_the_last()
    {
        await using var shop = await Shop.OpenAsync();
        var member = await shop.MemberAsync();
        var eggs = await shop.ArticleAsync("telur", 28_000, 20);
        var sugar = await shop.ArticleAsync("gula", 17_000, 20);
        await shop.PutAsync(member, eggs, "1");
        await shop.PutAsync(member, sugar, "1");

        var left = await shop.CallAsync(member, new RemoveFromCart(), ("product", new TextValue(eggs)));
        var none = await shop.CallAsync(member, new RemoveFromCart(), ("product", new TextValue(sugar)));

        Assert.Equal(17_000, left.Rupiah("total"));
        Assert.Equal("empty", none.Name);
    }

    [Fact]
    public async Task Shows_the_prices_of_now()
    {
        await using var shop = await Shop.OpenAsync();
        var member = await shop.MemberAsync();
        var officer = await shop.OfficerAsync();
        var sugar = await shop.ArticleAsync("gula", 17_000, 20);
        await shop.PutAsync(member, sugar, "2");

        await shop.CallAsync(officer, new SetPrice(), ("tier", new TextValue(PriceTier.Member)), ("product", new TextValue(sugar)), ("price", new MoneyValue(17_400)));

        Assert.Equal(34_800, (await shop.CallAsync(member, new ShowCart())).Rupiah("total"));
    }

    [Fact]
    public async Task Is_empty_the_next_day()
    {
        await using var shop = await Shop.OpenAsync();
        var member = await shop.MemberAsync();
        var sugar = await shop.ArticleAsync("gula", 17_000, 20);
        await shop.PutAsync(member, sugar, "2");

        shop.UtcNow += TimeSpan.FromHours(13);

        Assert.Equal("empty", (await shop.CallAsync(member, new ShowCart())).Name);
    }

    [Fact]
    public async Task Holds_no_more_lines_than_an_order_shows()
    {
        await using var shop = await Shop.OpenAsync();
        var member = await shop.MemberAsync();
        for (var i = 0; i < 10; i++)
            Assert.Equal("put", (await shop.PutAsync(member, await shop.ArticleAsync("garam", 3_000, 5), "1")).Name);

        Assert.Equal("refused", (await shop.PutAsync(member, await shop.ArticleAsync("garam", 3_000, 5), "1")).Name);
    }

    [Theory]
    [InlineData(MemberStatus.Pending)]
    [InlineData(MemberStatus.Approved)]
    [InlineData(MemberStatus.Left)]
    public async Task Belongs_to_active_members_only(string status)
    {
        await using var shop = await Shop.OpenAsync();
        var person = await shop.MemberAsync(status: status);
        var sugar = await shop.ArticleAsync("gula", 17_000, 20);

        Assert.Equal("refused", (await shop.PutAsync(person, sugar, "1")).Name);
        Assert.Equal("refused", (await shop.PlaceAsync(person)).Name);
    }

    [Fact]
    public async Task Takes_nothing_from_another_cooperatives_shelf()
    {
        await using var shop = await Shop.OpenAsync();
        var member = await shop.MemberAsync();
        var foreign = await shop.ArticleAsync("gula", 17_000, 20, cooperativeId: Shop.Sampangan);

        Assert.Equal("refused", (await shop.PutAsync(member, foreign, "1")).Name);
        Assert.Empty((await shop.CallAsync(member, new ListInStock())).Items());
    }
}
