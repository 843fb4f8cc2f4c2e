using KkmpBot.Catalog;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace KkmpBot.Orders;

/// <summary>One article of an order.</summary>
public sealed class OrderLine
{
    /// <summary>The line's id.</summary>
    public long Id { get; set; }

    /// <summary>The order.</summary>
    public long OrderId { get; set; }

    /// <summary>The article; at most one line of an order names it.</summary>
    public long ProductId { get; set; }

    /// <summary>In thousandths of the article's unit; positive.</summary>
    public long QuantityMilli { get; set; }

    /// <summary>What of it was handed over, in thousandths of the unit.</summary>
    public long HandedMilli { get; set; }

    /// <summary>What of that was brought back.</summary>
    public long ReturnedMilli { get; set; }

    /// <summary>Rupiah for one unit, as last shown to the member; fixed when the order is placed.</summary>
    public long PriceRupiah { get; set; }

    private sealed class Table : IEntityTypeConfiguration<OrderLine>
    {
        public void Configure(EntityTypeBuilder<OrderLine> builder)
        {
            builder.ToTable("order_lines", table =>
            {
                table.HasCheckConstraint("CK_order_lines_quantity_milli", "quantity_milli > 0");
                table.HasCheckConstraint("CK_order_lines_handed_milli", "handed_milli >= 0 AND handed_milli <= quantity_milli");
                table.HasCheckConstraint("CK_order_lines_returned_milli", "returned_milli >= 0 AND returned_milli <= handed_milli");
            });
            builder.HasOne<Order>().WithMany().HasForeignKey(line => line.OrderId).OnDelete(DeleteBehavior.Restrict);
            builder.HasOne<Product>().WithMany().HasForeignKey(line => line.ProductId).OnDelete(DeleteBehavior.Restrict);
            builder.HasIndex(line => new { line.OrderId, line.ProductId }).IsUnique();
            builder.HasIndex(line => line.ProductId);
        }
    }
}
