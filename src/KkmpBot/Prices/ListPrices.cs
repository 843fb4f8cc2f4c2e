using KkmpBot.Catalog;
using KkmpBot.Conversations;
using KkmpBot.Dialogs.Model;

namespace KkmpBot.Prices;

/// <summary>Today's prices in the caller's cooperative, an empty list where nothing is sold yet.</summary>
public sealed class ListPrices : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("prices.today")
        .Gives("listed", ProductRecord.ListType)
        .Gives("no_cooperative");

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (turn.Caller.CooperativeId is not { } cooperativeId)
            return new Outcome("no_cooperative");
        var items = await Shelf.ListAsync(turn.Db, cooperativeId, turn.UtcNow, ct);
        var rules = await GoodsRules.InForceAsync(turn.Db, items.Select(item => item.Product.Goods), turn.UtcNow, ct);
        return new Outcome("listed", new ListValue([.. items.Where(item => item.OnSale).Select(item => ProductRecord.Of(item, rules))]));
    }
}
