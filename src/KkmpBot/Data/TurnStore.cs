using System.Data.Common;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace KkmpBot.Data;

/// <summary>
/// The tables that every turn touches, by prepared commands on the turn's own connection and transaction: Entity Framework costs more
/// than the rest of a turn together there. Everything else goes through <see cref="KkmpDbContext"/>. Where a database is a round trip away,
/// writes whose outcome nobody waits for go along with the next command, the last ones with <see cref="FlushAsync"/>.
/// </summary>
public sealed class TurnStore : IAsyncDisposable
{
    // The ends of an address's pending replies in the order of who holds them: those in the middle, which may be thousands, are not looked at.
    private const string WaitsBehindOthers = """
        EXISTS (SELECT 1 FROM outbox WHERE address_id = @p0 AND status = 0 AND kind < 2 AND leased_by < @p1)
            OR EXISTS (SELECT 1 FROM outbox WHERE address_id = @p0 AND status = 0 AND kind < 2 AND leased_by > @p1)
        """;

    private const string AddOutbox = """
        INSERT INTO outbox (address_id, leased_by, leased_until_utc, conversation_id, channel, kind, status, payload, attempts, created_utc)
        VALUES (@p0, @p1, @p2, @p3, @p4, @p5, 0, @p6, 0, @p7)
        """;

    private const string AddOutboxAtOnce = $"""
        INSERT INTO outbox (address_id, leased_by, leased_until_utc, conversation_id, channel, kind, status, payload, attempts, created_utc)
        SELECT @p0, CASE WHEN waits THEN 0 ELSE @p1 END, CASE WHEN waits THEN @p7 ELSE @p2 END, @p3, @p4, @p5, 0, @p6, 0, @p7
        FROM (SELECT {WaitsBehindOthers} AS waits) AS earlier
        RETURNING CASE WHEN leased_by = 0 THEN -id ELSE id END
        """;

    private const long Nobody = 0;
    private readonly DbConnection connection;
    private readonly bool isFarAway;
    private readonly PreparedCommand recordUpdate;
    private readonly PreparedCommand lockCaller;
    private readonly PreparedCommand lockPerson;
    private readonly PreparedCommand findCaller;
    private readonly PreparedCommand findPerson;
    private readonly PreparedCommand addPerson;
    private readonly PreparedCommand addAddress;
    private readonly PreparedCommand touchAddress;
    private readonly PreparedCommand saveConversation;
    private readonly PreparedCommand isWaiting;
    private readonly PreparedCommand addOutbox;
    private readonly PreparedCommand addTimer;
    private readonly PreparedCommand deleteTimer;
    private readonly PreparedCommand putOffTimer;
    private DbBatch? waiting;

    /// <summary>Prepares the commands on a connection; they live as long as it.</summary>
    /// <param name="connection">An open connection.</param>
    public TurnStore(DbConnection connection)
    {
        this.connection = connection;
        isFarAway = connection.CanCreateBatch;
        recordUpdate = Prepare("INSERT INTO received_updates (channel, update_key, at_utc) VALUES (@p0, @p1, @p2) ON CONFLICT DO NOTHING");
        // A person stands for their conversation: whoever holds the row has the next turn of it, in whatever copy of the program.
        lockCaller = Prepare("""
            SELECT p.id FROM channel_addresses a JOIN people p ON p.id = a.person_id WHERE a.channel = @p0 AND a.address_index = @p1
            FOR NO KEY UPDATE OF p
            """);
        lockPerson = Prepare("SELECT id FROM people WHERE id = @p0 FOR NO KEY UPDATE");
        findCaller = Prepare($"{CallerRow.Select} WHERE a.channel = @p1 AND a.address_index = @p2");
        findPerson = Prepare($"{CallerRow.Select} WHERE a.person_id = @p1 AND NOT a.blocked ORDER BY a.last_seen_utc DESC LIMIT 1");
        addPerson = Prepare($"INSERT INTO people (created_utc) VALUES (@p0) {ReturningId}");
        addAddress = Prepare($"""
            INSERT INTO channel_addresses (channel, address_index, address, person_id, last_seen_utc, blocked)
            VALUES (@p0, @p1, @p2, @p3, @p4, @p5) {ReturningId}
            """);
        touchAddress = Prepare("""
            UPDATE channel_addresses SET last_seen_utc = CASE WHEN last_seen_utc < @p1 THEN @p1 ELSE last_seen_utc END, blocked = @p2,
                window_closed = FALSE WHERE id = @p0
            """);
        saveConversation = Prepare("""
            INSERT INTO conversations (id, turn_number, open_dialog, open_state, state, updated_utc) VALUES (@p0, @p1, @p2, @p3, @p4, @p5)
            ON CONFLICT (id) DO UPDATE SET turn_number = excluded.turn_number, open_dialog = excluded.open_dialog,
                open_state = excluded.open_state, state = excluded.state, updated_utc = excluded.updated_utc
            """);
        isWaiting = Prepare($"SELECT {WaitsBehindOthers}");
        addOutbox = Prepare(isFarAway ? AddOutboxAtOnce : AddOutbox);
        addTimer = Prepare("INSERT INTO timers (kind, due_utc, person_id, subject) VALUES (@p0, @p1, @p2, @p3)");
        deleteTimer = Prepare($"DELETE FROM timers WHERE id = (SELECT id FROM timers WHERE id = @p0 {connection.SkipLocked()})");
        putOffTimer = Prepare("UPDATE timers SET due_utc = @p1 WHERE id = @p0");
    }

