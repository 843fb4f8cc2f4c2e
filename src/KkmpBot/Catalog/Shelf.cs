using System.Globalization;
using KkmpBot.Data;
using KkmpBot.Prices;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Catalog;

/// <summary>An article as it stands on the shelf now.</summary>
/// <param name="Product">The article.</param>
/// <param name="OnHandMilli">What is there, in thousandths of its unit.</param>
/// <param name="ReservedMilli">The part that belongs to orders, or is kept for those whose turn in the queue has come.</param>
/// <param name="PriceRupiah">Today's price for one unit; null when none was set yet: it cannot be ordered then.</param>
public sealed record ShelfItem(Product Product, long OnHandMilli, long ReservedMilli, long? PriceRupiah)
{
    /// <summary>The part of <see cref="ReservedMilli"/> that is kept for the person who looks.</summary>
    public long OfferedMilli { get; init; }

    /// <summary>What the person who looks may have, in thousandths of the unit.</summary>
    public long FreeMilli => OnHandMilli - ReservedMilli + OfferedMilli;

    /// <summary>True when members may order it now, stock permitting.</summary>
    public bool OnSale => Product.Active && PriceRupiah is not null;
}

/// <summary>What a cooperative sells, with today's stock and price.</summary>
public static class Shelf
{
    /// <summary>The most articles that one cooperative may sell; a list in the chat shows no more.</summary>
    public const int MaxArticles = 40;

    /// <summary>All articles by name, also those that are not on sale now.</summary>
    /// <param name="db">The turn's database.</param>
    /// <param name="cooperativeId">Whose.</param>
    /// <param name="utcNow">The time of the turn.</param>
    /// <param name="ct">Cancelled only when the process stops.</param>
    /// <param name="tier">Whose prices, one of <see cref="PriceTier"/>.</param>
    public static async Task<IReadOnlyList<ShelfItem>> ListAsync(
        KkmpDbContext db, int cooperativeId, DateTime utcNow, CancellationToken ct, string tier = PriceTier.Member) =>
        await Items(db, db.Set<Product>().Where(product => product.CooperativeId == cooperativeId), utcNow, tier)
            .Take(MaxArticles)
            .ToListAsync(ct);

    /// <summary>One article of a cooperative, on sale or not; null when it has none of that key.</summary>
    /// <param name="db">The turn's database.</param>
    /// <param name="cooperativeId">Whose.</param>
    /// <param name="key">The article's id as text, as dialogs carry it.</param>
    /// <param name="utcNow">The time of the turn.</param>
    /// <param name="ct">Cancelled only when the process stops.</param>
    public static async Task<ShelfItem?> FindAsync(
        KkmpDbContext db, int cooperativeId, string key, DateTime utcNow, CancellationToken ct)
    {
        if (!long.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var id))
            return null;
        var products = db.Set<Product>().Where(product => product.Id == id && product.CooperativeId == cooperativeId);
        return await Items(db, products, utcNow, PriceTier.Member).SingleOrDefaultAsync(ct);
    }

    /// <summary>Articles by id, on sale or not, for what stands in a cart.</summary>
    /// <param name="db">The turn's database.</param>
    /// <param name="productIds">The articles.</param>
    /// <param name="utcNow">The time of the turn.</param>
    /// <param name="ct">Cancelled only when the process stops.</param>
    public static async Task<IReadOnlyDictionary<long, ShelfItem>> LookUpAsync(
        KkmpDbContext db, IEnumerable<long> productIds, DateTime utcNow, CancellationToken ct)
    {
        long[] ids = [.. productIds];
        return await Items(db, db.Set<Product>().Where(product => ids.Contains(product.Id)), utcNow, PriceTier.Member)
            .ToDictionaryAsync(item => item.Product.Id, ct);
    }

    private static IQueryable<ShelfItem> Items(KkmpDbContext db, IQueryable<Product> products, DateTime utcNow, string tier)
    {
        var current = db.Set<Price>().Where(price => price.FromUtc <= utcNow).OrderByDescending(price => price.FromUtc).ThenByDescending(price => price.Id);
        return from product in products.AsNoTracking()
               join level in db.Set<StockLevel>() on product.Id equals level.ProductId
               orderby product.Name
               select new ShelfItem(
                   product,
                   level.OnHandMilli,
                   level.ReservedMilli,
                   current.Where(price => price.ProductId == product.Id && price.Tier == tier).Select(price => (long?)price.Rupiah).FirstOrDefault()
                       ?? current.Where(price => price.ProductId == product.Id && price.Tier == PriceTier.Member)
                           .Select(price => (long?)price.Rupiah).FirstOrDefault());
    }
}
