using System.Globalization;
using KkmpBot.Catalog;
using KkmpBot.Conversations;
using KkmpBot.Cooperatives;
using KkmpBot.Dialogs.Model;
using KkmpBot.Payments;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Orders;

/// <summary>
/// Makes the caller's cart an order: stock reserved, a time to fetch taken, price fixed until the pick-up deadline, a number and a code
/// given, simpanan sukarela taken or a QRIS code sent. All of it or nothing; the same act run again finds the order of the first time.
/// </summary>
public sealed class PlaceOrder : ICapability
{
    private const string Empty = "Keranjangnya kosong.";

    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("orders.place")
        .Gives("placed", CartRecord.Type)
        .Gives("placed_paid", CartRecord.Type)
        .Gives("placed_qris", CartRecord.Type)
        .Gives("price_changed", CartRecord.Type)
        .Gives("time_full", CartRecord.Type)
        .Gives("cannot_pay", CartRecord.Type)
        .Gives("short", CartRecord.Type)
        .Gives("sold_out", CartRecord.Type)
        .Gives("refused", CartRecord.Type);

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (await turn.Db.Set<Order>().AsNoTracking().SingleOrDefaultAsync(order => order.ActKey == turn.ActKey, ct) is { } before)
            return await AgainAsync(turn, before, ct);
        if (await Cart.OpenAsync(turn, ct) is not { Lines.Count: > 0 } cart)
            return new Outcome("refused", Cart.NoRecord(turn, Refusal.Unnamed(Empty)));

        await PurchaseRules.HoldAsync(turn.Db, cart.Member.Id, ct);
        foreach (var productId in cart.Lines.Select(line => line.Product.Id).Order())
            await Stock.HoldAsync(turn, productId, ct);
        if (await RefusalAsync(turn, cart, ct) is { } refusal)
        {
            await turn.Db.SaveChangesAsync(ct);
            return refusal;
        }

        if (!await PickupSlots.TakeAsync(turn.Db, cart.Draft, ct))
        {
            await cart.FetchAtAsync(null, ct);
            await turn.Db.SaveChangesAsync(ct);
            return new Outcome("time_full", cart.Record());
        }

        return await CommitAsync(turn, cart, ct);
    }

    // Everything that can be refused is refused here, while nothing has changed but the cart.
    private static async Task<Outcome?> RefusalAsync(Turn turn, Cart cart, CancellationToken ct)
    {
        var found = await Shelf.LookUpAsync(turn.Db, cart.Lines.Select(line => line.Product.Id), turn.UtcNow, ct);
        var items = (await Wanted.WithOffersAsync(turn, [.. found.Values], ct)).ToDictionary(item => item.Product.Id);
        if (await ForbiddenAsync(turn, cart, items, ct) is { } forbidden)
            return new Outcome("refused", cart.Record(forbidden));
        if (cart.Reprice(items))
            return new Outcome("price_changed", cart.Record());
        foreach (var (line, product) in cart.Lines.OrderBy(line => line.Product.Id))
        {
            var free = items[product.Id].FreeMilli;
            if (free < line.QuantityMilli)
                return new Outcome(free < product.StepMilli ? "sold_out" : "short", cart.Record(Refusal.Of(product, leftMilli: free)));
        }

        if (await PaymentWays.MayAsync(turn, cart, cart.Payment, ct))
            return cart.Draft.PickupDay is not null && !await IsAheadAsync(turn, cart, ct) ? await LateAsync(cart, ct) : null;
        await cart.PayByAsync(PaymentWay.Cash, ct);
        return new Outcome("cannot_pay", cart.Record());
    }

    private static async Task<bool> IsAheadAsync(Turn turn, Cart cart, CancellationToken ct)
    {
        var plan = await turn.Db.Set<PickupPlan>().AsNoTracking().SingleOrDefaultAsync(row => row.CooperativeId == cart.Member.CooperativeId, ct);
        return PickupSlots.Find(cart.Calendar, plan, cart.Draft.PickupDay, cart.Draft.PickupMinute) is { } time && time.EndUtc > turn.UtcNow;
    }

    private static async Task<Outcome> LateAsync(Cart cart, CancellationToken ct)
    {
        await cart.FetchAtAsync(null, ct);
        return new Outcome("time_full", cart.Record());
    }

    // What may no longer be bought leaves the cart, so that the rest can be ordered.
    private static async Task<Refusal?> ForbiddenAsync(
        Turn turn, Cart cart, Dictionary<long, ShelfItem> items, CancellationToken ct)
    {
        var rules = await GoodsRules.InForceAsync(turn.Db, cart.Lines.Select(line => line.Product.Goods), turn.UtcNow, ct);
        foreach (var (line, product) in cart.Lines)
        {
            var words = PurchaseRules.Forbids(rules, items[product.Id], cart.Member.IsCivilServant);
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

    private static async Task<Outcome> CommitAsync(Turn turn, Cart cart, CancellationToken ct)
    {
        foreach (var (line, product) in cart.Lines.OrderBy(line => line.Product.Id))
        {
            if (!await StockQueue.ReserveAsync(turn, turn.Caller.PersonId, product, line.QuantityMilli, ct))
                throw new InvalidOperationException($"Product {product.Id} went while its row was held.");
        }

        var placed = cart.Place(await RunningNumber.NextAsync(turn.Db, cart.Member.CooperativeId, "order", ct));
        await turn.Db.SaveChangesAsync(ct);
        PickupReminders.Schedule(turn, placed);
        var subject = placed.Id.ToString(CultureInfo.InvariantCulture);
        turn.Schedule(new TimedAct(ExpireOrder.Kind, placed.KeptUntilUtc!.Value, placed.PersonId!.Value, subject));
        await Prepayments.BeginAsync(turn, placed, ct);
        return new Outcome(OutcomeOf(placed), cart.Record());
    }

    private static string OutcomeOf(Order order) => order.Payment switch
    {
        PaymentWay.Sukarela => "placed_paid",
        PaymentWay.Qris => "placed_qris",
        _ => "placed",
    };

    private static async Task<Outcome> AgainAsync(Turn turn, Order order, CancellationToken ct)
    {
        var lines = await OrderBook.LinesAsync(turn.Db, order.Id, ct);
        return new Outcome(OutcomeOf(order), CartRecord.Of(new CartView(lines, OrderBook.LastDay(order))
        {
            Number = order.Number,
            Code = PickupCode.Text(order.Number!.Value, order.Code ?? ""),
            Payment = order.Payment,
        }));
    }
}
