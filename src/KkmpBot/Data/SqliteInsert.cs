using System.Globalization;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace KkmpBot.Data;

/// <summary>One prepared INSERT on SQLite, stepped row by row without an object for each value: tens of thousands of rows are a matter of making them.</summary>
internal sealed class SqliteInsert : IDisposable
{
    // As Microsoft.Data.Sqlite writes them: whoever reads cannot tell which way a row came.
    private const string MomentFormat = "yyyy-MM-dd HH:mm:ss.FFFFFFF";
    private const string DayFormat = "yyyy-MM-dd";
    private readonly sqlite3 database;
    private readonly sqlite3_stmt statement;

    /// <summary>Prepares it on a connection, inside whatever transaction that is in.</summary>
    /// <param name="connection">Open, and nobody else's until the end.</param>
    /// <param name="table">The table.</param>
    /// <param name="columns">Its columns, in the order of the values.</param>
    public SqliteInsert(SqliteConnection connection, string table, string[] columns)
    {
        database = connection.Handle ?? throw new InvalidOperationException("The connection is closed.");
        var sql = $"INSERT INTO {table} ({string.Join(", ", columns)}) VALUES ({string.Join(", ", columns.Select(_ => "?"))})";
        Demand(raw.sqlite3_prepare_v2(database, sql, out statement));
    }

    /// <summary>Writes a row.</summary>
    /// <param name="values">In the order of the columns; null is NULL.</param>
    public void Write(object?[] values)
    {
        for (var i = 0; i < values.Length; i++)
            Demand(Bind(i + 1, values[i]));
        int result = raw.sqlite3_step(statement);
        if (result != raw.SQLITE_DONE)
            Demand(result);
        Demand(raw.sqlite3_reset(statement));
    }

    /// <inheritdoc />
    public void Dispose() => raw.sqlite3_finalize(statement);

    private int Bind(int index, object? value) => value switch
    {
        null => raw.sqlite3_bind_null(statement, index),
        long whole => raw.sqlite3_bind_int64(statement, index, whole),
        int whole => raw.sqlite3_bind_int64(statement, index, whole),
        bool yes => raw.sqlite3_bind_int64(statement, index, yes ? 1 : 0),
        byte[] { Length: 0 } => raw.sqlite3_bind_zeroblob(statement, index, 0),
        byte[] bytes => raw.sqlite3_bind_blob(statement, index, bytes),
        string text => raw.sqlite3_bind_text(statement, index, text),
        DateTime moment => raw.sqlite3_bind_text(statement, index, moment.ToString(MomentFormat, CultureInfo.InvariantCulture)),
        DateOnly day => raw.sqlite3_bind_text(statement, index, day.ToString(DayFormat, CultureInfo.InvariantCulture)),
        _ => throw new ArgumentException($"No column takes a {value.GetType().Name}.", nameof(value)),
    };

    private void Demand(int result) => SqliteException.ThrowExceptionForRC(result, database);
}
