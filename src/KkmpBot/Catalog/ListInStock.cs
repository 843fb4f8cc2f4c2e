using KkmpBot.Conversations;
using KkmpBot.Dialogs.Model;

namespace KkmpBot.Catalog;

/// <summary>
/// What the caller's cooperative can sell right now: articles with a price of which something is free for them. With <c>like</c>, a kind
/// of goods (or several, "bawang_merah+bawang_putih"), only those, unless just they were sold meanwhile.
/// </summary>
public sealed class ListInStock : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("catalog.in_stock")
        .MayTake("like", DialogType.Text)
        .Gives("listed", ProductRecord.ListType);

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (turn.Caller.CooperativeId is not { } cooperativeId)
            return new Outcome("listed", new ListValue([]));
        var offers = await StockQueue.OffersOfAsync(turn.Db, turn.Caller.PersonId, ct);
        var items = (await Shelf.ListAsync(turn.Db, cooperativeId, turn.UtcNow, ct))
            .Select(item => item with { OfferedMilli = offers.GetValueOrDefault(item.Product.Id) }).ToList();
        var rules = await GoodsRules.InForceAsync(turn.Db, items.Select(item => item.Product.Goods), turn.UtcNow, ct);
        // Less than the smallest part that is sold cannot be ordered.
        var onSale = items.Where(item => item.OnSale && item.FreeMilli >= item.Product.StepMilli);
        var like = call.TextOrNull("like");
        var alike = like is null ? [] : onSale.Where(item => like.Split('+').Any(goods => item.Product.Goods.StartsWith(goods, StringComparison.Ordinal))).ToList();
        return new Outcome("listed", new ListValue([.. (alike.Count > 0 ? alike : onSale).Select(item => ProductRecord.Of(item, rules))]));
    }
}

/// <summary>One article of the caller's cooperative as it stands now. Its key comes from a list, and an article is never removed.</summary>
public sealed class FindArticle : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("catalog.find")
        .Takes("product", DialogType.Text)
        .Gives("found", ProductRecord.Type);

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        var item = await Shelf.FindAsync(turn.Db, turn.Caller.CooperativeId ?? 0, call.Text("product"), turn.UtcNow, ct)
            ?? throw new InvalidOperationException("There is no article of that key in the caller's cooperative.");
        return new Outcome("found", ProductRecord.Of(item, await GoodsRules.InForceAsync(turn.Db, [item.Product.Goods], turn.UtcNow, ct)));
    }
}
