using System.Globalization;
using KkmpBot.Catalog;
using KkmpBot.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace KkmpBot.Programs.Distribution;

/// <summary>The stages of a delivery from the city's distribution, stored as text.</summary>
public static class DeliveryStatus
{
    /// <summary>The cooperative is still choosing; nobody else sees it.</summary>
    public const string Draft = "draft";

    /// <summary>The city has to decide.</summary>
    public const string Asked = "asked";

    /// <summary>Granted, wholly or in part, at the prices of that day.</summary>
    public const string Approved = "approved";

    /// <summary>Turned down, with a reason.</summary>
    public const string Refused = "refused";

    /// <summary>On its way.</summary>
    public const string Sent = "sent";

    /// <summary>Counted and on the shelf.</summary>
    public const string Received = "received";
}

/// <summary>Goods that a cooperative asks of the city's distribution, until they lie on its shelf.</summary>
public sealed class Delivery
{
    /// <summary>The longest reason of a refusal.</summary>
    public const int MaxReasonLength = 120;

    /// <summary>The row's id.</summary>
    public long Id { get; set; }

    /// <summary>Who asks.</summary>
    public int CooperativeId { get; set; }

    /// <summary>The number that people say, counted per cooperative; null for a draft.</summary>
    public int? Number { get; set; }

    /// <summary>One of <see cref="DeliveryStatus"/>.</summary>
    public string Status { get; set; } = DeliveryStatus.Draft;

    /// <summary>For how many days of sales it is meant.</summary>
    public int BufferDays { get; set; }

    /// <summary>Who asked.</summary>
    public long AskedBy { get; set; }

    /// <summary>When the draft was made, then when it was handed in.</summary>
    public DateTime AskedUtc { get; set; }

    /// <summary>Who of the city decided.</summary>
    public long? DecidedBy { get; set; }

    /// <summary>When.</summary>
    public DateTime? DecidedUtc { get; set; }

    /// <summary>Why it was turned down, in the city's words.</summary>
    public SealedText? Reason { get; set; }

    /// <summary>When it left the city's warehouse.</summary>
    public DateTime? SentUtc { get; set; }

    /// <summary>When it was counted and taken.</summary>
    public DateTime? ReceivedUtc { get; set; }

    /// <summary>What the cooperative owes for it; 0 until it was received.</summary>
    public long OwedRupiah { get; set; }

    /// <summary>How the audit log names it.</summary>
    public string Subject => string.Create(CultureInfo.InvariantCulture, $"delivery:{Id}");

    private sealed class Table : IEntityTypeConfiguration<Delivery>
    {
        public void Configure(EntityTypeBuilder<Delivery> builder)
        {
            builder.ToTable("deliveries_of_city");
            builder.Ignore(delivery => delivery.Subject);
            builder.HasIndex(delivery => delivery.CooperativeId).IsUnique()
                .HasDatabaseName("IX_deliveries_of_city_cooperative_id_draft").HasFilter("status = 'draft'");
            builder.HasIndex(delivery => new { delivery.CooperativeId, delivery.Status });
            builder.HasIndex(delivery => delivery.Status);
        }
    }
}

/// <summary>One article of a delivery.</summary>
public sealed class DeliveryLine
{
    /// <summary>The delivery.</summary>
    public long DeliveryId { get; set; }

    /// <summary>The cooperative's article.</summary>
    public long ProductId { get; set; }

    /// <summary>What was asked, in thousandths of its unit; 0 for what was only offered.</summary>
    public long AskedMilli { get; set; }

    /// <summary>What the city grants; not more than was asked.</summary>
    public long GrantedMilli { get; set; }

    /// <summary>What came, sound and damaged together.</summary>
    public long ArrivedMilli { get; set; }

    /// <summary>What of it was damaged, and went back with the driver.</summary>
    public long DamagedMilli { get; set; }

    /// <summary>Rupiah for one unit: the day's while it is a draft, fixed when it is granted.</summary>
    public long UnitRupiah { get; set; }

    /// <summary>What goes on the shelf.</summary>
    public long SoundMilli => ArrivedMilli - DamagedMilli;

    /// <summary>What the cooperative owes for it: what came sound.</summary>
    public long OwedRupiah => Quantities.Cost(UnitRupiah, SoundMilli);

    private sealed class Table : IEntityTypeConfiguration<DeliveryLine>
    {
        public void Configure(EntityTypeBuilder<DeliveryLine> builder)
        {
            builder.ToTable("delivery_lines", table =>
            {
                table.HasCheckConstraint("CK_delivery_lines_granted_milli", "granted_milli >= 0 AND granted_milli <= asked_milli");
                table.HasCheckConstraint("CK_delivery_lines_damaged_milli", "damaged_milli >= 0 AND damaged_milli <= arrived_milli");
            });
            builder.Ignore(line => line.SoundMilli);
            builder.Ignore(line => line.OwedRupiah);
            builder.HasKey(line => new { line.DeliveryId, line.ProductId });
            builder.HasOne<Delivery>().WithMany().HasForeignKey(line => line.DeliveryId).OnDelete(DeleteBehavior.Restrict);
            builder.HasOne<Product>().WithMany().HasForeignKey(line => line.ProductId).OnDelete(DeleteBehavior.Restrict);
            builder.HasIndex(line => line.ProductId);
        }
    }
}

/// <summary>What the city's distribution takes for a kilogram, litre or cylinder of goods, from a day on.</summary>
public sealed class DistributionPrice
{
    /// <summary>More for a kilogram or litre is a slip of the finger.</summary>
    public const long MaxRupiah = 1_000_000;

    /// <summary>A kind of goods, as <see cref="Product.Goods"/> has it.</summary>
    public required string Goods { get; set; }

    /// <summary>The first day it holds, WIB.</summary>
    public DateOnly FromDay { get; set; }

    /// <summary>Rupiah for one base unit: a kilogram, a litre, a cylinder.</summary>
    public long Rupiah { get; set; }

    /// <summary>The prices of a day, by goods: what the distribution has to offer.</summary>
    /// <param name="db">The turn's database.</param>
    /// <param name="day">The day, WIB.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task<IReadOnlyDictionary<string, long>> OnAsync(KkmpDbContext db, DateOnly day, CancellationToken ct)
    {
        var prices = await db.Set<DistributionPrice>().AsNoTracking().Where(row => row.FromDay <= day).OrderBy(row => row.FromDay).ToListAsync(ct);
        return prices.GroupBy(row => row.Goods).ToDictionary(same => same.Key, same => same.Last().Rupiah);
    }

    private sealed class Table : IEntityTypeConfiguration<DistributionPrice>
    {
        public void Configure(EntityTypeBuilder<DistributionPrice> builder)
        {
            builder.ToTable("distribution_prices", table => table.HasCheckConstraint("CK_distribution_prices_rupiah", "rupiah > 0"));
            builder.HasKey(price => new { price.Goods, price.FromDay });
        }
    }
}
