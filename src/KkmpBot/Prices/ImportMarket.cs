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
        var (added, corrected, events) = (0, 0, 0);
        foreach (var ofGoods in quotes.GroupBy(quote => quote.Goods))
        {
            var rows = db.Set<MarketPrice>().Where(price => price.Goods == ofGoods.Key && price.Market == market);
            var before = await LatestAsync(rows, ct);
            var (first, last) = (ofGoods.Min(quote => quote.Day), ofGoods.Max(quote => quote.Day));
            var known = await rows.Where(price => price.Day >= first && price.Day <= last).ToDictionaryAsync(price => price.Day, ct);
            foreach (var quote in ofGoods)
            {
                if (!known.TryGetValue(quote.Day, out var row))
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
            await db.SaveChangesAsync(ct);
            if (await LatestAsync(rows, ct) is { } now && now != before)
            {
                PriceEvents.Add(db, WatchedPrice.OfMarket(market, ofGoods.Key), now, utcNow);
                events++;
            }
        }
        await db.SaveChangesAsync(ct);
        return new MarketChange(added, corrected, events);
    }

    private static Task<long?> LatestAsync(IQueryable<MarketPrice> rows, CancellationToken ct) =>
        rows.OrderByDescending(price => price.Day).Select(price => (long?)price.Rupiah).FirstOrDefaultAsync(ct);
}
