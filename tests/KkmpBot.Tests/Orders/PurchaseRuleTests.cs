using KkmpBot.Catalog;
using KkmpBot.Dialogs.Model;
using KkmpBot.Orders;
using KkmpBot.Tests.Data;

namespace KkmpBot.Tests.Orders;

/// <summary>The rules of the state about goods, as their rows demand.</summary>
public sealed class PurchaseRuleTests
{
    [Fact]
    public async Task A_civil_servant_gets_no_subsidised_lpg_and_reads_why()
    {
        await using var shop = await Shop.OpenAsync();
        var teacher = await shop.MemberAsync(civilServant: true);
        var lpg = await shop.ArticleAsync("lpg3", 18_000, 10, "tabung");

        var asked = await shop.CallAsync(teacher, new CheckPurchase(), ("product", new TextValue(lpg)));
        var put = await shop.PutAsync(teacher, lpg, "1");

        Assert.Equal("refused", asked.Name);
        Assert.Contains("ASN", asked.Text("words"), StringComparison.Ordinal);
        Assert.Equal("refused", put.Name);
    }

    [Fact]
    public async Task Another_member_gets_lpg()
    {
        await using var shop = await Shop.OpenAsync();
        var member = await shop.MemberAsync();
        var lpg = await shop.ArticleAsync("lpg3", 18_000, 10, "tabung");

        Assert.Equal("may", (await shop.CallAsync(member, new CheckPurchase(), ("product", new TextValue(lpg)))).Name);
        Assert.Equal("put", (await shop.PutAsync(member, lpg, "1")).Name);
    }

    [Fact]
    public async Task Sphp_rice_ends_at_25_kg_over_all_packs()
    {
        await using var shop = await Shop.OpenAsync();
        var member = await shop.MemberAsync();
        var packs = await shop.ArticleAsync("beras_sphp", 60_000, 50, "pak", holds: ("kg", 5));
        var loose = await shop.ArticleAsync("beras_sphp", 12_300, 50);

        await shop.OrderAsync(member, packs, "3");
        var over = await shop.PutAsync(member, packs, "3");
        Assert.Equal("over_limit", over.Name);
        Assert.Equal(2m, over.Amount("left"));

        Assert.Equal("put", (await shop.PutAsync(member, packs, "1")).Name);
        var rest = await shop.PutAsync(member, loose, "6");
        Assert.Equal(5m, rest.Amount("left"));
    }

    [Fact]
    public async Task Minyakita_ends_at_two_litres_a_day_in_all_cooperatives_by_nik()
    {
        await using var shop = await Shop.OpenAsync();
        const string Nik = "3374145506609905";
        var here = await shop.MemberAsync(nik: Nik);
        var oil = await shop.ArticleAsync("minyakita", 15_700, 50, "botol", holds: ("l", 1));
        await shop.OrderAsync(here, oil, "2");
        await shop.LeaveAsync(here);
        var there = await shop.MemberAsync(nik: Nik, cooperativeId: Shop.Sampangan);
        var otherOil = await shop.ArticleAsync("minyakita", 15_500, 50, "botol", holds: ("l", 1), cooperativeId: Shop.Sampangan);

        var today = await shop.CallAsync(there, new CheckPurchase(), ("product", new TextValue(otherOil)));
        shop.UtcNow = Wib.StartUtc(Wib.Day(TestDatabase.Now).AddDays(1));
        var tomorrow = await shop.PutAsync(there, otherOil, "2");

        Assert.Equal("refused", today.Name);
        Assert.Contains("2 liter", today.Text("words"), StringComparison.Ordinal);
        Assert.Equal("put", tomorrow.Name);
    }

    [Fact]
    public async Task A_cancelled_order_gives_the_limit_back()
    {
        await using var shop = await Shop.OpenAsync();
        var member = await shop.MemberAsync();
        var oil = await shop.ArticleAsync("minyakita", 15_700, 50, "botol", holds: ("l", 1));
        var number = await shop.OrderAsync(member, oil, "2");

        await shop.CancelAsync(member, number);

        Assert.Equal("put", (await shop.PutAsync(member, oil, "2")).Name);
    }

    [Fact]
    public async Task A_rule_holds_from_its_first_to_its_last_day()
    {
        await using var shop = await Shop.OpenAsync();
        var today = Wib.Day(TestDatabase.Now);
        await shop.WriteAsync(turn => turn.Db.Add(new GoodsRule
        {
            Goods = "gula",
            Kind = RuleKind.Limit,
            Amount = 1000,
            Period = "month",
            FromDay = today,
            UntilDay = today,
            Source = "Perwal",
            Words = "Gula 1 kg.",
        }));
        var member = await shop.MemberAsync();
        var sugar = await shop.ArticleAsync("gula", 17_000, 50);

        Assert.Equal("over_limit", (await shop.PutAsync(member, sugar, "2")).Name);
        shop.UtcNow = TestDatabase.Now.AddDays(1);
        Assert.Equal("put", (await shop.PutAsync(member, sugar, "2")).Name);
    }

    [Fact]
    public async Task A_limited_article_tells_so_before_the_amount_is_asked()
    {
        await using var shop = await Shop.OpenAsync();
        var member = await shop.MemberAsync();
        var oil = await shop.ArticleAsync("minyakita", 15_700, 50, "botol", holds: ("l", 1));

        Assert.Equal("may_with_note", (await shop.CallAsync(member, new CheckPurchase(), ("product", new TextValue(oil)))).Name);
        var listed = (await shop.CallAsync(member, new ListInStock())).Items().Single();
        Assert.Contains("satuan", listed.Text("note"), StringComparison.Ordinal);
    }
}
