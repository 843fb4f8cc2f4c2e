using KkmpBot.Catalog;
using KkmpBot.Conversations;
using KkmpBot.Data;
using KkmpBot.Members;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Orders;

/// <summary>Whether so much of an article may go into a cart: the outcome that refuses it, and why.</summary>
/// <param name="Outcome"><c>refused</c>, <c>over_limit</c>, <c>sold_out</c> or <c>short</c>.</param>
/// <param name="Refusal">Why.</param>
internal sealed record Objection(string Outcome, Refusal Refusal);

/// <summary>What the rules of the state and the shelf allow a member to buy. The rules are rows; only their kinds are known here.</summary>
internal static class PurchaseRules
{
    private const string Full = "Keranjangnya sudah penuh.";

    /// <summary>Why an article may not be sold to a member at all, in words for them; null when it may.</summary>
    /// <param name="rules">The rules in force.</param>
    /// <param name="item">The article with its price.</param>
    /// <param name="isCivilServant">What the buyer is.</param>
    public static string? Forbids(GoodsRules rules, ShelfItem item, bool isCivilServant)
    {
        if (!item.OnSale)
            return CheckPurchase.NotOnSale;
        if (isCivilServant && rules.Find(item.Product.Goods, RuleKind.NotForCivilServants) is { } barred)
            return barred.Words;
        // A ceiling may come into force after the price was set; nobody sells above it for a minute.
        return rules.Find(item.Product.Goods, RuleKind.Ceiling) is { } ceiling && item.PriceRupiah > GoodsRules.RupiahPerUnit(ceiling, item.Product)
            ? $"Harganya sedang disesuaikan. {ceiling.Words}"
            : null;
    }

    /// <summary>What stands against an amount of an article in a cart; null when nothing does.</summary>
    /// <param name="turn">The turn.</param>
    /// <param name="cart">The cart.</param>
    /// <param name="item">The article, with what the queue keeps for the buyer.</param>
    /// <param name="milli">Thousandths of its unit.</param>
    /// <param name="ct">Cancelled only when the process stops.</param>
    public static async Task<Objection?> ObjectionAsync(Turn turn, Cart cart, ShelfItem item, long milli, CancellationToken ct)
    {
        var product = item.Product;
        var rules = await GoodsRules.InForceAsync(turn.Db, [product.Goods], turn.UtcNow, ct);
        if (Forbids(rules, item, cart.Member.IsCivilServant) is { } forbidding)
            return new Objection("refused", Refusal.Of(product, forbidding));
        if (rules.Find(product.Goods, RuleKind.Limit) is { } limit)
        {
            var left = await LeftMilliAsync(turn.Db, limit, product, cart, turn.UtcNow, ct);
            if (left == 0)
                return new Objection("refused", Refusal.Of(product, limit.Words));
            if (milli > left)
                return new Objection("over_limit", Refusal.Of(product, limit.Words, left));
        }

        if (item.FreeMilli < product.StepMilli)
            return new Objection("sold_out", Refusal.Of(product));
        if (milli > item.FreeMilli)
            return new Objection("short", Refusal.Of(product, leftMilli: item.FreeMilli));
        return cart.Lines.Count >= CartRecord.MaxLines && cart.Lines.All(line => line.Product.Id != product.Id)
            ? new Objection("refused", Refusal.Of(product, Full))
            : null;
    }

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
        var inCart = cart.Lines
            .Where(line => line.Product.Goods == product.Goods && line.Product.Id != product.Id)
            .Sum(line => line.Line.QuantityMilli * line.Product.BaseMilli / Quantities.Milli);
        return await LeftMilliAsync(db, limit, product, cart.Member.NikIndex, inCart, utcNow, ct);
    }

    /// <summary>The same for any buyer whose NIK is known.</summary>
    /// <param name="db">The turn's database.</param>
    /// <param name="limit">The rule.</param>
    /// <param name="product">The article.</param>
    /// <param name="nikIndex">The buyer's blind index; null for somebody we do not know, whose sale is limited by itself.</param>
    /// <param name="besidesMilli">What of the same goods is bought together with it, in thousandths of the base unit.</param>
    /// <param name="utcNow">The time of the turn.</param>
    /// <param name="ct">Cancelled only when the process stops.</param>
    public static async Task<long> LeftMilliAsync(
        KkmpDbContext db, GoodsRule limit, Product product, byte[]? nikIndex, long besidesMilli, DateTime utcNow, CancellationToken ct)
    {
        var bought = nikIndex is null ? 0 : await BoughtMilliAsync(db, limit, nikIndex, utcNow, ct);
        var units = Math.Max(0, limit.Amount - bought - besidesMilli) * Quantities.Milli / product.BaseMilli;
        return units - (units % product.StepMilli);
    }

    /// <summary>
    /// Holds a member's row until the turn ends. A household orders for one NIK from several chats, and the counter sells to it too:
    /// whoever counts what a person has bought holds this first.
    /// </summary>
    /// <param name="db">The turn's database.</param>
    /// <param name="memberId">The buyer.</param>
    /// <param name="ct">Cancelled only when the process stops.</param>
    public static Task HoldAsync(KkmpDbContext db, long memberId, CancellationToken ct) => db.Set<Member>()
        .Where(member => member.Id == memberId)
        .ExecuteUpdateAsync(set => set.SetProperty(member => member.Status, member => member.Status), ct);

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
            select new { Milli = (order.Status == OrderStatus.Placed ? line.QuantityMilli : line.HandedMilli) - line.ReturnedMilli, product.BaseMilli })
            .ToListAsync(ct);
        return lines.Sum(line => line.Milli * line.BaseMilli / Quantities.Milli);
    }
}
