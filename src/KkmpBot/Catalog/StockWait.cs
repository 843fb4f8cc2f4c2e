using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace KkmpBot.Catalog;

/// <summary>Where somebody stands in the queue for a sold-out article, stored as text.</summary>
public static class WaitStatus
{
    /// <summary>Waits.</summary>
    public const string Waiting = "waiting";

    /// <summary>Was told that it is there; so much is kept for them for a while.</summary>
    public const string Offered = "offered";

    /// <summary>Ordered it.</summary>
    public const string Taken = "taken";

    /// <summary>Did not order in time; the next one was told.</summary>
    public const string Lapsed = "lapsed";

    /// <summary>Does not want it any more.</summary>
    public const string Left = "left";
}

/// <summary>Somebody's place in the queue for an article that is sold out: first come, first served.</summary>
public sealed class StockWait
{
    /// <summary>The place's id; lower ids came first.</summary>
    public long Id { get; set; }

    /// <summary>The article.</summary>
    public long ProductId { get; set; }

    /// <summary>Who.</summary>
    public long PersonId { get; set; }

    /// <summary>How much they want, in thousandths of the unit.</summary>
    public long WantedMilli { get; set; }

    /// <summary>How much is kept for them now: a part of what is reserved.</summary>
    public long OfferedMilli { get; set; }

    /// <summary>One of <see cref="WaitStatus"/>.</summary>
    public string Status { get; set; } = WaitStatus.Waiting;

    /// <summary>When they asked.</summary>
    public DateTime AskedUtc { get; set; }

    /// <summary>Until when it is kept for them; null while they wait.</summary>
    public DateTime? OfferedUntilUtc { get; set; }

    private sealed class Table : IEntityTypeConfiguration<StockWait>
    {
        public void Configure(EntityTypeBuilder<StockWait> builder)
        {
            builder.ToTable("stock_waits", table => table.HasCheckConstraint("CK_stock_waits_offered_milli", "offered_milli >= 0"));
            builder.HasOne<Product>().WithMany().HasForeignKey(wait => wait.ProductId).OnDelete(DeleteBehavior.Restrict);
            builder.HasIndex(wait => new { wait.ProductId, wait.Status });
            builder.HasIndex(wait => new { wait.PersonId, wait.ProductId }).IsUnique().HasFilter("status IN ('waiting', 'offered')");
        }
    }
}
