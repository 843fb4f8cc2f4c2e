using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace KkmpBot.Catalog;

/// <summary>
/// How much of an article lies in the outlet now. Changed only by the statements of <see cref="Stock"/>, never by a tracked entity.
/// </summary>
public sealed class StockLevel
{
    /// <summary>The article.</summary>
    public long ProductId { get; set; }

    /// <summary>What is there, in thousandths of the unit; never negative.</summary>
    public long OnHandMilli { get; set; }

    /// <summary>The part of it that belongs to placed orders; never negative, never more than there is.</summary>
    public long ReservedMilli { get; set; }

    /// <summary>What was paid for the part on hand whose purchase price is known, in rupiah; never negative.</summary>
    public long ValueRupiah { get; set; }

    private sealed class Table : IEntityTypeConfiguration<StockLevel>
    {
        public void Configure(EntityTypeBuilder<StockLevel> builder)
        {
            builder.ToTable("stock_levels", table =>
            {
                table.HasCheckConstraint("CK_stock_levels_on_hand_milli", "on_hand_milli >= 0");
                table.HasCheckConstraint("CK_stock_levels_reserved_milli", "reserved_milli >= 0 AND reserved_milli <= on_hand_milli");
                table.HasCheckConstraint("CK_stock_levels_value_rupiah", "value_rupiah >= 0");
            });
            builder.HasKey(level => level.ProductId);
            builder.Property(level => level.ProductId).ValueGeneratedNever();
            builder.HasOne<Product>().WithOne().HasForeignKey<StockLevel>(level => level.ProductId).OnDelete(DeleteBehavior.Restrict);
        }
    }
}

/// <summary>Why goods came or went, stored as text.</summary>
public static class MovementKind
{
    /// <summary>Delivered to the outlet.</summary>
    public const string In = "in";

    /// <summary>Handed over to a buyer.</summary>
    public const string Sale = "sale";

    /// <summary>A count found more or less than the book says.</summary>
    public const string Count = "count";

    /// <summary>Brought back by a buyer, fit to be sold again.</summary>
    public const string Return = "return";

    /// <summary>Fetched by the partner whose goods they are.</summary>
    public const string Back = "back";

    /// <summary>Broken, spoilt or expired.</summary>
    public const string Damage = "damage";
}

/// <summary>One line of the stock book: goods that came or went. Append-only; the sum of an article's lines is what is on hand.</summary>
public sealed class StockMovement
{
    /// <summary>The line's id.</summary>
    public long Id { get; set; }

    /// <summary>The article.</summary>
    public long ProductId { get; set; }

    /// <summary>One of <see cref="MovementKind"/>.</summary>
    public required string Kind { get; set; }

    /// <summary>In thousandths of the unit; negative when goods went.</summary>
    public long QuantityMilli { get; set; }

    /// <summary>What the goods cost the cooperative, in rupiah; negative when they went, 0 when the purchase price is not known.</summary>
    public long ValueRupiah { get; set; }

    /// <summary>The order it fulfils, if any.</summary>
    public long? OrderId { get; set; }

    /// <summary>The officer who acted.</summary>
    public long PersonId { get; set; }

    /// <summary>When.</summary>
    public DateTime AtUtc { get; set; }

    /// <summary>The act that wrote it, and which of its lines; an act run again cannot write it twice.</summary>
    public string? ActKey { get; set; }

    /// <summary>For goods that spoil, how much went from or to which batch: "12:5000,13:2000". Null for all others.</summary>
    public string? Batches { get; set; }

    private sealed class Table : IEntityTypeConfiguration<StockMovement>
    {
        public void Configure(EntityTypeBuilder<StockMovement> builder)
        {
            builder.ToTable("stock_movements");
            builder.HasOne<Product>().WithMany().HasForeignKey(movement => movement.ProductId).OnDelete(DeleteBehavior.Restrict);
            builder.HasIndex(movement => new { movement.ProductId, movement.AtUtc });
            builder.HasIndex(movement => movement.OrderId);
            builder.HasIndex(movement => movement.ActKey).IsUnique();
        }
    }
}
