using KkmpBot.Catalog;
using KkmpBot.Data;
using KkmpBot.Members;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Orders;

/// <summary>What the rules of the state allow a member to buy. The rules are rows; only their kinds are known here.</summary>
internal static class PurchaseRules
{
    /// <summary>The rule that forbids an article to a member altogether, or null.</summary>
    /// <param name="rules">The rules in force.</param>
    /// <param name="product">The article.</param>
    /// <param name="member">The buyer.</param>
    public static GoodsRule? Forbids(GoodsRules rules, Product product, Member member) =>
        member.IsCivilServant ? rules.Find(product.Goods, RuleKind.NotForCivilServants) : null;

    /// <summary>
    /// How much of an article a member may still order under a limit, in thousandths of its unit and whole steps; counts what the
    /// person has ordered in the period in any cooperative, by NIK, and other articles of the same goods in the cart.
    /// </summary>
    /// <param name="db">The turn's database.</param>
    /// <param name="limit">The rule.</param>
    /// <param name="product">The article.</param>
    /// <param name="cart">The buyer's cart.</param>
    /// <param name="utcNow">The time of the turn.</param>
    /// <param name="ct">Cancelled only when the process stops.</param>
    public static async Task<long> LeftMilliAsync(
        KkmpDbContext db, GoodsRule limit, Product product, Cart cart, DateTime utcNow, CancellationToken ct)
    {
        var bought = await BoughtMilliAsync(db, limit, cart.Member.NikIndex, utcNow, ct);
        var inCart = cart.Lines
            .Where(line => line.Product.Goods == product.Goods && line.Product.Id != product.Id)
            .Sum(line => line.Line.QuantityMilli * line.Product.BaseMilli / Quantities.Milli);
        var units = Math.Max(0, limit.Amount - bought - inCart) * Quantities.Milli / product.BaseMilli;
        return units - (units % product.StepMilli);
    }

    // A person has one membership at a time (the NIK is unique among open ones) and speaks in one conversation, so nothing of theirs
    // can be placed between this sum and the order that it permits.
    private static async Task<long> BoughtMilliAsync(KkmpDbContext db, GoodsRule limit, byte[] nikIndex, DateTime utcNow, CancellationToken ct)
    {
        var sinceUtc = GoodsRules.PeriodStartUtc(limit, utcNow);
        var lines = await (
            from order in db.Set<Order>()
            where order.NikIndex == nikIndex && order.PlacedUtc >= sinceUtc
                && (order.Status == OrderStatus.Placed || order.Status == OrderStatus.HandedOver)
            join line in db.Set<OrderLine>() on order.Id equals line.OrderId
            join product in db.Set<Product>() on line.ProductId equals product.Id
            where product.Goods == limit.Goods
            select new { line.QuantityMilli, product.BaseMilli }).ToListAsync(ct);
        return lines.Sum(line => line.QuantityMilli * line.BaseMilli / Quantities.Milli);
    }
}
