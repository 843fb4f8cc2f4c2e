using System.Data.Common;
using KkmpBot.Operations;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace KkmpBot.Data;

/// <summary>Opens connections to the one database, with the durability that acknowledged messages rely on.</summary>
public sealed class Database
{
    private const int BusyTimeoutMilliseconds = 5000;
    private readonly string connectionString;
    private readonly DbContextOptions<KkmpDbContext> options = new DbContextOptionsBuilder<KkmpDbContext>()
        .UseSqlite()
        // The migrations are written by hand and carry no snapshot; a test compares the migrated schema with the model instead.
        .ConfigureWarnings(warnings => warnings.Ignore(RelationalEventId.PendingModelChangesWarning))
        .UseQueryTrackingBehavior(QueryTrackingBehavior.TrackAll)
        .Options;

    private Database(string connectionString) => this.connectionString = connectionString;

    /// <summary>A SQLite database in a file: WAL, <c>synchronous=FULL</c>, foreign keys on.</summary>
    /// <param name="path">The file; created with the first migration.</param>
    public static Database Sqlite(string path) =>
        new(new SqliteConnectionStringBuilder { DataSource = path, ForeignKeys = true, Pooling = false }.ToString());

    /// <summary>The database that the settings name.</summary>
    /// <param name="settings">Provider and connection string.</param>
    /// <param name="dataFolder">Where <c>kkmp.db</c> lies when no connection string is given.</param>
    public static Database From(DatabaseSettings settings, string dataFolder) => settings.Provider switch
    {
        "Sqlite" when settings.ConnectionString is { Length: > 0 } given =>
            new(new SqliteConnectionStringBuilder(given) { ForeignKeys = true, Pooling = false }.ToString()),
        "Sqlite" => Sqlite(Path.Combine(dataFolder, "kkmp.db")),
        _ => throw new StartRefusedException($"Database__Provider is '{settings.Provider}'; it may be Sqlite."),
    };

    /// <summary>Opens a connection of its own.</summary>
    /// <param name="ct">Gives up opening.</param>
    public async Task<DbConnection> OpenAsync(CancellationToken ct)
    {
        var connection = new SqliteConnection(connectionString);
        await connection.OpenAsync(ct);
        await using var command = connection.CreateCommand();
        command.CommandText =
            $"PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA busy_timeout={BusyTimeoutMilliseconds}; PRAGMA temp_store=MEMORY;";
        await command.ExecuteNonQueryAsync(ct);
        return connection;
    }

    /// <summary>A context over an open connection, inside its transaction when there is one.</summary>
    /// <param name="connection">As opened by <see cref="OpenAsync"/>; stays open afterwards.</param>
    /// <param name="transaction">The transaction that what is saved belongs to.</param>
    public KkmpDbContext Context(DbConnection connection, DbTransaction? transaction = null)
    {
        var context = new KkmpDbContext(options);
        context.Database.SetDbConnection(connection);
        context.Database.AutoSavepointsEnabled = false;
        if (transaction is not null)
            context.Database.UseTransaction(transaction);
        return context;
    }

    /// <summary>Brings the schema up to date.</summary>
    /// <param name="ct">Gives up.</param>
    public async Task MigrateAsync(CancellationToken ct)
    {
        await using var connection = await OpenAsync(ct);
        await using var context = Context(connection);
        await context.Database.MigrateAsync(ct);
    }
}
