using KkmpBot.Catalog;
using KkmpBot.Conversations;
using KkmpBot.Dialogs.Model;

namespace KkmpBot.Alerts;

/// <summary>What the caller may watch: the articles of their cooperative, and what only a market has; nothing for somebody of no cooperative.</summary>
public sealed class ListGoods : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("alerts.goods").Gives("listed", AlertRecord.GoodsList);

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        var listed = new List<RecordValue>();
        var own = new HashSet<string>();
        if (turn.Caller.CooperativeId is not { } cooperativeId)
            return new Outcome("listed", new ListValue([]));
        foreach (var item in (await Shelf.ListAsync(turn.Db, cooperativeId, turn.UtcNow, ct)).Where(item => item.OnSale))
        {
            own.Add(item.Product.Goods);
            listed.Add(Record(WatchedPrice.OfProduct(item.Product), WatchedPrices.OfItem(item, AlertKind.Below, [])!));
        }
        var markets = await WatchedPrices.LatestAsync(turn.Db, null, turn.UtcNow, ct);
        listed.AddRange(markets.DistinctBy(price => price.Goods).Where(price => !own.Contains(price.Goods))
            .Select(price => Record(WatchedPrice.OfMarket(price.Market, price.Goods), WatchedPrices.OfMarket(price))));
        return new Outcome("listed", new ListValue([.. listed.Take(AlertRecord.MaxGoods)]));
    }

    private static RecordValue Record(string key, Watched watched) => RecordValue.Of(
        ("key", new TextValue(key)), ("name", new TextValue(watched.Name)), ("goods", new TextValue(watched.Goods)),
        ("price", new MoneyValue(watched.Rupiah)), ("pack", new TextValue(watched.Pack)));
}
