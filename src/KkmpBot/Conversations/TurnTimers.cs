using KkmpBot.Data;

namespace KkmpBot.Conversations;

/// <summary>
/// Runs acts that were put off, each in a turn of its own and within a second of its time. They live in a table, so they survive a restart; the
/// row is deleted in the act's transaction, so an act runs once even when two processes share the database.
/// </summary>
public sealed class TurnTimers(TurnRunner runner, TimeProvider time, ILogger<TurnTimers> log) : IDisposable
{
    /// <summary>Acts run in one go, before turns are looked at again.</summary>
    public const int MaxActsInARow = 32;

    // What other processes put off is found by looking; half of the second that an act may be late.
    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(500);

    // What is due and was not run is in another server's hands, or the database failed under it.
    private static readonly TimeSpan PauseForOthers = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan PutOffAfterFailure = TimeSpan.FromHours(1);
    private readonly Lock gate = new();
    private readonly SemaphoreSlim sooner = new(0, 1);
    private DateTime nextUtc = DateTime.MinValue;

    /// <summary>Notes that a committed turn put something off.</summary>
    /// <param name="dueUtc">When it is due.</param>
    public void Expect(DateTime dueUtc)
    {
        lock (gate)
        {
            if (dueUtc >= nextUtc)
                return;
            nextUtc = dueUtc;
            if (sooner.CurrentCount == 0)
                sooner.Release();
        }
    }

    /// <summary>Waits until something may be due, or is expected sooner; now and then in any case, for what other processes put off.</summary>
    /// <param name="ct">Ends the wait.</param>
    public Task WaitAsync(CancellationToken ct)
    {
        var wait = Next() - time.GetUtcNow().UtcDateTime;
        return sooner.WaitAsync(wait < TimeSpan.Zero ? TimeSpan.Zero : wait > LongestWait ? LongestWait : wait, ct);
    }

    /// <summary>Runs what is due.</summary>
    /// <param name="alone">Runs one act in its own transaction.</param>
    /// <param name="writer">Nobody else's meanwhile.</param>
    /// <param name="ct">Cancelled when the process stops.</param>
    public async Task RunDueAsync(TurnAlone alone, Writer writer, CancellationToken ct)
    {
        var utcNow = time.GetUtcNow().UtcDateTime;
        if (utcNow < Next())
            return;
        // What is put off from here on is expected anew, even while the table is being read.
        lock (gate)
            nextUtc = utcNow + LongestWait;
        try
        {
            var due = await ReadDueAsync(writer, utcNow, ct);
            foreach (var (id, act) in due)
                await RunAsync(id, act, alone, writer, ct);
            if (due.Count == MaxActsInARow)
                Expect(utcNow);
            else if (await ReadNextAsync(writer, ct) is { } next)
                Expect(next > utcNow ? next : utcNow + PauseForOthers);
        }
        catch (Exception failure) when (!ct.IsCancellationRequested)
        {
            log.LogError("Timed acts wait for the database: {Failure}", DatabaseFailure.Describe(failure));
        }
    }

    /// <inheritdoc />
    public void Dispose() => sooner.Dispose();

    private DateTime Next()
    {
        lock (gate)
            return nextUtc;
    }

    private async Task RunAsync(long id, TimedAct act, TurnAlone alone, Writer writer, CancellationToken ct)
    {
        try
        {
            await alone.RunAsync(writer, async at =>
                await DeleteAsync(id, at, ct)
                    ? await runner.RunAsync(act, at, time.GetUtcNow().UtcDateTime, ct)
                    : TurnResult.Duplicate, ct);
        }
        catch (Exception failure) when (!DatabaseFailure.Is(failure))
        {
            log.LogError("The timed act {Kind} of timer {Timer} failed and is tried again later: {Failure}", act.Kind, id, DatabaseFailure.Describe(failure));
            await alone.RunAsync(writer, async at =>
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
            due.Add((rows.GetInt64(0), new TimedAct(rows.GetString(1), DateTime.SpecifyKind(rows.GetDateTime(2), DateTimeKind.Utc), rows.GetInt64(3), rows.GetString(4))));
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