    /// <summary>Rows written through the connection since it was opened; null where the database does not tell without being asked.</summary>
    public long? RowsWritten => connection is SqliteConnection sqlite ? raw.sqlite3_total_changes(sqlite.Handle) : null;

    /// <summary>Takes a message up: records its update, and finds who wrote; on a database with many writers their row is locked first.</summary>
    /// <returns>Not new when it was handled before, a redelivery; no caller for somebody new.</returns>
    public async ValueTask<(bool IsNew, CallerRow? Caller)> TakeUpAsync(
        DbTransaction transaction, string channel, string updateKey, byte[] addressIndex, DateTime utcNow, CancellationToken ct)
    {
        if (isFarAway)
            return await TakeUpAtOnceAsync(transaction, channel, updateKey, addressIndex, utcNow, ct);
        return await recordUpdate.RunAsync(transaction, ct, channel, updateKey, utcNow) == 1
            ? (true, await FindCallerAsync(transaction, channel, addressIndex, utcNow, ct))
            : (false, null);
    }

    /// <summary>Who writes from an address; null for somebody new.</summary>
    public async ValueTask<CallerRow?> FindCallerAsync(
        DbTransaction transaction, string channel, byte[] addressIndex, DateTime utcNow, CancellationToken ct)
    {
        await FlushAsync(transaction, ct);
        return await findCaller.ReadAsync(transaction, CallerRow.Read, ct, Wib.Day(utcNow), channel, addressIndex);
    }

    /// <summary>Waits for its turn with a person, on a database with many writers.</summary>
    public async ValueTask LockPersonAsync(DbTransaction transaction, long personId, CancellationToken ct)
    {
        if (connection.HasRowLocks())
            await lockPerson.RunAsync(transaction, ct, personId);
    }

    /// <summary>A person at the address they used last; null when none may be written to.</summary>
    public async ValueTask<CallerRow?> FindPersonAsync(DbTransaction transaction, long personId, DateTime utcNow, CancellationToken ct)
    {
        await FlushAsync(transaction, ct);
        return await findPerson.ReadAsync(transaction, CallerRow.Read, ct, Wib.Day(utcNow), personId);
    }

    /// <summary>Writes somebody new with their first address.</summary>
    /// <returns>The ids of the person and the address.</returns>
    public async ValueTask<(long PersonId, long AddressId)> AddStrangerAsync(
        DbTransaction transaction, string channel, byte[] addressIndex, SealedText address, DateTime utcNow, CancellationToken ct)
    {
        var personId = await addPerson.InsertAsync(transaction, ct, utcNow);
        var addressId = await addAddress.InsertAsync(transaction, ct, channel, addressIndex, address.Cipher, personId, utcNow, false);
        return (personId, addressId);
    }

    /// <summary>Notes that the person wrote from an address, or stopped the bot there; not needed while it is <see cref="CallerRow.IsFresh"/>.</summary>
    public ValueTask TouchAddressAsync(DbTransaction transaction, long addressId, DateTime utcNow, bool blocked, CancellationToken ct) =>
        PutAsync(touchAddress, transaction, ct, addressId, utcNow, blocked);

    /// <summary>Writes where a conversation stands.</summary>
    public ValueTask SaveConversationAsync(
        DbTransaction transaction, long id, int turnNumber, string? openDialog, string? openState, byte[] state, DateTime utcNow, CancellationToken ct) =>
        PutAsync(saveConversation, transaction, ct, id, turnNumber, openDialog, openState, state, utcNow);

    /// <summary>
    /// Writes a message to a person, pending. It is leased to <paramref name="leasedBy"/> (0: to nobody), unless an earlier one to its address is
    /// unfinished in other hands: then it is nobody's yet and waits in the table, so as not to overtake.
    /// </summary>
    /// <returns>The row's id, and whether it is leased.</returns>
    public async ValueTask<(long Id, bool IsLeased)> AddOutboxAsync(
        DbTransaction transaction, CallerRow recipient, int kind, byte[] payload, long leasedBy, DateTime leasedUntilUtc, DateTime utcNow, CancellationToken ct)
    {
        if (isFarAway)
            return await AddOutboxAtOnceAsync(transaction, recipient, kind, payload, leasedBy, leasedUntilUtc, utcNow, ct);
        var isFree = leasedBy == Nobody
            || await isWaiting.ReadAsync(transaction, static row => (object)row.Flag(0), ct, recipient.AddressId, leasedBy) is true;
        var id = await addOutbox.InsertAsync(
            transaction, ct, recipient.AddressId, isFree ? Nobody : leasedBy, isFree ? utcNow : leasedUntilUtc, recipient.PersonId, recipient.Channel, kind, payload, utcNow);
        return (id, !isFree);
    }

