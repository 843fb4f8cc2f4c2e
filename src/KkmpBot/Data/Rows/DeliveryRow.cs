using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace KkmpBot.Data;

/// <summary>How far a message came on its platform. The order is the way forward; the numbers are stored.</summary>
public enum DeliveryProgress
{
    /// <summary>The platform took it from us.</summary>
    Sent = 1,
    /// <summary>It is on the person's phone.</summary>
    Delivered = 2,
    /// <summary>The person has seen it.</summary>
    Read = 3,
    /// <summary>It will not arrive.</summary>
    Failed = 4,
}

/// <summary>Platforms tell statuses in any order and more than once; they only ever move forward here.</summary>
public static class DeliveryProgressRule
{
    /// <summary>
    /// The rule in SQL, for an upsert into <c>deliveries</c>. What failed stays failed, and what reached the phone has not failed: Meta has
    /// been seen to say both of one message.
    /// </summary>
    public const string MovesForward = "deliveries.progress < excluded.progress AND (excluded.progress <> 4 OR deliveries.progress = 1)";

    /// <summary>The same rule: what is known after a further status.</summary>
    /// <param name="known">What is known; null for nothing.</param>
    /// <param name="told">What the platform says now.</param>
    public static DeliveryProgress Next(DeliveryProgress? known, DeliveryProgress told) => known switch
    {
        null => told,
        { } before when before < told && (told != DeliveryProgress.Failed || before == DeliveryProgress.Sent) => told,
        { } before => before,
    };
}

/// <summary>What the platform told of one message of ours.</summary>
public sealed class DeliveryRow
{
    /// <summary>The longest category that is kept.</summary>
    public const int MaxCategoryLength = 40;

    /// <summary>Blind index of the platform's id (kind <c>whatsapp message</c>): the id itself holds the phone number.</summary>
    public required byte[] MessageKey { get; set; }

    /// <summary>The outbox row it comes from; null when the platform did not give it back.</summary>
    public long? OutboxId { get; set; }

    /// <summary>How far it came.</summary>
    public DeliveryProgress Progress { get; set; }

    /// <summary>The platform's error code, when it failed.</summary>
    public int? ErrorCode { get; set; }

    /// <summary>What the platform charges it as: service, utility, marketing, authentication.</summary>
    public string? Category { get; set; }

    /// <summary>True when the platform charges it.</summary>
    public bool Billable { get; set; }

    /// <summary>The cooperative that it was sent for; null for a stranger's.</summary>
    public int? CooperativeId { get; set; }

    /// <summary>When its first status came.</summary>
    public DateTime AtUtc { get; set; }

    private sealed class Table : IEntityTypeConfiguration<DeliveryRow>
    {
        public void Configure(EntityTypeBuilder<DeliveryRow> builder)
        {
            builder.ToTable("deliveries");
            builder.HasKey(delivery => delivery.MessageKey);
            builder.HasIndex(delivery => delivery.OutboxId);
            builder.HasIndex(delivery => new { delivery.AtUtc, delivery.CooperativeId });
        }
    }
}
