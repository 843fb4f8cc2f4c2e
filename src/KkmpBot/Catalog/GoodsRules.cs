using KkmpBot.Data;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Catalog;

/// <summary>The rules of the state about goods, as they stand on a day.</summary>
public sealed class GoodsRules
{
    private readonly ILookup<string, GoodsRule> byGoods;

    private GoodsRules(IEnumerable<GoodsRule> rules) => byGoods = rules.ToLookup(rule => rule.Goods);

    /// <summary>Loads what is in force today for some kinds of goods.</summary>
    /// <param name="db">The turn's database.</param>
    /// <param name="goods">The kinds, as <see cref="Product.Goods"/>.</param>
    /// <param name="utcNow">The time of the turn.</param>
    /// <param name="ct">Cancelled only when the process stops.</param>
    public static async Task<GoodsRules> InForceAsync(KkmpDbContext db, IEnumerable<string> goods, DateTime utcNow, CancellationToken ct)
    {
        var day = Wib.Day(utcNow);
        string[] wanted = [.. goods.Distinct()];
        var rules = await db.Set<GoodsRule>().AsNoTracking()
            .Where(rule => wanted.Contains(rule.Goods) && rule.FromDay <= day && (rule.UntilDay == null || rule.UntilDay >= day))
            .OrderByDescending(rule => rule.FromDay).ThenBy(rule => rule.Id)
            .ToListAsync(ct);
        return new GoodsRules(rules);
    }

    /// <summary>The rule of a kind for some goods, the youngest when rows overlap; null when there is none.</summary>
    /// <param name="goods">The kind of goods.</param>
    /// <param name="kind">One of <see cref="RuleKind"/>.</param>
    public GoodsRule? Find(string goods, string kind) => byGoods[goods].FirstOrDefault(rule => rule.Kind == kind);

    /// <summary>All rules for some goods.</summary>
    /// <param name="goods">The kind of goods.</param>
    public IEnumerable<GoodsRule> For(string goods) => byGoods[goods];

    /// <summary>What a ceiling or reference price, given for the base unit, comes to for one unit of an article; rounded down.</summary>
    /// <param name="rule">A rule of kind ceiling or reference.</param>
    /// <param name="product">The article.</param>
    public static long RupiahPerUnit(GoodsRule rule, Product product) => rule.Amount * product.BaseMilli / Quantities.Milli;

    /// <summary>The moment at which the current period of a limit began.</summary>
    /// <param name="rule">A rule of kind limit.</param>
    /// <param name="utcNow">The time of the turn.</param>
    public static DateTime PeriodStartUtc(GoodsRule rule, DateTime utcNow)
    {
        var day = Wib.Day(utcNow);
        return rule.Period switch
        {
            "day" => Wib.StartUtc(day),
            "month" => Wib.StartUtc(new DateOnly(day.Year, day.Month, 1)),
            _ => throw new InvalidOperationException($"Rule {rule.Id} has the unknown period '{rule.Period}'."),
        };
    }
}
