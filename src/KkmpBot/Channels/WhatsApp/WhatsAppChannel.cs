using System.Collections.Concurrent;
using KkmpBot.Channels.WhatsApp.CloudApi;
using KkmpBot.Data;

namespace KkmpBot.Channels.WhatsApp;

/// <summary>WhatsApp as a channel: reads notifications, sends messages, marks as read.</summary>
/// <param name="client">The Cloud API.</param>
/// <param name="settings">Our number.</param>
/// <param name="deliveries">What Meta told of our messages.</param>
/// <param name="vault">Indexes message ids.</param>
/// <param name="time">The clock of the backoff.</param>
/// <param name="log">Ids and error codes only.</param>
public sealed class WhatsAppChannel(
    WhatsAppClient client, WhatsAppSettings settings, DeliveryLog deliveries, Vault vault, TimeProvider time, ILogger<WhatsAppChannel> log) : IChannel
{
    /// <summary>The first delay when WhatsApp or the way to it is down.</summary>
    public static readonly TimeSpan FirstDelay = TimeSpan.FromSeconds(1);

    /// <summary>The longest delay when WhatsApp or the way to it is down.</summary>
    public static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(60);

    /// <summary>The longest delay for one person who gets too much at once: 4 to the power of 5 seconds, a little over a quarter of an hour.</summary>
    public const int MaxPairSteps = 5;

    /// <summary>How long nothing is sent after Meta refused our token, so that not every message has to be refused for it.</summary>
    public static readonly TimeSpan TokenPause = TimeSpan.FromMinutes(5);

    /// <summary>Messages whose attempts are remembered; beyond that they are forgotten, which costs a few tries more.</summary>
    public const int MaxRemembered = 20_000;

    private readonly Backoff outage = new(time, FirstDelay, LongestDelay);
    private readonly ConcurrentDictionary<long, int> tries = new();
    private readonly ConcurrentDictionary<long, bool> unsure = new();
    private long pausedUntilTicks;

    /// <inheritdoc/>
    public string Name => WhatsAppMessages.ChannelName;

    /// <inheritdoc/>
    public ChannelLimits Limits => settings.Limits;

    /// <summary>24 hours after a person's message, less a margin for clocks and queues.</summary>
    public TimeSpan? FreeTextWindow { get; } = TimeSpan.FromHours(24) - TimeSpan.FromMinutes(5);

    /// <inheritdoc/>
    public IReadOnlyList<InboundMessage> Parse(ReadOnlyMemory<byte> body) => ReadNotification(body).Messages;

    /// <summary>Reads a POST of Meta with everything in it. Throws <see cref="FormatException"/> when it is no JSON object.</summary>
    /// <param name="body">As it came.</param>
    public WhatsAppNotification ReadNotification(ReadOnlyMemory<byte> body) => WhatsAppNotification.Read(body, settings.PhoneNumberId, vault);

    /// <inheritdoc/>
    /// <remarks>
    /// What may have arrived is looked up in what Meta told since, before it is sent again. A file goes first, since the words may carry the buttons.
    /// </remarks>
    public async Task<DeliveryResult> SendAsync(OutboundMessage message, CancellationToken ct)
    {
        var paused = new DateTime(Interlocked.Read(ref pausedUntilTicks), DateTimeKind.Utc) - time.GetUtcNow().UtcDateTime;
        if (paused > TimeSpan.Zero)
            return new DeliveryResult.RetryAfter(paused, SharedLimit: true);
        if (unsure.ContainsKey(message.OutboxId) && await deliveries.HasArrivedAsync(message.OutboxId, ct))
        {
            log.LogInformation("Outbox {OutboxId} had arrived: WhatsApp told its status meanwhile", message.OutboxId);
            return Finish(message, new DeliveryResult.Sent(null));
        }

        DeliveryResult result = new DeliveryResult.Rejected("The text is empty.");
        if (message is { File: { } file, Template: null })
        {
            var upload = await client.UploadAsync(file, ct);
            if (upload is not CloudApiResult<UploadAnswer>.Ok uploaded)
                return Judge(message, upload, isHarmless: true);
            result = Judge(message, await client.SendAsync(WhatsAppRendering.RenderFile(message, uploaded.Value.Id), ct), isHarmless: false);
            if (result is not DeliveryResult.Sent)
                return result;
        }
        return WhatsAppRendering.Render(message) is { } request ? Judge(message, await client.SendAsync(request, ct), isHarmless: false) : result;
    }

    /// <inheritdoc/>
    public async Task<PictureFetch> FetchPictureAsync(string reference, int maxBytes, CancellationToken ct) =>
        await client.FindMediaAsync(reference, ct) switch
        {
            CloudApiResult<MediaAnswer>.Ok { Value.Url: var url } => await client.DownloadAsync(url, maxBytes, ct),
            CloudApiResult<MediaAnswer>.Refused { Error: { Status: 408 or 429 or >= 500 } error } => new PictureFetch.Later($"{error}", error.RetryAfter),
            CloudApiResult<MediaAnswer>.NotSent or CloudApiResult<MediaAnswer>.Lost => new PictureFetch.Later("no answer"),
            var other => new PictureFetch.Refused(other.Describe()),
        };

    /// <inheritdoc/>
    /// <remarks>Marks the message as read and shows that an answer is being written. A mark that is lost changes nothing for anybody.</remarks>
    public async Task AcknowledgeAsync(InboundMessage message, CancellationToken ct)
    {
        if (message.CallbackId is not { } id)
            return;
        try
        {
            var answer = await client.MarkReadAsync(new ReadRequest(id), ct);
            if (answer is not CloudApiResult<ReadAnswer>.Ok)
                log.LogDebug("A message stays unread: {Cause}", answer.Describe());
        }
        catch (Exception failure)
        {
            log.LogDebug("A message stays unread: {Cause}", failure.GetType().Name);
        }
    }

    private DeliveryResult Judge<T>(OutboundMessage message, CloudApiResult<T> answer, bool isHarmless)
    {
        switch (answer)
        {
            case CloudApiResult<T>.Ok { Value: SendAnswer { Messages: [var accepted, ..] } }:
                outage.Reset();
                return Finish(message, new DeliveryResult.Sent(Convert.ToHexStringLower(vault.IdIndex("whatsapp message", accepted.Id))));
            case CloudApiResult<T>.Refused refused:
                return Judge(message, refused.Error);
            case CloudApiResult<T>.NotSent or CloudApiResult<T>.Lost when isHarmless:
            case CloudApiResult<T>.NotSent:
                return Later(message, answer.Describe());
            default:
                Remember(unsure, message.OutboxId, true);
                log.LogWarning("Whether outbox {OutboxId} arrived is unknown: {Cause}", message.OutboxId, answer.Describe());
                return new DeliveryResult.Unknown();
        }
    }

    private DeliveryResult Judge(OutboundMessage message, CloudApiError error)
    {
        var verdict = Verdict.Of(error);
        var attempt = tries.AddOrUpdate(message.OutboxId, 1, (_, before) => before + 1);
        if (verdict.NeedsOfficer)
            log.LogError(
                "WhatsApp refuses outbox {OutboxId} for the whole account: {Error} (trace {Trace}). Look into Meta's dashboard",
                message.OutboxId, $"{error}", error.TraceId);
        else
            log.LogWarning("WhatsApp did not take outbox {OutboxId}: {Error} (trace {Trace})", message.OutboxId, $"{error}", error.TraceId);
        if (verdict.Pauses)
            Interlocked.Exchange(ref pausedUntilTicks, (time.GetUtcNow().UtcDateTime + TokenPause).Ticks);
        if (tries.Count > MaxRemembered)
            tries.Clear();
        return verdict.Fate switch
        {
            Fate.Retry when verdict.MaxTries > 0 && attempt >= verdict.MaxTries => Finish(message, new DeliveryResult.Rejected($"{error}")),
            Fate.Retry => new DeliveryResult.RetryAfter(
                error.RetryAfter ?? (verdict.Delay > TimeSpan.Zero ? verdict.Delay : outage.Next()), verdict.IsShared),
            Fate.RetryPair => new DeliveryResult.RetryAfter(PairDelay(attempt), SharedLimit: false),
            Fate.WindowClosed => Finish(message, new DeliveryResult.WindowClosed()),
            Fate.Stop => Finish(message, new DeliveryResult.Blocked()),
            _ => Finish(message, new DeliveryResult.Rejected($"{error}")),
        };
    }

    private static TimeSpan PairDelay(int attempt) => TimeSpan.FromSeconds(Math.Pow(4, Math.Min(attempt - 1, MaxPairSteps)));

    private DeliveryResult.RetryAfter Later(OutboundMessage message, string cause)
    {
        var delay = outage.Next();
        log.LogWarning("WhatsApp is not there for outbox {OutboxId} ({Cause}); again in {Delay}", message.OutboxId, cause, delay);
        return new DeliveryResult.RetryAfter(delay, SharedLimit: false);
    }

    private DeliveryResult Finish(OutboundMessage message, DeliveryResult result)
    {
        tries.TryRemove(message.OutboxId, out _);
        unsure.TryRemove(message.OutboxId, out _);
        return result;
    }

    private static void Remember<T>(ConcurrentDictionary<long, T> memory, long outboxId, T value)
    {
        if (memory.Count > MaxRemembered)
            memory.Clear();
        memory[outboxId] = value;
    }
}
