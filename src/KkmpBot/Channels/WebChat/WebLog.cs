using System.Collections.Concurrent;
using System.Data.Common;
using KkmpBot.Data;

namespace KkmpBot.Channels.WebChat;

/// <summary>An activity as stored.</summary>
/// <param name="Stamp">Its place.</param>
/// <param name="Json">The activity as the client gets it.</param>
internal sealed record LoggedActivity(ActivityStamp Stamp, ReadOnlyMemory<byte> Json);

/// <summary>
/// The web chat's stored activities, sealed: what a client sees is what stands here, in this order, once. Open streams are woken after the
/// commit and read on from their own watermark, so nothing is lost or repeated between them.
/// </summary>
internal sealed class WebLog(Database database, Vault vault, WriteRows write, TimeProvider time, ActivityFeeds feeds, WebFiles files)
{
    /// <summary>Activities in one frame or poll; the rest follows in the next.</summary>
    public const int PageSize = 100;

    // More than these wait for the next write; they are only reminders.
    private const int MaxTakenAtOnce = 200;

    private readonly ConcurrentQueue<ActivityStamp> taken = new();

    /// <summary>Opens a conversation with its first activity, unless it is open already.</summary>
    /// <param name="who">Its id and user.</param>
    /// <param name="compose">Makes the first activity, whose turn greets.</param>
    /// <param name="ct">Gives up before it is written.</param>
    /// <returns>The first activity; null when the conversation is open already.</returns>
    public async Task<LoggedActivity?> OpenAsync(WebIdentity who, Func<ActivityStamp, byte[]> compose, CancellationToken ct)
    {
        LoggedActivity? first = null;
        await WriteAsync(
            async (connection, transaction, token) =>
            {
                await using var insert = connection.Command(
                    transaction,
                    """
                    INSERT INTO web_conversations (id, user_index, "user", last_sequence, last_stamp) VALUES (@id, @index, @user, 0, 0)
                    ON CONFLICT (id) DO NOTHING
                    """,
                    ("id", who.Conversation), ("index", UserIndex(who.User)), ("user", vault.Seal(who.User).Cipher));
                first = await insert.ExecuteNonQueryAsync(token) == 0
                    ? null
                    : await AddAsync(connection, transaction, who.Conversation, compose, (null, null), token);
            },
            ct);
        return first;
    }

    /// <summary>Adds what a client posted, waiting for its turn; posted again, the first one is found.</summary>
    /// <param name="conversation">The conversation.</param>
    /// <param name="clientId">The client's own id of it; null when it gave none.</param>
    /// <param name="compose">Makes the activity for its place.</param>
    /// <param name="ct">Gives up before it is written.</param>
    /// <param name="picture">What is held with it; null for nothing.</param>
    /// <returns>The activity; null when there is no such conversation.</returns>
    public async Task<LoggedActivity?> AddPostedAsync(
        string conversation, string? clientId, Func<ActivityStamp, byte[]> compose, CancellationToken ct, byte[]? picture = null)
    {
        LoggedActivity? added = null;
        var key = clientId is null ? null : vault.IdIndex("web activity", clientId);
        await WriteAsync(
            async (connection, transaction, token) =>
            {
                added = key is null ? null : await FindPostedAsync(connection, transaction, conversation, key, token);
                if (added is not null)
                    return;
                added = await AddAsync(connection, transaction, conversation, compose, (key, null), token);
                if (added is not null && picture is not null)
                    await files.HoldAsync(connection, transaction, added.Stamp, picture, time.GetUtcNow().UtcDateTime, token);
            },
            ct);
        feeds.Wake(conversation);
        return added;
    }

    /// <summary>Adds what the bot says, to the conversation its reader was last seen in; the same outbox row again adds nothing.</summary>
    /// <param name="user">The reader.</param>
    /// <param name="outboxId">The row it comes from.</param>
    /// <param name="compose">Makes the activity for its place.</param>
    /// <param name="ct">Gives up before it is written.</param>
    /// <returns>The activity's id; null when the reader has no conversation.</returns>
    public async Task<string?> AddSaidAsync(string user, long outboxId, Func<ActivityStamp, byte[]> compose, CancellationToken ct)
    {
        ActivityStamp? place = null;
        await WriteAsync(
            async (connection, transaction, token) =>
            {
                place = await FindSaidAsync(connection, transaction, outboxId, token);
                if (place is null && await LatestAsync(connection, transaction, user, token) is { } conversation)
                    place = (await AddAsync(connection, transaction, conversation, compose, (null, outboxId), token))?.Stamp;
            },
            ct);
        if (place is not null)
            feeds.Wake(place.Conversation);
        return place?.Id;
    }

