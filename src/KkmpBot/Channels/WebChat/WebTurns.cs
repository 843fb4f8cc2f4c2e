using System.Data.Common;

namespace KkmpBot.Channels.WebChat;

/// <summary>
/// Hands stored activities to the turns. Direct Line never delivers again, so a full queue is waited for; and what a crash left between an
/// activity and its turn is found in the log and handed in again, which the update's key makes harmless.
/// </summary>
internal sealed class WebTurns(
    WebLog log, WebChatChannel channel, ActivityFeeds feeds, TakeMessage take, TimeProvider time, ILogger<WebTurns> logger)
    : BackgroundService
{
    /// <summary>How long a full queue is waited for.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan AskEvery = TimeSpan.FromMilliseconds(250);

    // A turn is mostly done sooner, and dots that only flash disturb.
    private static readonly TimeSpan TypingAfter = TimeSpan.FromMilliseconds(300);

    // Twice the patience: until then the one who posted it is still at it.
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(30);

    // An answer a day late helps nobody; and an update's key is remembered for longer than this, so that nothing is ever done twice.
    private static readonly TimeSpan LatestAfter = TimeSpan.FromHours(24);

    /// <summary>Takes an activity's turn, if it has one.</summary>
    /// <param name="activity">As stored.</param>
    /// <param name="ct">Gives up waiting; a turn that has begun goes on.</param>
    /// <returns>Full only after <see cref="Patience"/>.</returns>
    public async Task<TurnReceipt> TakeAsync(LoggedActivity activity, CancellationToken ct)
    {
        var receipt = TurnReceipt.Committed;
        foreach (var message in channel.Parse(activity.Json))
            receipt = await TakeWithTypingAsync(activity.Stamp.Conversation, message, ct);
        if (receipt is TurnReceipt.Committed or TurnReceipt.Duplicate)
            log.MarkTaken(activity.Stamp);
        return receipt;
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // What an earlier process left is nobody's: it is taken at once.
        var leftSince = TimeSpan.Zero;
        try
        {
            while (true)
            {
                await TakePendingAsync(leftSince, stoppingToken);
                await Task.Delay(LookEvery, time, stoppingToken);
                leftSince = LookEvery;
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            logger.LogDebug("The web chat stops looking for activities without a turn.");
        }
    }

    private async Task TakePendingAsync(TimeSpan leftSince, CancellationToken ct)
    {
        try
        {
            var now = time.GetUtcNow().UtcDateTime;
            IReadOnlyList<LoggedActivity> page;
            do
            {
                page = await log.PendingAsync(now - LatestAfter, now - leftSince, ct);
                foreach (var activity in page)
                {
                    if (await TakeAsync(activity, ct) is TurnReceipt.Full or TurnReceipt.Failed)
                        return;
                }
            }
            while (page.Count == WebLog.PageSize);
        }
        catch (DbException failure)
        {
            logger.LogWarning("The web chat's log cannot be read: {Failure}. It is tried again.", failure.GetType().Name);
        }
    }

    private async Task<TurnReceipt> TakeWithTypingAsync(string conversation, InboundMessage message, CancellationToken ct)
    {
        var turn = TakePatientlyAsync(message, ct);
        using var done = CancellationTokenSource.CreateLinkedTokenSource(ct);
        if (await Task.WhenAny(turn, Task.Delay(TypingAfter, time, done.Token)) != turn)
            feeds.Push(conversation, BotActivity.Typing(conversation, time.GetUtcNow()));
        await done.CancelAsync();
        return await turn;
    }

    private async Task<TurnReceipt> TakePatientlyAsync(InboundMessage message, CancellationToken ct)
    {
        var began = time.GetTimestamp();
        var receipt = await take(message, ct);
        while (receipt == TurnReceipt.Full && time.GetElapsedTime(began) < Patience)
        {
            await Task.Delay(AskEvery, time, ct);
            receipt = await take(message, ct);
        }
        return receipt;
    }
}
