using System.Data;
using System.Data.Common;

namespace KkmpBot.Data;

/// <summary>Who wrote, with what every dialog may know of them: one row of one query.</summary>
public sealed record CallerRow
{
    // Every turn would write a page more for a moment that nobody asks for to the second.
    private static readonly TimeSpan SeenPrecision = TimeSpan.FromMinutes(1);

    /// <summary>The address.</summary>
    public required long AddressId { get; init; }

    /// <summary>The person.</summary>
    public required long PersonId { get; init; }

    /// <summary>The channel of the address.</summary>
    public required string Channel { get; init; }

    /// <summary>The sealed address.</summary>
    public required SealedText Address { get; init; }

    /// <summary>True after the person stopped the bot there.</summary>
    public bool Blocked { get; init; }

    /// <summary>When the person last wrote from the address, at most a minute before they did.</summary>
    public required DateTime SeenUtc { get; init; }

    /// <summary>True when the platform said since that it takes no free text for them.</summary>
    public bool WindowClosed { get; init; }

    /// <summary>True for an address that was first heard of in this turn.</summary>
    public bool IsNew { get; init; }

    /// <summary>The person's sealed nickname.</summary>
    public SealedText? Nickname { get; init; }

    /// <summary>Turns so far.</summary>
    public int TurnNumber { get; init; }

    /// <summary>The sealed state; null before the first turn.</summary>
    public byte[]? State { get; init; }

    /// <summary>The latest membership or application.</summary>
    public long? MemberId { get; init; }

    /// <summary>Its status.</summary>
    public string? MemberStatus { get; init; }

    /// <summary>Its number in the register.</summary>
    public int? MemberNumber { get; init; }

    /// <summary>True for a member who is a civil servant.</summary>
    public bool IsCivilServant { get; init; }

    /// <summary>The office, if any.</summary>
    public string? OfficerRole { get; init; }

    /// <summary>The cooperative of the office or the membership.</summary>
    public CooperativeRow? Cooperative { get; init; }

    /// <summary>True when messages are kept for their next word: <see cref="OutboxStatus.Held"/>.</summary>
    public bool HasHeld { get; init; }

    /// <summary>True while an officer talks with them.</summary>
    public bool IsInTalk { get; init; }

    /// <summary>True when the address need not be touched for a word that came now.</summary>
    /// <param name="writtenUtc">When the word was written.</param>
    public bool IsFresh(DateTime writtenUtc) => !Blocked && !WindowClosed && writtenUtc - SeenUtc < SeenPrecision;
}

/// <summary>What a dialog may say of the caller's cooperative.</summary>
public sealed record CooperativeRow(
    int Id, string Kelurahan, string Kecamatan, string? OutletAddress, string? OpeningHours, long PokokRupiah, long WajibRupiah, bool TakesSukarela);

