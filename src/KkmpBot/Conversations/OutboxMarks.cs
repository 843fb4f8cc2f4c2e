using System.Data.Common;
using System.Globalization;
using System.Text;
using System.Threading.Channels;
using KkmpBot.Channels;
using KkmpBot.Data;

namespace KkmpBot.Conversations;

/// <summary>How messages ended, written in batches behind the turns. What is not written yet when the process dies is sent again, or unknown.</summary>
public sealed class OutboxMarks(WriteRows write, OutboxLeases leases, TimeProvider time, ILogger<OutboxMarks> log)
{
    /// <summary>Marks written in one transaction.</summary>
    public const int MaxRows = 500;

    private const int MaxReasonLength = 300;

    // What is final stays: a late mark changes nothing. Of a list of three SQLite makes a temporary table, for every row anew.
    private const string StillOpen = "(outbox.status = 0 OR outbox.status = 5 OR outbox.status = 6)";
    private static readonly TimeSpan RetryAfter = TimeSpan.FromMilliseconds(500);
    private readonly List<Mark> batch = new(MaxRows);
    private readonly Channel<Mark> marks = Channel.CreateUnbounded<Mark>(new UnboundedChannelOptions { SingleReader = true });

    /// <summary>Notes that a message is done with.</summary>
    /// <param name="sending">The message.</param>
    /// <param name="result">How its last attempt ended.</param>
    public void Finish(Sending sending, DeliveryResult result)
    {
        var (status, providerId, reason) = result switch
        {
            DeliveryResult.Sent sent => (OutboxStatus.Sent, sent.ProviderMessageId, null),
            DeliveryResult.Blocked => (OutboxStatus.Blocked, null, null),
            DeliveryResult.Rejected rejected => (OutboxStatus.Rejected, null, Cut(rejected.Reason)),
            DeliveryResult.Unknown when sending.Kind == OutboxKind.Bulk => (OutboxStatus.Unknown, null, "the platform's answer was lost"),
            _ => (OutboxStatus.GivenUp, (string?)null, $"given up after {sending.Attempts} attempts, the last ended as {result.GetType().Name}"),
        };
        marks.Writer.TryWrite(new Mark(sending, status, providerId, reason, default));
    }

    /// <summary>Puts a bulk message back into the table.</summary>
    /// <param name="sending">The message, known not to have arrived.</param>
    /// <param name="notBeforeUtc">When it may be tried again.</param>
    public void PutBack(Sending sending, DateTime notBeforeUtc) =>
        marks.Writer.TryWrite(new Mark(sending, OutboxStatus.Pending, null, null, notBeforeUtc));

    /// <summary>No more marks will come.</summary>
    public void Complete() => marks.Writer.TryComplete();

    /// <summary>Writes marks until <see cref="Complete"/>.</summary>
    /// <param name="ct">Ends retries when the process stops.</param>
    public async Task RunAsync(CancellationToken ct)
    {
        while (await marks.Reader.WaitToReadAsync(CancellationToken.None))
        {
            while (!await WriteNextAsync() && !ct.IsCancellationRequested)
                await Task.Delay(RetryAfter, time, CancellationToken.None);
        }
    }

    /// <summary>Writes the marks that wait, up to <see cref="MaxRows"/>. <see cref="RunAsync"/> does it by itself.</summary>
    /// <returns>False when the database did not take them: they are written with the next ones.</returns>
    public async Task<bool> WriteNextAsync()
    {
        while (batch.Count < MaxRows && marks.Reader.TryRead(out var mark))
            batch.Add(mark);
        if (batch.Count > 0 && !await TryWriteAsync(batch))
            return false;
        leases.LetGo(batch.Select(mark => mark.Sending.Message.OutboxId));
        batch.Clear();
        return true;
    }

    private async Task<bool> TryWriteAsync(List<Mark> batch)
    {
        try
        {
            await write((connection, transaction, ct) => WriteAsync(batch, connection, transaction, ct), CancellationToken.None);
            return true;
        }
        catch (Exception failure)
        {
            log.LogError("{Marks} messages were handed over and could not be marked yet: {Failure}", batch.Count, DatabaseFailure.Describe(failure));
            return false;
        }
    }

    private async Task WriteAsync(List<Mark> batch, DbConnection connection, DbTransaction transaction, CancellationToken ct)
    {
        if (connection.HasRowLocks())
            await UpdateTogetherAsync(batch, connection, transaction, ct);
        else
            await UpdateEachAsync(batch, connection, transaction, ct);
        foreach (var mark in batch)
        {
            if (mark.Status == OutboxStatus.Blocked)
                await BlockAsync(mark, connection, transaction, ct);
            else if (mark.Status is OutboxStatus.Rejected or OutboxStatus.GivenUp && mark.Sending.Kind != OutboxKind.Bulk)
                await BuryAsync(mark, connection, transaction, ct);
        }
        if (connection.HasRowLocks() && await IsAnyWaitingAsync(connection, transaction, ct))
            await CopyNews.TellAsync(connection, transaction, CopyNews.Outbox, "", ct);
    }

