using System.Data.Common;

namespace KkmpBot.Channels.WhatsApp;

/// <summary>Hands what a POST holds to the turns and to the log of deliveries; marks messages as read once they are committed, without anybody waiting.</summary>
/// <param name="channel">The channel.</param>
/// <param name="deliveries">Where statuses go.</param>
/// <param name="take">The turns.</param>
/// <param name="log">Ids and codes only.</param>
public sealed class WhatsAppIntake(WhatsAppChannel channel, DeliveryLog deliveries, TakeMessage take, ILogger<WhatsAppIntake> log)
{
    /// <summary>More read marks than this are not under way at once; the next message just keeps its grey ticks.</summary>
    public const int MaxPendingMarks = 256;

    private int pendingMarks;

    /// <summary>Hands everything in and waits for the commits.</summary>
    /// <param name="notification">What came.</param>
    /// <param name="ct">Gives up waiting; thrown as <see cref="OperationCanceledException"/>.</param>
    /// <returns>True when all is done and Meta may forget it; false when it must come again: what was done then changes nothing.</returns>
    public async ValueTask<bool> HandInAsync(WhatsAppNotification notification, CancellationToken ct)
    {
        foreach (var code in notification.AccountErrors)
            log.LogError("WhatsApp reports a trouble with the account: {Code}. Look into Meta's dashboard", code);
        // Handed in before any is waited for: they share a transaction, and one person's keep their order.
        var turns = notification.Messages.Select(message => TakeAsync(message, ct)).ToArray();
        var statuses = WriteAsync(notification.Statuses, ct);
        var taken = await Task.WhenAll(turns);
        return await statuses && taken.All(isTaken => isTaken);
    }

    private async Task<bool> TakeAsync(InboundMessage message, CancellationToken ct)
    {
        TurnReceipt receipt;
        try
        {
            receipt = await take(message, ct);
        }
        catch (Exception failure) when (failure is not OperationCanceledException || !ct.IsCancellationRequested)
        {
            // Nothing is known of what became of it, so Meta keeps it; handed in again it is at worst a duplicate.
            log.LogError("Update {UpdateKey} was not taken: {Cause}", message.UpdateKey, failure.GetType().Name);
            receipt = TurnReceipt.Failed;
        }
        if (receipt is not (TurnReceipt.Committed or TurnReceipt.Duplicate))
        {
            log.LogDebug("Update {UpdateKey} stays with WhatsApp: {Receipt}", message.UpdateKey, receipt);
            return false;
        }
        if (receipt == TurnReceipt.Committed)
            _ = MarkAsync(message);
        return true;
    }

    private async Task<bool> WriteAsync(IReadOnlyList<MessageStatus> statuses, CancellationToken ct)
    {
        try
        {
            await deliveries.WriteAsync(statuses, ct);
            return true;
        }
        catch (Exception failure) when (failure is DbException or IOException)
        {
            log.LogWarning("{Statuses} statuses stay with WhatsApp: {Cause}", statuses.Count, failure.GetType().Name);
            return false;
        }
    }

    private async Task MarkAsync(InboundMessage message)
    {
        try
        {
            if (Interlocked.Increment(ref pendingMarks) <= MaxPendingMarks)
                await channel.AcknowledgeAsync(message, CancellationToken.None);
        }
        finally
        {
            Interlocked.Decrement(ref pendingMarks);
        }
    }
}
