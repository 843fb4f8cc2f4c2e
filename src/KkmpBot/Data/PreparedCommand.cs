using System.Data;
using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace KkmpBot.Data;

/// <summary>A statement that is compiled once on its connection and run with every turn; its values are <c>@p0</c>, <c>@p1</c> and so on.</summary>
internal sealed class PreparedCommand : IAsyncDisposable
{
    private readonly DbConnection connection;
    private readonly string sql;
    private readonly SqliteStatement? direct;
    private DbCommand? command;

    /// <summary>Compiles nothing yet.</summary>
    /// <param name="connection">An open connection, which outlives it.</param>
    /// <param name="sql">The text.</param>
    public PreparedCommand(DbConnection connection, string sql)
    {
        this.connection = connection;
        this.sql = sql;
        direct = connection is SqliteConnection sqlite ? new SqliteStatement(sqlite, sql) : null;
    }

    /// <summary>Runs it for its effect.</summary>
    /// <returns>The rows it changed.</returns>
    public ValueTask<int> RunAsync(DbTransaction transaction, CancellationToken ct, params ReadOnlySpan<object?> values) =>
        direct is null ? new ValueTask<int>(With(transaction, values).ExecuteNonQueryAsync(ct)) : ValueTask.FromResult(direct.Run(values));

    /// <summary>Runs an insert of one row, whose text ends with <c>RETURNING id</c> where the database is a round trip away.</summary>
    /// <returns>The row's id.</returns>
    public ValueTask<long> InsertAsync(DbTransaction transaction, CancellationToken ct, params ReadOnlySpan<object?> values) =>
        direct is null ? IdAsync(With(transaction, values), ct) : ValueTask.FromResult(direct.Insert(values));

    /// <summary>Reads its first row; null when there is none.</summary>
    public ValueTask<T?> ReadAsync<T>(DbTransaction transaction, Func<IRow, T> read, CancellationToken ct, params ReadOnlySpan<object?> values)
        where T : class =>
        direct is null ? ReadAsync(With(transaction, values), read, ct) : ValueTask.FromResult(direct.Read(read, values));

    private DbCommand With(DbTransaction transaction, params ReadOnlySpan<object?> values)
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

    /// <summary>Puts it at the end of a batch.</summary>
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

    /// <inheritdoc />
    public ValueTask DisposeAsync()
    {
        direct?.Dispose();
        return command?.DisposeAsync() ?? ValueTask.CompletedTask;
    }

    private static async ValueTask<T?> ReadAsync<T>(DbCommand command, Func<IRow, T> read, CancellationToken ct)
        where T : class
    {
        await using var row = await command.ExecuteReaderAsync(CommandBehavior.SingleRow, ct);
        return await row.ReadAsync(ct) ? read(new ReaderRow(row)) : null;
    }

    private static async ValueTask<long> IdAsync(DbCommand command, CancellationToken ct) =>
        await command.ExecuteScalarAsync(ct) is long id ? id : throw new InvalidOperationException("An insert returned no id.");
}
