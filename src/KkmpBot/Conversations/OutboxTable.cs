using System.Data.Common;
using KkmpBot.Channels;
using KkmpBot.Data;

namespace KkmpBot.Conversations;

/// <summary>
/// The sender's reads of the outbox table: claims of replies whose lease is over, and of bulk messages in pages that are fair between the
/// cooperatives. Each is served by an index of what is unfinished, so none grows with history.
/// </summary>
public sealed class OutboxTable(Database database, Vault vault, OutboxLeases leases, WriteRows write, TimeProvider time)
{
    /// <summary>Rows claimed in one transaction.</summary>
    public const int MaxRows = 500;

    // Longer than a claimed page takes on a platform that answers nothing: afterwards only a crash explains it.
    private static readonly TimeSpan BulkLease = TimeSpan.FromMinutes(5);

    // What belongs to an announcement goes while that is running: halted, it waits here; ended, it is withdrawn by whoever ended it.
    private const string MayGo =
        "(announcement_id IS NULL OR EXISTS (SELECT 1 FROM announcements a WHERE a.id = outbox.announcement_id AND a.status = 'running'))";

    // Nobody may overtake: a row whose address has an earlier one with somebody else waits for it.
    // Two ranges of the index: what we hold ourselves, which may be thousands while a platform is down, is not read.
    private const string Earlier = "SELECT 1 FROM outbox e WHERE e.address_id = o.address_id AND e.status = 0 AND e.kind < 2 AND e.id < o.id";
    private const string NothingEarlier = $"NOT EXISTS ({Earlier} AND e.leased_by < @p3) AND NOT EXISTS ({Earlier} AND e.leased_by > @p3)";

    /// <summary>Takes replies and news that nobody holds, in an order that keeps each address's own.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="ct">Gives up.</param>
    public async Task<List<Sending>> ClaimAsync(string channel, CancellationToken ct)
    {
        var utcNow = time.GetUtcNow().UtcDateTime;
        const string Due = "FROM outbox o WHERE o.status = 0 AND o.kind < 2 AND o.channel = @p0 AND o.leased_until_utc <= @p1";
        if (await CountAsync($"SELECT COUNT(*) FROM (SELECT 1 {Due} LIMIT 1) AS due", [channel, utcNow], ct) == 0)
            return [];
        var rows = new List<Sending>();
        await write(async (connection, transaction, inner) =>
        {
            rows.Clear();
            await using var command = connection.Command(transaction, $"""
                UPDATE outbox SET leased_by = @p3, leased_until_utc = @p2 WHERE id IN (
                    SELECT o.id {Due} AND {NothingEarlier} ORDER BY o.leased_until_utc, o.id LIMIT {MaxRows} {connection.SkipLocked()})
                RETURNING id, conversation_id, kind, payload, attempts, announcement_id
                """, channel, utcNow, utcNow + OutboxLeases.Length, leases.Copy);
            await ReadAsync(command, channel, rows, inner);
        }, ct);
        return [.. rows.OrderBy(row => row.Message.OutboxId)];
    }

    /// <summary>How many bulk messages wait for a channel.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="most">Counts no further.</param>
    /// <param name="ct">Gives up.</param>
    public Task<int> CountBulkAsync(string channel, int most, CancellationToken ct) => CountAsync(
        $"""
        SELECT COUNT(*) FROM (
            SELECT 1 FROM outbox WHERE status = 0 AND kind = 2 AND channel = @p0 AND leased_until_utc <= @p1 AND {MayGo} LIMIT {Math.Clamp(most, 1, MaxRows)}) AS due
        """, [channel, time.GetUtcNow().UtcDateTime], ct);

    /// <summary>Takes bulk messages and marks them as being sent, before anybody calls: a crash afterwards does not send them again.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="most">At most so many, shared between the cooperatives that have some.</param>
    /// <param name="after">The cooperative after which to begin.</param>
    /// <param name="ct">Gives up.</param>
    public async Task<BulkPage> ClaimBulkAsync(string channel, int most, int after, CancellationToken ct)
    {
        var rows = new List<Sending>();
        var last = after;
        await write(async (connection, transaction, inner) =>
        {
            rows.Clear();
            var utcNow = time.GetUtcNow().UtcDateTime;
            var cooperatives = await FindWithBulkAsync(connection, transaction, channel, inner);
            var turn = cooperatives.Where(id => id > after).Concat(cooperatives.Where(id => id <= after)).Take(most).ToList();
            foreach (var cooperative in turn)
            {
                await using var command = connection.Command(transaction, $"""
                    UPDATE outbox SET status = 5, leased_by = @p4, leased_until_utc = @p3 WHERE id IN (
                        SELECT id FROM outbox WHERE status = 0 AND kind = 2 AND channel = @p0 AND cooperative_id = @p1 AND leased_until_utc <= @p2
                        AND {MayGo} ORDER BY id LIMIT {Math.Clamp(most / turn.Count, 1, MaxRows)} {connection.SkipLocked()})
                    RETURNING id, conversation_id, kind, payload, attempts, announcement_id
                    """, channel, cooperative, utcNow, utcNow + BulkLease, leases.Copy);
                await ReadAsync(command, channel, rows, inner);
                last = cooperative;
            }
        }, ct);
        return new BulkPage(rows, last);
    }

