using System.Globalization;
using KkmpBot.Prices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace KkmpBot.Orders;

/// <summary>A member's order in their cooperative; while it is a draft it is their cart.</summary>
public sealed class Order
{
    /// <summary>The order's id.</summary>
    public long Id { get; set; }

    /// <summary>Where it is fetched.</summary>
    public int CooperativeId { get; set; }

    /// <summary>The member it is for; null for a sale at the counter to somebody who is none.</summary>
    public long? MemberId { get; set; }

    /// <summary>Who talks to us about it: the member, or somebody of their household; null when nobody does.</summary>
    public long? PersonId { get; set; }

    /// <summary>Blind index of the member's NIK: limits per person count over all cooperatives. Null without a member.</summary>
    public byte[]? NikIndex { get; set; }

    /// <summary>One of <see cref="OrderSource"/>.</summary>
    public string Source { get; set; } = OrderSource.Chat;

    /// <summary>Whose prices it has, one of <see cref="PriceTier"/>.</summary>
    public string Tier { get; set; } = PriceTier.Member;

    /// <summary>The number that people say, counted per cooperative; null for a cart.</summary>
    public int? Number { get; set; }

    /// <summary>One of <see cref="OrderStatus"/>.</summary>
    public string Status { get; set; } = OrderStatus.Draft;

    /// <summary>What is to be paid, in rupiah; 0 for a cart.</summary>
    public long TotalRupiah { get; set; }

    /// <summary>How it is paid, one of <see cref="PaymentWay"/>.</summary>
    public string Payment { get; set; } = PaymentWay.Cash;

    /// <summary>What was paid before the goods were fetched, in rupiah.</summary>
    public long PaidRupiah { get; set; }

    /// <summary>The part of <see cref="PaidRupiah"/> that goods were handed over for, or that was given back.</summary>
    public long UsedRupiah { get; set; }

    /// <summary>The day on which the member means to come; null where the cooperative plans no times.</summary>
    public DateOnly? PickupDay { get; set; }

    /// <summary>The minute of that day at which the time begins.</summary>
    public int? PickupMinute { get; set; }

    /// <summary>What the member says or shows at the counter; null for a cart and for a sale at the counter.</summary>
    public string? Code { get; set; }

    /// <summary>
    /// What somebody said they want and is still to be asked about, one after the other, with blanks between: an article's id (how many), or
    /// keys of goods joined by + (which). Null when there is nothing to ask, and for everything but a cart.
    /// </summary>
    public string? ToAsk { get; set; }

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
            builder.ToTable("orders", table => table.HasCheckConstraint("CK_orders_used_rupiah", "used_rupiah >= 0 AND used_rupiah <= paid_rupiah"));
            builder.Ignore(order => order.Subject);
            builder.HasIndex(order => order.PersonId).IsUnique().HasDatabaseName("IX_orders_person_id_draft").HasFilter("status = 'draft'");
            builder.HasIndex(order => new { order.PersonId, order.PlacedUtc });
            builder.HasIndex(order => new { order.CooperativeId, order.Number }).IsUnique();
            builder.HasIndex(order => new { order.CooperativeId, order.Status });
            builder.HasIndex(order => new { order.CooperativeId, order.ClosedUtc });
            builder.HasIndex(order => new { order.NikIndex, order.PlacedUtc });
            builder.HasIndex(order => order.ActKey).IsUnique();
        }
    }
}
