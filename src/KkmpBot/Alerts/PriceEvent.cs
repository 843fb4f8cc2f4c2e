using KkmpBot.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace KkmpBot.Alerts;

/// <summary>A price that moved and whose watchers were not yet looked through: a job. It is gone when they were.</summary>
public sealed class PriceEvent
{
    /// <summary>The row's id: jobs are done in this order.</summary>
    public long Id { get; set; }

    /// <summary>What moved, as <see cref="WatchedPrice"/> writes it.</summary>
    public required string Subject { get; set; }

    /// <summary>The new price in rupiah; for stock 1 when it is there and 0 when it is sold out.</summary>
    public long Rupiah { get; set; }

    /// <summary>When it moved.</summary>
    public DateTime AtUtc { get; set; }

    private sealed class Table : IEntityTypeConfiguration<PriceEvent>
    {
        public void Configure(EntityTypeBuilder<PriceEvent> builder) => builder.ToTable("price_events");
    }
}

/// <summary>How the rest of the program tells that a price moved: one row, whoever watches it.</summary>
public static class PriceEvents
{
    /// <summary>Leaves a job in the transaction that moves the price.</summary>
    /// <param name="db">The context of the transaction.</param>
    /// <param name="subject">As <see cref="WatchedPrice"/> writes it.</param>
    /// <param name="rupiah">The new price.</param>
    /// <param name="utcNow">When.</param>
    public static void Add(KkmpDbContext db, string subject, long rupiah, DateTime utcNow) =>
        db.Add(new PriceEvent { Subject = subject, Rupiah = rupiah, AtUtc = utcNow });

    /// <summary>Leaves a job when an article's free stock came to nothing or became something, and somebody watches that.</summary>
    /// <param name="db">The context of the transaction; the article's row is still held.</param>
    /// <param name="productId">The article.</param>
    /// <param name="freeMilli">What is free now.</param>
    /// <param name="changeMilli">How it changed, in thousandths of the unit: negative when goods left.</param>
    /// <param name="utcNow">When.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task AddStockAsync(KkmpDbContext db, long productId, long freeMilli, long changeMilli, DateTime utcNow, CancellationToken ct)
    {
        if (freeMilli > 0 == freeMilli - changeMilli > 0)
            return;
        var subject = WatchedPrice.OfStock(productId);
        if (await db.Set<Alert>().AnyAsync(alert => alert.Subject == subject, ct))
            Add(db, subject, freeMilli > 0 ? 1 : 0, utcNow);
    }
}
