using KkmpBot.Catalog;
using KkmpBot.Channels;
using KkmpBot.Conversations;
using KkmpBot.Dialogs.Model;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Prices;

/// <summary>One article's price in detail: since when, by whose decision, how it went in the last weeks (drawn), and what a market asks where that is known.</summary>
public sealed class ShowPrice : ICapability
{
    private const string Unknown = "-";

    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("prices.show")
        .Takes("product", DialogType.Text)
        .Gives("alone", PriceRecord.Type)
        .Gives("compared", PriceRecord.Type)
        .Gives("not_on_sale");

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (turn.Caller.CooperativeId is not { } cooperativeId
            || await Shelf.FindAsync(turn.Db, cooperativeId, call.Text("product"), turn.UtcNow, ct) is not { OnSale: true } item)
            return new Outcome("not_on_sale");
        var product = item.Product;
        var own = await turn.Db.Set<Price>().AsNoTracking()
            .Where(price => price.ProductId == product.Id && price.Tier == PriceTier.Member && price.FromUtc <= turn.UtcNow)
            .OrderByDescending(price => price.FromUtc).ThenByDescending(price => price.Id)
            .FirstAsync(ct);
        var market = await turn.Db.Set<MarketPrice>().AsNoTracking()
            .Where(price => price.Goods == product.Goods && price.Day <= Wib.Day(turn.UtcNow))
            .OrderByDescending(price => price.Day)
            .FirstOrDefaultAsync(ct);
        var history = await PriceHistory.ReadAsync(turn.Db, product, market?.Market, turn.UtcNow, ct);
        // One picture a message: the curve where there is one to see, else the article's own.
        if (PriceChart.Draw(product.Name, product.BaseUnit, history) is { } chart)
            turn.Attach(chart);
        else if (await turn.Db.Set<ProductPicture>().AsNoTracking().SingleOrDefaultAsync(row => row.ProductId == product.Id, ct) is { } picture)
            turn.Attach(new OutboundFile(picture.MimeType == "image/png" ? "barang.png" : "barang.jpg", picture.MimeType, picture.Bytes));
        return new Outcome(market is null ? "alone" : "compared", Record(product, own, market, history));
    }

    private static RecordValue Record(Product product, Price own, MarketPrice? market, PriceHistory history)
    {
        var perBase = own.Rupiah * Quantities.Milli / product.BaseMilli;
        return RecordValue.Of(
            ("name", new TextValue(product.Name)),
            ("pack", new TextValue(ProductRecord.Pack(product))),
            ("price", new MoneyValue(own.Rupiah)),
            ("since", new DateValue(Wib.Day(own.FromUtc))),
            ("source", new TextValue(own.Source)),
            ("base_unit", new TextValue(product.BaseUnit)),
            ("market_price", new MoneyValue(market?.Rupiah ?? 0)),
            ("market", new TextValue(market?.Market ?? "")),
            ("market_source", new TextValue(market?.Source ?? "")),
            ("market_day", new DateValue(market?.Day ?? Wib.Day(own.FromUtc))),
            ("per_base", new MoneyValue(perBase)),
            ("difference", new TextValue(market is null ? "" : PriceHistory.Difference(perBase, market.Rupiah))),
            ("trend", new TextValue(history.Trend() ?? Unknown)),
            ("line", new TextValue(history.Sparkline())));
    }
}
