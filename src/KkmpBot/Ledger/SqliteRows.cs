using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace KkmpBot.Ledger;

/// <summary>
/// The journal straight from SQLite's rows: no string, date or object is made for a value, and what is not stored in the one form that
/// the program writes is distrusted. A reader over a million entries spends most of its time making them.
/// </summary>
internal sealed class SqliteRows : JournalRows
{
    private readonly sqlite3 database;
    private readonly sqlite3_stmt entries;
    private readonly sqlite3_stmt lines;

    /// <summary>Prepares both statements.</summary>
    /// <param name="connection">Open, and nobody else's until the end.</param>
    /// <param name="from">The first entry's id.</param>
    /// <param name="to">The id after the last.</param>
    public SqliteRows(SqliteConnection connection, long from, long to)
    {
        database = connection.Handle ?? throw new InvalidOperationException("The connection is closed.");
        entries = Prepare(SelectEntries, from, to);
        lines = Prepare(SelectLines, from, to);
    }

    /// <inheritdoc />
    protected override long EntryId => raw.sqlite3_column_int64(entries, 0);

    /// <inheritdoc />
    protected override long LineEntryId => raw.sqlite3_column_int64(lines, 0);

    /// <inheritdoc />
    protected override long LineCooperativeId => raw.sqlite3_column_int64(lines, 2);

    /// <inheritdoc />
    protected override bool StepEntry() => Step(entries);

    /// <inheritdoc />
    protected override bool StepLine() => Step(lines);

    /// <inheritdoc />
    protected override void ReadEntry(EntryCheck check)
    {
        check.Begin(raw.sqlite3_column_int64(entries, 1), raw.sqlite3_column_int64(entries, 2), Bytes(entries, 10), Bytes(entries, 11));
        check.Read(
            Milliseconds(Bytes(entries, 3)), Bytes(entries, 4), Bytes(entries, 5), Bytes(entries, 6), Number(entries, 7), Number(entries, 8), Bytes(entries, 9));
        if (!IsText(entries, 3) || !IsText(entries, 4) || !IsText(entries, 5) || !IsText(entries, 9))
            check.Distrust();
    }

    /// <inheritdoc />
    protected override void ReadLine(EntryCheck check)
    {
        check.ReadLine(
            raw.sqlite3_column_int64(lines, 1), raw.sqlite3_column_int64(lines, 2), Bytes(lines, 3), Number(lines, 4),
            raw.sqlite3_column_int64(lines, 5), raw.sqlite3_column_int64(lines, 6));
        if (!IsText(lines, 3) || !IsWhole(lines, 5) || !IsWhole(lines, 6))
            check.Distrust();
    }

    /// <inheritdoc />
    protected override void Close()
    {
        raw.sqlite3_finalize(entries);
        raw.sqlite3_finalize(lines);
    }

    /// <summary>"2026-11-23 02:00:00" or with up to seven decimals without idle zeros; null for anything else or less than a millisecond.</summary>
    internal static long? Milliseconds(ReadOnlySpan<byte> text)
    {
        if (text.Length is < 19 or > 23 or 20 || text[4] != '-' || text[7] != '-' || text[10] != ' ' || text[13] != ':' || text[16] != ':'
            || (text.Length > 19 && (text[19] != '.' || text[^1] == '0')))
            return null;
        var (year, month, day) = (Digits(text[..4]), Digits(text[5..7]), Digits(text[8..10]));
        var (hour, minute, second) = (Digits(text[11..13]), Digits(text[14..16]), Digits(text[17..19]));
        int fraction = text.Length == 19 ? 0 : Digits(text[20..]);
        for (int decimals = text.Length - 20; decimals is > 0 and < 3; decimals++)
            fraction *= 10;
        if (year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month) || hour is < 0 or > 23 || minute is < 0 or > 59
            || second is < 0 or > 59 || fraction < 0)
            return null;
        return (new DateTime(year, month, day, hour, minute, second, fraction, DateTimeKind.Utc) - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMillisecond;
    }

    // Minus a lot when there is anything but digits.
    private static int Digits(ReadOnlySpan<byte> text)
    {
        int value = 0;
        foreach (byte sign in text)
            value = sign is >= (byte)'0' and <= (byte)'9' && value >= 0 ? (value * 10) + sign - '0' : -1_000_000;
        return value;
    }

    private static ReadOnlySpan<byte> Bytes(sqlite3_stmt statement, int column) => raw.sqlite3_column_blob(statement, column);

    private static long? Number(sqlite3_stmt statement, int column) =>
        raw.sqlite3_column_type(statement, column) == raw.SQLITE_NULL ? null : raw.sqlite3_column_int64(statement, column);

    private static bool IsText(sqlite3_stmt statement, int column) => raw.sqlite3_column_type(statement, column) == raw.SQLITE_TEXT;

    private static bool IsWhole(sqlite3_stmt statement, int column) => raw.sqlite3_column_type(statement, column) == raw.SQLITE_INTEGER;

    private sqlite3_stmt Prepare(string sql, long from, long to)
    {
        Demand(raw.sqlite3_prepare_v2(database, sql, out sqlite3_stmt statement));
        Demand(raw.sqlite3_bind_int64(statement, raw.sqlite3_bind_parameter_index(statement, "@from"), from));
        Demand(raw.sqlite3_bind_int64(statement, raw.sqlite3_bind_parameter_index(statement, "@to"), to));
        return statement;
    }

    private bool Step(sqlite3_stmt statement)
    {
        int result = raw.sqlite3_step(statement);
        if (result is not (raw.SQLITE_ROW or raw.SQLITE_DONE))
            Demand(result);
        return result == raw.SQLITE_ROW;
    }

    private void Demand(int result) => SqliteException.ThrowExceptionForRC(result, database);
}
