using System.Globalization;
using KkmpBot.Catalog;
using KkmpBot.Conversations;
using KkmpBot.Cooperatives;
using KkmpBot.Dialogs.Model;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Orders;

/// <summary>
/// Makes the caller's cart an order: stock reserved, price fixed until the pick-up deadline, a number given. All of it or nothing; the
/// same act run again finds the order of the first time.
/// </summary>
public sealed class PlaceOrder : ICapability
{
    private const string Empty = "Keranjangnya kosong.";

    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("orders.place")
        .Gives("placed", CartRecord.Type)
        .Gives("price_changed", CartRecord.Type)
        .Gives("short", CartRecord.Type)
        .Gives("refused", CartRecord.Type);

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (await turn.Db.Set<Order>().AsNoTracking().SingleOrDefaultAsync(order => order.ActKey == turn.ActKey, ct) is { } before)
            return await PlacedAsync(turn, before, ct);
        if (await Cart.OpenAsync(turn, ct) is not { Lines.Count: > 0 } cart)
            return new Outcome("refused", Cart.NoRecord(turn, Refusal.Unnamed(Empty)));

        var items = await Shelf.LookUpAsync(turn.Db, cart.Lines.Select(line => line.Product.Id), turn.UtcNow, ct);
        if (await ForbiddenAsync(turn, cart, items, ct) is { } refusal)
        {
            await turn.Db.SaveChangesAsync(ct);
            return new Outcome("refused", cart.Record(refusal));
        }

        if (cart.Reprice(items))
        {
            await turn.Db.SaveChangesAsync(ct);
            return new Outcome("price_changed", cart.Record());
        }

        if (await ReserveAsync(turn, cart, ct) is { } shortage)
            return new Outcome("short", cart.Record(shortage));
        var number = await RunningNumber.NextAsync(turn.Db, cart.Member.CooperativeId, "order", ct);
        var placed = cart.Place(number);
        await turn.Db.SaveChangesAsync(ct);
        var subject = placed.Id.ToString(CultureInfo.InvariantCulture);
        turn.Schedule(new TimedAct(ExpireOrder.Kind, placed.KeptUntilUtc!.Value, placed.PersonId, subject));
        return new Outcome("placed", cart.Record(number: number));
    }

    // What may no longer be bought leaves the cart, so that the rest can be ordered.
    private static async Task<Refusal?> ForbiddenAsync(
        Turn turn, Cart cart, IReadOnlyDictionary<long, ShelfItem> items, CancellationToken ct)
    {
        var rules = await GoodsRules.InForceAsync(turn.Db, cart.Lines.Select(line => line.Product.Goods), turn.UtcNow, ct);
        foreach (var (line, product) in cart.Lines)
        {
            var words = !items[product.Id].OnSale ? CheckPurchase.NotOnSale : PurchaseRules.Forbids(rules, product, cart.Member)?.Words;
            if (words is null
                && rules.Find(product.Goods, RuleKind.Limit) is { } limit
                && line.QuantityMilli > await PurchaseRules.LeftMilliAsync(turn.Db, limit, product, cart, turn.UtcNow, ct))
                words = limit.Words;
            if (words is null)
                continue;
            cart.Remove(product.Id);
            return Refusal.Of(product, words);
        }

        return null;
    }

    private static async Task<Refusal?> ReserveAsync(Turn turn, Cart cart, CancellationToken ct)
    {
        List<OrderLine> reserved = [];
        foreach (var (line, product) in cart.Lines.OrderBy(line => line.Product.Id))
        {
            if (await Stock.ReserveAsync(turn.Db, product.Id, line.QuantityMilli, ct))
            {
                reserved.Add(line);
                continue;
            }

            foreach (var kept in reserved)
                await Stock.ReleaseAsync(turn.Db, kept.ProductId, kept.QuantityMilli, ct);
            var left = await Shelf.LookUpAsync(turn.Db, [product.Id], turn.UtcNow, ct);
            return Refusal.Of(product, leftMilli: left[product.Id].FreeMilli);
        }

        return null;
    }

    private static async Task<Outcome> PlacedAsync(Turn turn, Order order, CancellationToken ct)
    {
        var lines = await OrderBook.LinesAsync(turn.Db, order.Id, ct);
        return new Outcome("placed", CartRecord.Of(lines, OrderBook.LastDay(order.PlacedUtc!.Value), Refusal.None, order.Number));
    }
}