    // What waited for one of these may have been written by another copy. NOTIFY makes all commits queue up, so it is not said without need.
    private static async Task<bool> IsAnyWaitingAsync(DbConnection connection, DbTransaction transaction, CancellationToken ct)
    {
        await using var look = connection.Command(transaction, "SELECT EXISTS (SELECT 1 FROM outbox WHERE status = 0 AND kind < 2 AND leased_by = 0)");
        return await look.ExecuteScalarAsync(ct) is true;
    }

    // Short, and bound by position: a third of what the statement for all costs where nothing is a round trip away.
    private static async Task UpdateEachAsync(List<Mark> batch, DbConnection connection, DbTransaction transaction, CancellationToken ct)
    {
        await using var update = new PreparedCommand(
            connection,
            $"""
            UPDATE outbox SET status = @p1, attempts = @p2, provider_message_id = @p3, reason = @p4, leased_by = 0, leased_until_utc = @p5
            WHERE outbox.id = @p0 AND {StillOpen}
            """);
        foreach (var mark in batch)
        {
            await update.RunAsync(
                transaction, ct, mark.Sending.Message.OutboxId, mark.Status, mark.Sending.Attempts, mark.ProviderMessageId, mark.Reason, mark.NotBeforeUtc);
        }
    }

    // One statement for all: five hundred would be five hundred round trips.
    private static async Task UpdateTogetherAsync(List<Mark> batch, DbConnection connection, DbTransaction transaction, CancellationToken ct)
    {
        await using var command = connection.Command(transaction, "");
        var sql = new StringBuilder("WITH marks (id, status, attempts, provider, reason, until) AS (VALUES ");
        foreach (var mark in batch)
        {
            var first = command.Parameters.Count;
            sql.Append(first == 0 ? "" : ", ")
                .Append(CultureInfo.InvariantCulture, $"(@p{first}, @p{first + 1}, @p{first + 2}, @p{first + 3}, @p{first + 4}, @p{first + 5})");
            command.Add(mark.Sending.Message.OutboxId);
            command.Add(mark.Status);
            command.Add(mark.Sending.Attempts);
            command.Add(mark.ProviderMessageId);
            command.Add(mark.Reason);
            command.Add(mark.NotBeforeUtc);
        }
        sql.Append(CultureInfo.InvariantCulture, $"""
            )
            UPDATE outbox SET status = marks.status, attempts = marks.attempts, provider_message_id = marks.provider, reason = marks.reason,
                leased_by = 0, leased_until_utc = marks.until
            FROM marks WHERE outbox.id = marks.id AND {StillOpen}
            """);
        command.CommandText = sql.ToString();
        await command.ExecuteNonQueryAsync(ct);
    }

    // A person who wrote again meanwhile is not blocked by an answer to what was sent before.
    private static async Task BlockAsync(Mark mark, DbConnection connection, DbTransaction transaction, CancellationToken ct)
    {
        var id = mark.Sending.Message.OutboxId;
        await using var block = connection.Command(
            transaction,
            """
            UPDATE channel_addresses SET blocked = @p2 WHERE id = (SELECT address_id FROM outbox WHERE id = @p0) AND last_seen_utc <= @p1
                AND NOT EXISTS (SELECT 1 FROM conversations WHERE id = channel_addresses.person_id AND updated_utc > @p1)
            """,
            id, mark.Sending.AttemptUtc, true);
        await block.ExecuteNonQueryAsync(ct);
        await using var close = connection.Command(
            transaction,
            """
            UPDATE outbox SET status = 3, reason = 'the person blocked the bot', leased_by = 0
            WHERE status = 0 AND created_utc <= @p1 AND address_id = (SELECT address_id FROM outbox WHERE id = @p0)
            """,
            id, mark.Sending.AttemptUtc);
        await close.ExecuteNonQueryAsync(ct);
    }

    private async Task BuryAsync(Mark mark, DbConnection connection, DbTransaction transaction, CancellationToken ct)
    {
        var id = mark.Sending.Message.OutboxId;
        await using var bury = connection.Command(
            transaction,
            "INSERT INTO dead_letters (channel, update_key, payload, outbox_id, class, cause, at_utc) VALUES (@p0, @p1, @p2, @p3, 'delivery', @p4, @p5)",
            mark.Sending.Channel, $"outbox:{id}", Array.Empty<byte>(), id, mark.Reason, time.GetUtcNow().UtcDateTime);
        await bury.ExecuteNonQueryAsync(ct);
    }

    private static string Cut(string reason) => reason.Length <= MaxReasonLength ? reason : reason[..MaxReasonLength];

    private sealed record Mark(Sending Sending, int Status, string? ProviderMessageId, string? Reason, DateTime NotBeforeUtc);
}
