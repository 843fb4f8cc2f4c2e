using System.Globalization;
using KkmpBot.Catalog;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace KkmpBot.Orders;

/// <summary>The stages of an order, stored as text.</summary>
public static class OrderStatus
{
    /// <summary>A cart: nothing is reserved, prices are today's.</summary>
    public const string Draft = "draft";

    /// <summary>Reserved for the member at a fixed price until the pick-up deadline.</summary>
    public const string Placed = "placed";

    /// <summary>Fetched and paid.</summary>
    public const string HandedOver = "handed_over";

    /// <summary>Cancelled by the member; the goods are free again.</summary>
    public const string Cancelled = "cancelled";

    /// <summary>Not fetched in time; the goods are free again.</summary>
    public const string Expired = "expired";
}

/// <summary>A member's order in their cooperative; while it is a draft it is their cart.</summary>
public sealed class Order
{
    /// <summary>The order's id.</summary>
    public long Id { get; set; }

    /// <summary>Where it is fetched.</summary>
    public int CooperativeId { get; set; }

    /// <summary>The member who ordered.</summary>
    public long MemberId { get; set; }

    /// <summary>The same member as a person of the chat.</summary>
    public long PersonId { get; set; }

    /// <summary>Blind index of the member's NIK: limits per person count over all cooperatives.</summary>
    public required byte[] NikIndex { get; set; }

    /// <summary>The number that people say, counted per cooperative; null for a cart.</summary>
    public int? Number { get; set; }

    /// <summary>One of <see cref="OrderStatus"/>.</summary>
    public string Status { get; set; } = OrderStatus.Draft;

    /// <summary>What is to be paid, in rupiah; 0 for a cart.</summary>
    public long TotalRupiah { get; set; }

    /// <summary>When the cart was last changed.</summary>
    public DateTime ChangedUtc { get; set; }

    /// <summary>When it was placed; null for a cart.</summary>
    public DateTime? PlacedUtc { get; set; }

    /// <summary>From this moment it is no longer kept for the member; null for a cart.</summary>
    public DateTime? KeptUntilUtc { get; set; }

    /// <summary>When it was handed over, cancelled or expired.</summary>
    public DateTime? ClosedUtc { get; set; }

    /// <summary>The officer who handed it over.</summary>
    public long? HandedOverBy { get; set; }

    /// <summary>The act that placed it (conversation, turn, state); the same act run again finds this order.</summary>
    public string? ActKey { get; set; }

    /// <summary>How the audit log names it.</summary>
    public string Subject => string.Create(CultureInfo.InvariantCulture, $"order:{Id}");

    private sealed class Table : IEntityTypeConfiguration<Order>
    {
        public void Configure(EntityTypeBuilder<Order> builder)
        {
            builder.ToTable("orders");
            builder.Ignore(order => order.Subject);
            builder.HasIndex(order => order.PersonId).IsUnique().HasDatabaseName("IX_orders_person_id_draft").HasFilter("status = 'draft'");
            builder.HasIndex(order => new { order.PersonId, order.PlacedUtc });
            builder.HasIndex(order => new { order.CooperativeId, order.Number }).IsUnique();
            builder.HasIndex(order => new { order.CooperativeId, order.Status });
            builder.HasIndex(order => new { order.NikIndex, order.PlacedUtc });
            builder.HasIndex(order => order.ActKey).IsUnique();
        }
    }
}

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

    /// <summary>Rupiah for one unit, as last shown to the member; fixed when the order is placed.</summary>
    public long PriceRupiah { get; set; }

    private sealed class Table : IEntityTypeConfiguration<OrderLine>
    {
        public void Configure(EntityTypeBuilder<OrderLine> builder)
        {
            builder.ToTable("order_lines", table => table.HasCheckConstraint("CK_order_lines_quantity_milli", "quantity_milli > 0"));
            builder.HasOne<Order>().WithMany().HasForeignKey(line => line.OrderId).OnDelete(DeleteBehavior.Restrict);
            builder.HasOne<Product>().WithMany().HasForeignKey(line => line.ProductId).OnDelete(DeleteBehavior.Restrict);
            builder.HasIndex(line => new { line.OrderId, line.ProductId }).IsUnique();
            builder.HasIndex(line => line.ProductId);
        }
    }
}
