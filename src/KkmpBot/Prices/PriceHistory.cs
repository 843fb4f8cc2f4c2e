using System.Globalization;
using KkmpBot.Catalog;
using KkmpBot.Data;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Prices;

/// <summary>
/// What an article, and its goods in a market, cost in the last weeks: one value a day, both for one base unit (kg, l), so that they can
/// be compared. A day without news has the price of the day before.
/// </summary>
/// <param name="FirstDay">The first of <see cref="Days"/> days.</param>
/// <param name="Own">Ours by day; null before the article had a price.</param>
/// <param name="Market">The market's by day; null where it is not known, or not newer than <see cref="MarketGoesStale"/>.</param>
public sealed record PriceHistory(DateOnly FirstDay, IReadOnlyList<long?> Own, IReadOnlyList<long?> Market)
{
    /// <summary>How many days are shown: eight weeks.</summary>
    public const int Days = 56;

    /// <summary>A market's price is carried on for so many days without news.</summary>
    public const int MarketGoesStale = 7;

    /// <summary>How long ago the price is that the trend compares with.</summary>
    public const int TrendDays = 28;

    private const int SparkWidth = 8;
    private const string Sparks = "▁▂▃▄▅▆▇█";

    /// <summary>Reads it.</summary>
    /// <param name="db">The turn's database.</param>
    /// <param name="product">The article.</param>
    /// <param name="market">The market to compare with; null for none.</param>
    /// <param name="utcNow">The time of the turn; today is the last day.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task<PriceHistory> ReadAsync(KkmpDbContext db, Product product, string? market, DateTime utcNow, CancellationToken ct)
    {
        var today = Wib.Day(utcNow);
        var first = today.AddDays(1 - Days);
        var fromUtc = Wib.StartUtc(first);
        var own = db.Set<Price>().AsNoTracking()
            .Where(price => price.ProductId == product.Id && price.Tier == PriceTier.Member && price.FromUtc <= utcNow);
        var changes = await own.Where(price => price.FromUtc >= fromUtc).OrderBy(price => price.FromUtc).ThenBy(price => price.Id).ToListAsync(ct);
        var before = await own.Where(price => price.FromUtc < fromUtc)
            .OrderByDescending(price => price.FromUtc).ThenByDescending(price => price.Id).FirstOrDefaultAsync(ct);
        var ofMarket = market is null ? [] : await db.Set<MarketPrice>().AsNoTracking()
            .Where(price => price.Goods == product.Goods && price.Market == market && price.Day > first.AddDays(-MarketGoesStale) && price.Day <= today)
            .ToDictionaryAsync(price => price.Day, price => price.Rupiah, ct);
        var days = Enumerable.Range(0, Days).Select(first.AddDays).ToList();
        return new PriceHistory(
            first,
            [.. days.Select(day => (changes.LastOrDefault(price => Wib.Day(price.FromUtc) <= day) ?? before)?.Rupiah * Quantities.Milli / product.BaseMilli)],
            [.. days.Select(day => MarketOn(ofMarket, day))]);
    }

    /// <summary>Eight small bars, one a week, for phones and channels without pictures; empty without a history.</summary>
    public string Sparkline()
    {
        var weeks = Own.Chunk(Days / SparkWidth).Select(week => week.LastOrDefault(price => price is not null)).OfType<long>().ToList();
        if (weeks.Count < 2)
            return "";
        var (low, high) = (weeks.Min(), weeks.Max());
        return string.Concat(weeks.Select(price => high == low ? Sparks[3] : Sparks[(int)((price - low) * (Sparks.Length - 1) / (high - low))]));
    }

    /// <summary>How today's price differs from that of four weeks ago, as "+Rp500 (+4%)"; null without one.</summary>
    public string? Trend() => Own[^1] is { } now && Own[Days - 1 - TrendDays] is { } then ? Difference(now, then) : null;

    /// <summary>The difference of two prices, as "-Rp1.500 (-11%)".</summary>
    /// <param name="price">This one.</param>
    /// <param name="than">Compared with this one.</param>
    public static string Difference(long price, long than)
    {
        var percent = than == 0 ? 0 : (long)Math.Round((price - than) * 100m / than, MidpointRounding.AwayFromZero);
        var sign = price > than ? "+" : price < than ? "-" : "";
        return string.Create(CultureInfo.InvariantCulture, $"{sign}{Dialogs.Texts.Rupiah.Write(Math.Abs(price - than))} ({sign}{Math.Abs(percent)}%)");
    }

    private static long? MarketOn(Dictionary<DateOnly, long> known, DateOnly day)
    {
        for (var back = 0; back < MarketGoesStale; back++)
        {
            if (known.TryGetValue(day.AddDays(-back), out var rupiah))
                return rupiah;
        }
        return null;
    }
}
