using System.Globalization;
using KkmpBot.Conversations;
using KkmpBot.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace KkmpBot.Catalog;

/// <summary>A delivery of goods that spoil: how much of it is left, and the last day it may be sold.</summary>
public sealed class StockBatch
{
    /// <summary>The batch's id.</summary>
    public long Id { get; set; }

    /// <summary>The article.</summary>
    public long ProductId { get; set; }

    /// <summary>The last day, as printed on it; null when none was noted.</summary>
    public DateOnly? ExpiresOn { get; set; }

    /// <summary>What is left of it, in thousandths of the unit; never negative.</summary>
    public long LeftMilli { get; set; }

    /// <summary>When it came.</summary>
    public DateTime ReceivedUtc { get; set; }

    private sealed class Table : IEntityTypeConfiguration<StockBatch>
    {
        public void Configure(EntityTypeBuilder<StockBatch> builder)
        {
            builder.ToTable("stock_batches", table => table.HasCheckConstraint("CK_stock_batches_left_milli", "left_milli >= 0"));
            builder.HasOne<Product>().WithMany().HasForeignKey(batch => batch.ProductId).OnDelete(DeleteBehavior.Restrict);
            builder.HasIndex(batch => new { batch.ProductId, batch.ExpiresOn });
        }
    }
}

/// <summary>
/// The batches of articles that spoil: what expires first goes first. Their rest always sums to what is on hand. Called after the level of
/// the article was changed, which holds its row.
/// </summary>
internal static class StockBatches
{
    /// <summary>Officers are told so many days before a batch expires.</summary>
    public const int DaysOfWarning = 3;

    /// <summary>Adds what came; nothing for an article that does not spoil.</summary>
    /// <param name="turn">The turn.</param>
    /// <param name="product">The article.</param>
    /// <param name="milli">Thousandths of its unit.</param>
    /// <param name="expiresOn">The last day, when noted.</param>
    /// <param name="ct">Cancelled only when the process stops.</param>
    /// <returns>As <see cref="StockMovement.Batches"/> keeps it.</returns>
    public static async Task<string?> AddAsync(Turn turn, Product product, long milli, DateOnly? expiresOn, CancellationToken ct)
    {
        if (!product.TracksExpiry)
            return null;
        var batch = new StockBatch { ProductId = product.Id, ExpiresOn = expiresOn, LeftMilli = milli, ReceivedUtc = turn.UtcNow };
        turn.Db.Add(batch);
        await turn.Db.SaveChangesAsync(ct);
        return Part(batch, milli);
    }

    /// <summary>Takes what went from the batches that expire first; nothing for an article that does not spoil.</summary>
    /// <param name="db">The turn's database.</param>
    /// <param name="product">The article.</param>
    /// <param name="milli">Thousandths of its unit.</param>
    /// <param name="ct">Cancelled only when the process stops.</param>
    /// <returns>As <see cref="StockMovement.Batches"/> keeps it.</returns>
    public static async Task<string?> TakeAsync(KkmpDbContext db, Product product, long milli, CancellationToken ct)
    {
        if (!product.TracksExpiry)
            return null;
        await db.SaveChangesAsync(ct);
        var batches = await db.Set<StockBatch>()
            .Where(batch => batch.ProductId == product.Id && batch.LeftMilli > 0)
            .OrderBy(batch => batch.ExpiresOn == null).ThenBy(batch => batch.ExpiresOn).ThenBy(batch => batch.Id)
            .ToListAsync(ct);
        var parts = new List<string>();
        foreach (var batch in batches)
        {
            var taken = Math.Min(batch.LeftMilli, milli);
            batch.LeftMilli -= taken;
            milli -= taken;
            parts.Add(Part(batch, taken));
            if (milli == 0)
                return string.Join(',', parts);
        }

        throw new InvalidOperationException($"Product {product.Id}: the batches hold less than what lies on the shelf.");
    }

    /// <summary>Undoes what a movement did to the batches; nobody has moved goods of the article since.</summary>
    /// <param name="db">The turn's database.</param>
    /// <param name="movement">The movement.</param>
    /// <param name="ct">Cancelled only when the process stops.</param>
    public static async Task UndoAsync(KkmpDbContext db, StockMovement movement, CancellationToken ct)
    {
        foreach (var part in movement.Batches?.Split(',') ?? [])
        {
            long[] numbers = [.. part.Split(':').Select(number => long.Parse(number, CultureInfo.InvariantCulture))];
            var batch = await db.Set<StockBatch>().SingleAsync(row => row.Id == numbers[0], ct);
            batch.LeftMilli += movement.QuantityMilli > 0 ? -numbers[1] : numbers[1];
        }
    }

    /// <summary>What of a cooperative's goods expires by a day, soonest first.</summary>
    /// <param name="db">The turn's database.</param>
    /// <param name="cooperativeId">Whose.</param>
    /// <param name="until">The day.</param>
    /// <param name="ct">Cancelled only when the process stops.</param>
    public static async Task<IReadOnlyList<(Product Product, StockBatch Batch)>> ExpiringAsync(
        KkmpDbContext db, int cooperativeId, DateOnly until, CancellationToken ct)
    {
        var rows = await (
            from batch in db.Set<StockBatch>().AsNoTracking()
            join product in db.Set<Product>() on batch.ProductId equals product.Id
            where product.CooperativeId == cooperativeId && batch.LeftMilli > 0 && batch.ExpiresOn != null && batch.ExpiresOn <= until
            orderby batch.ExpiresOn, batch.Id
            select new { product, batch }).Take(Shelf.MaxArticles).ToListAsync(ct);
        return [.. rows.Select(row => (row.product, row.batch))];
    }
    private static string Part(StockBatch batch, long milli) => string.Create(CultureInfo.InvariantCulture, $"{batch.Id}:{milli}");
}
