namespace KkmpBot.Conversations;

/// <summary>
/// Runs acts that were put off, each in a turn of its own and within a second of its time. They live in a table, so they survive a restart; the
/// row is deleted in the act's transaction, so an act runs once even when two processes share the database.
/// </summary>
public sealed class TurnTimers(TurnRunner runner, TimeProvider time, ILogger<TurnTimers> log)
{
    /// <summary>Acts run in one go, before turns are looked at again.</summary>
    public const int MaxActsInARow = 32;

    // What other processes put off is found by looking; half of the second that an act may be late.
    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan WaitAfterDatabaseFailure = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan PutOffAfterFailure = TimeSpan.FromHours(1);
    private DateTime nextUtc = DateTime.MinValue;

    /// <summary>Notes that a committed turn put something off.</summary>
    /// <param name="dueUtc">When it is due.</param>
    public void Expect(DateTime dueUtc) => nextUtc = dueUtc < nextUtc ? dueUtc : nextUtc;

    /// <summary>Waits until something may be due; now and then in any case, for what other processes put off.</summary>
    /// <param name="ct">Ends the wait.</param>
    public Task WaitAsync(CancellationToken ct)
    {
        var wait = nextUtc - time.GetUtcNow().UtcDateTime;
        return Task.Delay(wait < TimeSpan.Zero ? TimeSpan.Zero : wait > LongestWait ? LongestWait : wait, time, ct);
    }

    /// <summary>Runs what is due.</summary>
    /// <param name="group">Runs one act in its own transaction.</param>
    /// <param name="writer">The writer.</param>
    /// <param name="ct">Cancelled when the process stops.</param>
    public async Task RunDueAsync(TurnGroup group, Writer writer, CancellationToken ct)
    {
        var utcNow = time.GetUtcNow().UtcDateTime;
        if (utcNow < nextUtc)
            return;
        try
        {
            var due = await ReadDueAsync(writer, utcNow, ct);
            foreach (var (id, act) in due)
                await RunAsync(id, act, group, writer, ct);
            var next = due.Count == MaxActsInARow ? utcNow : await ReadNextAsync(writer, ct) ?? DateTime.MaxValue;
            nextUtc = next < utcNow + LongestWait ? next : utcNow + LongestWait;
        }
        catch (Exception failure) when (!ct.IsCancellationRequested)
        {
            log.LogError("Timed acts wait for the database: {Failure}", DatabaseFailure.Describe(failure));
            nextUtc = utcNow + WaitAfterDatabaseFailure;
        }
    }

    private async Task RunAsync(long id, TimedAct act, TurnGroup group, Writer writer, CancellationToken ct)
    {
        try
        {
            await group.RunAloneAsync(writer, async at =>
                await DeleteAsync(id, at, ct)
                    ? await runner.RunAsync(act, at, time.GetUtcNow().UtcDateTime, ct)
                    : TurnResult.Duplicate, ct);
        }
        catch (Exception failure) when (!DatabaseFailure.Is(failure))
        {
            log.LogError("The timed act {Kind} of timer {Timer} failed and is tried again later: {Failure}", act.Kind, id, DatabaseFailure.Describe(failure));
            await group.RunAloneAsync(writer, async at =>
            {
                await at.Store.PutOffTimerAsync(at.Transaction, id, time.GetUtcNow().UtcDateTime + PutOffAfterFailure, ct);
                return TurnResult.Duplicate;
            }, ct);
        }
    }

    private static async Task<bool> DeleteAsync(long id, TurnWorkspace at, CancellationToken ct) =>
        await at.Store.DeleteTimerAsync(at.Transaction, id, ct);

    private static async Task<List<(long Id, TimedAct Act)>> ReadDueAsync(Writer writer, DateTime utcNow, CancellationToken ct)
    {
        await using var command = writer.Connection.CreateCommand();
        command.CommandText =
            $"SELECT id, kind, due_utc, person_id, subject FROM timers WHERE due_utc <= @p0 ORDER BY due_utc, id LIMIT {MaxActsInARow}";
        var parameter = command.CreateParameter();
        parameter.ParameterName = "@p0";
        parameter.Value = utcNow;
        command.Parameters.Add(parameter);
        var due = new List<(long, TimedAct)>();
        await using var rows = await command.ExecuteReaderAsync(ct);
        while (await rows.ReadAsync(ct))
            due.Add((rows.GetInt64(0), new TimedAct(rows.GetString(1), rows.GetDateTime(2), rows.GetInt64(3), rows.GetString(4))));
        return due;
    }

    private static async Task<DateTime?> ReadNextAsync(Writer writer, CancellationToken ct)
    {
        await using var command = writer.Connection.CreateCommand();
        command.CommandText = "SELECT due_utc FROM timers ORDER BY due_utc LIMIT 1";
        await using var rows = await command.ExecuteReaderAsync(ct);
        return await rows.ReadAsync(ct) ? DateTime.SpecifyKind(rows.GetDateTime(0), DateTimeKind.Utc) : null;
    }
}
