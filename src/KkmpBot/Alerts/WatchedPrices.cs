using System.Globalization;
using KkmpBot.Catalog;
using KkmpBot.Data;
using KkmpBot.Prices;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Alerts;

/// <summary>What an alert watches, as it stands now.</summary>
/// <param name="Name">The article, or the goods of a market.</param>
/// <param name="Pack">What the price is for: "kg", "pak 5 kg".</param>
/// <param name="Rupiah">The price; for stock 1 when it is there, else 0.</param>
public sealed record Watched(string Name, string Pack, long Rupiah)
{
    /// <summary>The kind of goods.</summary>
    public string Goods { get; init; } = "";

    /// <summary>The article; null for a market's goods.</summary>
    public Product? Product { get; init; }

    /// <summary>The price of one unit where it is sold; null for a market's goods, and for what is not on sale.</summary>
    public long? OwnRupiah { get; init; }

    /// <summary>The latest price in the market: beside ours, or the one that is watched; null where none is known.</summary>
    public MarketPrice? Market { get; init; }
}

/// <summary>Reads what alerts watch, for a chunk of them in a few queries.</summary>
public static class WatchedPrices
{
    private const string MarketUnit = "kg";

    /// <summary>Reads it.</summary>
    /// <param name="db">A context.</param>
    /// <param name="alerts">The alerts.</param>
    /// <param name="utcNow">Now.</param>
    /// <param name="ct">Gives up.</param>
    /// <returns>By subject; without those that have no price now.</returns>
    public static async Task<IReadOnlyDictionary<string, Watched>> ReadAsync(
        KkmpDbContext db, IReadOnlyCollection<Alert> alerts, DateTime utcNow, CancellationToken ct)
    {
        var items = await Shelf.LookUpAsync(db, alerts.Select(alert => alert.ProductId).OfType<long>().Distinct(), utcNow, ct);
        var goods = alerts.Select(alert => alert.Goods).Distinct().ToArray();
        var markets = await LatestAsync(db, goods, utcNow, ct);
        var watched = new Dictionary<string, Watched>();
        foreach (var alert in alerts.DistinctBy(alert => alert.Subject))
        {
            if ((alert.ProductId is { } id ? OfItem(items.GetValueOrDefault(id), alert.Kind, markets) : OfMarket(alert, markets)) is { } found)
                watched[alert.Subject] = found;
        }
        return watched;
    }

    /// <summary>The latest price of kinds of goods in each market.</summary>
    /// <param name="db">A context.</param>
    /// <param name="goods">The kinds; null for all.</param>
    /// <param name="utcNow">Now.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task<IReadOnlyList<MarketPrice>> LatestAsync(KkmpDbContext db, string[]? goods, DateTime utcNow, CancellationToken ct)
    {
        var today = Wib.Day(utcNow);
        var known = db.Set<MarketPrice>().AsNoTracking().Where(price => price.Day <= today);
        if (goods is not null)
            known = known.Where(price => goods.Contains(price.Goods));
        return await known.Where(price => !db.Set<MarketPrice>().Any(
                later => later.Goods == price.Goods && later.Market == price.Market && later.Day > price.Day && later.Day <= today))
            .OrderBy(price => price.Goods).ThenByDescending(price => price.Day).ToListAsync(ct);
    }

    /// <summary>An article as it can be watched; null when it has no price.</summary>
    /// <param name="item">The article.</param>
    /// <param name="kind">One of <see cref="AlertKind"/>.</param>
    /// <param name="markets">As read by <see cref="LatestAsync"/>.</param>
    public static Watched? OfItem(ShelfItem? item, string kind, IReadOnlyList<MarketPrice> markets) => item switch
    {
        null => null,
        { PriceRupiah: null } when kind != AlertKind.InStock => null,
        _ => new Watched(item.Product.Name, ProductRecord.Pack(item.Product), kind == AlertKind.InStock ? (item.FreeMilli > 0 ? 1 : 0) : item.PriceRupiah!.Value)
        {
            Goods = item.Product.Goods,
            Product = item.Product,
            OwnRupiah = item.OnSale ? item.PriceRupiah : null,
            Market = markets.FirstOrDefault(price => price.Goods == item.Product.Goods),
        },
    };

    /// <summary>Goods of a market as they can be watched.</summary>
    /// <param name="price">The latest price.</param>
    public static Watched OfMarket(MarketPrice price) => new(AlertRecord.Short($"{MarketFile.NameOf(price.Goods)} (pasar)"), UnitOf(price.Goods), price.Rupiah)
    {
        Goods = price.Goods,
        Market = price,
    };

    /// <summary>The article's id behind a subject of ours; null for a market's.</summary>
    /// <param name="subject">As <see cref="WatchedPrice"/> writes it.</param>
    public static long? ProductOf(string subject) =>
        subject is ['p' or 's', ':', ..] && long.TryParse(subject[2..], NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;

    private static Watched? OfMarket(Alert alert, IReadOnlyList<MarketPrice> markets) =>
        markets.FirstOrDefault(price => price.Goods == alert.Goods && price.Market == alert.Market) is { } price ? OfMarket(price) : null;

    private static string UnitOf(string goods) => goods.StartsWith("minyak", StringComparison.Ordinal) ? "l" : MarketUnit;
}
