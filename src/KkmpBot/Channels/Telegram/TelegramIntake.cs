namespace KkmpBot.Channels.Telegram;

/// <summary>Hands a message to the turns and, once it is committed, answers its button press without anybody waiting for that.</summary>
/// <param name="channel">The channel.</param>
/// <param name="take">The turns.</param>
/// <param name="log">Ids only.</param>
public sealed class TelegramIntake(TelegramChannel channel, TakeMessage take, ILogger<TelegramIntake> log)
{
    /// <summary>More answers than this are not under way at once; the button of the next one just turns a little longer.</summary>
    public const int MaxPendingAnswers = 256;

    private int pendingAnswers;

    /// <summary>Hands it in and waits for its commit.</summary>
    /// <param name="message">The message.</param>
    /// <param name="ct">Gives up waiting; thrown as <see cref="OperationCanceledException"/>.</param>
    /// <returns>True when it is done and Telegram may forget it; false when Telegram must keep it.</returns>
    public async ValueTask<bool> HandInAsync(InboundMessage message, CancellationToken ct)
    {
        TurnReceipt receipt;
        try
        {
            receipt = await take(message, ct);
        }
        catch (Exception failure) when (failure is not OperationCanceledException || !ct.IsCancellationRequested)
        {
            // Nothing is known of what became of it, so Telegram keeps it; handed in again it is at worst a duplicate.
            log.LogError("Update {UpdateKey} was not taken: {Cause}", message.UpdateKey, failure.GetType().Name);
            receipt = TurnReceipt.Failed;
        }

        if (receipt is not (TurnReceipt.Committed or TurnReceipt.Duplicate))
        {
            log.LogDebug("Update {UpdateKey} stays with Telegram: {Receipt}", message.UpdateKey, receipt);
            return false;
        }

        if (message.CallbackId is not null)
        {
            _ = AnswerPressAsync(message);
        }

        return true;
    }

    private async Task AnswerPressAsync(InboundMessage message)
    {
        try
        {
            if (Interlocked.Increment(ref pendingAnswers) <= MaxPendingAnswers)
            {
                await channel.AcknowledgeAsync(message, CancellationToken.None);
            }
        }
        finally
        {
            Interlocked.Decrement(ref pendingAnswers);
        }
    }
}
