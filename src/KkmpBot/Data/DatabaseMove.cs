using System.Data.Common;
using System.Globalization;
using KkmpBot.Operations;
using Npgsql;

namespace KkmpBot.Data;

/// <summary>
/// Moves everything from a SQLite database into an empty PostgreSQL one. Each step commits its rows together with the place it came to, in the table
/// <c>kkmp_move</c>, so that a move that was cut off goes on where it stopped; that table goes when all sums are equal.
/// </summary>
/// <param name="from">SQLite; nobody may write meanwhile.</param>
/// <param name="to">PostgreSQL; migrated here.</param>
public sealed class DatabaseMove(Database from, Database to)
{
    /// <summary>Moves, or goes on moving.</summary>
    /// <param name="progress">Told of every step: the table, the rows of all tables so far, and how many there are.</param>
    /// <param name="ct">Stops; the next move goes on.</param>
    /// <returns>The tables with the number of rows each; equal sums on both sides were seen.</returns>
    public async Task<IReadOnlyDictionary<string, long>> RunAsync(Action<string, long, long> progress, CancellationToken ct)
    {
        await from.MigrateAsync(ct);
        await to.MigrateAsync(ct);
        await using var source = await from.OpenAsync(ct);
        await using var target = (NpgsqlConnection)await to.OpenAsync(ct);
        await using var context = to.Context(target);
        var tables = MovedTable.InOrder(context);
        if (!await HasBegunAsync(target, ct))
            await BeginAsync(tables, target, ct);
        var moved = new Dictionary<string, long>();
        var all = await CountAsync(tables, source, ct);
        foreach (var table in tables)
        {
            var before = moved.Values.Sum();
            moved[table.Name] = await MoveAsync(table, source, target, rows => progress(table.Name, before + rows, all), ct);
        }
        await CompareAsync(tables, source, target, ct);
        await ExecuteAsync(target, "DROP TABLE kkmp_move", ct);
        return moved;
    }

    private static async Task<bool> HasBegunAsync(NpgsqlConnection target, CancellationToken ct)
    {
        await using var command = target.Command(null, "SELECT to_regclass('public.kkmp_move') IS NOT NULL");
        return await command.ExecuteScalarAsync(ct) is true;
    }

    // The migrations bring reference rows, which come again from the source as they are there.
    private static async Task BeginAsync(IReadOnlyList<MovedTable> tables, NpgsqlConnection target, CancellationToken ct)
    {
        await using (var anybody = target.Command(null, "SELECT EXISTS (SELECT 1 FROM people) OR EXISTS (SELECT 1 FROM journal_entries)"))
        {
            if (await anybody.ExecuteScalarAsync(ct) is true)
                throw new StartRefusedException("The PostgreSQL database has people or books already; move into an empty one.");
        }
        await using var transaction = await target.BeginTransactionAsync(ct);
        foreach (var table in tables.Reverse())
            await ExecuteAsync(target, $"DELETE FROM \"{table.Name}\"", ct);
        await ExecuteAsync(target, "CREATE TABLE kkmp_move (name text PRIMARY KEY, last bigint NOT NULL, rows bigint NOT NULL)", ct);
        await transaction.CommitAsync(ct);
    }

    private static async Task<long> MoveAsync(MovedTable table, DbConnection source, NpgsqlConnection target, Action<long> progress, CancellationToken ct)
    {
        var (last, rows) = await PlaceAsync(table, target, ct);
        while (true)
        {
            await using var transaction = await target.BeginTransactionAsync(ct);
            var (to, count) = await table.CopyNextAsync(source, target, last, ct);
            if (count == 0)
                break;
            (last, rows) = (to, rows + count);
            await using var place = target.Command(
                transaction,
                "INSERT INTO kkmp_move (name, last, rows) VALUES (@name, @last, @rows) ON CONFLICT (name) DO UPDATE SET last = @last, rows = @rows",
                ("name", table.Name), ("last", last), ("rows", rows));
            await place.ExecuteNonQueryAsync(ct);
            await transaction.CommitAsync(ct);
            progress(rows);
        }
        await table.NumberOnAsync(target, ct);
        return rows;
    }

    private static async Task<long> CountAsync(IReadOnlyList<MovedTable> tables, DbConnection source, CancellationToken ct)
    {
        long rows = 0;
        foreach (var table in tables)
        {
            await using var count = source.Command(null, $"SELECT COUNT(*) FROM \"{table.Name}\"");
            rows += await count.ExecuteScalarAsync(ct) is long found ? found : 0;
        }
        return rows;
    }

    private static async Task<(long Last, long Rows)> PlaceAsync(MovedTable table, NpgsqlConnection target, CancellationToken ct)
    {
        await using var command = target.Command(null, "SELECT last, rows FROM kkmp_move WHERE name = @name", ("name", table.Name));
        await using var row = await command.ExecuteReaderAsync(ct);
        return await row.ReadAsync(ct) ? (row.GetInt64(0), row.GetInt64(1)) : (0, 0);
    }

    private static async Task CompareAsync(IReadOnlyList<MovedTable> tables, DbConnection source, NpgsqlConnection target, CancellationToken ct)
    {
        foreach (var table in tables)
        {
            var (before, after) = (await table.SumsAsync(source, ct), await table.SumsAsync(target, ct));
            if (before != after)
                throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"{table.Name} is not equal after the move: {before} and {after}."));
        }
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        await using var command = connection.Command(null, sql);
        await command.ExecuteNonQueryAsync(ct);
    }
}
