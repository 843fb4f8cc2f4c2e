using System.Data.Common;
using System.Text.Json;

namespace KkmpBot.Channels.WebChat;

/// <summary>
/// The web chat, channel <c>web</c>: Direct Line 3.0 activities. A person's address is their Direct Line user id; what is sent to them goes
/// to the conversation they were last seen in.
/// </summary>
internal sealed class WebChatChannel(WebLog log, WebFiles files) : IChannel
{
    /// <summary>The channel's name.</summary>
    public const string ChannelName = "web";

    // What opens a conversation for the dialogs: the word that Telegram's clients send too.
    private const string StartText = "/start";

    private static readonly TimeSpan AgainAfter = TimeSpan.FromSeconds(2);

    /// <inheritdoc />
    public string Name => ChannelName;

    /// <inheritdoc />
    public bool ReachesAnybody => false;

    /// <summary>Reads a stored activity: one that carries our id, and the sender that its token named.</summary>
    /// <inheritdoc />
    public IReadOnlyList<InboundMessage> Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            var activity = JsonElement.Parse(body.Span);
            var id = activity.Text("id") ?? throw new FormatException("An activity has no id.");
            var from = activity.Member("from");
            var user = from?.Text("id") ?? throw new FormatException("An activity has no sender.");
            var blank = new InboundMessage(ChannelName, id, user, InboundKind.Other, SenderName: from?.Text("name"));
            return activity.Text("type") switch
            {
                "message" => Message(activity, blank) is { } message ? [message] : [],
                "conversationUpdate" => [blank with { Kind = InboundKind.Text, Text = StartText }],
                _ => [],
            };
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            throw new FormatException("An activity is malformed.", malformed);
        }
    }

    /// <inheritdoc />
    public async Task<DeliveryResult> SendAsync(OutboundMessage message, CancellationToken ct)
    {
        try
        {
            var id = await log.AddSaidAsync(message.Address, message.OutboxId, stamp => BotActivity.Compose(message, stamp), ct);
            return id is null ? new DeliveryResult.Rejected("no web conversation") : new DeliveryResult.Sent(id);
        }
        catch (DbException)
        {
            // The log is this channel's platform: what may or may not be written is found there by its outbox row the next time.
            return new DeliveryResult.RetryAfter(AgainAfter, SharedLimit: false);
        }
    }

    /// <inheritdoc />
    public bool CanRewrite => true;

    /// <inheritdoc />
    public async Task<DeliveryResult> RewriteAsync(OutboundMessage message, string providerMessageId, CancellationToken ct)
    {
        try
        {
            return await log.RewriteSaidAsync(message.OutboxId, stamp => BotActivity.Compose(message, stamp, providerMessageId), ct)
                ? new DeliveryResult.Sent(providerMessageId)
                : new DeliveryResult.Rejected("the activity is gone");
        }
        catch (DbException)
        {
            return new DeliveryResult.RetryAfter(AgainAfter, SharedLimit: false);
        }
    }

    /// <inheritdoc />
    public async Task<PictureFetch> FetchPictureAsync(string reference, int maxBytes, CancellationToken ct)
    {
        try
        {
            return await files.FindAsync(reference, ct) switch
            {
                null => new PictureFetch.Refused("it is not held any more"),
                { Length: var length } when length > maxBytes => new PictureFetch.TooLarge(),
                var bytes => new PictureFetch.Fetched(bytes),
            };
        }
        catch (DbException failure)
        {
            return new PictureFetch.Later(failure.GetType().Name);
        }
    }

    /// <inheritdoc />
    public Task AcknowledgeAsync(InboundMessage message, CancellationToken ct) => Task.CompletedTask;

    private static InboundMessage? Message(JsonElement activity, InboundMessage blank)
    {
        var text = activity.Text("text")?.CutTo(InboundMessage.MaxTextLength);
        var channelData = activity.Member("channelData");
        if (channelData?.Member("messageBack") is { } pressed)
            return Pressed(blank, pressed.Text("text") ?? text);
        if (channelData?.Member("postBack") is { ValueKind: JsonValueKind.True })
            return Pressed(blank, text);
        if (activity.Member("attachments") is { ValueKind: JsonValueKind.Array } sent && sent.GetArrayLength() > 0)
        {
            var isHeld = activity.Member(ClientActivity.HeldPicture) is { ValueKind: JsonValueKind.True };
            return blank with { Kind = FileKind(sent[0].Text("contentType")), Text = text, PictureReference = isHeld ? blank.UpdateKey : null };
        }
        return string.IsNullOrWhiteSpace(text) ? null : blank with { Kind = InboundKind.Text, Text = text };
    }

    private static InboundMessage Pressed(InboundMessage blank, string? token) =>
        token is null ? blank : blank with { Kind = InboundKind.Button, ButtonToken = token.CutTo(MaxTokenLength) };

    // Twice what our own tokens may measure: a longer one is foreign, and is refused as such.
    private const int MaxTokenLength = 128;

    private static InboundKind FileKind(string? contentType) => contentType switch
    {
        not null when contentType.StartsWith("image/", StringComparison.OrdinalIgnoreCase) => InboundKind.Photo,
        not null when contentType.StartsWith("audio/", StringComparison.OrdinalIgnoreCase) => InboundKind.Voice,
        _ => InboundKind.Document,
    };
}
