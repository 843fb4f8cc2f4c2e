using KkmpBot.Channels;
using KkmpBot.Data;

namespace KkmpBot.Conversations;

/// <summary>A message on its way.</summary>
/// <param name="channel">Its channel.</param>
/// <param name="kind">One of <see cref="OutboxKind"/>.</param>
/// <param name="message">The message.</param>
public sealed class Sending(string channel, int kind, OutboundMessage message)
{
    /// <summary>Its channel.</summary>
    public string Channel { get; } = channel;

    /// <summary>One of <see cref="OutboxKind"/>.</summary>
    public int Kind { get; } = kind;

    /// <summary>The message.</summary>
    public OutboundMessage Message { get; } = message;

    /// <summary>The announcement it belongs to; null for none.</summary>
    public long? AnnouncementId { get; init; }

    /// <summary>When a bulk message was claimed to be sent now.</summary>
    public DateTime ClaimedUtc { get; init; }

    /// <summary>Attempts made.</summary>
    public int Attempts { get; set; }

    /// <summary>When the last attempt began.</summary>
    public DateTime AttemptUtc { get; set; }

    /// <summary>About what it occupies in memory, in bytes.</summary>
    public long Bytes => (2L * Message.Text.Length) + (Message.File?.Bytes.Length ?? 0) + BytesAround;

    // The object itself, its address and buttons.
    private const int BytesAround = 1024;
}
