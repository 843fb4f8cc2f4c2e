using System.Data.Common;
using System.Reflection;
using KkmpBot.Operations;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Migrations;

namespace KkmpBot.Data;

/// <summary>
/// The one database, SQLite or PostgreSQL: opens connections with the durability that acknowledged messages rely on. What differs between
/// the two lies in the two classes derived from this one, in <see cref="RowLocks"/>, <see cref="DatabaseFailure"/> and the migrations.
/// </summary>
public abstract class Database : IAsyncDisposable
{
    private readonly Lazy<DbContextOptions> options;

    /// <summary>Opens nothing yet.</summary>
    protected Database() => options = new Lazy<DbContextOptions>(ReadOptions);

    /// <summary>Turns that may be in their transactions at once; 1 where the database takes one writer at a time.</summary>
    public abstract int MaxParallelTurns { get; }

    /// <summary>True where several servers may work on the database at once.</summary>
    public bool IsShared => MaxParallelTurns > 1;

    /// <summary>A SQLite database in a file: WAL, <c>synchronous=FULL</c>, foreign keys on.</summary>
    /// <param name="path">The file; created with the first migration.</param>
    public static Database Sqlite(string path) => new SqliteDatabase($"Data Source={path}");

    /// <summary>A PostgreSQL database, which has to exist; its tables come with the first migration.</summary>
    /// <param name="connectionString">As Npgsql writes it, e.g. <c>Host=127.0.0.1;Database=kkmp;Username=kkmp</c>.</param>
    public static Database Postgres(string connectionString) => new PostgresDatabase(connectionString);

    /// <summary>The database that the settings name.</summary>
    /// <param name="settings">Provider and connection string.</param>
    /// <param name="dataFolder">Where <c>kkmp.db</c> lies when no connection string is given.</param>
    public static Database From(DatabaseSettings settings, string dataFolder) => settings.Provider switch
    {
        "Sqlite" when settings.ConnectionString is { Length: > 0 } given => new SqliteDatabase(given),
        "Sqlite" => Sqlite(Path.Combine(dataFolder, "kkmp.db")),
        "Postgres" when settings.ConnectionString is { Length: > 0 } given => Postgres(given),
        "Postgres" => throw new StartRefusedException(
            "Database__ConnectionString is empty; for Postgres it is like Host=127.0.0.1;Database=kkmp;Username=kkmp;Password=…"),
        _ => throw new StartRefusedException($"Database__Provider is '{settings.Provider}'; it may be Sqlite or Postgres."),
    };

    /// <summary>Opens a connection of its own.</summary>
    /// <param name="ct">Gives up opening.</param>
    public abstract Task<DbConnection> OpenAsync(CancellationToken ct);

    /// <summary>
    /// Takes the waiting for the disk away from a connection's commits, where one writer would have to stand still for it: its commits are durable only
    /// after <see cref="LogFlusher.FlushAsync"/> from now on.
    /// </summary>
    /// <param name="connection">The only writer's, as opened by <see cref="OpenAsync"/>; outlives the flusher.</param>
    /// <param name="ct">Gives up.</param>
    /// <returns>Null where many write at once, and a commit waits for the disk itself.</returns>
    public virtual Task<LogFlusher?> TakeOverFlushAsync(DbConnection connection, CancellationToken ct) => Task.FromResult<LogFlusher?>(null);

    /// <summary>A context over an open connection, inside its transaction when there is one.</summary>
    /// <param name="connection">As opened by <see cref="OpenAsync"/>; stays open afterwards.</param>
    /// <param name="transaction">The transaction that what is saved belongs to.</param>
    public KkmpDbContext Context(DbConnection connection, DbTransaction? transaction = null)
    {
        var context = new KkmpDbContext(options.Value);
        context.Database.SetDbConnection(connection);
        context.Database.AutoSavepointsEnabled = false;
        if (transaction is not null)
            context.Database.UseTransaction(transaction);
        return context;
    }

    /// <summary>Builds Entity Framework's model now, rather than in the first turn that needs it: half a second.</summary>
    public void BuildModel()
    {
        using var context = new KkmpDbContext(options.Value);
        _ = context.Model;
    }

    /// <summary>The tables and columns as the program knows them.</summary>
    public Microsoft.EntityFrameworkCore.Metadata.IModel Model
    {
        get
        {
            using var context = new KkmpDbContext(options.Value);
            return context.Model;
        }
    }

    /// <summary>Brings the schema up to date; of several copies that start at once, one does it and the others wait.</summary>
    /// <param name="ct">Gives up.</param>
    public abstract Task MigrateAsync(CancellationToken ct);

    /// <summary>Joins the servers that work on the database.</summary>
    /// <param name="whenFirst">Done when no other server is there, before another can join.</param>
    /// <param name="ct">Gives up.</param>
    /// <returns>Dispose it to leave, though a process that dies has left.</returns>
    public abstract Task<IMembership> JoinAsync(Func<CancellationToken, Task> whenFirst, CancellationToken ct);

    /// <summary>Waits until this copy of the program is the only one that does something.</summary>
    /// <param name="name">What is done.</param>
    /// <param name="time">The clock of the waiting.</param>
    /// <param name="ct">Gives up.</param>
    public virtual Task<IAlone> DoAloneAsync(string name, TimeProvider time, CancellationToken ct) => Task.FromResult<IAlone>(new OnlyCopy());

    /// <summary>Hears what other copies tell (<see cref="CopyNews"/>), until cancelled or the connection is lost.</summary>
    /// <param name="listening">Called when it begins: what was told before was missed.</param>
    /// <param name="heard">Called with each piece of news.</param>
    /// <param name="ct">Ends it.</param>
    public virtual Task ListenAsync(Action listening, Action<string> heard, CancellationToken ct) => Task.Delay(Timeout.InfiniteTimeSpan, ct);

    /// <summary>Closes the connections that are kept open for use again.</summary>
    public abstract ValueTask DisposeAsync();

    /// <summary>Names the provider to Entity Framework.</summary>
    /// <param name="options">The options of all contexts.</param>
    protected abstract void Use(DbContextOptionsBuilder options);

    /// <summary>True when the database has every migration of this program, found out without Entity Framework, whose model takes half a second to build.</summary>
    /// <param name="connection">As opened.</param>
    /// <param name="ct">Gives up.</param>
    protected static async Task<bool> IsUpToDateAsync(DbConnection connection, CancellationToken ct)
    {
        var missing = typeof(Database).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(Migration)))
            .Select(type => type.GetCustomAttribute<MigrationAttribute>()!.Id)
            .ToHashSet();
        try
        {
            await using var command = connection.CreateCommand();
            command.CommandText = "SELECT \"MigrationId\" FROM \"__EFMigrationsHistory\"";
            await using var rows = await command.ExecuteReaderAsync(ct);
            while (await rows.ReadAsync(ct))
                missing.Remove(rows.GetString(0));
            return missing.Count == 0;
        }
        catch (DbException)
        {
            // There is no history yet; any other trouble meets the migrations, which say what it is.
            return false;
        }
    }

    // Once: Entity Framework finds what belongs to equal options by comparing all of them, at every context.
    private DbContextOptions ReadOptions()
    {
        var builder = new DbContextOptionsBuilder<KkmpDbContext>();
        Use(builder);
        // The migrations are written by hand and carry no snapshot; a test compares the migrated schema with the model instead.
        builder.ConfigureWarnings(warnings => warnings.Ignore(RelationalEventId.PendingModelChangesWarning));
        builder.UseQueryTrackingBehavior(QueryTrackingBehavior.TrackAll);
        return builder.Options;
    }
}
