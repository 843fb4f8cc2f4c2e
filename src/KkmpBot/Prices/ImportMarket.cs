using KkmpBot.Alerts;
using KkmpBot.Data;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Prices;

/// <summary>What an import of market prices changed.</summary>
/// <param name="Added">Prices of days that were not known.</param>
/// <param name="Corrected">Prices of known days that were different.</param>
/// <param name="Events">Goods whose latest price is another one now: their subscribers are told.</param>
public sealed record MarketChange(int Added, int Corrected, int Events);

/// <summary>
/// Takes market prices over: the same file twice changes nothing. Where the latest price of some goods moves, one job row is left for those
/// who watch it.
/// </summary>
public static class ImportMarket
{
    /// <summary>The longest name of a market or a source.</summary>
    public const int MaxNameLength = PriceRecord.MaxSourceLength;

    /// <summary>Writes prices, inside the caller's transaction.</summary>
    /// <param name="db">The context of the transaction.</param>
    /// <param name="quotes">As read by <see cref="MarketFile"/>, at most one of a kind of goods and day.</param>
    /// <param name="market">Which market, as shown.</param>
    /// <param name="source">Who observed it, as shown.</param>
    /// <param name="utcNow">When.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task<MarketChange> ApplyAsync(
        KkmpDbContext db, IReadOnlyList<MarketQuote> quotes, string market, string source, DateTime utcNow, CancellationToken ct)
    {
        if (market.Length is 0 or > MaxNameLength || source.Length is 0 or > MaxNameLength)
            throw new ArgumentException($"The names of market and source have 1 to {MaxNameLength} characters.", nameof(market));
        await db.LockNameAsync($"market:{market}", ct);
        if (quotes.Count == 0)
            return new MarketChange(0, 0, 0);
        var goods = quotes.Select(quote => quote.Goods).Distinct().ToArray();
        var (first, last) = (quotes.Min(quote => quote.Day), quotes.Max(quote => quote.Day));
        var rows = db.Set<MarketPrice>().Where(price => price.Market == market && goods.Contains(price.Goods));
        var known = await rows.Where(price => price.Day >= first && price.Day <= last).ToDictionaryAsync(price => (price.Goods, price.Day), ct);
        var before = await LatestAsync(rows, ct);
        var (added, corrected) = (0, 0);
        foreach (var quote in quotes)
        {
            if (!known.TryGetValue((quote.Goods, quote.Day), out var row))
            {
                db.Add(new MarketPrice { Goods = quote.Goods, Day = quote.Day, Rupiah = quote.Rupiah, Market = market, Source = source });
                added++;
            }
            else if (row.Rupiah != quote.Rupiah)
            {
                (row.Rupiah, row.Source) = (quote.Rupiah, source);
                corrected++;
            }
        }
        if (added + corrected == 0)
            return new MarketChange(0, 0, 0);
        await db.SaveChangesAsync(ct);
        var moved = (await LatestAsync(rows, ct)).Where(latest => !before.TryGetValue(latest.Key, out var earlier) || earlier != latest.Value).ToList();
        foreach (var (kind, rupiah) in moved.OrderBy(latest => latest.Key, StringComparer.Ordinal))
            PriceEvents.Add(db, WatchedPrice.OfMarket(market, kind), rupiah, utcNow);
        await db.SaveChangesAsync(ct);
        return new MarketChange(added, corrected, moved.Count);
    }

    private static Task<Dictionary<string, long>> LatestAsync(IQueryable<MarketPrice> rows, CancellationToken ct) =>
        rows.Where(price => !rows.Any(later => later.Goods == price.Goods && later.Day > price.Day)).ToDictionaryAsync(price => price.Goods, price => price.Rupiah, ct);
}
