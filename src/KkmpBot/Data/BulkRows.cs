using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace KkmpBot.Data;

/// <summary>Writes many rows of one table quickly, with ids that the caller chose: a prepared INSERT on SQLite, COPY on PostgreSQL.</summary>
public static class BulkRows
{
    /// <summary>Writes rows, inside the transaction that the connection is in.</summary>
    /// <param name="connection">Of either database.</param>
    /// <param name="table">The table.</param>
    /// <param name="columns">Its columns, in the order of the values.</param>
    /// <param name="rows">The values; null is NULL. Times are UTC.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task WriteAsync(DbConnection connection, string table, string[] columns, IEnumerable<object?[]> rows, CancellationToken ct)
    {
        if (connection is NpgsqlConnection postgres)
            await CopyAsync(postgres, table, columns, rows, ct);
        else
            Insert((SqliteConnection)connection, table, columns, rows, ct);
    }

    /// <summary>The next free id of a table that counts up.</summary>
    /// <param name="connection">Of either database.</param>
    /// <param name="transaction">The transaction, in which nobody else adds rows.</param>
    /// <param name="table">The table.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task<long> NextIdAsync(DbConnection connection, DbTransaction transaction, string table, CancellationToken ct)
    {
        await using var command = connection.Command(transaction, $"SELECT COALESCE(MAX(id), 0) + 1 FROM {table}");
        return Convert.ToInt64(await command.ExecuteScalarAsync(ct), System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>Lets the table count on behind the ids that were chosen; SQLite does so by itself.</summary>
    /// <param name="connection">Of either database.</param>
    /// <param name="transaction">The transaction.</param>
    /// <param name="table">The table.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task CountOnAsync(DbConnection connection, DbTransaction transaction, string table, CancellationToken ct)
    {
        if (!connection.HasRowLocks())
            return;
        await using var command = connection.Command(transaction, $"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT MAX(id) FROM {table}))");
        await command.ExecuteScalarAsync(ct);
    }

    private static void Insert(SqliteConnection connection, string table, string[] columns, IEnumerable<object?[]> rows, CancellationToken ct)
    {
        using var insert = new SqliteInsert(connection, table, columns);
        foreach (var row in rows)
        {
            ct.ThrowIfCancellationRequested();
            insert.Write(row);
        }
    }

    private static async Task CopyAsync(NpgsqlConnection connection, string table, string[] columns, IEnumerable<object?[]> rows, CancellationToken ct)
    {
        await using var writer = await connection.BeginBinaryImportAsync($"COPY {table} ({string.Join(", ", columns)}) FROM STDIN (FORMAT BINARY)", ct);
        foreach (var row in rows)
        {
            await writer.StartRowAsync(ct);
            foreach (var value in row)
            {
                if (value is null)
                    await writer.WriteNullAsync(ct);
                else
                    await writer.WriteAsync(value, ct);
            }
        }
        await writer.CompleteAsync(ct);
    }
}
