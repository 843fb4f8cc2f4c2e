using System.Globalization;
using KkmpBot.Channels.Telegram.BotApi;

namespace KkmpBot.Channels.Telegram;

/// <summary>Telegram as a channel: reads updates, sends messages, answers button presses.</summary>
/// <param name="client">The Bot API.</param>
/// <param name="time">The clock of the backoff.</param>
/// <param name="log">Ids and error codes only.</param>
public sealed class TelegramChannel(TelegramClient client, TimeProvider time, ILogger<TelegramChannel> log) : IChannel
{
    /// <summary>The first delay when Telegram or the way to it is down.</summary>
    public static readonly TimeSpan FirstDelay = TimeSpan.FromSeconds(1);

    /// <summary>The longest delay when Telegram or the way to it is down.</summary>
    public static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(60);

    /// <summary>The delay when Telegram says "too many" without saying how long.</summary>
    public static readonly TimeSpan UnstatedFloodDelay = TimeSpan.FromSeconds(5);

    /// <summary>A flood delay is believed up to here; a longer one is asked about again.</summary>
    public static readonly TimeSpan LongestFloodDelay = TimeSpan.FromHours(1);

    private const string NotModified = "message is not modified";

    private readonly Backoff outage = new(time, FirstDelay, LongestDelay);

    /// <inheritdoc/>
    public string Name => TelegramUpdates.ChannelName;

    /// <inheritdoc/>
    public ChannelLimits Limits { get; init; } = TelegramSettings.PublishedLimits;

    /// <summary>The bot's own name without @, once Telegram has told it; until then groups are not answered.</summary>
    public string? Username { get; set; }

    /// <inheritdoc/>
    public IReadOnlyList<InboundMessage> Parse(ReadOnlyMemory<byte> body) =>
        TelegramUpdates.Read(body.Span, Username) is { } message ? [message] : [];

    /// <inheritdoc/>
    /// <remarks>A text in several parts that fails in a later part fails as a whole; sent again, its first part arrives twice.</remarks>
    public async Task<DeliveryResult> SendAsync(OutboundMessage message, CancellationToken ct)
    {
        if (!long.TryParse(message.Address, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var chatId))
        {
            return new DeliveryResult.Rejected("The address is not a chat of Telegram.");
        }

        DeliveryResult result = new DeliveryResult.Rejected("The text is empty.");
        if (TelegramRendering.RenderFile(message, chatId) is { } file)
        {
            result = Judge(message, await client.SendFileAsync(file, ct));
            if (result is not DeliveryResult.Sent)
                return result;
        }

        foreach (var request in TelegramRendering.Render(message, chatId))
        {
            result = await SendPartAsync(message, request, ct);
            if (result is not DeliveryResult.Sent)
            {
                break;
            }
        }

        return result;
    }

    /// <inheritdoc/>
    public bool CanRewrite => true;

    /// <inheritdoc/>
    public async Task<DeliveryResult> RewriteAsync(OutboundMessage message, string providerMessageId, CancellationToken ct)
    {
        if (!long.TryParse(message.Address, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var chatId)
            || !long.TryParse(providerMessageId, NumberStyles.None, CultureInfo.InvariantCulture, out var messageId))
        {
            return new DeliveryResult.Rejected("The message is not one of Telegram.");
        }

        var answer = await client.EditMessageTextAsync(TelegramRendering.RenderEdit(message, chatId, messageId), ct);
        // It says already what it is to say: an earlier answer was lost.
        return answer is BotApiResult<SentMessage>.Refused { Error: { Code: 400 } error }
            && error.Description.Contains(NotModified, StringComparison.OrdinalIgnoreCase)
            ? new DeliveryResult.Sent(providerMessageId)
            : Judge(message, answer);
    }

    /// <inheritdoc/>
    public async Task<PictureFetch> FetchPictureAsync(string reference, int maxBytes, CancellationToken ct) =>
        await client.GetFileAsync(new GetFileRequest(reference), ct) switch
        {
            BotApiResult<TelegramFile>.Ok { Value: { FilePath: { } path, FileSize: var size } } =>
                size > maxBytes ? new PictureFetch.TooLarge() : await client.DownloadAsync(path, maxBytes, ct),
            BotApiResult<TelegramFile>.Refused { Error: { Code: 400, Description: var said } } when said.Contains("too big", StringComparison.Ordinal) =>
                new PictureFetch.TooLarge(),
            BotApiResult<TelegramFile>.Refused { Error: { Code: 429 or 408 or >= 500, RetryAfterSeconds: var wait } error } =>
                new PictureFetch.Later(error.Description, wait is { } seconds ? TimeSpan.FromSeconds(seconds) : null),
            BotApiResult<TelegramFile>.NotSent or BotApiResult<TelegramFile>.Lost => new PictureFetch.Later("no answer"),
            var other => new PictureFetch.Refused(other.Describe()),
        };

