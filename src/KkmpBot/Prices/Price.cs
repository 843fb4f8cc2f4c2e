using KkmpBot.Catalog;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace KkmpBot.Prices;

/// <summary>Whose price it is, stored as text. Where a tier has no price of its own, the members' price counts.</summary>
public static class PriceTier
{
    /// <summary>Members of the cooperative.</summary>
    public const string Member = "member";

    /// <summary>Everybody else at the counter.</summary>
    public const string NonMember = "non_member";

    /// <summary>Kiosks and warungs that sell on.</summary>
    public const string Kiosk = "kiosk";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [Member, NonMember, Kiosk];
}

/// <summary>A price of an article from a moment on. A new price is a new row: what was asked when can always be told.</summary>
public sealed class Price
{
    /// <summary>The highest price of one unit, and the highest purchase price: a larger number is a slip of the finger.</summary>
    public const long MaxRupiah = 9_999_999;

    /// <summary>The row's id.</summary>
    public long Id { get; set; }

    /// <summary>The article.</summary>
    public long ProductId { get; set; }

    /// <summary>Whose price it is, one of <see cref="PriceTier"/>.</summary>
    public string Tier { get; set; } = PriceTier.Member;

    /// <summary>Rupiah for one unit of the article.</summary>
    public long Rupiah { get; set; }

    /// <summary>Valid from here until the next row begins.</summary>
    public DateTime FromUtc { get; set; }

    /// <summary>Who decided, as shown to members, e.g. "pengurus koperasi".</summary>
    public required string Source { get; set; }

    /// <summary>The officer who entered it; null for prices that came with the shop's first stock.</summary>
    public long? SetBy { get; set; }

    private sealed class Table : IEntityTypeConfiguration<Price>
    {
        public void Configure(EntityTypeBuilder<Price> builder)
        {
            builder.ToTable("prices", table => table.HasCheckConstraint("CK_prices_rupiah", "rupiah > 0"));
            builder.Property(price => price.Tier).HasDefaultValue(PriceTier.Member);
            builder.HasOne<Product>().WithMany().HasForeignKey(price => price.ProductId).OnDelete(DeleteBehavior.Restrict);
            builder.HasIndex(price => new { price.ProductId, price.FromUtc });
        }
    }
}
