using KkmpBot.Cooperatives;
using KkmpBot.Data;
using KkmpBot.Ledger;
using KkmpBot.Members;
using KkmpBot.Prices;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Catalog;

/// <summary>
/// The shop of the demo cooperative, Jatisari: twelve articles with prices under their ceilings, stock that was delivered and booked, a
/// history of prices, and a market to compare with.
/// </summary>
public static class GoodsDemo
{
    private static readonly TimeSpan Delivered = TimeSpan.FromDays(2);

    private static readonly DemoArticle[] Articles =
    [
        new("beras_sphp", "Beras SPHP", "pak", 60_000, 55_000, 80) { Base = ("kg", 5000), Supplier = "Bulog", Low = 20 },
        new("beras_medium", "Beras medium", "kg", 13_300, 12_400, 150) { Step = 500, Supplier = "Gapoktan Mijen", Before = [13_400, 13_200] },
        new("beras_premium", "Beras premium", "pak", 73_500, 69_000, 40) { Base = ("kg", 5000), Supplier = "Bulog", Before = [74_000] },
        new("minyakita", "Minyakita", "botol", 15_700, 14_600, 120) { Base = ("l", 1000), Supplier = "Bulog" },
        new("gula", "Gula pasir", "kg", 17_300, 16_300, 60)
        {
            Step = 500, Supplier = "Bulog", Before = [17_500], Tiers = [(PriceTier.NonMember, 17_500), (PriceTier.Kiosk, 17_000)],
        },
        new("telur", "Telur ayam", "kg", 28_500, 26_400, 45)
        {
            Step = 250, Supplier = "Peternak Mijen", Before = [29_000, 27_500, 28_000], Tiers = [(PriceTier.NonMember, 29_500)], KeepsDays = 18,
        },
        new("tepung", "Tepung terigu", "kg", 11_500, 10_300, 40) { Step = 500 },
        new("garam", "Garam halus", "bungkus", 3_000, 2_300, 100) { Base = ("kg", 250) },
        new("bawang_merah", "Bawang merah", "kg", 36_000, 32_000, 15) { Step = 100, Supplier = "UMKM Jatisari", Before = [38_000, 41_000, 37_000] },
        new("bawang_putih", "Bawang putih", "kg", 37_000, 33_500, 15) { Step = 100, Supplier = "UMKM Jatisari", Before = [36_500] },
        new("cabai_rawit", "Cabai rawit", "kg", 48_000, 42_000, 8) { Step = 100, Supplier = "UMKM Jatisari", Before = [55_000, 41_000, 52_000] },
        new("lpg3", "LPG 3 kg", "tabung", 18_000, 16_000, 30) { Supplier = "Agen LPG Mijen" },
    ];

    /// <summary>Writes the shop, in one transaction.</summary>
    /// <param name="db">A context over a database with the reference data.</param>
    /// <param name="utcNow">The present; deliveries and prices lead up to it.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task LoadAsync(KkmpDbContext db, DateTime utcNow, CancellationToken ct)
    {
        await using var own = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(ct) : null;
        var cooperative = await db.Set<Cooperative>().SingleAsync(row => row.Code == DemoPeople.CooperativeCode, ct);
        var officer = await db.Set<Officer>()
            .Where(row => row.CooperativeId == cooperative.Id && row.Role == OfficerRole.Warehouse)
            .Select(row => row.PersonId)
            .FirstOrDefaultAsync(ct);
        var valueRupiah = 0L;
        foreach (var article in Articles)
            valueRupiah += await StockAsync(db, article, cooperative.Id, officer, utcNow, ct);
        db.AddRange(BandungMarket.Read());
        var delivery = new EntryDraft(cooperative.Id, "stock_in", "demo:stock", utcNow - Delivered, byPersonId: null)
            .Debit(Account.Stock, valueRupiah)
            .Credit(Account.Payables, valueRupiah);
        await Books.PostAsync(db, delivery, ct);
        if (own is not null)
            await own.CommitAsync(ct);
    }

    private static async Task<long> StockAsync(
        KkmpDbContext db, DemoArticle article, int cooperativeId, long officer, DateTime utcNow, CancellationToken ct)
    {
        var (baseUnit, baseMilli) = article.Base ?? (article.Unit, Quantities.Milli);
        var product = new Product
        {
            CooperativeId = cooperativeId,
            Goods = article.Goods,
            Name = article.Name,
            Unit = article.Unit,
            StepMilli = article.Step,
            BaseUnit = baseUnit,
            BaseMilli = baseMilli,
            Supplier = article.Supplier,
            SupplierKind = KindOf(article.Supplier),
            LowMilli = article.Low * Quantities.Milli,
            TracksExpiry = article.KeepsDays is not null,
            Active = true,
        };
        db.Add(product);
        await db.SaveChangesAsync(ct);

        var milli = article.Stock * Quantities.Milli;
        var valueRupiah = article.Stock * article.Cost;
        db.Add(new StockLevel { ProductId = product.Id, OnHandMilli = milli, ValueRupiah = valueRupiah });
        if (article.KeepsDays is { } days)
            db.Add(new StockBatch { ProductId = product.Id, LeftMilli = milli, ReceivedUtc = utcNow - Delivered, ExpiresOn = Wib.Day(utcNow).AddDays(days) });
        db.Add(new StockMovement
        {
            ProductId = product.Id,
            Kind = MovementKind.In,
            QuantityMilli = milli,
            ValueRupiah = valueRupiah,
            PersonId = officer,
            AtUtc = utcNow - Delivered,
            ActKey = $"demo:{product.Subject}",
        });
        // One change of price a week, the youngest three days ago.
        long[] prices = [article.Price, .. article.Before];
        for (var weeks = 0; weeks < prices.Length; weeks++)
        {
            var fromUtc = utcNow - TimeSpan.FromDays(3 + (7 * weeks));
            db.Add(new Price { ProductId = product.Id, Rupiah = prices[weeks], FromUtc = fromUtc, Source = "pengurus koperasi" });
        }

        foreach (var (tier, rupiah) in article.Tiers)
            db.Add(new Price { ProductId = product.Id, Tier = tier, Rupiah = rupiah, FromUtc = utcNow - TimeSpan.FromDays(3), Source = "pengurus koperasi" });
        return valueRupiah;
    }

    private static string? KindOf(string? supplier) => supplier switch
    {
        null => null,
        "Bulog" => SupplierKind.Bulog,
        _ when supplier.StartsWith("Agen", StringComparison.Ordinal) => SupplierKind.Other,
        _ => SupplierKind.Umkm,
    };

    /// <summary>An article: price and purchase price of one unit in rupiah, stock in units.</summary>
    private sealed record DemoArticle(string Goods, string Name, string Unit, long Price, long Cost, long Stock)
    {
        /// <summary>What one unit holds in the unit of laws; null when they are the same.</summary>
        public (string Unit, long Milli)? Base { get; init; }

        /// <summary>The smallest part sold, in thousandths.</summary>
        public long Step { get; init; } = Quantities.Milli;

        public string? Supplier { get; init; }

        /// <summary>Officers are told below so many units; null for never.</summary>
        public long? Low { get; init; }

        /// <summary>Spoils after so many days; null when it keeps.</summary>
        public int? KeepsDays { get; init; }

        /// <summary>Prices of other tiers.</summary>
        public (string Tier, long Rupiah)[] Tiers { get; init; } = [];

        /// <summary>Earlier prices, youngest first.</summary>
        public long[] Before { get; init; } = [];
    }
}
