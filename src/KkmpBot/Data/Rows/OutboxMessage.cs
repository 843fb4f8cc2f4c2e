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

    /// <summary>A bulk message that is being handed over: marked before the call, so that a crash does not send it twice.</summary>
    public const int Sending = 5;

    /// <summary>A bulk message of which nobody knows whether it arrived; it is not sent again.</summary>
    public const int Unknown = 6;

    /// <summary>Kept for the person's next message: the platform takes no free text for them now.</summary>
    public const int Held = 7;

    /// <summary>Passed on: its words went out in another row.</summary>
    public const int PassedOn = 8;

    /// <summary>Taken back before it was sent: the person, or whoever wrote it, does not want it any more.</summary>
    public const int Withdrawn = 9;
}

/// <summary>What kind a message is: who waits for whom, and what an unknown outcome means.</summary>
public static class OutboxKind
{
    /// <summary>The answer to a person's message: sent again when its outcome is unknown.</summary>
    public const int Reply = 0;

    /// <summary>News to one person: handled like a reply.</summary>
    public const int Notice = 1;

    /// <summary>One of many of the same: waits for every reply, and is not sent again when its outcome is unknown.</summary>
    public const int Bulk = 2;
}

/// <summary>A message to a person, written in the turn that causes it, pending and leased from birth.</summary>
public sealed class OutboxMessage
{
    /// <summary>Rises with every message: the order at an address.</summary>
    public long Id { get; set; }

    /// <summary>Whose conversation.</summary>
    public long ConversationId { get; set; }

    /// <summary>Where to.</summary>
    public long AddressId { get; set; }

    /// <summary>The channel of the address.</summary>
    public required string Channel { get; set; }

    /// <summary>One of <see cref="OutboxKind"/>.</summary>
    public int Kind { get; set; }

    /// <summary>One of <see cref="OutboxStatus"/>.</summary>
    public int Status { get; set; }

    /// <summary>Address, text and buttons as sealed JSON.</summary>
    public required byte[] Payload { get; set; }

    /// <summary>Attempts made.</summary>
    public int Attempts { get; set; }

    /// <summary>The cooperative whose bulk message it is, so that none holds up the others; 0 for replies and notices.</summary>
    public int CooperativeId { get; set; }

    /// <summary>The announcement that it is a message of: it waits while that is halted; null for everything else.</summary>
    public long? AnnouncementId { get; set; }

    /// <summary>The copy of the program that holds it in memory; 0 when none does.</summary>
    public long LeasedBy { get; set; }

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
            builder.Property(message => message.CooperativeId).HasDefaultValue(0);
            builder.Property(message => message.LeasedBy).HasDefaultValue(0L);
            // What is finished leaves every one of them, so that no scan grows with history.
            builder.HasIndex(message => new { message.Channel, message.LeasedUntilUtc, message.Id }).HasFilter("status = 0 AND kind < 2");
            builder.HasIndex(message => new { message.Channel, message.CooperativeId, message.Id }).HasFilter("status = 0 AND kind = 2");
            builder.HasIndex(message => message.LeasedUntilUtc).HasFilter("status = 5");
            builder.HasIndex(message => new { message.AddressId, message.LeasedBy }).HasFilter("status = 0 AND kind < 2");
            builder.HasIndex(message => new { message.ConversationId, message.Id }).HasFilter("status = 7").HasDatabaseName("IX_outbox_held");
            builder.HasIndex(message => new { message.AnnouncementId, message.ConversationId }).HasFilter("announcement_id IS NOT NULL");
            builder.HasIndex(message => message.AnnouncementId).HasFilter("status IN (0, 5) AND announcement_id IS NOT NULL").HasDatabaseName("IX_outbox_announced_open");
        }
    }
}
