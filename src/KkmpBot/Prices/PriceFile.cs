using System.Globalization;
using KkmpBot.Alerts;
using KkmpBot.Auditing;
using KkmpBot.Catalog;
using KkmpBot.Conversations;
using KkmpBot.Dialogs.Texts;
using KkmpBot.Imports;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Prices;

/// <summary>What a price list did, or would do.</summary>
/// <param name="Changed">Prices that are others now.</param>
/// <param name="Same">Prices that were so before.</param>
/// <param name="Problems">Lines that cannot be taken; with one, nothing is written.</param>
public sealed record PriceListReport(int Changed, int Same, IReadOnlyList<ImportProblem> Problems);

/// <summary>
/// An officer's price list as a file: <c>barang, harga</c> and, if wanted, <c>golongan</c> (anggota, umum, warung). All of it or nothing; a
/// price above a ceiling (HET) is refused as in the chat, one above a reference price is taken, since a file was written with thought.
/// </summary>
public static class PriceFile
{
    /// <summary>Who decided, as shown to members.</summary>
    private const string DecidedBy = "pengurus koperasi";

    private static readonly Dictionary<string, string> Tiers = new(StringComparer.OrdinalIgnoreCase)
    {
        [""] = PriceTier.Member,
        ["anggota"] = PriceTier.Member,
        ["umum"] = PriceTier.NonMember,
        ["warung"] = PriceTier.Kiosk,
    };

    /// <summary>Reads and writes a list in the cooperative of whoever acts.</summary>
    /// <param name="turn">The officer's act; nothing is written when there are problems.</param>
    /// <param name="content">The file.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task<PriceListReport> ApplyAsync(Turn turn, string content, CancellationToken ct)
    {
        var cooperativeId = turn.Caller.CooperativeId ?? throw new InvalidOperationException("A price list belongs to a cooperative.");
        var problems = new List<ImportProblem>();
        var lines = CsvLine.Read(content, ["barang", "harga"], problems);
        var items = (await Shelf.ListAsync(turn.Db, cooperativeId, turn.UtcNow, ct)).ToDictionary(item => Folding.Fold(item.Product.Name));
        var rules = await GoodsRules.InForceAsync(turn.Db, items.Values.Select(item => item.Product.Goods), turn.UtcNow, ct);
        var prices = new Dictionary<(long ProductId, string Tier), (Product Product, long Rupiah)>();
        foreach (var line in lines)
        {
            var problem = Read(line, items, rules, out var price);
            if (problem is null && !prices.TryAdd((price.Product.Id, price.Tier), (price.Product, price.Rupiah)))
                problem = "barang ini sudah ada di baris sebelumnya";
            if (problem is not null)
                problems.Add(new ImportProblem(line.Number, problem));
        }
        if (problems.Count > 0)
            return new PriceListReport(0, 0, problems);
        return await WriteAsync(turn, prices, ct);
    }

    private static string? Read(
        CsvLine line, Dictionary<string, ShelfItem> items, GoodsRules rules, out (Product Product, string Tier, long Rupiah) price)
    {
        price = default;
        if (!items.TryGetValue(Folding.Fold(line["barang"]), out var item))
            return "barang tidak ada di daftar koperasi";
        if (!Tiers.TryGetValue(line["golongan"], out var tier))
            return "golongan: anggota, umum, atau warung";
        var digits = line["harga"].Replace("Rp", "", StringComparison.OrdinalIgnoreCase).Replace(".", "", StringComparison.Ordinal).Trim();
        if (!long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var rupiah) || rupiah is 0 or > Price.MaxRupiah)
            return "harga tidak terbaca";
        if (rules.Find(item.Product.Goods, RuleKind.Ceiling) is { } ceiling && rupiah > GoodsRules.RupiahPerUnit(ceiling, item.Product))
            return $"di atas batas {Rupiah.Write(GoodsRules.RupiahPerUnit(ceiling, item.Product))} ({ceiling.Source})";
        price = (item.Product, tier, rupiah);
        return null;
    }

    private static async Task<PriceListReport> WriteAsync(
        Turn turn, Dictionary<(long ProductId, string Tier), (Product Product, long Rupiah)> prices, CancellationToken ct)
    {
        var same = 0;
        foreach (var ((productId, tier), (product, rupiah)) in prices.OrderBy(price => price.Key.ProductId))
        {
            var now = await turn.Db.Set<Price>().AsNoTracking()
                .Where(price => price.ProductId == productId && price.Tier == tier && price.FromUtc <= turn.UtcNow)
                .OrderByDescending(price => price.FromUtc).ThenByDescending(price => price.Id).Select(price => (long?)price.Rupiah).FirstOrDefaultAsync(ct);
            if (now == rupiah)
            {
                same++;
                continue;
            }
            turn.Db.Add(new Price
            {
                ProductId = productId,
                Tier = tier,
                Rupiah = rupiah,
                FromUtc = turn.UtcNow,
                Source = DecidedBy,
                SetBy = turn.Caller.PersonId == 0 ? null : turn.Caller.PersonId,
            });
            if (tier == PriceTier.Member)
                PriceEvents.Add(turn.Db, WatchedPrice.OfProduct(product), rupiah, turn.UtcNow);
        }
        await turn.Db.SaveChangesAsync(ct);
        await Audit.RecordAsync(turn, "prices.list", string.Create(CultureInfo.InvariantCulture, $"prices:{prices.Count - same}"), ct);
        return new PriceListReport(prices.Count - same, same, []);
    }
}
