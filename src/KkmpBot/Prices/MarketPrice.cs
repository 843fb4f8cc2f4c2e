using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace KkmpBot.Prices;

/// <summary>What a kind of goods cost in a market on a day, by a public source: a comparison for members, never a price of ours.</summary>
public sealed class MarketPrice
{
    /// <summary>The row's id.</summary>
    public long Id { get; set; }

    /// <summary>The kind of goods.</summary>
    public required string Goods { get; set; }

    /// <summary>The day in WIB.</summary>
    public DateOnly Day { get; set; }

    /// <summary>Rupiah for one base unit (kg, l).</summary>
    public long Rupiah { get; set; }

    /// <summary>Which market, as shown, e.g. "Kota Bandung".</summary>
    public required string Market { get; set; }

    /// <summary>Who observed it, as shown, e.g. "Bapanas".</summary>
    public required string Source { get; set; }

    private sealed class Table : IEntityTypeConfiguration<MarketPrice>
    {
        public void Configure(EntityTypeBuilder<MarketPrice> builder)
        {
            builder.ToTable("market_prices");
            builder.HasIndex(price => new { price.Goods, price.Market, price.Day }).IsUnique();
        }
    }
}
