using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace KkmpBot.Catalog;

/// <summary>A count of the shelf, open until its differences are booked or it is given up. Each cooperative has one open at most.</summary>
public sealed class StockCount
{
    /// <summary>The count's id.</summary>
    public long Id { get; set; }

    /// <summary>Whose shelf.</summary>
    public int CooperativeId { get; set; }

    /// <summary>The officer who began it.</summary>
    public long PersonId { get; set; }

    /// <summary>When it began.</summary>
    public DateTime StartedUtc { get; set; }

    /// <summary>When it was booked or given up; null while it is open.</summary>
    public DateTime? ClosedUtc { get; set; }

    private sealed class Table : IEntityTypeConfiguration<StockCount>
    {
        public void Configure(EntityTypeBuilder<StockCount> builder)
        {
            builder.ToTable("stock_counts");
            builder.HasIndex(count => count.CooperativeId).IsUnique().HasFilter("closed_utc IS NULL");
        }
    }
}

/// <summary>
/// What was counted of an article, beside what the book said at that moment: sales between counting and booking change both alike, so
/// the difference stays true.
/// </summary>
public sealed class StockCountLine
{
    /// <summary>The line's id.</summary>
    public long Id { get; set; }

    /// <summary>The count.</summary>
    public long CountId { get; set; }

    /// <summary>The article.</summary>
    public long ProductId { get; set; }

    /// <summary>What was found, in thousandths of the unit.</summary>
    public long CountedMilli { get; set; }

    /// <summary>What the book said then; the counter never sees it before the end.</summary>
    public long BookMilli { get; set; }

    private sealed class Table : IEntityTypeConfiguration<StockCountLine>
    {
        public void Configure(EntityTypeBuilder<StockCountLine> builder)
        {
            builder.ToTable("stock_count_lines");
            builder.HasOne<StockCount>().WithMany().HasForeignKey(line => line.CountId).OnDelete(DeleteBehavior.Restrict);
            builder.HasOne<Product>().WithMany().HasForeignKey(line => line.ProductId).OnDelete(DeleteBehavior.Restrict);
            builder.HasIndex(line => new { line.CountId, line.ProductId }).IsUnique();
            builder.HasIndex(line => line.ProductId);
        }
    }
}
