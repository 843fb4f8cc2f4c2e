using System.Runtime.InteropServices;
using System.Text.Json;
using KkmpBot.Channels.Telegram.BotApi;
using KkmpBot.Data;

namespace KkmpBot.Channels.Telegram;

/// <summary>
/// Asks Telegram for updates and hands them to the turns. Asking from an offset makes Telegram forget everything before it, so the
/// offset only moves over updates that are committed: a crash at any point brings the rest again. When one could not be taken, the
/// next question starts at it; what was done behind it comes again and is known as a duplicate.
/// </summary>
/// <param name="client">The Bot API.</param>
/// <param name="channel">Reads updates.</param>
/// <param name="intake">The turns.</param>
/// <param name="start">Removes a webhook first.</param>
/// <param name="doAlone">Telegram answers one who asks; of several copies the others wait until that one is gone.</param>
/// <param name="time">The clock of the backoff.</param>
/// <param name="log">Ids only.</param>
public sealed class TelegramPoller(
    TelegramClient client, TelegramChannel channel, TelegramIntake intake, TelegramStart start, DoAlone doAlone, TimeProvider time,
    ILogger<TelegramPoller> log) : BackgroundService
{
    /// <summary>How long Telegram may wait for something to happen, seconds (it allows 50).</summary>
    public const int WaitSeconds = 25;

    /// <summary>The first delay after a failure.</summary>
    public static readonly TimeSpan FirstDelay = TimeSpan.FromSeconds(1);

    /// <summary>The longest delay after a failure.</summary>
    public static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(30);

    private readonly Backoff trouble = new(time, FirstDelay, LongestDelay);
    private readonly Backoff refusal = new(time, FirstDelay, LongestDelay);
    private long? offset;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await start.IntroduceAsync(stoppingToken);

            while (!stoppingToken.IsCancellationRequested)
            {
                await AskAloneAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            log.LogInformation("Telegram is not asked any more: the service stops");
        }
    }

    private async Task AskAloneAsync(CancellationToken ct)
    {
        await using var alone = await HoldAsync(ct);

        // What another copy has finished meanwhile, Telegram knows or the turns do.
        offset = null;

        // The first question does not wait, so that a conflict shows at once.
        for (var waitSeconds = 0; await alone.IsMineAsync(ct);)
        {
            waitSeconds = await AskAsync(waitSeconds, ct) ? WaitSeconds : 0;
        }
    }

    private async Task<IAlone> HoldAsync(CancellationToken ct)
    {
        while (true)
        {
            try
            {
                return await doAlone("telegram polling", ct);
            }
            catch (Exception failure) when (DatabaseFailure.Is(failure) && !ct.IsCancellationRequested)
            {
                log.LogWarning("Telegram is not asked while the database is away: {Failure}", DatabaseFailure.Describe(failure));
                await Task.Delay(refusal.Next(), time, ct);
            }
        }
    }

    /// <summary>One question and everything that came with it. False after a failure.</summary>
    private async Task<bool> AskAsync(int waitSeconds, CancellationToken ct)
    {
        var answer = await client.GetUpdatesAsync(new GetUpdatesRequest(offset, waitSeconds, TelegramUpdates.Allowed), ct);
        ct.ThrowIfCancellationRequested();
        if (answer is not BotApiResult<IReadOnlyList<JsonElement>>.Ok ok)
        {
            await Task.Delay(TelegramTrouble.Report(log, "getUpdates", answer, trouble), time, ct);
            if (answer is BotApiResult<IReadOnlyList<JsonElement>>.Refused { Error.Code: 409 })
            {
                await start.ChooseDeliveryAsync(ct);
            }

            return false;
        }

        trouble.Reset();
        if (await HandInAllAsync(ok.Value, ct))
        {
            refusal.Reset();
            return true;
        }

        var delay = refusal.Next();
        log.LogWarning("Updates from {Offset} on stay with Telegram; again in {Delay}", offset, delay);
        await Task.Delay(delay, time, ct);
        return false;
    }

    /// <summary>Hands a batch in, the chats side by side, each in its order; then moves the offset over the finished beginning.</summary>
    private async Task<bool> HandInAllAsync(IReadOnlyList<JsonElement> batch, CancellationToken ct)
    {
        var updates = batch.Select(Read).ToList();
        var chats = updates.Where(update => update.Message is not null).GroupBy(update => update.Message!.Address);
        await Task.WhenAll(chats.Select(chat => HandInChatAsync(chat, ct)));

        var finished = updates.TakeWhile(update => update.IsDone).Select(update => update.Id).OfType<long>();
        offset = finished.Select(id => (long?)id + 1).LastOrDefault() ?? offset;

        // One without an id cannot be passed over; it is waited for as a failure is, not asked for in a tight loop.
        return updates.TrueForAll(update => update is { IsDone: true, Id: not null });
    }

    private async Task HandInChatAsync(IEnumerable<PolledUpdate> chat, CancellationToken ct)
    {
        foreach (var update in chat)
        {
            if (!await intake.HandInAsync(update.Message!, ct))
            {
                return;
            }

            update.IsDone = true;
        }
    }

    private PolledUpdate Read(JsonElement raw)
    {
        var id = IdOf(raw);
        try
        {
            var message = TelegramUpdates.Read(JsonMarshal.GetRawUtf8Value(raw), channel.Username);
            return new PolledUpdate(id, message) { IsDone = message is null };
        }
        catch (FormatException)
        {
            // It will not become readable by coming again, and it must not hold up everybody else.
            log.LogWarning("Update {UpdateId} cannot be read and is skipped", id);
            return new PolledUpdate(id, null) { IsDone = true };
        }
    }

    private static long? IdOf(JsonElement raw) =>
        raw.ValueKind == JsonValueKind.Object && raw.TryGetProperty("update_id", out var id)
            && id.ValueKind == JsonValueKind.Number && id.TryGetInt64(out var number) ? number : null;

    /// <summary>An update of a batch: one without a message concerns nobody and is done from the start.</summary>
    private sealed record PolledUpdate(long? Id, InboundMessage? Message)
    {
        public bool IsDone { get; set; }
    }
}
