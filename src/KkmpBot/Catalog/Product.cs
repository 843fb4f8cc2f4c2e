using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace KkmpBot.Catalog;

/// <summary>An article that one cooperative sells: "Beras SPHP 5 kg" in packs of five kilograms, "Telur ayam" by the kilogram.</summary>
public sealed class Product
{
    /// <summary>The longest name: a row of a list on WhatsApp.</summary>
    public const int MaxNameLength = 24;

    /// <summary>The article's id; also how buttons name it.</summary>
    public long Id { get; set; }

    /// <summary>Whose shelf it stands on.</summary>
    public int CooperativeId { get; set; }

    /// <summary>The kind of goods that laws speak of (beras_sphp, minyakita, lpg3, telur); several articles may share it.</summary>
    public required string Goods { get; set; }

    /// <summary>How it is called, unique in the cooperative; at most <see cref="MaxNameLength"/> characters.</summary>
    public required string Name { get; set; }

    /// <summary>What is counted when it is sold: kg, pak, botol, tabung.</summary>
    public required string Unit { get; set; }

    /// <summary>The smallest part sold, in thousandths of the unit: 1000 for packs, 250 for eggs by the quarter kilogram.</summary>
    public long StepMilli { get; set; }

    /// <summary>The unit in which laws measure it: kg, l or tabung.</summary>
    public required string BaseUnit { get; set; }

    /// <summary>What one unit holds, in thousandths of the base unit: 5000 for a pack of five kilograms.</summary>
    public long BaseMilli { get; set; }

    /// <summary>Who delivers it: Bulog, a city company, a small producer; null when not noted.</summary>
    public string? Supplier { get; set; }

    /// <summary>What the supplier is, one of <see cref="Catalog.SupplierKind"/>; null when not noted.</summary>
    public string? SupplierKind { get; set; }

    /// <summary>With less than this free, in thousandths of the unit, the officers are told; null for never.</summary>
    public long? LowMilli { get; set; }

    /// <summary>True for goods that spoil: their deliveries are kept apart as batches with a last day.</summary>
    public bool TracksExpiry { get; set; }

    /// <summary>False once the cooperative stopped selling it; it stays for the sake of old orders.</summary>
    public bool Active { get; set; }

    /// <summary>How the audit log names it.</summary>
    public string Subject => string.Create(CultureInfo.InvariantCulture, $"product:{Id}");

    private sealed class Table : IEntityTypeConfiguration<Product>
    {
        public void Configure(EntityTypeBuilder<Product> builder)
        {
            builder.ToTable("products", table =>
            {
                table.HasCheckConstraint("CK_products_step_milli", "step_milli > 0");
                table.HasCheckConstraint("CK_products_base_milli", "base_milli > 0");
            });
            builder.Ignore(product => product.Subject);
            builder.Property(product => product.TracksExpiry).HasDefaultValue(false);
            builder.HasIndex(product => new { product.CooperativeId, product.Name }).IsUnique();
        }
    }
}

/// <summary>What a supplier is, stored as text.</summary>
public static class SupplierKind
{
    /// <summary>Perum Bulog.</summary>
    public const string Bulog = "bulog";

    /// <summary>A company of the city or the province.</summary>
    public const string Bumd = "bumd";

    /// <summary>A small producer or farmers' group.</summary>
    public const string Umkm = "umkm";

    /// <summary>Anybody else.</summary>
    public const string Other = "other";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [Bulog, Bumd, Umkm, Other];
}
