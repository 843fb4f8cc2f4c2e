using System.Data.Common;
using KkmpBot.Channels.WhatsApp.CloudApi;
using KkmpBot.Data;

namespace KkmpBot.Channels.WhatsApp;

/// <summary>
/// Keeps what Meta tells of our messages: how far each came and what it costs. A status is the only proof: it settles what a broken
/// connection left open, and it takes back what was accepted and then not delivered.
/// </summary>
/// <param name="database">Read outside the turns.</param>
/// <param name="write">Writes behind the turns.</param>
/// <param name="time">The clock.</param>
/// <param name="log">Ids and codes only.</param>
public sealed class DeliveryLog(Database database, WriteRows write, TimeProvider time, ILogger<DeliveryLog> log)
{
    /// <summary>Statuses written in one transaction.</summary>
    public const int MaxStatuses = 500;

    /// <summary>A message that fails after it was accepted is sent again while its row counts fewer attempts than this.</summary>
    public const int MaxAttempts = 10;

    private static readonly TimeSpan FirstDelay = TimeSpan.FromSeconds(4);

    private static readonly string Upsert = $"""
        INSERT INTO deliveries (message_key, outbox_id, progress, error_code, category, billable, cooperative_id, at_utc)
        VALUES (@key, @outbox, @progress, @error, @category, @billable, (
            SELECT COALESCE(o.cooperative_id, m.cooperative_id) FROM outbox x
            LEFT JOIN officers o ON o.person_id = x.conversation_id
            LEFT JOIN members m ON m.id = (SELECT MAX(id) FROM members WHERE person_id = x.conversation_id)
            WHERE x.id = @outbox AND x.channel = @channel), @now)
        ON CONFLICT (message_key) DO UPDATE SET
            progress = CASE WHEN {DeliveryProgressRule.MovesForward} THEN excluded.progress ELSE deliveries.progress END,
            error_code = CASE WHEN {DeliveryProgressRule.MovesForward} THEN excluded.error_code ELSE deliveries.error_code END,
            category = COALESCE(deliveries.category, excluded.category),
            billable = deliveries.billable OR excluded.billable
        RETURNING progress
        """;

    /// <summary>True when Meta has told of a message of this outbox row that it was taken or arrived, or the row is done with for another reason.</summary>
    /// <param name="outboxId">The row.</param>
    /// <param name="ct">Gives up.</param>
    public async Task<bool> HasArrivedAsync(long outboxId, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        await using var query = connection.Command(
            null,
            """
            SELECT 1 FROM outbox x WHERE x.id = @outbox
            AND (x.status NOT IN (@pending, @sending) OR EXISTS (SELECT 1 FROM deliveries WHERE outbox_id = x.id AND progress <> @failed))
            """,
            ("outbox", outboxId), ("pending", OutboxStatus.Pending), ("sending", OutboxStatus.Sending), ("failed", (int)DeliveryProgress.Failed));
        return await query.ExecuteScalarAsync(ct) is not null;
    }

    /// <summary>Writes statuses; told again, they change nothing.</summary>
    /// <param name="statuses">In the order they came.</param>
    /// <param name="ct">Gives up waiting.</param>
    public async Task WriteAsync(IReadOnlyList<MessageStatus> statuses, CancellationToken ct)
    {
        foreach (var chunk in statuses.Chunk(MaxStatuses))
        {
            await write(async (connection, transaction, inner) =>
            {
                foreach (var status in chunk)
                    await WriteAsync(status, connection, transaction, inner);
            }, ct);
        }
    }

    private async Task WriteAsync(MessageStatus status, DbConnection connection, DbTransaction transaction, CancellationToken ct)
    {
        var utcNow = time.GetUtcNow().UtcDateTime;
        var before = await FindAsync(status, connection, transaction, ct);
        await using var upsert = connection.Command(
            transaction, Upsert,
            ("key", status.MessageKey), ("outbox", status.OutboxId), ("progress", (int)status.Progress), ("error", status.ErrorCode),
            ("category", status.Category), ("billable", status.IsBillable), ("channel", WhatsAppMessages.ChannelName), ("now", utcNow));
        var after = (DeliveryProgress)Convert.ToInt32(await upsert.ExecuteScalarAsync(ct), System.Globalization.CultureInfo.InvariantCulture);
        if (status.OutboxId is not { } outboxId || after == before)
            return;
        if (after == DeliveryProgress.Failed)
            await TakeBackAsync(outboxId, status.ErrorCode, utcNow, connection, transaction, ct);
        else
            await SettleAsync(outboxId, connection, transaction, ct);
    }

    private static async Task<DeliveryProgress?> FindAsync(MessageStatus status, DbConnection connection, DbTransaction transaction, CancellationToken ct)
    {
        await using var query = connection.Command(transaction, "SELECT progress FROM deliveries WHERE message_key = @key", ("key", status.MessageKey));
        return await query.ExecuteScalarAsync(ct) is { } known
            ? (DeliveryProgress)Convert.ToInt32(known, System.Globalization.CultureInfo.InvariantCulture)
            : null;
    }

