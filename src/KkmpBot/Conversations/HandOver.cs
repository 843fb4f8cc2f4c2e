using KkmpBot.Channels;
using KkmpBot.Data;

namespace KkmpBot.Conversations;

/// <summary>
/// The one place where a message meets its platform, for replies and bulk alike. What has to be decided at the last moment belongs here,
/// such as whether a platform still takes free text for this person.
/// </summary>
public sealed class HandOver
{
    private readonly Dictionary<string, IChannel> channels;
    private readonly FreeTextWindow window;
    private readonly TurnMeter meter;
    private readonly AnnouncedPictures pictures;
    private readonly Drawings drawings;
    private readonly TimeProvider time;
    private readonly ILogger<HandOver> log;

    /// <summary>Takes its parts from the container.</summary>
    public HandOver(
        IEnumerable<IChannel> channels, FreeTextWindow window, AnnouncedPictures pictures, Drawings drawings, TurnMeter meter, TimeProvider time, ILogger<HandOver> log)
    {
        this.channels = channels.ToDictionary(channel => channel.Name);
        this.window = window;
        this.pictures = pictures;
        this.drawings = drawings;
        this.meter = meter;
        this.time = time;
        this.log = log;
    }

    /// <summary>The channels that this process sends through.</summary>
    public IReadOnlyCollection<string> Channels => channels.Keys;

    /// <summary>Makes one attempt.</summary>
    /// <param name="sending">The message; its attempts are counted.</param>
    /// <param name="ct">Cancelled when the process stops; thrown only when nothing was written yet.</param>
    public async Task<DeliveryResult> TryAsync(Sending sending, CancellationToken ct)
    {
        var result = await AttemptAsync(sending, ct);
        meter.CountSend(sending.Channel, result);
        return result;
    }

    private async Task<DeliveryResult> AttemptAsync(Sending sending, CancellationToken ct)
    {
        sending.AttemptUtc = time.GetUtcNow().UtcDateTime;
        sending.Attempts++;
        try
        {
            var result = await SendAsync(sending, isRefused: false, ct);
            return result is DeliveryResult.WindowClosed ? await SendAsync(sending, isRefused: true, ct) : result;
        }
        catch (Exception failure) when (DatabaseFailure.Is(failure) && failure is not OperationCanceledException)
        {
            log.LogError("Outbox {Outbox} waits for the database: {Failure}", sending.Message.OutboxId, DatabaseFailure.Describe(failure));
            return new DeliveryResult.RetryAfter(RetryPlan.FirstDelay, SharedLimit: false);
        }
        catch (Exception failure) when (failure is not OperationCanceledException || !ct.IsCancellationRequested)
        {
            log.LogError("Outbox {Outbox} met a bug of {Channel}: {Failure}", sending.Message.OutboxId, sending.Channel, DatabaseFailure.Describe(failure));
            return new DeliveryResult.Rejected($"bug: {failure.GetType().Name}");
        }
    }

    private async Task<DeliveryResult> SendAsync(Sending sending, bool isRefused, CancellationToken ct)
    {
        var chosen = await window.ChooseAsync(sending, isRefused, ct);
        // A row that was set aside says itself what became of it, and a later mark changes nothing in it.
        if (chosen is null)
            return new DeliveryResult.Sent(null);
        if (sending.AnnouncementId is { } announcement && chosen is { File: null, Template: null })
            chosen = chosen with { File = await pictures.OfAsync(announcement, ct) };
        if (chosen.File is { MimeType: OutboundFile.Drawing } drawing)
            chosen = chosen with { File = await drawings.ToPictureAsync(drawing, ct) };
        return await channels[sending.Channel].SendAsync(chosen, ct);
    }
}
