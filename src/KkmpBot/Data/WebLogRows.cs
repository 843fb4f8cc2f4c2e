using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace KkmpBot.Data;

/// <summary>A conversation of the web chat: what a Direct Line token is bound to.</summary>
public sealed class WebConversation
{
    /// <summary>The random id the client knows it by.</summary>
    public required string Id { get; set; }

    /// <summary>Blind index of the user's id (kind <c>web user</c>); messages to the user go to their latest conversation.</summary>
    public required byte[] UserIndex { get; set; }

    /// <summary>The user's id, for a server that speaks for them with the secret.</summary>
    public required SealedText User { get; set; }

    /// <summary>The sequence number of the last activity; the client's watermark.</summary>
    public long LastSequence { get; set; }

    /// <summary>The last activity's timestamp in milliseconds since 1970; the next one's is later, whatever the clock does.</summary>
    public long LastStamp { get; set; }

    private sealed class Table : IEntityTypeConfiguration<WebConversation>
    {
        public void Configure(EntityTypeBuilder<WebConversation> builder)
        {
            builder.ToTable("web_conversations");
            builder.HasIndex(conversation => conversation.UserIndex);
        }
    }
}

/// <summary>One activity of a web conversation, for echo, watermark and reload.</summary>
public sealed class WebActivity
{
    /// <summary>The conversation.</summary>
    public required string ConversationId { get; set; }

    /// <summary>1, 2, 3 … within the conversation.</summary>
    public long Sequence { get; set; }

    /// <summary>The activity as sealed JSON, exactly as the client gets it.</summary>
    public required byte[] Activity { get; set; }

    /// <summary>Blind index of the client's own id of it (kind <c>web activity</c>): a message posted twice is taken once.</summary>
    public byte[]? ClientKey { get; set; }

    /// <summary>The outbox row it comes from: a message sent twice is shown once.</summary>
    public long? OutboxId { get; set; }

    /// <summary>1 until its turn is known to be committed; handed in again after a crash.</summary>
    public int Pending { get; set; }

    /// <summary>When it was written.</summary>
    public DateTime AtUtc { get; set; }

    private sealed class Table : IEntityTypeConfiguration<WebActivity>
    {
        public void Configure(EntityTypeBuilder<WebActivity> builder)
        {
            builder.ToTable("web_activities");
            builder.HasKey(activity => new { activity.ConversationId, activity.Sequence });
            builder.HasIndex(activity => new { activity.ConversationId, activity.ClientKey }).IsUnique();
            builder.HasIndex(activity => activity.OutboxId).IsUnique();
            builder.HasIndex(activity => activity.Pending).HasFilter("pending = 1");
            builder.HasIndex(activity => activity.AtUtc);
        }
    }
}

/// <summary>A picture that was uploaded with an activity, held for a while.</summary>
public sealed class WebFile
{
    /// <summary>The conversation.</summary>
    public required string ConversationId { get; set; }

    /// <summary>The activity's number.</summary>
    public long Sequence { get; set; }

    /// <summary>The picture, sealed.</summary>
    public required byte[] Content { get; set; }

    /// <summary>When it came.</summary>
    public DateTime AtUtc { get; set; }

    private sealed class Table : IEntityTypeConfiguration<WebFile>
    {
        public void Configure(EntityTypeBuilder<WebFile> builder)
        {
            builder.ToTable("web_files");
            builder.HasKey(file => new { file.ConversationId, file.Sequence });
            builder.HasIndex(file => file.AtUtc);
        }
    }
}
