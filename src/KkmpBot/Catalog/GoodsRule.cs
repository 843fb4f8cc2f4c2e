using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace KkmpBot.Catalog;

/// <summary>What a rule about goods demands, stored as text.</summary>
public static class RuleKind
{
    /// <summary>Nobody may sell dearer (HET): rupiah for one base unit.</summary>
    public const string Ceiling = "ceiling";

    /// <summary>A price to compare with (HAP); dearer is allowed.</summary>
    public const string Reference = "reference";

    /// <summary>The most one person may buy in a period, over all cooperatives: thousandths of the base unit.</summary>
    public const string Limit = "limit";

    /// <summary>Civil servants (PNS, PPPK) may not buy it.</summary>
    public const string NotForCivilServants = "not_for_civil_servants";

    /// <summary>Sold by itself only: never in a package with other goods, never paid online.</summary>
    public const string NoBundling = "no_bundling";
}

/// <summary>A dated rule of the state about a kind of goods. It changes by a new row, never in code.</summary>
public sealed class GoodsRule
{
    /// <summary>The longest <see cref="Words"/>.</summary>
    public const int MaxWordsLength = 200;

    /// <summary>The row's id.</summary>
    public long Id { get; set; }

    /// <summary>The kind of goods, as <see cref="Product.Goods"/>.</summary>
    public required string Goods { get; set; }

    /// <summary>One of <see cref="RuleKind"/>.</summary>
    public required string Kind { get; set; }

    /// <summary>Rupiah or thousandths of the base unit, as the kind says; 0 for kinds without a figure.</summary>
    public long Amount { get; set; }

    /// <summary>The period of a limit: <c>day</c> or <c>month</c> of the calendar in WIB; null for other kinds.</summary>
    public string? Period { get; set; }

    /// <summary>The first day on which the cooperatives apply it.</summary>
    public DateOnly FromDay { get; set; }

    /// <summary>The last day, or null while it stands.</summary>
    public DateOnly? UntilDay { get; set; }

    /// <summary>The law or letter it comes from, as people may look it up.</summary>
    public required string Source { get; set; }

    /// <summary>The rule in plain words for a buyer; at most <see cref="MaxWordsLength"/> characters.</summary>
    public required string Words { get; set; }

    private sealed class Table : IEntityTypeConfiguration<GoodsRule>
    {
        public void Configure(EntityTypeBuilder<GoodsRule> builder)
        {
            builder.ToTable("goods_rules");
            builder.HasIndex(rule => new { rule.Goods, rule.Kind });
        }
    }
}