    /// <summary>Puts other words in place of what the bot said; they move to the end of the conversation, where every client reads on.</summary>
    /// <param name="outboxId">The row that it came from.</param>
    /// <param name="compose">Makes the activity for its new place.</param>
    /// <param name="ct">Gives up before it is written.</param>
    /// <returns>False when it is not there any more.</returns>
    public async Task<bool> RewriteSaidAsync(long outboxId, Func<ActivityStamp, byte[]> compose, CancellationToken ct)
    {
        ActivityStamp? place = null;
        await WriteAsync(
            async (connection, transaction, token) =>
            {
                place = null;
                var now = time.GetUtcNow();
                if (await FindSaidAsync(connection, transaction, outboxId, token) is not { } before
                    || await NextPlaceAsync(connection, transaction, before.Conversation, now, token) is not { } stamp)
                    return;
                await using var update = connection.Command(
                    transaction, "UPDATE web_activities SET sequence = @sequence, activity = @activity, at_utc = @at WHERE outbox_id = @outbox",
                    ("sequence", stamp.Sequence), ("activity", vault.SealBytes(compose(stamp))), ("at", now.UtcDateTime), ("outbox", outboxId));
                await update.ExecuteNonQueryAsync(token);
                await CopyNews.TellAsync(connection, transaction, CopyNews.Web, stamp.Conversation, token);
                place = stamp;
            },
            ct);
        if (place is not null)
            feeds.Wake(place.Conversation);
        return place is not null;
    }

    /// <summary>What comes after a watermark, at most <see cref="PageSize"/>.</summary>
    /// <param name="conversation">The conversation.</param>
    /// <param name="watermark">The last sequence the client has; 0 for none.</param>
    /// <param name="ct">Gives up.</param>
    public async Task<IReadOnlyList<LoggedActivity>> ReadAsync(string conversation, long watermark, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        await using var query = connection.Command(
            null,
            """
            SELECT conversation_id, sequence, activity FROM web_activities
            WHERE conversation_id = @conversation AND sequence > @watermark ORDER BY sequence LIMIT @limit
            """,
            ("conversation", conversation), ("watermark", watermark), ("limit", PageSize));
        return await ReadAllAsync(query, ct);
    }

    /// <summary>The sequence of a conversation's last activity; null when there is no such conversation.</summary>
    /// <param name="conversation">The conversation.</param>
    /// <param name="ct">Gives up.</param>
    public async Task<long?> LastSequenceAsync(string conversation, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        await using var query = connection.Command(
            null, "SELECT last_sequence FROM web_conversations WHERE id = @conversation", ("conversation", conversation));
        return (long?)await query.ExecuteScalarAsync(ct);
    }

    /// <summary>The user of a conversation; null when there is no such conversation.</summary>
    /// <param name="conversation">The conversation.</param>
    /// <param name="ct">Gives up.</param>
    public async Task<string?> UserAsync(string conversation, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        await using var query = connection.Command(
            null, """SELECT "user" FROM web_conversations WHERE id = @conversation""", ("conversation", conversation));
        return await query.ExecuteScalarAsync(ct) is byte[] cipher ? vault.Open(new SealedText(cipher)) : null;
    }

    /// <summary>Notes that an activity's turn is committed. Written along with the next write: until then a restart would hand it in again,
    /// which changes nothing.</summary>
    /// <param name="stamp">The activity.</param>
    public void MarkTaken(ActivityStamp stamp) => taken.Enqueue(stamp);

    /// <summary>Activities whose turn is not known to be committed, oldest first, at most <see cref="PageSize"/>.</summary>
    /// <param name="writtenAfter">Earlier ones their senders no longer wait for.</param>
    /// <param name="writtenBefore">Later ones are still in the hands of who posted them.</param>
    /// <param name="ct">Gives up.</param>
    public async Task<IReadOnlyList<LoggedActivity>> PendingAsync(DateTime writtenAfter, DateTime writtenBefore, CancellationToken ct)
    {
        if (!taken.IsEmpty)
            await WriteAsync((_, _, _) => Task.CompletedTask, ct);
        await using var connection = await database.OpenAsync(ct);
        await using var query = connection.Command(
            null,
            """
            SELECT conversation_id, sequence, activity FROM web_activities
            WHERE pending = 1 AND at_utc > @after AND at_utc < @before ORDER BY at_utc, conversation_id, sequence LIMIT @limit
            """,
            ("after", writtenAfter), ("before", writtenBefore), ("limit", PageSize));
        return await ReadAllAsync(query, ct);
    }

