using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using SQLitePCL;

namespace KkmpBot.Data;

/// <summary>SQLite: one file, one writer, one server. Turns share transactions, and their fsync.</summary>
internal sealed class SqliteDatabase : Database
{
    private const int BusyTimeoutMilliseconds = 5000;

    // Pages of 4 KB in the log before they are carried over into the file: rarer than by default, since every time costs two more fsyncs.
    private const int PagesBeforeCheckpoint = 4000;

    // The inner pages of the indexes of a million members, so that a turn reads from the disk's cache only what is its own.
    private const int CacheKilobytes = 16_000;
    private readonly string connectionString;

    // A connection is used by one thread at a time here, and nobody asks SQLite for its statistics: both would lock at every call.
    static SqliteDatabase()
    {
        Batteries_V2.Init();
        _ = raw.sqlite3_config(raw.SQLITE_CONFIG_MULTITHREAD);
        _ = raw.sqlite3_config(raw.SQLITE_CONFIG_MEMSTATUS, 0);
    }

    /// <summary>A database in a file. Its connections are kept for use again: opening one reads the schema of all tables, which costs two milliseconds.</summary>
    /// <param name="connectionString">As Microsoft.Data.Sqlite writes it.</param>
    public SqliteDatabase(string connectionString) =>
        this.connectionString = new SqliteConnectionStringBuilder(connectionString) { ForeignKeys = true, Pooling = true }.ToString();

    /// <inheritdoc />
    public override int MaxParallelTurns => 1;

    /// <inheritdoc />
    public override async Task<DbConnection> OpenAsync(CancellationToken ct)
    {
        var connection = new CompilingOnce(connectionString);
        await connection.OpenAsync(ct);
        await using var command = connection.CreateCommand();
        command.CommandText =
            $"PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA busy_timeout={BusyTimeoutMilliseconds}; PRAGMA temp_store=MEMORY;"
            + $" PRAGMA wal_autocheckpoint={PagesBeforeCheckpoint}; PRAGMA cache_size=-{CacheKilobytes};";
        await command.ExecuteNonQueryAsync(ct);
        return connection;
    }

    /// <inheritdoc />
    public override async Task<LogFlusher?> TakeOverFlushAsync(DbConnection connection, CancellationToken ct)
    {
        await using var command = connection.CreateCommand();
        // One write that SQLite still flushes itself, and the log's entry in its folder with it. NORMAL leaves out the flush of a commit and no other:
        // not those of a checkpoint, nor that of a log begun anew (https://www.sqlite.org/pragma.html#pragma_synchronous).
        command.CommandText = "PRAGMA user_version=0; PRAGMA synchronous=NORMAL;";
        await command.ExecuteNonQueryAsync(ct);
        return LogFlusher.Of(connection.DataSource + "-wal");
    }

    /// <inheritdoc />
    public override async Task MigrateAsync(CancellationToken ct)
    {
        await using var connection = await OpenAsync(ct);
        if (await IsUpToDateAsync(connection, ct))
            return;
        await using var context = Context(connection);
        await context.Database.MigrateAsync(ct);
    }

    /// <inheritdoc />
    public override async Task<IMembership> JoinAsync(Func<CancellationToken, Task> whenFirst, CancellationToken ct)
    {
        // A second server is kept away by a lock on the data folder.
        await whenFirst(ct);
        return new OnlyCopy();
    }

    /// <inheritdoc />
    public override ValueTask DisposeAsync()
    {
        using var any = new SqliteConnection(connectionString);
        SqliteConnection.ClearPool(any);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc />
    protected override void Use(DbContextOptionsBuilder options) => options.UseSqlite();
}
