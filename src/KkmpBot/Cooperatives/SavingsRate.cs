using KkmpBot.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace KkmpBot.Cooperatives;

/// <summary>What a cooperative asks as simpanan pokok (once) or wajib (a month) from a day on, as its meeting decided.</summary>
public sealed class SavingsRate
{
    /// <summary>Simpanan pokok: paid once.</summary>
    public const string Pokok = "pokok";

    /// <summary>Simpanan wajib: paid every month.</summary>
    public const string Wajib = "wajib";

    /// <summary>Which cooperative.</summary>
    public int CooperativeId { get; set; }

    /// <summary><see cref="Pokok"/> or <see cref="Wajib"/>.</summary>
    public required string Kind { get; set; }

    /// <summary>The first day it holds.</summary>
    public DateOnly FromDay { get; set; }

    /// <summary>The amount.</summary>
    public long Rupiah { get; set; }

    /// <summary>All rates of one kind, the earliest first; never empty, since the reference data has one of each.</summary>
    /// <param name="db">The turn's context.</param>
    /// <param name="cooperativeId">Which cooperative.</param>
    /// <param name="kind">pokok or wajib.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task<IReadOnlyList<SavingsRate>> AllAsync(KkmpDbContext db, int cooperativeId, string kind, CancellationToken ct) =>
        await db.Set<SavingsRate>().AsNoTracking().Where(rate => rate.CooperativeId == cooperativeId && rate.Kind == kind)
            .OrderBy(rate => rate.FromDay).ToListAsync(ct);

    /// <summary>The amount on a day; the first rate also holds for the days before it.</summary>
    /// <param name="rates">As read by <see cref="AllAsync"/>.</param>
    /// <param name="day">The day, WIB.</param>
    public static long On(IReadOnlyList<SavingsRate> rates, DateOnly day) => (rates.LastOrDefault(rate => rate.FromDay <= day) ?? rates[0]).Rupiah;

    private sealed class Table : IEntityTypeConfiguration<SavingsRate>
    {
        public void Configure(EntityTypeBuilder<SavingsRate> builder)
        {
            builder.ToTable("savings_rates");
            builder.HasKey(rate => new { rate.CooperativeId, rate.Kind, rate.FromDay });
        }
    }
}
