using KkmpBot.Catalog;
using KkmpBot.Conversations;
using KkmpBot.Dialogs.Model;

namespace KkmpBot.Alerts;

/// <summary>
/// Puts together what somebody wants to be told of, for them to look at; nothing is written. A price that was said for a kilogram while we
/// sell packs of five is counted up to the pack: whichever of the two is nearer to today's price was meant.
/// </summary>
internal static class PrepareAlert
{
    /// <summary>Reads what is watched, and puts the alert together.</summary>
    /// <param name="turn">The turn.</param>
    /// <param name="subject">As <see cref="WatchedPrice"/> writes it.</param>
    /// <param name="kind">One of <see cref="AlertKind"/>, or <c>reach</c>: up or down to a price, as it stands today.</param>
    /// <param name="said">The price that was said; 0 for none.</param>
    /// <param name="percent">The least change; null for none.</param>
    /// <param name="ct">Gives up.</param>
    /// <returns>Null when it is not sold and priced any more.</returns>
    public static async Task<(Alert Alert, Watched Watched)?> FindAsync(Turn turn, string subject, string kind, long said, int? percent, CancellationToken ct)
    {
        if (await ReadAsync(turn, subject, kind, ct) is not { } watched)
            return null;
        var rupiah = watched.Product is { } product && said > 0 ? PerUnit(product, said, watched.Rupiah) : said;
        if (kind == "reach")
            kind = rupiah <= watched.Rupiah ? AlertKind.AtMost : AlertKind.AtLeast;
        var alert = new Alert
        {
            PersonId = turn.Caller.PersonId,
            CooperativeId = turn.Caller.CooperativeId ?? 0,
            Subject = kind == AlertKind.InStock && watched.Product is { } sold ? WatchedPrice.OfStock(sold.Id) : subject,
            Goods = watched.Goods,
            ProductId = watched.Product?.Id,
            Market = watched.Product is null ? watched.Market!.Market : null,
            Kind = kind,
            Rupiah = rupiah,
            Percent = percent,
            CreatedUtc = turn.UtcNow,
        };
        AlertRules.Arm(alert, watched.Rupiah);
        return (alert, watched);
    }

    /// <summary>The outcome for the dialog.</summary>
    /// <param name="found">As <see cref="FindAsync"/> gave it.</param>
    public static Outcome OfferOf((Alert Alert, Watched Watched)? found)
    {
        if (found is not { } offer)
            return new Outcome("gone");
        var hasMarket = offer.Watched is { Product: not null, Market: not null } && offer.Alert.Kind != AlertKind.InStock;
        return new Outcome("prepared", AlertRecord.OfferOf(offer.Alert, offer.Watched, hasMarket));
    }

    private static async Task<Watched?> ReadAsync(Turn turn, string subject, string kind, CancellationToken ct)
    {
        var markets = await WatchedPrices.LatestAsync(turn.Db, null, turn.UtcNow, ct);
        if (WatchedPrices.ProductOf(subject) is not { } productId)
        {
            return kind != AlertKind.InStock && markets.FirstOrDefault(price => WatchedPrice.OfMarket(price.Market, price.Goods) == subject) is { } price
                ? WatchedPrices.OfMarket(price) : null;
        }
        var items = await Shelf.LookUpAsync(turn.Db, [productId], turn.UtcNow, ct);
        var item = items.GetValueOrDefault(productId);
        return item?.Product.CooperativeId == turn.Caller.CooperativeId && item is { Product.Active: true } ? WatchedPrices.OfItem(item, kind, markets) : null;
    }

    private static long PerUnit(Product product, long said, long now)
    {
        var counted = said * product.BaseMilli / Quantities.Milli;
        return product.BaseMilli == Quantities.Milli || Distance(said, now) <= Distance(counted, now) ? said : Math.Max(1, counted);
    }

    // How many times larger the larger is: 12.000 is far from 60.000, and five times 12.000 is not.
    private static decimal Distance(long one, long other) => Math.Max(one, other) / (decimal)Math.Max(1, Math.Min(one, other));
}

/// <summary>Puts together an alert at a price: below, above, or reached.</summary>
public sealed class PreparePriceAlert : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("alerts.prepare_price")
        .Takes("goods", DialogType.Text).Takes("op", DialogType.Choice).Takes("price", DialogType.Money)
        .Gives("prepared", AlertRecord.Offer).Gives("gone");

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct) =>
        PrepareAlert.OfferOf(await PrepareAlert.FindAsync(turn, call.Text("goods"), call.Text("op"), call.Rupiah("price"), null, ct));
}

/// <summary>Puts together an alert at any change of at least so many percent.</summary>
public sealed class PrepareChangeAlert : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("alerts.prepare_change")
        .Takes("goods", DialogType.Text).Takes("percent", DialogType.Whole)
        .Gives("prepared", AlertRecord.Offer).Gives("gone");

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        var percent = (int)Math.Clamp(call.Whole("percent"), AlertRules.MinPercent, AlertRules.MaxPercent);
        return PrepareAlert.OfferOf(await PrepareAlert.FindAsync(turn, call.Text("goods"), AlertKind.Change, 0, percent, ct));
    }
}

/// <summary>Puts together an alert for goods that are sold out.</summary>
public sealed class PrepareStockAlert : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("alerts.prepare_stock")
        .Takes("goods", DialogType.Text)
        .Gives("prepared", AlertRecord.Offer).Gives("gone");

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct) =>
        PrepareAlert.OfferOf(await PrepareAlert.FindAsync(turn, call.Text("goods"), AlertKind.InStock, 0, null, ct));
}

/// <summary>The same alert on the market's price of the same goods, for one kilogram or litre.</summary>
public sealed class PrepareMarketAlert : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("alerts.in_market")
        .Takes("offer", AlertRecord.Offer)
        .Gives("prepared", AlertRecord.Offer).Gives("gone");

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        var offer = call.Record("offer");
        if (WatchedPrices.ProductOf(offer.Text("subject")) is not { } productId
            || (await Shelf.LookUpAsync(turn.Db, [productId], turn.UtcNow, ct)).GetValueOrDefault(productId)?.Product is not { Active: true } product
            || await WatchedPrices.LatestAsync(turn.Db, [product.Goods], turn.UtcNow, ct) is not [var market, ..])
            return new Outcome("gone");
        var percent = (int)((WholeValue)offer.Fields["percent"]).Number;
        var perUnit = ((MoneyValue)offer.Fields["rupiah"]).Rupiah;
        var perBase = perUnit * Quantities.Milli / product.BaseMilli;
        return PrepareAlert.OfferOf(await PrepareAlert.FindAsync(
            turn, WatchedPrice.OfMarket(market.Market, market.Goods), offer.Text("kind"), perBase, percent == 0 ? null : percent, ct));
    }
}