    /// <summary>Writes a timed act.</summary>
    public ValueTask AddTimerAsync(DbTransaction transaction, string kind, DateTime dueUtc, long personId, string subject, CancellationToken ct) =>
        PutAsync(addTimer, transaction, ct, kind, dueUtc, personId, subject);

    /// <summary>Takes a timed act away, as it is being run.</summary>
    /// <returns>False when another process ran it.</returns>
    public async ValueTask<bool> DeleteTimerAsync(DbTransaction transaction, long id, CancellationToken ct) =>
        await deleteTimer.RunAsync(transaction, ct, id) == 1;

    /// <summary>Gives a timed act a later moment.</summary>
    public async ValueTask PutOffTimerAsync(DbTransaction transaction, long id, DateTime dueUtc, CancellationToken ct) =>
        await putOffTimer.RunAsync(transaction, ct, id, dueUtc);

    /// <summary>Sends what is still waiting to be written; before the commit.</summary>
    public async ValueTask FlushAsync(DbTransaction transaction, CancellationToken ct)
    {
        if (waiting is not { } batch)
            return;
        waiting = null;
        await using (batch)
        {
            batch.Transaction = transaction;
            await batch.ExecuteNonQueryAsync(ct);
        }
    }

    /// <summary>Drops what is still waiting to be written: its transaction was rolled back.</summary>
    public void Forget()
    {
        waiting?.Dispose();
        waiting = null;
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        Forget();
        PreparedCommand[] all =
        [
            recordUpdate, lockCaller, lockPerson, findCaller, findPerson, addPerson, addAddress, touchAddress, saveConversation, isWaiting, addOutbox, addTimer, deleteTimer, putOffTimer,
        ];
        foreach (var command in all)
            await command.DisposeAsync();
    }

    private ValueTask PutAsync(PreparedCommand command, DbTransaction transaction, CancellationToken ct, params ReadOnlySpan<object?> values)
    {
        if (!isFarAway)
            return new ValueTask(command.RunAsync(transaction, ct, values).AsTask());
        command.Along(waiting ??= Batch(transaction), values);
        return ValueTask.CompletedTask;
    }

    private DbBatch Batch(DbTransaction transaction)
    {
        var batch = connection.CreateBatch();
        batch.Transaction = transaction;
        return batch;
    }

    // One round trip. Each statement sees what was committed when it begins, so what is found after the lock is what the last turn left.
    private async ValueTask<(bool IsNew, CallerRow? Caller)> TakeUpAtOnceAsync(
        DbTransaction transaction, string channel, string updateKey, byte[] addressIndex, DateTime utcNow, CancellationToken ct)
    {
        await using var batch = Batch(transaction);
        recordUpdate.Along(batch, channel, updateKey, utcNow);
        lockCaller.Along(batch, channel, addressIndex);
        findCaller.Along(batch, Wib.Day(utcNow), channel, addressIndex);
        await using var reader = await batch.ExecuteReaderAsync(ct);
        long? locked = await reader.ReadAsync(ct) ? reader.GetInt64(0) : null;
        await reader.NextResultAsync(ct);
        var caller = await reader.ReadAsync(ct) ? CallerRow.Read(new ReaderRow(reader)) : null;
        await reader.CloseAsync();
        if (batch.BatchCommands[0].RecordsAffected != 1)
            return (false, null);
        return caller?.PersonId == locked ? (true, caller) : throw new TurnConflictException("The address moved to another person meanwhile.");
    }

    // With all that waits to be written, in one round trip. The id of a row that nobody holds comes back negative.
    private async ValueTask<(long Id, bool IsLeased)> AddOutboxAtOnceAsync(
        DbTransaction transaction, CallerRow recipient, int kind, byte[] payload, long leasedBy, DateTime leasedUntilUtc, DateTime utcNow, CancellationToken ct)
    {
        await using var batch = waiting ?? Batch(transaction);
        waiting = null;
        addOutbox.Along(batch, recipient.AddressId, leasedBy, leasedUntilUtc, recipient.PersonId, recipient.Channel, kind, payload, utcNow);
        return await batch.ExecuteScalarAsync(ct) is long id ? (Math.Abs(id), id > 0) : throw new InvalidOperationException("An insert returned no id.");
    }

    private string ReturningId => isFarAway ? "RETURNING id" : "";

    private PreparedCommand Prepare(string sql) => new(connection, sql);
}
