using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace KkmpBot.Data;

/// <summary>
/// A statement on SQLite's own interface, for those few that run with every turn: ADO.NET looks each value up by its name and makes a reader for each
/// run, which together cost as much as the row. It runs in whatever transaction its connection is in.
/// </summary>
/// <param name="connection">An open connection, which outlives it.</param>
/// <param name="sql">The text, with <c>@p0</c>, <c>@p1</c> and so on for its values.</param>
internal sealed class SqliteStatement(SqliteConnection connection, string sql) : IDisposable
{
    private const int MaxCharactersOnStack = 256;

    private sqlite3_stmt? compiled;
    private SqliteRow? row;
    private int[] positions = [];

    /// <summary>Runs it for its effect.</summary>
    /// <returns>The rows it changed.</returns>
    public int Run(ReadOnlySpan<object?> values)
    {
        Finish(values);
        return raw.sqlite3_changes(connection.Handle);
    }

    /// <summary>Runs an insert of one row.</summary>
    /// <returns>The row's id.</returns>
    public long Insert(ReadOnlySpan<object?> values)
    {
        Finish(values);
        return raw.sqlite3_last_insert_rowid(connection.Handle);
    }

    /// <summary>Reads its first row; null when there is none.</summary>
    public T? Read<T>(Func<IRow, T> read, ReadOnlySpan<object?> values)
        where T : class
    {
        Bind(values);
        try
        {
            return Step() == raw.SQLITE_ROW ? read(row!) : null;
        }
        finally
        {
            _ = raw.sqlite3_reset(compiled);
        }
    }

    /// <inheritdoc />
    public void Dispose() => compiled?.Dispose();

    private void Finish(ReadOnlySpan<object?> values)
    {
        Bind(values);
        try
        {
            _ = Step();
        }
        finally
        {
            _ = raw.sqlite3_reset(compiled);
        }
    }

    private int Step()
    {
        var outcome = raw.sqlite3_step(compiled);
        if (outcome is not (raw.SQLITE_ROW or raw.SQLITE_DONE))
            Check(outcome);
        return outcome;
    }

    private void Bind(ReadOnlySpan<object?> values)
    {
        compiled ??= Compile(values.Length);
        for (var i = 0; i < values.Length; i++)
            Check(Bind(compiled, positions[i], values[i]));
    }

    private sqlite3_stmt Compile(int values)
    {
        Check(raw.sqlite3_prepare_v2(connection.Handle, sql, out var statement));
        positions = [.. Enumerable.Range(0, values).Select(i => raw.sqlite3_bind_parameter_index(statement, string.Create(CultureInfo.InvariantCulture, $"@p{i}")))];
        row = new SqliteRow(statement);
        return statement;
    }

    private void Check(int outcome) => SqliteException.ThrowExceptionForRC(outcome, connection.Handle);

    private static int Bind(sqlite3_stmt statement, int position, object? value) => value switch
    {
        null => raw.sqlite3_bind_null(statement, position),
        long number => raw.sqlite3_bind_int64(statement, position, number),
        int number => raw.sqlite3_bind_int64(statement, position, number),
        bool isTrue => raw.sqlite3_bind_int64(statement, position, isTrue ? 1 : 0),
        byte[] bytes => raw.sqlite3_bind_blob(statement, position, bytes),
        string text => BindText(statement, position, text),
        DateTime moment => BindMoment(statement, position, moment),
        DateOnly day => BindText(statement, position, day.ToString("O", CultureInfo.InvariantCulture)),
        _ => throw new NotSupportedException($"A value of type {value.GetType().Name} is not bound to a statement."),
    };

    private static int BindText(sqlite3_stmt statement, int position, string text)
    {
        if (text.Length > MaxCharactersOnStack)
            return raw.sqlite3_bind_text(statement, position, text);
        Span<byte> bytes = stackalloc byte[MaxCharactersOnStack * 3];
        return raw.sqlite3_bind_text(statement, position, bytes[..Encoding.UTF8.GetBytes(text, bytes)]);
    }

    private static int BindMoment(sqlite3_stmt statement, int position, DateTime moment)
    {
        Span<byte> bytes = stackalloc byte[SqliteMoment.MaxLength];
        return raw.sqlite3_bind_text(statement, position, bytes[..SqliteMoment.Write(moment, bytes)]);
    }
}