/// <summary>
/// The tables that every turn touches, by prepared commands on the turn's own connection and transaction: Entity Framework costs more
/// than the rest of a turn together there. Everything else goes through <see cref="KkmpDbContext"/>. Where a database is a round trip away,
/// writes whose outcome nobody waits for go along with the next command, the last ones with <see cref="FlushAsync"/>.
/// </summary>
public sealed class TurnStore : IAsyncDisposable
{
    private const string SelectCaller = """
        SELECT a.id, a.person_id, a.channel, a.address, a.blocked, p.nickname, c.turn_number, c.state,
               m.id, m.status, m.number, m.is_civil_servant, o.role,
               k.id, k.kelurahan, k.kecamatan, k.outlet_address, k.opening_hours,
               (SELECT rupiah FROM savings_rates WHERE cooperative_id = k.id AND kind = 'pokok' AND from_day <= @p0 ORDER BY from_day DESC LIMIT 1),
               (SELECT rupiah FROM savings_rates WHERE cooperative_id = k.id AND kind = 'wajib' AND from_day <= @p0 ORDER BY from_day DESC LIMIT 1),
               k.takes_sukarela,
               EXISTS (SELECT 1 FROM outbox WHERE conversation_id = a.person_id AND status = 7),
               EXISTS (SELECT 1 FROM handovers WHERE person_id = a.person_id AND closed_utc IS NULL AND taken_by IS NOT NULL),
               a.last_seen_utc, a.window_closed
        FROM channel_addresses a
        JOIN people p ON p.id = a.person_id
        LEFT JOIN conversations c ON c.id = a.person_id
        LEFT JOIN members m ON m.id = (SELECT MAX(id) FROM members WHERE person_id = a.person_id)
        LEFT JOIN officers o ON o.person_id = a.person_id
        LEFT JOIN cooperatives k ON k.id = COALESCE(o.cooperative_id, m.cooperative_id)
        """;

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
        findCaller = Prepare($"{SelectCaller} WHERE a.channel = @p1 AND a.address_index = @p2");
        findPerson = Prepare($"{SelectCaller} WHERE a.person_id = @p1 AND NOT a.blocked ORDER BY a.last_seen_utc DESC LIMIT 1");
        addPerson = Prepare("INSERT INTO people (created_utc) VALUES (@p0) RETURNING id");
        addAddress = Prepare("""
            INSERT INTO channel_addresses (channel, address_index, address, person_id, last_seen_utc, blocked)
            VALUES (@p0, @p1, @p2, @p3, @p4, @p5) RETURNING id
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
        addOutbox = Prepare("""
            INSERT INTO outbox (conversation_id, address_id, channel, kind, status, payload, attempts, leased_by, leased_until_utc, created_utc)
            SELECT @p0, @p1, @p2, @p3, 0, @p4, 0, CASE WHEN waits THEN 0 ELSE @p5 END, CASE WHEN waits THEN @p7 ELSE @p6 END, @p7
            FROM (SELECT EXISTS (SELECT 1 FROM outbox WHERE address_id = @p1 AND status = 0 AND kind < 2 AND leased_by < @p5)
                  OR EXISTS (SELECT 1 FROM outbox WHERE address_id = @p1 AND status = 0 AND kind < 2 AND leased_by > @p5) AS waits) AS earlier
            RETURNING CASE WHEN leased_by = 0 THEN -id ELSE id END
            """);
        addTimer = Prepare("INSERT INTO timers (kind, due_utc, person_id, subject) VALUES (@p0, @p1, @p2, @p3)");
        deleteTimer = Prepare($"DELETE FROM timers WHERE id = (SELECT id FROM timers WHERE id = @p0 {connection.SkipLocked()})");
        putOffTimer = Prepare("UPDATE timers SET due_utc = @p1 WHERE id = @p0");
    }

    /// <summary>Takes a message up: records its update, and finds who wrote; on a database with many writers their row is locked first.</summary>
    /// <returns>Not new when it was handled before, a redelivery; no caller for somebody new.</returns>
    public async ValueTask<(bool IsNew, CallerRow? Caller)> TakeUpAsync(
        DbTransaction transaction, string channel, string updateKey, byte[] addressIndex, DateTime utcNow, CancellationToken ct)
    {
        if (isFarAway)
            return await TakeUpAtOnceAsync(transaction, channel, updateKey, addressIndex, utcNow, ct);
        return await recordUpdate.With(transaction, channel, updateKey, utcNow).ExecuteNonQueryAsync(ct) == 1
            ? (true, await FindCallerAsync(transaction, channel, addressIndex, utcNow, ct))
            : (false, null);
    }

    /// <summary>Who writes from an address; null for somebody new.</summary>
    public async ValueTask<CallerRow?> FindCallerAsync(
        DbTransaction transaction, string channel, byte[] addressIndex, DateTime utcNow, CancellationToken ct)
    {
        await FlushAsync(transaction, ct);
        return await ReadCallerAsync(findCaller.With(transaction, Wib.Day(utcNow), channel, addressIndex), ct);
    }

    /// <summary>Waits for its turn with a person, on a database with many writers.</summary>
    public async ValueTask LockPersonAsync(DbTransaction transaction, long personId, CancellationToken ct)
    {
        if (connection.HasRowLocks())
            await lockPerson.With(transaction, personId).ExecuteNonQueryAsync(ct);
    }

    /// <summary>A person at the address they used last; null when none may be written to.</summary>
    public async ValueTask<CallerRow?> FindPersonAsync(DbTransaction transaction, long personId, DateTime utcNow, CancellationToken ct)
    {
        await FlushAsync(transaction, ct);
        return await ReadCallerAsync(findPerson.With(transaction, Wib.Day(utcNow), personId), ct);
    }

    /// <summary>Writes somebody new with their first address.</summary>
    /// <returns>The ids of the person and the address.</returns>
    public async ValueTask<(long PersonId, long AddressId)> AddStrangerAsync(
        DbTransaction transaction, string channel, byte[] addressIndex, SealedText address, DateTime utcNow, CancellationToken ct)
    {
        var personId = Id(await addPerson.With(transaction, utcNow).ExecuteScalarAsync(ct));
        var addressId = Id(await addAddress.With(transaction, channel, addressIndex, address.Cipher, personId, utcNow, false).ExecuteScalarAsync(ct));
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
    /// Writes a message to a person, pending. It is leased to <paramref name="leasedBy"/>, unless an earlier one to its address is
    /// unfinished in other hands: then it is nobody's yet and waits in the table, so as not to overtake.
    /// </summary>
    /// <returns>The row's id, and whether it is leased.</returns>
    public async ValueTask<(long Id, bool IsLeased)> AddOutboxAsync(
        DbTransaction transaction, CallerRow recipient, int kind, byte[] payload, long leasedBy, DateTime leasedUntilUtc, DateTime utcNow, CancellationToken ct)
    {
        object?[] values = [recipient.PersonId, recipient.AddressId, recipient.Channel, kind, payload, leasedBy, leasedUntilUtc, utcNow];
        if (waiting is not { } batch)
            return Leased(Id(await addOutbox.With(transaction, values).ExecuteScalarAsync(ct)));
        waiting = null;
        await using (batch)
            return Leased(Id(await addOutbox.Along(batch, values).ExecuteScalarAsync(ct)));
    }

    /// <summary>Writes a timed act.</summary>
    public ValueTask AddTimerAsync(DbTransaction transaction, string kind, DateTime dueUtc, long personId, string subject, CancellationToken ct) =>
        PutAsync(addTimer, transaction, ct, kind, dueUtc, personId, subject);

    /// <summary>Takes a timed act away, as it is being run.</summary>
    /// <returns>False when another process ran it.</returns>
    public async ValueTask<bool> DeleteTimerAsync(DbTransaction transaction, long id, CancellationToken ct) =>
        await deleteTimer.With(transaction, id).ExecuteNonQueryAsync(ct) == 1;

    /// <summary>Gives a timed act a later moment.</summary>
    public async ValueTask PutOffTimerAsync(DbTransaction transaction, long id, DateTime dueUtc, CancellationToken ct) =>
        await putOffTimer.With(transaction, id, dueUtc).ExecuteNonQueryAsync(ct);

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
            recordUpdate, lockCaller, lockPerson, findCaller, findPerson, addPerson, addAddress, touchAddress, saveConversation, addOutbox, addTimer, deleteTimer, putOffTimer,
        ];
        foreach (var command in all)
            await command.DisposeAsync();
    }

    private ValueTask PutAsync(PreparedCommand command, DbTransaction transaction, CancellationToken ct, params ReadOnlySpan<object?> values)
    {
        if (!isFarAway)
            return new ValueTask(command.With(transaction, values).ExecuteNonQueryAsync(ct));
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
        var caller = await reader.ReadAsync(ct) ? ReadCaller(reader) : null;
        await reader.CloseAsync();
        if (batch.BatchCommands[0].RecordsAffected != 1)
            return (false, null);
        return caller?.PersonId == locked ? (true, caller) : throw new TurnConflictException("The address moved to another person meanwhile.");
    }

    // The id of a row that nobody holds comes back negative.
    private static (long Id, bool IsLeased) Leased(long id) => (Math.Abs(id), id > 0);

    private static long Id(object? value) => value is long id ? id : throw new InvalidOperationException("An insert returned no id.");

    private static async ValueTask<CallerRow?> ReadCallerAsync(DbCommand command, CancellationToken ct)
    {
        await using var row = await command.ExecuteReaderAsync(CommandBehavior.SingleRow, ct);
        return await row.ReadAsync(ct) ? ReadCaller(row) : null;
    }

    private static CallerRow ReadCaller(DbDataReader row) => new()
    {
        AddressId = row.GetInt64(0),
        PersonId = row.GetInt64(1),
        Channel = row.GetString(2),
        Address = new SealedText(row.GetFieldValue<byte[]>(3)),
        Blocked = row.GetBoolean(4),
        Nickname = row.IsDBNull(5) ? null : new SealedText(row.GetFieldValue<byte[]>(5)),
        TurnNumber = row.IsDBNull(6) ? 0 : row.GetInt32(6),
        State = row.IsDBNull(7) ? null : row.GetFieldValue<byte[]>(7),
        MemberId = row.IsDBNull(8) ? null : row.GetInt64(8),
        MemberStatus = row.IsDBNull(9) ? null : row.GetString(9),
        MemberNumber = row.IsDBNull(10) ? null : row.GetInt32(10),
        IsCivilServant = !row.IsDBNull(11) && row.GetBoolean(11),
        OfficerRole = row.IsDBNull(12) ? null : row.GetString(12),
        Cooperative = row.IsDBNull(13) ? null : ReadCooperative(row),
        HasHeld = row.GetBoolean(21),
        IsInTalk = row.GetBoolean(22),
        SeenUtc = row.GetDateTime(23),
        WindowClosed = row.GetBoolean(24),
    };

    private static CooperativeRow ReadCooperative(DbDataReader row) => new(
        row.GetInt32(13), row.GetString(14), row.GetString(15),
        row.IsDBNull(16) ? null : row.GetString(16), row.IsDBNull(17) ? null : row.GetString(17),
        row.IsDBNull(18) ? 0 : row.GetInt64(18), row.IsDBNull(19) ? 0 : row.GetInt64(19), row.GetBoolean(20));

    private PreparedCommand Prepare(string sql) => new(connection, sql);

    private sealed class PreparedCommand(DbConnection connection, string sql) : IAsyncDisposable
    {
        private DbCommand? command;

        public DbCommand With(DbTransaction transaction, params ReadOnlySpan<object?> values)
        {
            if (command is null)
            {
                command = connection.CreateCommand();
                command.CommandText = sql;
                for (var i = 0; i < values.Length; i++)
                {
                    var parameter = command.CreateParameter();
                    parameter.ParameterName = $"@p{i}";
                    command.Parameters.Add(parameter);
                }
            }
            command.Transaction = transaction;
            for (var i = 0; i < values.Length; i++)
                command.Parameters[i].Value = values[i] ?? DBNull.Value;
            return command;
        }

        public DbBatch Along(DbBatch batch, params ReadOnlySpan<object?> values)
        {
            var next = batch.CreateBatchCommand();
            next.CommandText = sql;
            for (var i = 0; i < values.Length; i++)
            {
                var parameter = next.CreateParameter();
                parameter.ParameterName = $"@p{i}";
                parameter.Value = values[i] ?? DBNull.Value;
                next.Parameters.Add(parameter);
            }
            batch.BatchCommands.Add(next);
            return batch;
        }

        public ValueTask DisposeAsync() => command?.DisposeAsync() ?? ValueTask.CompletedTask;
    }
}
