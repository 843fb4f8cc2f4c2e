using System.Data.Common;
using KkmpBot.Conversations;
using KkmpBot.Data;

namespace KkmpBot.Alerts;

/// <summary>
/// Looks through whoever watches a price that moved, some hundred at a time: those it concerns are found in an index, so a price nobody
/// waits for costs as much as one that everybody watches. Each chunk is one statement that leaves out what was done, so a crash between two
/// repeats nothing.
/// </summary>
public static class WatchPrices
{
    /// <summary>Alerts changed in one transaction.</summary>
    public const int MaxRows = 500;

    /// <summary>Jobs done in one transaction, when they concern so few.</summary>
    public const int MaxJobs = 50;

    // A change in percent is counted anew from where it spoke; anything else is spent.
    private const string Speak = """
        UPDATE alerts SET
            was_rupiah = CASE WHEN percent IS NULL THEN 0 WHEN due_utc IS NULL THEN reference_rupiah ELSE was_rupiah END,
            due_utc = COALESCE(due_utc, @p2),
            state = CASE WHEN percent IS NULL THEN 0 ELSE state END,
            fires_at_most = CASE WHEN percent IS NULL THEN fires_at_most ELSE @p1 * (100 - percent) / 100 END,
            fires_at_least = CASE WHEN percent IS NULL THEN fires_at_least ELSE (@p1 * (100 + percent) + 99) / 100 END,
            reference_rupiah = CASE WHEN percent IS NULL THEN 0 ELSE @p1 END
        WHERE id IN (SELECT id FROM alerts WHERE subject = @p0 AND state = 1 AND
        """;

    // It crossed back: it may speak again, and what it had not yet said is not true any more.
    private const string Arm = "UPDATE alerts SET state = 1, due_utc = NULL WHERE id IN (SELECT id FROM alerts WHERE subject = @p0 AND state = 0 AND";

    /// <summary>Does the oldest jobs, as far as a chunk goes.</summary>
    /// <param name="db">A context inside a transaction of its own.</param>
    /// <param name="connection">Its connection.</param>
    /// <param name="transaction">Its transaction.</param>
    /// <param name="ct">Gives up.</param>
    /// <returns>False when there was no job.</returns>
    public static async Task<bool> StepAsync(KkmpDbContext db, DbConnection connection, DbTransaction transaction, CancellationToken ct)
    {
        // One copy of the program at a time, so that the prices of one article are looked at in their order.
        await db.LockNameAsync("alerts", ct);
        var (left, done) = (MaxRows, 0);
        while (done < MaxJobs && left > 0 && await FirstAsync(connection, transaction, ct) is { } job)
        {
            left = await RunAsync(job, left, connection, transaction, ct);
            done++;
        }
        return done > 0;
    }

    // How many rows are left; none when the job has to go on in the next transaction.
    private static async Task<int> RunAsync(PriceEvent job, int left, DbConnection connection, DbTransaction transaction, CancellationToken ct)
    {
        foreach (var (sql, condition) in ((string, string)[])[(Speak, "fires_at_most >= @p1"), (Speak, "fires_at_least <= @p1"), (Arm, "fires_at_most < @p1"), (Arm, "fires_at_least > @p1")])
        {
            await using var chunk = connection.Command(transaction, $"{sql} {condition} LIMIT {left})", job.Subject, job.Rupiah);
            if (sql == Speak)
                chunk.Add(job.AtUtc);
            left -= await chunk.ExecuteNonQueryAsync(ct);
            if (left <= 0)
                return 0;
        }
        await using var delete = connection.Command(transaction, "DELETE FROM price_events WHERE id = @p0", job.Id);
        await delete.ExecuteNonQueryAsync(ct);
        return left;
    }

    /// <summary>True when a job waits.</summary>
    /// <param name="connection">Any connection.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task<bool> HasWorkAsync(DbConnection connection, CancellationToken ct)
    {
        await using var query = connection.CreateCommand();
        query.CommandText = "SELECT 1 FROM price_events LIMIT 1";
        return await query.ExecuteScalarAsync(ct) is not null;
    }

    private static async Task<PriceEvent?> FirstAsync(DbConnection connection, DbTransaction transaction, CancellationToken ct)
    {
        await using var query = connection.CreateCommand();
        query.Transaction = transaction;
        query.CommandText = "SELECT id, subject, rupiah, at_utc FROM price_events ORDER BY id LIMIT 1";
        await using var row = await query.ExecuteReaderAsync(ct);
        return await row.ReadAsync(ct)
            ? new PriceEvent
            {
                Id = row.GetInt64(0),
                Subject = row.GetString(1),
                Rupiah = row.GetInt64(2),
                AtUtc = DateTime.SpecifyKind(row.GetDateTime(3), DateTimeKind.Utc),
            }
            : null;
    }
}
