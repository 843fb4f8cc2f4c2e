using System.Data.Common;
using SQLitePCL;

namespace KkmpBot.Data;

/// <summary>The row that a statement stands at, read by position from 0; alike on both databases.</summary>
internal interface IRow
{
    bool IsNull(int column);

    long Number(int column);

    bool Flag(int column);

    string Text(int column);

    byte[] Bytes(int column);

    DateTime Moment(int column);
}

/// <summary>A row of ADO.NET's.</summary>
internal sealed class ReaderRow(DbDataReader reader) : IRow
{
    public bool IsNull(int column) => reader.IsDBNull(column);

    public long Number(int column) => reader.GetInt64(column);

    public bool Flag(int column) => reader.GetBoolean(column);

    public string Text(int column) => reader.GetString(column);

    public byte[] Bytes(int column) => reader.GetFieldValue<byte[]>(column);

    public DateTime Moment(int column) => reader.GetDateTime(column);
}

/// <summary>A row of SQLite's own interface.</summary>
internal sealed class SqliteRow(sqlite3_stmt statement) : IRow
{
    public bool IsNull(int column) => raw.sqlite3_column_type(statement, column) == raw.SQLITE_NULL;

    public long Number(int column) => raw.sqlite3_column_int64(statement, column);

    public bool Flag(int column) => raw.sqlite3_column_int64(statement, column) != 0;

    public string Text(int column) => raw.sqlite3_column_text(statement, column).utf8_to_string();

    public byte[] Bytes(int column) => raw.sqlite3_column_blob(statement, column).ToArray();

    public DateTime Moment(int column) => SqliteMoment.Read(raw.sqlite3_column_blob(statement, column));
}
