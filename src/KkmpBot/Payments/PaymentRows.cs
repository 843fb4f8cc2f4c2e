using KkmpBot.Orders;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace KkmpBot.Payments;

/// <summary>The static QRIS code of a cooperative, as its provider printed it.</summary>
public sealed class QrisCode
{
    /// <summary>Whose.</summary>
    public int CooperativeId { get; set; }

    /// <summary>The text in the picture; checked when it was entered.</summary>
    public required string Payload { get; set; }

    /// <summary>The officer who entered it; null for the demo's.</summary>
    public long? SetBy { get; set; }

    /// <summary>When.</summary>
    public DateTime SetUtc { get; set; }

    private sealed class Table : IEntityTypeConfiguration<QrisCode>
    {
        public void Configure(EntityTypeBuilder<QrisCode> builder)
        {
            builder.ToTable("qris_codes");
            builder.HasKey(code => code.CooperativeId);
            builder.Property(code => code.CooperativeId).ValueGeneratedNever();
        }
    }
}

/// <summary>The stages of a payment by QRIS, stored as text.</summary>
public static class PaymentStatus
{
    /// <summary>The code was sent; nobody has seen the money yet.</summary>
    public const string Waiting = "waiting";

    /// <summary>An officer found it in the statement, or the provider reported it.</summary>
    public const string Paid = "paid";

    /// <summary>The order was closed, or paid otherwise, before money came.</summary>
    public const string Void = "void";
}

/// <summary>A payment by QRIS for an order. Only an officer with the statement, or the provider, makes it paid; never the buyer's word.</summary>
public sealed class Payment
{
    /// <summary>The payment's id.</summary>
    public long Id { get; set; }

    /// <summary>The order; it has at most one.</summary>
    public long OrderId { get; set; }

    /// <summary>Whose account the money goes to.</summary>
    public int CooperativeId { get; set; }

    /// <summary>What stands in the code as bill number, and with luck in the statement: "K17-000123".</summary>
    public required string Reference { get; set; }

    /// <summary>The amount in the code, in rupiah.</summary>
    public long Rupiah { get; set; }

    /// <summary>One of <see cref="PaymentStatus"/>.</summary>
    public string Status { get; set; } = PaymentStatus.Waiting;

    /// <summary>When the code was sent.</summary>
    public DateTime CreatedUtc { get; set; }

    /// <summary>When it became paid or void.</summary>
    public DateTime? SettledUtc { get; set; }

    /// <summary>The officer who found it in the statement; null for the provider.</summary>
    public long? SettledBy { get; set; }

    private sealed class Table : IEntityTypeConfiguration<Payment>
    {
        public void Configure(EntityTypeBuilder<Payment> builder)
        {
            builder.ToTable("payments", table => table.HasCheckConstraint("CK_payments_rupiah", "rupiah > 0"));
            builder.HasOne<Order>().WithOne().HasForeignKey<Payment>(payment => payment.OrderId).OnDelete(DeleteBehavior.Restrict);
            builder.HasIndex(payment => payment.Reference).IsUnique();
            builder.HasIndex(payment => new { payment.CooperativeId, payment.Status });
        }
    }
}

/// <summary>A report of the provider that money came: kept once, however often it is delivered.</summary>
public sealed class ProviderPayment
{
    /// <summary>The provider's number of the transaction.</summary>
    public required string TransactionId { get; set; }

    /// <summary>The bill number as the provider saw it.</summary>
    public required string Reference { get; set; }

    /// <summary>What came, in rupiah.</summary>
    public long Rupiah { get; set; }

    /// <summary>When it was reported to us.</summary>
    public DateTime ReceivedUtc { get; set; }

    /// <summary>What became of it: <c>paid</c>, <c>unknown_reference</c>, <c>other_amount</c>, <c>paid_before</c>,
    /// <c>after_void</c> (the order was closed or paid otherwise); null until looked at.</summary>
    public string? Result { get; set; }

    private sealed class Table : IEntityTypeConfiguration<ProviderPayment>
    {
        public void Configure(EntityTypeBuilder<ProviderPayment> builder)
        {
            builder.ToTable("provider_payments");
            builder.HasKey(payment => payment.TransactionId);
        }
    }
}