    /// <summary>True while an announcement goes out: asked again by what was claimed a while ago.</summary>
    /// <param name="announcementId">The announcement.</param>
    /// <param name="ct">Gives up.</param>
    public async Task<bool> IsRunningAsync(long announcementId, CancellationToken ct) =>
        await CountAsync("SELECT COUNT(*) FROM announcements WHERE id = @p0 AND status = 'running'", [announcementId], ct) > 0;

    /// <summary>Renews the leases of rows that are held for long, behind a pause or a slow platform.</summary>
    /// <param name="marginBefore">Those that end within this time.</param>
    /// <param name="ct">Gives up.</param>
    public async Task RenewAsync(TimeSpan marginBefore, CancellationToken ct)
    {
        var utcNow = time.GetUtcNow().UtcDateTime;
        while (leases.FindEnding(utcNow + marginBefore, MaxRows) is { Count: > 0 } ids)
        {
            await write(async (connection, transaction, inner) =>
            {
                await using var command = connection.Command(
                    transaction, $"UPDATE outbox SET leased_by = @p1, leased_until_utc = @p0 WHERE status = 0 AND id IN ({string.Join(", ", ids)})",
                    utcNow + OutboxLeases.Length, leases.Copy);
                await command.ExecuteNonQueryAsync(inner);
            }, ct);
            leases.Renew(ids, utcNow + OutboxLeases.Length);
        }
    }

    /// <summary>Gives up bulk messages that a dead process was handing over: nobody knows whether they arrived.</summary>
    /// <param name="ct">Gives up.</param>
    /// <returns>How many.</returns>
    public async Task<int> ForgetLostAsync(CancellationToken ct)
    {
        var utcNow = time.GetUtcNow().UtcDateTime;
        if (await CountAsync("SELECT COUNT(*) FROM (SELECT 1 FROM outbox WHERE status = 5 AND leased_until_utc <= @p0 LIMIT 1) AS lost", [utcNow], ct) == 0)
            return 0;
        var lost = 0;
        await write(async (connection, transaction, inner) =>
        {
            await using var command = connection.Command(transaction, $"""
                UPDATE outbox SET status = 6, reason = 'the process died while sending', leased_by = 0 WHERE id IN (
                    SELECT id FROM outbox WHERE status = 5 AND leased_until_utc <= @p0 ORDER BY leased_until_utc LIMIT {MaxRows} {connection.SkipLocked()})
                """, utcNow);
            lost = await command.ExecuteNonQueryAsync(inner);
        }, ct);
        return lost;
    }

    /// <summary>Ends every lease: before the only server of a database starts, nobody else is sending.</summary>
    /// <param name="ct">Gives up.</param>
    public async Task ReleaseAllAsync(CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        await using var command = connection.Command(
            null, "UPDATE outbox SET leased_by = 0, leased_until_utc = @p0 WHERE status IN (0, 5) AND leased_by <> 0", time.GetUtcNow().UtcDateTime);
        await command.ExecuteNonQueryAsync(ct);
    }

    // Hops from one cooperative to the next in the index, however many rows each has.
    private static async Task<List<int>> FindWithBulkAsync(DbConnection connection, DbTransaction transaction, string channel, CancellationToken ct)
    {
        const string Next = "SELECT MIN(cooperative_id) FROM outbox WHERE status = 0 AND kind = 2 AND channel = @p0";
        await using var command = connection.Command(transaction, $"""
            WITH RECURSIVE waiting (id) AS (
                SELECT * FROM ({Next}) AS first UNION ALL SELECT ({Next} AND cooperative_id > waiting.id) FROM waiting WHERE waiting.id IS NOT NULL)
            SELECT id FROM waiting WHERE id IS NOT NULL
            """, channel);
        var found = new List<int>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            found.Add(reader.GetInt32(0));
        return found;
    }

    private async Task ReadAsync(DbCommand command, string channel, List<Sending> rows, CancellationToken ct)
    {
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            var opened = OutboxPayload.Open(vault, reader.GetFieldValue<byte[]>(3));
            var message = new OutboundMessage(
                reader.GetInt64(0), reader.GetInt64(1), opened.Address, opened.Text, opened.Buttons, opened.WantsContact, opened.File, opened.Template)
            {
                WantsPicture = opened.WantsPicture,
            };
            rows.Add(new Sending(channel, reader.GetInt32(2), message)
            {
                Attempts = reader.GetInt32(4),
                AnnouncementId = reader.IsDBNull(5) ? null : reader.GetInt64(5),
                ClaimedUtc = time.GetUtcNow().UtcDateTime,
            });
        }
    }

    private async Task<int> CountAsync(string sql, object[] values, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        await using var command = connection.Command(null, sql, values);
        return Convert.ToInt32(await command.ExecuteScalarAsync(ct), System.Globalization.CultureInfo.InvariantCulture);
    }
}

/// <summary>Bulk messages to send now.</summary>
/// <param name="Messages">Marked as being sent.</param>
/// <param name="LastCooperative">The cooperative whose turn it was last: the next page begins after it.</param>
public sealed record BulkPage(IReadOnlyList<Sending> Messages, int LastCooperative);
