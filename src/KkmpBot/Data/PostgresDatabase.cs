using System.Data.Common;
using KkmpBot.Operations;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace KkmpBot.Data;

/// <summary>
/// PostgreSQL: one turn, one transaction, many connections, any number of servers. It gathers fsyncs by itself, and row locks keep apart
/// what must not happen at once.
/// </summary>
internal sealed class PostgresDatabase : Database
{
    /// <summary>Turns of one server in their transactions at once; more only wait for each other's locks.</summary>
    public const int ParallelTurns = 16;

    // Writes behind the turns, timers, the outbox's scans, the web chat's reads, the health page.
    private const int OtherConnections = 24;

    // Statements that a connection keeps prepared; a turn with its capabilities uses some twenty.
    private const int MaxPrepared = 200;

    // A number that only means something to copies of this program: https://www.postgresql.org/docs/15/explicit-locking.html#ADVISORY-LOCKS
    private const long MigrationLock = 0x4B4B4D50_00000001;

    private readonly NpgsqlDataSource source;
    private readonly PostgresCopies copies;

    /// <summary>Opens nothing yet.</summary>
    /// <param name="connectionString">As Npgsql writes it; what it says of the pool and of prepared statements counts.</param>
    public PostgresDatabase(string connectionString)
    {
        try
        {
            var settings = new NpgsqlConnectionStringBuilder(connectionString);
            var given = new DbConnectionStringBuilder { ConnectionString = connectionString };
            if (!IsGiven(given, "Maximum Pool Size") && !IsGiven(given, "Max Pool Size"))
                settings.MaxPoolSize = ParallelTurns + OtherConnections;
            if (!IsGiven(given, "Max Auto Prepare"))
                settings.MaxAutoPrepare = MaxPrepared;
            source = NpgsqlDataSource.Create(settings);
            copies = new PostgresCopies(source);
        }
        catch (ArgumentException unreadable)
        {
            throw new StartRefusedException($"Database__ConnectionString cannot be read: {unreadable.Message}");
        }
    }

    /// <inheritdoc />
    public override int MaxParallelTurns => ParallelTurns;

    /// <inheritdoc />
    public override async Task<DbConnection> OpenAsync(CancellationToken ct) => await source.OpenConnectionAsync(ct);

    /// <inheritdoc />
    public override async Task MigrateAsync(CancellationToken ct)
    {
        await using var connection = await OpenFirstAsync(ct);
        if (await IsUpToDateAsync(connection, ct))
            return;
        await ExecuteAsync(connection, "SELECT pg_advisory_lock(@p0)", MigrationLock, ct);
        try
        {
            await using var context = Context(connection);
            await context.Database.MigrateAsync(ct);
        }
        finally
        {
            await ExecuteAsync(connection, "SELECT pg_advisory_unlock(@p0)", MigrationLock, CancellationToken.None);
        }
    }

    /// <inheritdoc />
    public override Task<IMembership> JoinAsync(Func<CancellationToken, Task> whenFirst, CancellationToken ct) => copies.JoinAsync(whenFirst, ct);

    /// <inheritdoc />
    public override Task<IAlone> DoAloneAsync(string name, TimeProvider time, CancellationToken ct) => copies.DoAloneAsync(name, time, ct);

    /// <inheritdoc />
    public override Task ListenAsync(Action listening, Action<string> heard, CancellationToken ct) => copies.ListenAsync(listening, heard, ct);

    /// <inheritdoc />
    public override ValueTask DisposeAsync() => source.DisposeAsync();

    /// <inheritdoc />
    protected override void Use(DbContextOptionsBuilder options) => options.UseNpgsql();

    // Npgsql's own builder says of every keyword it knows that it is there.
    private static bool IsGiven(DbConnectionStringBuilder given, string keyword) =>
        given.ContainsKey(keyword) || given.ContainsKey(keyword.Replace(" ", "", StringComparison.Ordinal));

    private async Task<DbConnection> OpenFirstAsync(CancellationToken ct)
    {
        try
        {
            return await OpenAsync(ct);
        }
        catch (NpgsqlException failure)
        {
            throw new StartRefusedException(
                $"The database of Database__ConnectionString cannot be opened: {failure.Message.ReplaceLineEndings(" ")}");
        }
    }

    private static async Task<object?> ExecuteAsync(DbConnection connection, string sql, long number, CancellationToken ct)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        var parameter = command.CreateParameter();
        parameter.ParameterName = "@p0";
        parameter.Value = number;
        command.Parameters.Add(parameter);
        return await command.ExecuteScalarAsync(ct);
    }
}
