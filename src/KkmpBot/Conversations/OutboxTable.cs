using System.Data.Common;
using System.Threading.Channels;
using KkmpBot.Channels;
using KkmpBot.Data;

namespace KkmpBot.Conversations;

/// <summary>The sender's side of the outbox table: claims rows whose lease is over, and marks what was sent, in batches behind the turns.</summary>
public sealed class OutboxTable(Database database, Vault vault, WriteRows write, TimeProvider time, ILogger<OutboxTable> log)
{
    /// <summary>Rows claimed or marked in one transaction.</summary>
    public const int MaxRows = 500;

    private static readonly TimeSpan RetryMarksAfter = TimeSpan.FromMilliseconds(500);
    private readonly Channel<MarkOf> marks = System.Threading.Channels.Channel.CreateUnbounded<MarkOf>();

    /// <summary>Notes how a message ended; written soon, in a batch.</summary>
    /// <param name="sending">The message.</param>
    /// <param name="result">How it ended.</param>
    public void Mark(Sending sending, DeliveryResult result) => marks.Writer.TryWrite(new MarkOf(sending.Message.OutboxId, sending.Attempts, result));

    /// <summary>Gives a row that memory has no room for back to the scan.</summary>
    /// <param name="id">The row.</param>
    public void Release(long id) => marks.Writer.TryWrite(new MarkOf(id, 0, null));

    /// <summary>No more marks will come.</summary>
    public void Complete() => marks.Writer.TryComplete();

    /// <summary>Writes marks until <see cref="Complete"/>.</summary>
    /// <param name="marked">Told the rows that are durably marked.</param>
    /// <param name="ct">Ends retries when the process stops.</param>
    public async Task MarkAsync(Action<IReadOnlyList<long>> marked, CancellationToken ct)
    {
        var batch = new List<MarkOf>(MaxRows);
        while (await marks.Reader.WaitToReadAsync(CancellationToken.None))
        {
            batch.Clear();
            while (batch.Count < MaxRows && marks.Reader.TryRead(out var mark))
                batch.Add(mark);
            while (!await TryWriteAsync(batch))
            {
                if (ct.IsCancellationRequested)
                    break;
                await Task.Delay(RetryMarksAfter, time, CancellationToken.None);
            }
            marked(batch.ConvertAll(mark => mark.Id));
        }
    }

    /// <summary>Takes pending rows whose lease is over, oldest first.</summary>
    /// <param name="ownChannels">The channels this process sends through.</param>
    /// <param name="ct">Gives up.</param>
    public async Task<List<Sending>> ClaimAsync(IReadOnlyList<string> ownChannels, CancellationToken ct)
    {
        var utcNow = time.GetUtcNow().UtcDateTime;
        if (!await AnyDueAsync(ownChannels, utcNow, ct))
            return [];
        var rows = new List<(long Id, long Conversation, string Channel, byte[] Payload, int Attempts)>();
        await write(async (connection, transaction, inner) =>
        {
            rows.Clear();
            await using var command = Command(connection, $"""
                UPDATE outbox SET leased_until_utc = @p1 WHERE id IN (
                    SELECT id FROM outbox WHERE status = 0 AND leased_until_utc <= @p0 AND channel IN ({Names(ownChannels)}) ORDER BY id LIMIT {MaxRows} {connection.SkipLocked()})
                RETURNING id, conversation_id, channel, payload, attempts
                """, transaction, utcNow, utcNow + TurnSettings.Lease);
            await using var reader = await command.ExecuteReaderAsync(inner);
            while (await reader.ReadAsync(inner))
                rows.Add((reader.GetInt64(0), reader.GetInt64(1), reader.GetString(2), reader.GetFieldValue<byte[]>(3), reader.GetInt32(4)));
        }, ct);
        return [.. rows.OrderBy(row => row.Id).Select(row => Open(row.Id, row.Conversation, row.Channel, row.Payload, row.Attempts))];
    }

