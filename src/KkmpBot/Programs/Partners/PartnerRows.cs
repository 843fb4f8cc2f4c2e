using System.Globalization;
using KkmpBot.Catalog;
using KkmpBot.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace KkmpBot.Programs.Partners;

/// <summary>A firm whose goods a cooperative sells for it: a company of the city, or a small business, perhaps a member's own.</summary>
public sealed class Partner
{
    /// <summary>The longest name: a row of a list on WhatsApp.</summary>
    public const int MaxNameLength = 24;

    /// <summary>A cooperative has no more; a list in the chat shows them all.</summary>
    public const int MaxPartners = 40;

    /// <summary>The row's id.</summary>
    public long Id { get; set; }

    /// <summary>Who sells for it.</summary>
    public int CooperativeId { get; set; }

    /// <summary>One of <see cref="SupplierKind"/>.</summary>
    public required string Kind { get; set; }

    /// <summary>Its name; sealed, since a small business is often called by its owner.</summary>
    public required SealedText Name { get; set; }

    /// <summary>The member whose business it is; null for a company.</summary>
    public long? MemberId { get; set; }

    /// <summary>How the audit log names it.</summary>
    public string Subject => string.Create(CultureInfo.InvariantCulture, $"partner:{Id}");

    private sealed class Table : IEntityTypeConfiguration<Partner>
    {
        public void Configure(EntityTypeBuilder<Partner> builder)
        {
            builder.ToTable("partners");
            builder.Ignore(partner => partner.Subject);
            builder.HasIndex(partner => partner.CooperativeId);
            builder.HasIndex(partner => partner.MemberId).IsUnique();
        }
    }
}

/// <summary>The stages of goods on consignment, stored as text.</summary>
public static class ConsignmentStatus
{
    /// <summary>Offered by a member's business; an officer has to decide.</summary>
    public const string Offered = "offered";

    /// <summary>On the shelf, or meant to be.</summary>
    public const string Approved = "approved";

    /// <summary>Turned down.</summary>
    public const string Refused = "refused";
}

/// <summary>One of a partner's goods, sold for it on consignment: the cooperative keeps a commission, the rest is the partner's.</summary>
public sealed class Consignment
{
    /// <summary>A commission may not take more than this, in percent.</summary>
    public const int MaxPercent = 50;

    /// <summary>The row's id.</summary>
    public long Id { get; set; }

    /// <summary>Whose goods.</summary>
    public long PartnerId { get; set; }

    /// <summary>Who sells them, as in the partner's row.</summary>
    public int CooperativeId { get; set; }

    /// <summary>What they are called, at most <see cref="Product.MaxNameLength"/> characters.</summary>
    public required string Name { get; set; }

    /// <summary>What is counted: kg, pcs, botol, bungkus…</summary>
    public required string Unit { get; set; }

    /// <summary>Rupiah for one unit, as the partner wants them sold.</summary>
    public long PriceRupiah { get; set; }

    /// <summary>The cooperative's part of each sale, in percent; 0 while offered.</summary>
    public int Percent { get; set; }

    /// <summary>One of <see cref="ConsignmentStatus"/>.</summary>
    public string Status { get; set; } = ConsignmentStatus.Offered;

    /// <summary>The article on the shelf; null until approved.</summary>
    public long? ProductId { get; set; }

    private sealed class Table : IEntityTypeConfiguration<Consignment>
    {
        public void Configure(EntityTypeBuilder<Consignment> builder)
        {
            builder.ToTable("consignments", table =>
            {
                table.HasCheckConstraint("CK_consignments_price_rupiah", "price_rupiah > 0");
                table.HasCheckConstraint("CK_consignments_percent", "percent >= 0 AND percent <= 50");
            });
            builder.HasOne<Partner>().WithMany().HasForeignKey(row => row.PartnerId).OnDelete(DeleteBehavior.Restrict);
            builder.HasIndex(row => row.PartnerId);
            builder.HasIndex(row => new { row.CooperativeId, row.Status });
            builder.HasIndex(row => row.ProductId).IsUnique();
        }
    }
}

/// <summary>What happened to a partner's goods or money: sold, brought back by a buyer, paid out. Append-only; the sum is what the partner is owed.</summary>
public sealed class PartnerEntry
{
    /// <summary>Sold to a buyer.</summary>
    public const string Sold = "sold";

    /// <summary>Brought back by a buyer.</summary>
    public const string Returned = "returned";

    /// <summary>An officer took a sale or a return back a moment later.</summary>
    public const string Undone = "undone";

    /// <summary>Paid to the partner.</summary>
    public const string Paid = "paid";

    /// <summary>The row's id.</summary>
    public long Id { get; set; }

    /// <summary>Whose.</summary>
    public long PartnerId { get; set; }

    /// <summary>sold, returned, undone or paid.</summary>
    public required string Kind { get; set; }

    /// <summary>The goods; null for a payment.</summary>
    public long? ConsignmentId { get; set; }

    /// <summary>Thousandths of the unit, positive; 0 for a payment.</summary>
    public long Milli { get; set; }

    /// <summary>The entry of the books that has it; null for a payment.</summary>
    public int? EntryNumber { get; set; }

    /// <summary>What the buyer paid, negative when it was paid back; 0 for a payment.</summary>
    public long PriceRupiah { get; set; }

    /// <summary>The cooperative's part of it.</summary>
    public long CommissionRupiah { get; set; }

    /// <summary>What the partner is owed more (or less) by it.</summary>
    public long ShareRupiah { get; set; }

    /// <summary>When.</summary>
    public DateTime AtUtc { get; set; }

    private sealed class Table : IEntityTypeConfiguration<PartnerEntry>
    {
        public void Configure(EntityTypeBuilder<PartnerEntry> builder)
        {
            builder.ToTable("partner_entries");
            builder.HasOne<Partner>().WithMany().HasForeignKey(row => row.PartnerId).OnDelete(DeleteBehavior.Restrict);
            builder.HasIndex(row => new { row.PartnerId, row.Id });
        }
    }
}
