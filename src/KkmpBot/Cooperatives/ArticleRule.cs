using KkmpBot.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace KkmpBot.Cooperatives;

/// <summary>
/// A point of a cooperative's articles or a decision of its meeting, from a day on. What no meeting decided is as the model articles have
/// it (Juklak Menkop 1/2025).
/// </summary>
public sealed class ArticleRule
{
    /// <summary>1 when simpanan pokok is returned to whoever leaves.</summary>
    public const string ReturnsPokok = "returns_pokok";

    /// <summary>1 when simpanan wajib is returned to whoever leaves.</summary>
    public const string ReturnsWajib = "returns_wajib";

    /// <summary>1 when SHU by capital is shared by pokok and wajib, 0 when by wajib only.</summary>
    public const string CapitalWithPokok = "shu_capital_with_pokok";

    /// <summary>Which cooperative.</summary>
    public int CooperativeId { get; set; }

    /// <summary>The rule's name: one of the constants, or a share of SHU as <c>ShuShares</c> names them.</summary>
    public required string Name { get; set; }

    /// <summary>The first day it holds.</summary>
    public DateOnly FromDay { get; set; }

    /// <summary>0 or 1, or hundredths of a percent.</summary>
    public long Value { get; set; }

    /// <summary>The rules of a cooperative in force on a day, by name; those never decided are missing.</summary>
    /// <param name="db">The turn's context.</param>
    /// <param name="cooperativeId">Which cooperative.</param>
    /// <param name="day">The day, WIB.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task<IReadOnlyDictionary<string, long>> OnAsync(KkmpDbContext db, int cooperativeId, DateOnly day, CancellationToken ct)
    {
        var rules = await db.Set<ArticleRule>().AsNoTracking().Where(rule => rule.CooperativeId == cooperativeId && rule.FromDay <= day)
            .OrderBy(rule => rule.FromDay).ToListAsync(ct);
        return rules.GroupBy(rule => rule.Name).ToDictionary(same => same.Key, same => same.Last().Value);
    }

    /// <summary>Sets a rule from a day on; the same day twice is the later decision.</summary>
    /// <param name="db">The turn's context.</param>
    /// <param name="cooperativeId">Which cooperative.</param>
    /// <param name="name">The rule.</param>
    /// <param name="fromDay">The first day it holds.</param>
    /// <param name="value">0 or 1, or hundredths of a percent.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task SetAsync(KkmpDbContext db, int cooperativeId, string name, DateOnly fromDay, long value, CancellationToken ct)
    {
        var rule = await db.Set<ArticleRule>().SingleOrDefaultAsync(
            row => row.CooperativeId == cooperativeId && row.Name == name && row.FromDay == fromDay, ct);
        if (rule is null)
            db.Add(rule = new ArticleRule { CooperativeId = cooperativeId, Name = name, FromDay = fromDay });
        rule.Value = value;
    }

    private sealed class Table : IEntityTypeConfiguration<ArticleRule>
    {
        public void Configure(EntityTypeBuilder<ArticleRule> builder)
        {
            builder.ToTable("article_rules");
            builder.HasKey(rule => new { rule.CooperativeId, rule.Name, rule.FromDay });
        }
    }
}