    /// <summary>Ends every lease: before the only server of a database starts, nobody else is sending.</summary>
    /// <param name="ct">Gives up.</param>
    public async Task ReleaseAllAsync(CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        await using var command = Command(
            connection, "UPDATE outbox SET leased_until_utc = @p0 WHERE status = 0 AND leased_until_utc > @p0", null, time.GetUtcNow().UtcDateTime);
        await command.ExecuteNonQueryAsync(ct);
    }

    private Sending Open(long id, long conversation, string channel, byte[] payload, int attempts)
    {
        var opened = OutboxPayload.Open(vault, payload);
        return new Sending(channel, new OutboundMessage(id, conversation, opened.Address, opened.Text, opened.Buttons, opened.WantsContact, opened.File))
        {
            Attempts = attempts,
        };
    }

    private async Task<bool> AnyDueAsync(IReadOnlyList<string> ownChannels, DateTime utcNow, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        await using var command = Command(
            connection, $"SELECT 1 FROM outbox WHERE status = 0 AND leased_until_utc <= @p0 AND channel IN ({Names(ownChannels)}) LIMIT 1", null, utcNow);
        return await command.ExecuteScalarAsync(ct) is not null;
    }

    private async Task<bool> TryWriteAsync(List<MarkOf> batch)
    {
        try
        {
            await write(async (connection, transaction, inner) =>
            {
                foreach (var mark in batch)
                    await WriteAsync(mark, connection, transaction, inner);
            }, CancellationToken.None);
            return true;
        }
        catch (Exception failure)
        {
            log.LogError("{Marks} messages were sent and could not be marked yet: {Failure}", batch.Count, DatabaseFailure.Describe(failure));
            return false;
        }
    }

    private async Task WriteAsync(MarkOf mark, DbConnection connection, DbTransaction transaction, CancellationToken ct)
    {
        if (mark.Result is null)
        {
            await using var release = Command(connection, "UPDATE outbox SET leased_until_utc = @p1 WHERE id = @p0", transaction, mark.Id, time.GetUtcNow().UtcDateTime);
            await release.ExecuteNonQueryAsync(ct);
            return;
        }
        var (status, providerId, reason) = mark.Result switch
        {
            DeliveryResult.Sent sent => (OutboxStatus.Sent, sent.ProviderMessageId, null),
            DeliveryResult.Rejected rejected => (OutboxStatus.Rejected, null, rejected.Reason),
            DeliveryResult.Blocked => (OutboxStatus.Blocked, null, null),
            _ => (OutboxStatus.GivenUp, (string?)null, (string?)null),
        };
        await using var command = Command(
            connection, "UPDATE outbox SET status = @p1, attempts = @p2, provider_message_id = @p3, reason = @p4 WHERE id = @p0 AND status = 0",
            transaction, mark.Id, status, mark.Attempts, (object?)providerId ?? DBNull.Value, (object?)reason ?? DBNull.Value);
        await command.ExecuteNonQueryAsync(ct);
        if (mark.Result is not DeliveryResult.Blocked)
            return;
        await using var block = Command(
            connection, "UPDATE channel_addresses SET blocked = @p1 WHERE id = (SELECT address_id FROM outbox WHERE id = @p0)", transaction, mark.Id, true);
        await block.ExecuteNonQueryAsync(ct);
    }

    private static string Names(IReadOnlyList<string> channels) => string.Join(", ", channels.Select(channel => $"'{channel}'"));

    private static DbCommand Command(DbConnection connection, string sql, DbTransaction? transaction, params ReadOnlySpan<object> values)
    {
        var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        for (var i = 0; i < values.Length; i++)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = $"@p{i}";
            parameter.Value = values[i];
            command.Parameters.Add(parameter);
        }
        return command;
    }

    private sealed record MarkOf(long Id, int Attempts, DeliveryResult? Result);
}
