using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace KkmpBot.Programs.WasteBank;

/// <summary>What a cooperative pays for a kilogram of a material, from a day on. A change is a new row.</summary>
public sealed class WastePrice
{
    /// <summary>More for a kilogram is a slip of the finger: clean aluminium brings some Rp19,000.</summary>
    public const long MaxRupiah = 100_000;

    /// <summary>Whose price list.</summary>
    public int CooperativeId { get; set; }

    /// <summary>A key of <see cref="WasteMaterials"/>.</summary>
    public required string Material { get; set; }

    /// <summary>The first day it holds, WIB.</summary>
    public DateOnly FromDay { get; set; }

    /// <summary>Rupiah a kilogram.</summary>
    public long Rupiah { get; set; }

    private sealed class Table : IEntityTypeConfiguration<WastePrice>
    {
        public void Configure(EntityTypeBuilder<WastePrice> builder)
        {
            builder.ToTable("waste_prices", table => table.HasCheckConstraint("CK_waste_prices_rupiah", "rupiah > 0"));
            builder.HasKey(price => new { price.CooperativeId, price.Material, price.FromDay });
        }
    }
}

/// <summary>Waste of one member that was weighed and credited; its lines say what it was.</summary>
public sealed class WasteDeposit
{
    /// <summary>The row's id.</summary>
    public long Id { get; set; }

    /// <summary>Where.</summary>
    public int CooperativeId { get; set; }

    /// <summary>Whose.</summary>
    public long MemberId { get; set; }

    /// <summary>The day it was weighed, WIB; its prices are of that day.</summary>
    public DateOnly WeighedOn { get; set; }

    /// <summary>What was credited.</summary>
    public long Rupiah { get; set; }

    /// <summary>Who weighed it: an officer or a volunteer.</summary>
    public long WeighedBy { get; set; }

    /// <summary>When it was booked.</summary>
    public DateTime BookedUtc { get; set; }

    /// <summary>What it is known by: the act of an officer, or a volunteer's day and slip. The same slip again finds this row.</summary>
    public required string SlipKey { get; set; }

    /// <summary>The entry of the books that credited it; null for what was weighed before entries were noted here.</summary>
    public int? EntryNumber { get; set; }

    /// <summary>When an officer took it back; null for most. It counts nowhere any more.</summary>
    public DateTime? UndoneUtc { get; set; }

    /// <summary>Its lines, in the order said.</summary>
    public IList<WasteLine> Lines { get; init; } = [];

    private sealed class Table : IEntityTypeConfiguration<WasteDeposit>
    {
        public void Configure(EntityTypeBuilder<WasteDeposit> builder)
        {
            builder.ToTable("waste_deposits");
            builder.HasMany(deposit => deposit.Lines).WithOne().HasForeignKey(line => line.DepositId).OnDelete(DeleteBehavior.Restrict);
            builder.HasIndex(deposit => deposit.SlipKey).IsUnique();
            builder.HasIndex(deposit => new { deposit.MemberId, deposit.Id });
            builder.HasIndex(deposit => new { deposit.CooperativeId, deposit.WeighedOn });
        }
    }
}

/// <summary>One material of a deposit.</summary>
public sealed class WasteLine
{
    /// <summary>The deposit.</summary>
    public long DepositId { get; set; }

    /// <summary>A key of <see cref="WasteMaterials"/>; once a deposit.</summary>
    public required string Material { get; set; }

    /// <summary>Its weight in tenths of a kilogram, as the scales show it.</summary>
    public long Tenths { get; set; }

    /// <summary>Rupiah a kilogram on the day of weighing.</summary>
    public long PriceRupiah { get; set; }

    /// <summary>What it came to, to the nearest rupiah.</summary>
    public long Rupiah { get; set; }

    private sealed class Table : IEntityTypeConfiguration<WasteLine>
    {
        public void Configure(EntityTypeBuilder<WasteLine> builder)
        {
            builder.ToTable("waste_lines", table => table.HasCheckConstraint("CK_waste_lines_tenths", "tenths > 0"));
            builder.HasKey(line => new { line.DepositId, line.Material });
        }
    }
}

/// <summary>Sorted waste that was sold on to a dealer.</summary>
public sealed class WasteSale
{
    /// <summary>The row's id.</summary>
    public long Id { get; set; }

    /// <summary>Who sold.</summary>
    public int CooperativeId { get; set; }

    /// <summary>A key of <see cref="WasteMaterials"/>.</summary>
    public required string Material { get; set; }

    /// <summary>Tenths of a kilogram.</summary>
    public long Tenths { get; set; }

    /// <summary>What members had been credited for it, at the average.</summary>
    public long CostRupiah { get; set; }

    /// <summary>What the dealer paid.</summary>
    public long Rupiah { get; set; }

    /// <summary>When.</summary>
    public DateTime SoldUtc { get; set; }

    private sealed class Table : IEntityTypeConfiguration<WasteSale>
    {
        public void Configure(EntityTypeBuilder<WasteSale> builder)
        {
            builder.ToTable("waste_sales", table => table.HasCheckConstraint("CK_waste_sales_tenths", "tenths > 0"));
            builder.HasIndex(sale => new { sale.CooperativeId, sale.Material });
        }
    }
}

/// <summary>Somebody of a neighbourhood (RW) who weighs waste for the cooperative, often where there is no network.</summary>
public sealed class WasteVolunteer
{
    /// <summary>Who; a volunteer of one cooperative.</summary>
    public long PersonId { get; set; }

    /// <summary>For which cooperative.</summary>
    public int CooperativeId { get; set; }

    private sealed class Table : IEntityTypeConfiguration<WasteVolunteer>
    {
        public void Configure(EntityTypeBuilder<WasteVolunteer> builder)
        {
            builder.ToTable("waste_volunteers");
            builder.HasKey(volunteer => volunteer.PersonId);
            builder.Property(volunteer => volunteer.PersonId).ValueGeneratedNever();
        }
    }
}
