using System.Data.Common;
using KkmpBot.Channels;
using KkmpBot.Conversations;
using KkmpBot.Data;

namespace KkmpBot.Alerts;

/// <summary>
/// Works behind the turns: first through the prices that moved, then through the people who are to be told. No chat waits for it, and an
/// officer's turn has long been answered. Every server may run it; a chunk belongs to one of them.
/// </summary>
public sealed class AlertWork(
    Database database, TellAlerts tell, SendSettings settings, WriteRows write, TimeProvider time, ILogger<AlertWork> log)
    : StandingWork("Price alerts", TimeSpan.FromSeconds(1), time, log)
{
    private long after;

    /// <inheritdoc />
    public override async Task<bool> StepAsync(CancellationToken ct)
    {
        var utcNow = Time.GetUtcNow().UtcDateTime;
        await using (var connection = await database.OpenAsync(ct))
        {
            if (await WatchPrices.HasWorkAsync(connection, ct))
                return await RunAsync((db, at, transaction, inner) => WatchPrices.StepAsync(db, at, transaction, inner), ct);
            if ((settings.QuietHours && QuietHours.Is(utcNow)) || !await HasDueAsync(connection, utcNow, ct))
                return false;
        }
        return await RunAsync(async (db, at, transaction, inner) =>
        {
            var last = await tell.StepAsync(db, at, transaction, after, utcNow, inner);
            after = last ?? 0;
            return last is not null;
        }, ct);
    }

    private async Task<bool> RunAsync(Func<KkmpDbContext, DbConnection, DbTransaction, CancellationToken, Task<bool>> chunk, CancellationToken ct)
    {
        var isMore = false;
        await write(async (connection, transaction, inner) =>
        {
            await using var db = database.Context(connection, transaction);
            isMore = await chunk(db, connection, transaction, inner);
        }, ct);
        return isMore;
    }

    private static async Task<bool> HasDueAsync(DbConnection connection, DateTime utcNow, CancellationToken ct)
    {
        await using var query = connection.Command(null, "SELECT 1 FROM alerts WHERE due_utc IS NOT NULL AND due_utc <= @p0 LIMIT 1", utcNow);
        return await query.ExecuteScalarAsync(ct) is not null;
    }
}
