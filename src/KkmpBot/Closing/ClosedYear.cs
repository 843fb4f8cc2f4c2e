using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace KkmpBot.Closing;

/// <summary>A book year that is closed: its result stands in the balance sheet, and waits for the members' meeting.</summary>
public sealed class ClosedYear
{
    /// <summary>Whose books.</summary>
    public int CooperativeId { get; set; }

    /// <summary>The calendar year.</summary>
    public int Year { get; set; }

    /// <summary>Income less expenses: SHU when positive.</summary>
    public long ResultRupiah { get; set; }

    /// <summary>When it was closed.</summary>
    public DateTime AtUtc { get; set; }

    /// <summary>Who closed it.</summary>
    public long ByPersonId { get; set; }

    /// <summary>When its SHU was shared out; null before.</summary>
    public DateTime? SharedUtc { get; set; }

    private sealed class Table : IEntityTypeConfiguration<ClosedYear>
    {
        public void Configure(EntityTypeBuilder<ClosedYear> builder)
        {
            builder.ToTable("closed_years");
            builder.HasKey(year => new { year.CooperativeId, year.Year });
        }
    }
}

/// <summary>What lay in the drawer when it was counted, against the books of that moment.</summary>
public sealed class CashCount
{
    /// <summary>The row's id.</summary>
    public long Id { get; set; }

    /// <summary>Whose drawer.</summary>
    public int CooperativeId { get; set; }

    /// <summary>When.</summary>
    public DateTime AtUtc { get; set; }

    /// <summary>Who counted.</summary>
    public long ByPersonId { get; set; }

    /// <summary>What was there.</summary>
    public long CountedRupiah { get; set; }

    /// <summary>What the books said.</summary>
    public long BookRupiah { get; set; }

    private sealed class Table : IEntityTypeConfiguration<CashCount>
    {
        public void Configure(EntityTypeBuilder<CashCount> builder)
        {
            builder.ToTable("cash_counts");
            builder.HasIndex(count => new { count.CooperativeId, count.AtUtc });
        }
    }
}
