namespace KkmpBot.Channels;

/// <summary>A way to reach people: Telegram, WhatsApp, the web chat, the console. Knows its platform and nothing of dialogs or members.</summary>
public interface IChannel
{
    /// <summary>telegram, whatsapp, web or console; part of every update's and address's identity.</summary>
    string Name { get; }

    /// <summary>How fast the platform takes messages.</summary>
    ChannelLimits Limits => ChannelLimits.None;

    /// <summary>How long after a person's message the platform takes free text for them; afterwards only templates. Null: always.</summary>
    TimeSpan? FreeTextWindow => null;

    /// <summary>True when a message reaches a person who is not looking: a phone that rings, not a page that has to be open.</summary>
    bool ReachesAnybody => true;

    /// <summary>Reads a delivery of the platform.</summary>
    /// <param name="body">The raw body.</param>
    /// <returns>The messages in it, in order; empty for anything that concerns no person. Throws <see cref="FormatException"/> when it is malformed.</returns>
    IReadOnlyList<InboundMessage> Parse(ReadOnlyMemory<byte> body);

    /// <summary>Hands one message to the platform. Failures of platform and network are results; only bugs throw.</summary>
    /// <param name="message">The message.</param>
    /// <param name="ct">Cancelled when the process stops.</param>
    Task<DeliveryResult> SendAsync(OutboundMessage message, CancellationToken ct);

    /// <summary>True where a message that stands can be given other words.</summary>
    bool CanRewrite => false;

    /// <summary>Gives a message that stands other words and buttons. Repeating it changes nothing.</summary>
    /// <param name="message">What it says from now on; no file.</param>
    /// <param name="providerMessageId">The platform's id of it, as <see cref="DeliveryResult.Sent"/> told.</param>
    /// <param name="ct">Cancelled when the process stops.</param>
    Task<DeliveryResult> RewriteAsync(OutboundMessage message, string providerMessageId, CancellationToken ct) =>
        Task.FromResult<DeliveryResult>(new DeliveryResult.Rejected($"{Name} rewrites nothing."));

    /// <summary>Fetches a picture that somebody sent here. Failures of platform and network are results.</summary>
    /// <param name="reference">As <see cref="InboundMessage.PictureReference"/> told.</param>
    /// <param name="maxBytes">The largest that is wanted.</param>
    /// <param name="ct">Cancelled when the process stops.</param>
    Task<PictureFetch> FetchPictureAsync(string reference, int maxBytes, CancellationToken ct) =>
        Task.FromResult<PictureFetch>(new PictureFetch.Refused($"{Name} keeps no pictures."));

    /// <summary>Tells the platform that a message was taken (typing, read mark, callback answered): best effort, after the commit.</summary>
    /// <param name="message">The message just handled.</param>
    /// <param name="ct">Cancelled when the process stops.</param>
    Task AcknowledgeAsync(InboundMessage message, CancellationToken ct);
}
