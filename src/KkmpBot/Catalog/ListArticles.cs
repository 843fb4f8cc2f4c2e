using KkmpBot.Conversations;
using KkmpBot.Dialogs.Model;
using KkmpBot.Members;

namespace KkmpBot.Catalog;

/// <summary>Every article of the officer's cooperative, also those without stock or price; empty for anybody else.</summary>
public sealed class ListArticles : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("catalog.articles").Gives("listed", ProductRecord.ListType);

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (!OfficerRole.MayLook(turn.Caller) || turn.Caller.CooperativeId is not { } cooperativeId)
            return new Outcome("listed", new ListValue([]));
        var items = await Shelf.ListAsync(turn.Db, cooperativeId, turn.UtcNow, ct);
        var rules = await GoodsRules.InForceAsync(turn.Db, items.Select(item => item.Product.Goods), turn.UtcNow, ct);
        return new Outcome("listed", new ListValue([.. items.Select(item => ProductRecord.Of(item, rules))]));
    }
}
