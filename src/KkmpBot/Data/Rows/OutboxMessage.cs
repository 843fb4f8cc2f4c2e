using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace KkmpBot.Data;

/// <summary>What became of a message to a person.</summary>
public static class OutboxStatus
{
    /// <summary>Waiting, or leased to the copy that wrote it.</summary>
    public const int Pending = 0;

    /// <summary>The platform has it.</summary>
    public const int Sent = 1;

    /// <summary>The platform refused it for good.</summary>
    public const int Rejected = 2;

    /// <summary>The person does not want messages there.</summary>
    public const int Blocked = 3;

    /// <summary>Given up after the last attempt.</summary>
    public const int GivenUp = 4;

    /// <summary>Kept for the person's next message: the platform takes no free text for them now.</summary>
    public const int Held = 7;

    /// <summary>Passed on: its words went out in another row.</summary>
    public const int PassedOn = 8;
}

/// <summary>A message to a person, written in the turn that causes it, pending and leased from birth.</summary>
public sealed class OutboxMessage
{
    /// <summary>Rises with every message: the order within a conversation.</summary>
    public long Id { get; set; }

    /// <summary>Whose conversation.</summary>
    public long ConversationId { get; set; }

    /// <summary>Where to.</summary>
    public long AddressId { get; set; }

    /// <summary>The channel of the address.</summary>
    public required string Channel { get; set; }

    /// <summary>0 reply, 1 notice, 2 bulk: replies go first, and each kind has its own policy after an unknown outcome.</summary>
    public int Kind { get; set; }

    /// <summary>One of <see cref="OutboxStatus"/>.</summary>
    public int Status { get; set; }

    /// <summary>Address, text and buttons as sealed JSON.</summary>
    public required byte[] Payload { get; set; }

    /// <summary>Attempts made.</summary>
    public int Attempts { get; set; }

    /// <summary>Nobody else touches it before this moment.</summary>
    public DateTime LeasedUntilUtc { get; set; }

    /// <summary>When it was written.</summary>
    public DateTime CreatedUtc { get; set; }

    /// <summary>The platform's id of the message, once sent.</summary>
    public string? ProviderMessageId { get; set; }

    /// <summary>Why it was refused, without personal data.</summary>
    public string? Reason { get; set; }

    private sealed class Table : IEntityTypeConfiguration<OutboxMessage>
    {
        public void Configure(EntityTypeBuilder<OutboxMessage> builder)
        {
            builder.ToTable("outbox");
            builder.HasIndex(message => new { message.LeasedUntilUtc, message.Id }).HasFilter("status = 0");
            builder.HasIndex(message => message.ConversationId).HasFilter("status = 0");
            builder.HasIndex(message => new { message.ConversationId, message.Id }).HasFilter("status = 7").HasDatabaseName("IX_outbox_held");
        }
    }
}
