using KkmpBot.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace KkmpBot.Conversations;

/// <summary>An address of a person on a channel; several may point to one person.</summary>
public sealed class ChannelAddress
{
    /// <summary>The row's id.</summary>
    public long Id { get; set; }

    /// <summary>telegram, whatsapp, web or console.</summary>
    public required string Channel { get; set; }

    /// <summary>Blind index of the address (kind <c>address</c>), unique within the channel.</summary>
    public required byte[] AddressIndex { get; set; }

    /// <summary>The address itself: a chat id, a phone number, a web chat's user id.</summary>
    public required SealedText Address { get; set; }

    /// <summary>The person behind it; also the conversation's id.</summary>
    public long PersonId { get; set; }

    /// <summary>When the person last wrote from here; news go to the latest.</summary>
    public DateTime LastSeenUtc { get; set; }

    /// <summary>True after the person stopped the bot there.</summary>
    public bool Blocked { get; set; }

    private sealed class Table : IEntityTypeConfiguration<ChannelAddress>
    {
        public void Configure(EntityTypeBuilder<ChannelAddress> builder)
        {
            builder.ToTable("channel_addresses");
            builder.HasIndex(address => new { address.Channel, address.AddressIndex }).IsUnique();
            builder.HasIndex(address => address.PersonId);
        }
    }
}

/// <summary>Where a person stands in the dialogs, sealed, one row a person.</summary>
public sealed class Conversation
{
    /// <summary>The person's id.</summary>
    public long Id { get; set; }

    /// <summary>Turns handled so far; a button belongs to one of them.</summary>
    public int TurnNumber { get; set; }

    /// <summary>The open dialog's name, or null: for counts, never personal.</summary>
    public string? OpenDialog { get; set; }

    /// <summary>The open state's name, or null.</summary>
    public string? OpenState { get; set; }

    /// <summary>The dialogs' state as sealed JSON.</summary>
    public required byte[] State { get; set; }

    /// <summary>When the last turn ended.</summary>
    public DateTime UpdatedUtc { get; set; }

    private sealed class Table : IEntityTypeConfiguration<Conversation>
    {
        public void Configure(EntityTypeBuilder<Conversation> builder)
        {
            builder.ToTable("conversations");
            builder.Property(conversation => conversation.Id).ValueGeneratedNever();
            builder.HasIndex(conversation => new { conversation.OpenDialog, conversation.OpenState });
        }
    }
}

/// <summary>An update that was handled: a redelivery finds its row and changes nothing.</summary>
public sealed class ReceivedUpdate
{
    /// <summary>The channel.</summary>
    public required string Channel { get; set; }

    /// <summary>The platform's id of the update; for a channel whose id tells a person, its blind index.</summary>
    public required string UpdateKey { get; set; }

    /// <summary>When it was handled; rows older than any redelivery are removed.</summary>
    public DateTime AtUtc { get; set; }

    private sealed class Table : IEntityTypeConfiguration<ReceivedUpdate>
    {
        public void Configure(EntityTypeBuilder<ReceivedUpdate> builder)
        {
            builder.ToTable("received_updates");
            builder.HasKey(update => new { update.Channel, update.UpdateKey });
            builder.HasIndex(update => update.AtUtc);
        }
    }
}

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
        }
    }
}

/// <summary>A message that failed alone on a healthy database: kept for a look and a replay.</summary>
public sealed class DeadLetter
{
    /// <summary>The row's id.</summary>
    public long Id { get; set; }

    /// <summary>The channel.</summary>
    public required string Channel { get; set; }

    /// <summary>The platform's id of the update.</summary>
    public required string UpdateKey { get; set; }

    /// <summary>The message as sealed JSON.</summary>
    public required byte[] Payload { get; set; }

    /// <summary>poison or killed.</summary>
    public required string Class { get; set; }

    /// <summary>The exception's type and place; no message, since that may hold personal data.</summary>
    public required string Cause { get; set; }

    /// <summary>When.</summary>
    public DateTime AtUtc { get; set; }

    /// <summary>When it was replayed; null until then.</summary>
    public DateTime? ReplayedUtc { get; set; }

    private sealed class Table : IEntityTypeConfiguration<DeadLetter>
    {
        public void Configure(EntityTypeBuilder<DeadLetter> builder) => builder.ToTable("dead_letters");
    }
}

/// <summary>A timed act waiting for its moment.</summary>
public sealed class Timer
{
    /// <summary>The row's id.</summary>
    public long Id { get; set; }

    /// <summary>The act, as registered by its slice.</summary>
    public required string Kind { get; set; }

    /// <summary>When it is due.</summary>
    public DateTime DueUtc { get; set; }

    /// <summary>The person it concerns.</summary>
    public long PersonId { get; set; }

    /// <summary>The id of the row it concerns.</summary>
    public required string Subject { get; set; }

    private sealed class Table : IEntityTypeConfiguration<Timer>
    {
        public void Configure(EntityTypeBuilder<Timer> builder)
        {
            builder.ToTable("timers");
            builder.HasIndex(timer => timer.DueUtc);
            builder.HasIndex(timer => timer.PersonId);
        }
    }
}