    private async Task WriteAsync(Func<DbConnection, DbTransaction, CancellationToken, Task> rows, CancellationToken ct)
    {
        var done = new List<ActivityStamp>();
        while (done.Count < MaxTakenAtOnce && taken.TryDequeue(out var stamp))
            done.Add(stamp);
        await write(
            async (connection, transaction, token) =>
            {
                foreach (var stamp in done)
                {
                    await using var update = connection.Command(
                        transaction,
                        "UPDATE web_activities SET pending = 0 WHERE conversation_id = @conversation AND sequence = @sequence",
                        ("conversation", stamp.Conversation), ("sequence", stamp.Sequence));
                    await update.ExecuteNonQueryAsync(token);
                }
                await rows(connection, transaction, token);
            },
            ct);
    }

    private async Task<LoggedActivity?> AddAsync(
        DbConnection connection, DbTransaction transaction, string conversation, Func<ActivityStamp, byte[]> compose,
        (byte[]? Client, long? Outbox) key, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        if (await NextPlaceAsync(connection, transaction, conversation, now, ct) is not { } stamp)
            return null;
        var json = compose(stamp);
        await using var insert = connection.Command(
            transaction,
            """
            INSERT INTO web_activities (conversation_id, sequence, activity, client_key, outbox_id, pending, at_utc)
            VALUES (@conversation, @sequence, @activity, @client, @outbox, @pending, @at)
            """,
            ("conversation", conversation), ("sequence", stamp.Sequence), ("activity", vault.SealBytes(json)),
            ("client", key.Client), ("outbox", key.Outbox), ("pending", key.Outbox is null ? 1 : 0), ("at", now.UtcDateTime));
        await insert.ExecuteNonQueryAsync(ct);
        await CopyNews.TellAsync(connection, transaction, CopyNews.Web, conversation, ct);
        return new LoggedActivity(stamp, json);
    }

    private static async Task<ActivityStamp?> NextPlaceAsync(
        DbConnection connection, DbTransaction transaction, string conversation, DateTimeOffset now, CancellationToken ct)
    {
        await using var update = connection.Command(
            transaction,
            """
            UPDATE web_conversations SET last_sequence = last_sequence + 1,
                last_stamp = CASE WHEN last_stamp < @now THEN @now ELSE last_stamp + 1 END
            WHERE id = @conversation RETURNING last_sequence, last_stamp
            """,
            ("conversation", conversation), ("now", now.ToUnixTimeMilliseconds()));
        await using var reader = await update.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct)
            ? new ActivityStamp(conversation, reader.GetInt64(0), DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(1)))
            : null;
    }

    private async Task<LoggedActivity?> FindPostedAsync(
        DbConnection connection, DbTransaction transaction, string conversation, byte[] key, CancellationToken ct)
    {
        await using var query = connection.Command(
            transaction,
            "SELECT conversation_id, sequence, activity FROM web_activities WHERE conversation_id = @conversation AND client_key = @key",
            ("conversation", conversation), ("key", key));
        return (await ReadAllAsync(query, ct)).SingleOrDefault();
    }

    private static async Task<ActivityStamp?> FindSaidAsync(
        DbConnection connection, DbTransaction transaction, long outboxId, CancellationToken ct)
    {
        await using var query = connection.Command(
            transaction, "SELECT conversation_id, sequence FROM web_activities WHERE outbox_id = @outbox", ("outbox", outboxId));
        await using var reader = await query.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct) ? new ActivityStamp(reader.GetString(0), reader.GetInt64(1), default) : null;
    }

    private async Task<string?> LatestAsync(DbConnection connection, DbTransaction transaction, string user, CancellationToken ct)
    {
        // While keys are renewed, the row may have either's index.
        foreach (byte[] index in vault.Indexes("web user", user))
        {
            await using var query = connection.Command(
                transaction, "SELECT id FROM web_conversations WHERE user_index = @user ORDER BY last_stamp DESC LIMIT 1", ("user", index));
            if (await query.ExecuteScalarAsync(ct) is string id)
                return id;
        }
        return null;
    }

    private async Task<IReadOnlyList<LoggedActivity>> ReadAllAsync(DbCommand query, CancellationToken ct)
    {
        var activities = new List<LoggedActivity>();
        await using var reader = await query.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            activities.Add(new LoggedActivity(
                new ActivityStamp(reader.GetString(0), reader.GetInt64(1), default), vault.OpenBytes(reader.GetFieldValue<byte[]>(2))));
        }
        return activities;
    }

    private byte[] UserIndex(string user) => vault.Index("web user", user);
}