    /// <inheritdoc/>
    /// <remarks>Answers a button press, so that it stops turning. Late, doubled and failed answers change nothing for anybody.</remarks>
    public async Task AcknowledgeAsync(InboundMessage message, CancellationToken ct)
    {
        if (message.CallbackId is not { } callbackId)
        {
            return;
        }

        try
        {
            var answer = await client.AnswerCallbackQueryAsync(new AnswerCallbackQueryRequest(callbackId), ct);
            if (answer is not BotApiResult<bool>.Ok)
            {
                log.LogDebug("A button press stays unanswered: {Cause}", answer.Describe());
            }
        }
        catch (Exception failure)
        {
            log.LogDebug("A button press stays unanswered: {Cause}", failure.GetType().Name);
        }
    }

    private async Task<DeliveryResult> SendPartAsync(OutboundMessage message, SendMessageRequest request, CancellationToken ct)
    {
        var answer = await client.SendMessageAsync(request, ct);
        if (answer is BotApiResult<SentMessage>.Refused { Error.MigrateToChatId: { } newChatId } && newChatId != request.ChatId)
        {
            // The group has a new id; the old one is never valid again, so this cannot double anything.
            answer = await client.SendMessageAsync(request with { ChatId = newChatId }, ct);
        }

        return Judge(message, answer);
    }

    private DeliveryResult Judge(OutboundMessage message, BotApiResult<SentMessage> answer) =>
        answer switch
        {
            BotApiResult<SentMessage>.Ok ok => Sent(ok.Value),
            BotApiResult<SentMessage>.Refused refused => Judge(message, refused.Error),
            BotApiResult<SentMessage>.NotSent notSent => Later(message, notSent.Cause),
            _ => Unsure(message, answer.Describe()),
        };

    private DeliveryResult.Sent Sent(SentMessage sent)
    {
        outage.Reset();
        return new DeliveryResult.Sent(sent.MessageId.ToString(CultureInfo.InvariantCulture));
    }

    private DeliveryResult Judge(OutboundMessage message, BotApiError error)
    {
        switch (error.Code)
        {
            case 429:
                var delay = error.RetryAfterSeconds is { } seconds ? TimeSpan.FromSeconds(Math.Max(seconds, 1)) : UnstatedFloodDelay;
                log.LogWarning("Telegram asks to slow down for {Delay} at outbox {OutboxId}", delay, message.OutboxId);
                // A group's limit is its own; anything else may be the whole bot's, since Telegram does not say which.
                return new DeliveryResult.RetryAfter(delay < LongestFloodDelay ? delay : LongestFloodDelay, SharedLimit: !Limits.IsGroup(message.Address));
            case 403:
                // Blocked, deactivated, never started, kicked out: in each case only the person can change it.
                return new DeliveryResult.Blocked();
            case 401 or 404:
                log.LogError("Telegram does not know this bot any more ({Code}): check Telegram:Token and Telegram:BaseUrl", error.Code);
                return new DeliveryResult.Rejected(error.Description);
            case 408 or >= 500:
                return Later(message, error.Description);
            default:
                log.LogWarning("Telegram refused outbox {OutboxId}: {Code} {Description}", message.OutboxId, error.Code, error.Description);
                return new DeliveryResult.Rejected(error.Description);
        }
    }

    private DeliveryResult.RetryAfter Later(OutboundMessage message, string cause)
    {
        var delay = outage.Next();
        log.LogWarning("Telegram is not there for outbox {OutboxId} ({Cause}); again in {Delay}", message.OutboxId, cause, delay);
        return new DeliveryResult.RetryAfter(delay, SharedLimit: false);
    }

    private DeliveryResult.Unknown Unsure(OutboundMessage message, string cause)
    {
        log.LogWarning("Whether outbox {OutboxId} arrived is unknown: {Cause}", message.OutboxId, cause);
        return new DeliveryResult.Unknown();
    }
}
