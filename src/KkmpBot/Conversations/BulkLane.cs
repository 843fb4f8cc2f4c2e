using System.Threading.Channels;
using KkmpBot.Channels;
using KkmpBot.Data;

namespace KkmpBot.Conversations;

/// <summary>
/// Hands over one channel's bulk messages beside its replies, with connections of their own. They wait in the table until their moment: a page
/// is marked as being sent, handed over, and the next one claimed meanwhile. What the platform is known not to have goes back into the
/// table; what may have arrived is not sent again.
/// </summary>
/// <param name="channel">The channel's name.</param>
/// <param name="pace">Its limits.</param>
/// <param name="table">Where they wait.</param>
/// <param name="marks">How they ended.</param>
/// <param name="handOver">The platform.</param>
/// <param name="keepsQuiet">True to let people sleep: nothing is begun in the quiet hours.</param>
/// <param name="time">The clock.</param>
/// <param name="log">Ids and counts.</param>
public sealed class BulkLane(
    string channel, ChannelPace pace, OutboxTable table, OutboxMarks marks, HandOver handOver, bool keepsQuiet, TimeProvider time, ILogger log)
{
    /// <summary>Bulk messages being handed over at once.</summary>
    public const int MaxConcurrent = 64;

    /// <summary>Bulk messages claimed at once; so many, three times at most, are of unknown fate after a crash.</summary>
    public const int MaxClaimed = 100;

    // A word to stop holds within a second, also for what was claimed before it.
    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);
    private readonly Channel<Sending> claimed = Channel.CreateBounded<Sending>(MaxClaimed);
    private int lastCooperative;

    /// <summary>Runs until it is told to stop; what is claimed and not yet tried goes back.</summary>
    /// <param name="stopping">Nothing new is begun.</param>
    /// <param name="giveUp">What is under way is given up.</param>
    public async Task RunAsync(CancellationToken stopping, CancellationToken giveUp)
    {
        var workers = Enumerable.Range(0, MaxConcurrent).Select(_ => WorkAsync(stopping, giveUp)).ToArray();
        await ClaimAsync(stopping);
        claimed.Writer.Complete();
        await Task.WhenAll(workers);
    }

    private async Task ClaimAsync(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            try
            {
                var waiting = keepsQuiet && QuietHours.Is(time.GetUtcNow().UtcDateTime) ? 0 : await table.CountBulkAsync(channel, MaxClaimed, ct);
                if (waiting == 0)
                {
                    await Task.Delay(LookEvery, time, ct);
                    continue;
                }
                var allowed = await pace.TakeBulkAsync(waiting, ct);
                // The page is marked as being sent from here on, so it is passed on whole even when the service stops.
                var page = await table.ClaimBulkAsync(channel, allowed, lastCooperative, CancellationToken.None);
                lastCooperative = page.LastCooperative;
                foreach (var sending in page.Messages)
                    await claimed.Writer.WriteAsync(sending, CancellationToken.None);
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                log.LogDebug("Bulk messages of {Channel} wait in the table until the next start", channel);
            }
            catch (Exception failure)
            {
                log.LogError("Bulk messages of {Channel} could not be claimed: {Failure}", channel, DatabaseFailure.Describe(failure));
                await Task.Delay(LookEvery, time, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task WorkAsync(CancellationToken stopping, CancellationToken giveUp)
    {
        await foreach (var sending in claimed.Reader.ReadAllAsync(CancellationToken.None))
        {
            try
            {
                if (await WaitForChatAsync(sending, stopping) && await MayStillGoAsync(sending, giveUp))
                    await SendAsync(sending, giveUp);
                else
                    marks.PutBack(sending, time.GetUtcNow().UtcDateTime + pace.PausedFor);
            }
            catch (OperationCanceledException) when (giveUp.IsCancellationRequested)
            {
                marks.PutBack(sending, time.GetUtcNow().UtcDateTime);
            }
            catch (Exception failure) when (DatabaseFailure.Is(failure))
            {
                log.LogWarning("Bulk message {Outbox} waits for the database: {Failure}", sending.Message.OutboxId, DatabaseFailure.Describe(failure));
                marks.PutBack(sending, time.GetUtcNow().UtcDateTime + RetryPlan.FirstDelay);
            }
        }
    }

    private async Task<bool> MayStillGoAsync(Sending sending, CancellationToken ct) =>
        sending.AnnouncementId is not { } announcement || time.GetUtcNow().UtcDateTime - sending.ClaimedUtc < AskAgainAfter
        || await table.IsRunningAsync(announcement, ct);

    // False when it has to go back: the service stops, or the platform wants to be left alone.
    private async Task<bool> WaitForChatAsync(Sending sending, CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested && pace.PausedFor == TimeSpan.Zero)
        {
            var wait = pace.TryTakeChat(new ReplyAddress(sending.Message.Address));
            if (wait == TimeSpan.Zero)
                return true;
            await Task.Delay(wait, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        return false;
    }

    private async Task SendAsync(Sending sending, CancellationToken giveUp)
    {
        var result = await handOver.TryAsync(sending, giveUp);
        if (result is DeliveryResult.RetryAfter retry)
            pace.Pause(retry, isBulk: true);
        if (RetryPlan.Next(result, sending.Kind, sending.Attempts, RetryPlan.ChanceOf(sending.Message.OutboxId)) is { } delay)
        {
            marks.PutBack(sending, time.GetUtcNow().UtcDateTime + delay);
            return;
        }
        if (result is not DeliveryResult.Sent)
            log.LogInformation("Bulk message {Outbox} on {Channel} ended as {Result}", sending.Message.OutboxId, channel, result.GetType().Name);
        marks.Finish(sending, result);
    }
}
