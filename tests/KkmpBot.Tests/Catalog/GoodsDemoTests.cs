using KkmpBot.Catalog;
using KkmpBot.Ledger;
using KkmpBot.Members;
using KkmpBot.Prices;
using KkmpBot.Tests.Data;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Tests.Catalog;

/// <summary>The demo shop keeps the rules that the demo shows.</summary>
public sealed class GoodsDemoTests
{
    [Fact]
    public async Task Every_price_past_and_present_is_under_its_ceiling_and_the_stock_is_in_the_books()
    {
        await using var test = await TestDatabase.CreateAsync();
        await using var connection = await test.Database.OpenAsync(default);
        await using var db = test.Database.Context(connection);
        await GoodsDemo.LoadAsync(db, TestDatabase.Now, default);

        var cooperative = await db.Set<KkmpBot.Cooperatives.Cooperative>().SingleAsync(row => row.Code == DemoPeople.CooperativeCode);
        var items = await Shelf.ListAsync(db, cooperative.Id, TestDatabase.Now, default);
        var rules = await GoodsRules.InForceAsync(db, items.Select(item => item.Product.Goods), TestDatabase.Now, default);
        Assert.Equal(12, items.Count);
        foreach (var item in items)
        {
            Assert.True(item.OnSale);
            if (rules.Find(item.Product.Goods, RuleKind.Ceiling) is not { } ceiling)
                continue;
            var highest = await db.Set<Price>().Where(price => price.ProductId == item.Product.Id).MaxAsync(price => price.Rupiah);
            Assert.True(highest <= GoodsRules.RupiahPerUnit(ceiling, item.Product), $"{item.Product.Name} is over its ceiling.");
        }

        var value = await db.Set<StockLevel>().SumAsync(level => level.ValueRupiah);
        Assert.Equal(value, await Books.BalanceAsync(db, cooperative.Id, Account.Stock, default));
        Assert.Equal(216, await db.Set<MarketPrice>().CountAsync());
    }
}
