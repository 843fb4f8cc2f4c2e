using KkmpBot.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace KkmpBot.Ledger;

/// <summary>A month of a cooperative's books into which <see cref="Books"/> lets nobody book any more; what was wrong is put right in an open one.</summary>
public sealed class ClosedMonth
{
    /// <summary>Whose books.</summary>
    public int CooperativeId { get; set; }

    /// <summary>The first day of the month.</summary>
    public DateOnly Month { get; set; }

    /// <summary>When it was closed.</summary>
    public DateTime AtUtc { get; set; }

    /// <summary>Who closed it.</summary>
    public long ByPersonId { get; set; }

    /// <summary>True when nothing may be booked for a day any more.</summary>
    /// <param name="db">The turn's context.</param>
    /// <param name="cooperativeId">Whose books.</param>
    /// <param name="day">The day.</param>
    /// <param name="ct">Gives up.</param>
    public static Task<bool> IsClosedAsync(KkmpDbContext db, int cooperativeId, DateOnly day, CancellationToken ct)
    {
        var month = Of(day);
        return db.Set<ClosedMonth>().AnyAsync(row => row.CooperativeId == cooperativeId && row.Month == month, ct);
    }

    /// <summary>The month of a day, as <see cref="Month"/> names it.</summary>
    /// <param name="day">Any day.</param>
    public static DateOnly Of(DateOnly day) => new(day.Year, day.Month, 1);

    private sealed class Table : IEntityTypeConfiguration<ClosedMonth>
    {
        public void Configure(EntityTypeBuilder<ClosedMonth> builder)
        {
            builder.ToTable("closed_months");
            builder.HasKey(month => new { month.CooperativeId, month.Month });
        }
    }
}
