using System.Data.Common;
using System.Diagnostics.Metrics;
using KkmpBot.Conversations;
using KkmpBot.Data;

namespace KkmpBot.Operations.Metrics;

/// <summary>What only the database knows: messages that wait to be sent, how old the oldest is, and dead letters. Read when somebody looks.</summary>
public sealed class DatabaseGauges : IDisposable
{
    private readonly Meter meter = new(TurnMeter.Name);
    private readonly Database database;
    private readonly TimeProvider time;
    private OutboxState state = new(0, 0, TimeSpan.Zero, 0);

    /// <summary>Knows nothing until <see cref="ReadAsync"/>.</summary>
    /// <param name="database">The database.</param>
    /// <param name="time">The clock of the ages.</param>
    public DatabaseGauges(Database database, TimeProvider time)
    {
        this.database = database;
        this.time = time;
        meter.CreateObservableGauge("kkmp_outbox_replies", () => state.Replies, "{message}", "Replies and news that are not sent yet");
        meter.CreateObservableGauge("kkmp_outbox_bulk", () => state.Bulk, "{message}", "Bulk messages that are not sent yet");
        meter.CreateObservableGauge("kkmp_outbox_oldest_reply_seconds", () => state.OldestReply.TotalSeconds, "s", "Age of the oldest reply that is not sent yet");
        meter.CreateObservableGauge("kkmp_dead_letters", () => state.DeadLetters, "{message}", "Messages that were given up and not replayed");
    }

    /// <summary>Reads it anew.</summary>
    /// <param name="ct">Gives up.</param>
    public async Task<OutboxState> ReadAsync(CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        await using var command = connection.CreateCommand();
        // Each is served by an index of what is unfinished.
        command.CommandText = """
            SELECT (SELECT COUNT(*) FROM outbox WHERE status = 0 AND kind < 2), (SELECT COUNT(*) FROM outbox WHERE status = 0 AND kind = 2),
                   (SELECT MIN(created_utc) FROM outbox WHERE status = 0 AND kind < 2), (SELECT COUNT(*) FROM dead_letters WHERE replayed_utc IS NULL)
            """;
        await using var row = await command.ExecuteReaderAsync(ct);
        await row.ReadAsync(ct);
        return state = new OutboxState(row.GetInt64(0), row.GetInt64(1), AgeOf(row, 2), row.GetInt64(3));
    }

    /// <inheritdoc />
    public void Dispose() => meter.Dispose();

    private TimeSpan AgeOf(DbDataReader row, int column)
    {
        if (row.IsDBNull(column))
            return TimeSpan.Zero;
        var age = time.GetUtcNow().UtcDateTime - row.GetDateTime(column);
        return age > TimeSpan.Zero ? age : TimeSpan.Zero;
    }
}

/// <summary>The outbox at a moment.</summary>
/// <param name="Replies">Replies and news that are not sent yet.</param>
/// <param name="Bulk">Bulk messages that are not sent yet.</param>
/// <param name="OldestReply">The age of the oldest of the replies; zero when there is none.</param>
/// <param name="DeadLetters">Messages that were given up and not replayed.</param>
public sealed record OutboxState(long Replies, long Bulk, TimeSpan OldestReply, long DeadLetters);