    // Whatever a broken connection made us believe: it is there.
    private static async Task SettleAsync(long outboxId, DbConnection connection, DbTransaction transaction, CancellationToken ct)
    {
        await using var settle = connection.Command(
            transaction,
            "UPDATE outbox SET status = @sent WHERE id = @id AND channel = @channel AND status IN (@pending, @givenUp, @sending, @unknown)",
            ("id", outboxId), ("channel", WhatsAppMessages.ChannelName), ("sent", OutboxStatus.Sent), ("pending", OutboxStatus.Pending),
            ("givenUp", OutboxStatus.GivenUp), ("sending", OutboxStatus.Sending), ("unknown", OutboxStatus.Unknown));
        await settle.ExecuteNonQueryAsync(ct);
    }

    private async Task TakeBackAsync(long outboxId, int? code, DateTime utcNow, DbConnection connection, DbTransaction transaction, CancellationToken ct)
    {
        var error = new CloudApiError(code, 0, "told by a status");
        var verdict = Verdict.Of(error);
        if (verdict.NeedsOfficer)
            log.LogError("WhatsApp did not deliver outbox {OutboxId} for the whole account: {Error}. Look into Meta's dashboard", outboxId, $"{error}");
        else
            log.LogWarning("WhatsApp did not deliver outbox {OutboxId}: {Error}", outboxId, $"{error}");
        if (verdict.Fate == Fate.WindowClosed)
            await CloseWindowAsync(outboxId, connection, transaction, ct);
        if (verdict.Fate is Fate.Retry or Fate.RetryPair or Fate.WindowClosed)
        {
            var delay = verdict.Fate == Fate.WindowClosed ? TimeSpan.Zero : verdict.Delay > FirstDelay ? verdict.Delay : FirstDelay;
            if (await CopyAsync(outboxId, utcNow + delay, verdict.MaxTries > 0 ? verdict.MaxTries : MaxAttempts, utcNow, connection, transaction, ct))
                return;
        }
        await using var refuse = connection.Command(
            transaction, "UPDATE outbox SET status = @ended, reason = @reason WHERE id = @id AND channel = @channel AND status IN (@sent, @pending)",
            ("id", outboxId), ("channel", WhatsAppMessages.ChannelName), ("ended", verdict.Fate == Fate.Stop ? OutboxStatus.Blocked : OutboxStatus.Rejected),
            ("reason", $"{error}"), ("sent", OutboxStatus.Sent), ("pending", OutboxStatus.Pending));
        await refuse.ExecuteNonQueryAsync(ct);
        if (verdict.Fate == Fate.Stop)
            await BlockAsync(outboxId, connection, transaction, ct);
    }

    // A row of its own: the first may still be in a sender's memory, whose mark must not make us forget that it failed.
    private static async Task<bool> CopyAsync(
        long outboxId, DateTime untilUtc, int most, DateTime utcNow, DbConnection connection, DbTransaction transaction, CancellationToken ct)
    {
        await using var copy = connection.Command(
            transaction,
            """
            INSERT INTO outbox (conversation_id, address_id, channel, kind, status, payload, attempts, leased_until_utc, created_utc, cooperative_id)
            SELECT conversation_id, address_id, channel, kind, @pending, payload, attempts + 1, @until, @now, cooperative_id FROM outbox
            WHERE id = @id AND channel = @channel AND status IN (@pending, @sent, @sending) AND attempts < @most
            """,
            ("id", outboxId), ("channel", WhatsAppMessages.ChannelName), ("pending", OutboxStatus.Pending), ("sent", OutboxStatus.Sent),
            ("sending", OutboxStatus.Sending), ("until", untilUtc), ("now", utcNow), ("most", most));
        if (await copy.ExecuteNonQueryAsync(ct) == 0)
            return false;
        await using var end = connection.Command(
            transaction, "UPDATE outbox SET status = @passedOn, reason = 'failed after it was accepted' WHERE id = @id",
            ("id", outboxId), ("passedOn", OutboxStatus.PassedOn));
        await end.ExecuteNonQueryAsync(ct);
        return true;
    }

    private static async Task CloseWindowAsync(long outboxId, DbConnection connection, DbTransaction transaction, CancellationToken ct)
    {
        await using var close = connection.Command(transaction, WindowRows.CloseOf, ("outbox", outboxId));
        await close.ExecuteNonQueryAsync(ct);
    }

    private static async Task BlockAsync(long outboxId, DbConnection connection, DbTransaction transaction, CancellationToken ct)
    {
        await using var block = connection.Command(
            transaction, "UPDATE channel_addresses SET blocked = @yes WHERE id = (SELECT address_id FROM outbox WHERE id = @outbox)",
            ("outbox", outboxId), ("yes", true));
        await block.ExecuteNonQueryAsync(ct);
    }
}
