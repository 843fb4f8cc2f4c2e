using KkmpBot.Catalog;
using KkmpBot.Data;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Programs.Distribution;

/// <summary>How fast an article sells, and how long it lasts.</summary>
/// <param name="Product">The article.</param>
/// <param name="FreeMilli">What belongs to nobody yet, in thousandths of its unit.</param>
/// <param name="SoldMilli">What was sold in the last <see cref="Days"/> days.</param>
internal sealed record SalesPace(Product Product, long FreeMilli, long SoldMilli)
{
    /// <summary>Four whole weeks, so that every weekday counts the same.</summary>
    public const int Days = 28;

    /// <summary>Whole days that the free stock lasts at this pace; null when nothing was sold.</summary>
    public int? DaysLeft => SoldMilli <= 0 ? null : (int)Int128.Min(int.MaxValue, (Int128)FreeMilli * Days / SoldMilli);

    /// <summary>
    /// What is missing so that the shelf lasts for some days, and does not fall below the officers' own line: in whole steps, rounded up.
    /// </summary>
    /// <param name="days">The days.</param>
    /// <param name="comingMilli">What is under way already.</param>
    public long MissingMilli(int days, long comingMilli)
    {
        var wanted = Math.Max((long)(((Int128)SoldMilli * days + Days - 1) / Days), Product.LowMilli ?? 0);
        var missing = wanted - FreeMilli - comingMilli;
        // Deliveries come in whole packs, sacks or kilograms, whatever part is sold over the counter.
        var step = Math.Max(Product.StepMilli, Quantities.Milli);
        return missing <= 0 ? 0 : (missing + step - 1) / step * step;
    }

    /// <summary>The pace of articles, by article.</summary>
    /// <param name="db">The turn's database.</param>
    /// <param name="products">Which.</param>
    /// <param name="utcNow">The time of the turn.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task<List<SalesPace>> OfAsync(KkmpDbContext db, IQueryable<Product> products, DateTime utcNow, CancellationToken ct)
    {
        var since = utcNow.AddDays(-Days);
        var rows = await (
            from product in products.AsNoTracking()
            join level in db.Set<StockLevel>() on product.Id equals level.ProductId
            orderby product.Id
            select new
            {
                product,
                Free = level.OnHandMilli - level.ReservedMilli,
                Sold = db.Set<StockMovement>()
                    .Where(row => row.ProductId == product.Id && row.AtUtc >= since && (row.Kind == MovementKind.Sale || row.Kind == MovementKind.Return))
                    .Sum(row => (long?)row.QuantityMilli) ?? 0,
            }).ToListAsync(ct);
        return [.. rows.Select(row => new SalesPace(row.product, row.Free, -row.Sold))];
    }
}
