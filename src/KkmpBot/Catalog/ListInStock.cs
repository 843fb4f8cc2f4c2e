using KkmpBot.Conversations;
using KkmpBot.Dialogs.Model;

namespace KkmpBot.Catalog;

/// <summary>What the caller's cooperative can sell right now: articles with a price of which something is free.</summary>
public sealed class ListInStock : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("catalog.in_stock").Gives("listed", ProductRecord.ListType);

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (turn.Caller.CooperativeId is not { } cooperativeId)
            return new Outcome("listed", new ListValue([]));
        var items = await Shelf.ListAsync(turn.Db, cooperativeId, turn.UtcNow, ct);
        var rules = await GoodsRules.InForceAsync(turn.Db, items.Select(item => item.Product.Goods), turn.UtcNow, ct);
        // Less than the smallest part that is sold cannot be ordered.
        var onSale = items.Where(item => item.OnSale && item.FreeMilli >= item.Product.StepMilli);
        return new Outcome("listed", new ListValue([.. onSale.Select(item => ProductRecord.Of(item, rules))]));
    }
}
