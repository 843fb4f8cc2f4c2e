using System.Diagnostics;
using System.Globalization;
using KkmpBot.Tests.Platforms.BotApi;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace KkmpBot.Tests.Processes.Crashes;

/// <summary>What goes wrong around the program while it runs: the platform, the database, the disk.</summary>
internal sealed class Troubles
{
    // Beyond the program's patience with a lock (5 s, its connection string says no more in these tests), so that it meets SQLITE_BUSY itself.
    private static readonly TimeSpan LongLock = TimeSpan.FromSeconds(6.5);
    private static readonly TimeSpan LongestShort = TimeSpan.FromMilliseconds(1200);

    /// <summary>What the program's connections are called on PostgreSQL.</summary>
    public const string Victim = "victim";

    private readonly TelegramCity city;
    private readonly Random random;
    private int refusals;

    public Troubles(TelegramCity city, Random random)
    {
        this.city = city;
        this.random = random;
        All =
        [
            ("429", _ => Platform(BotApiFault.TooManyRequests, 8)),
            ("500", _ => Platform(BotApiFault.ServerError, 20)),
            ("502", _ => Platform(BotApiFault.BadGateway, 20)),
            ("no answer", _ => Platform(BotApiFault.Hang, 2)),
            ("closed before it was done", _ => Platform(BotApiFault.CloseUndone, 10)),
            ("closed after it was done", _ => Platform(BotApiFault.CloseDone, 20)),
            ("updates refused", _ => Platform(BotApiFault.ServerError, 2, "getUpdates")),
            .. city.Data.Database.IsShared ? OfPostgres() : OfSqlite(),
        ];
    }

    /// <summary>Each by name; it lasts until its task ends, or is ended.</summary>
    public IReadOnlyList<(string Name, Func<CancellationToken, Task> MakeAsync)> All { get; }

    private IEnumerable<(string, Func<CancellationToken, Task>)> OfSqlite() =>
    [
        ("database locked for a moment", ct => LockAsync(Short(), ct)),
        ("SQLITE_BUSY", ct => LockAsync(LongLock, ct)),
        ("disk full", ct => FillDiskAsync(hasRoomForSmallFiles: true, Short(), ct)),
        ("disk full to the last byte", ct => FillDiskAsync(hasRoomForSmallFiles: false, Short(), ct)),
    ];

    private IEnumerable<(string, Func<CancellationToken, Task>)> OfPostgres() =>
    [
        ("all connections lost", _ => TerminateAsync("true")),
        ("some connections lost", _ => TerminateAsync("random() < 0.5")),
        ("disk full", ct => RefuseAsync("BEFORE INSERT ON outbox", "", ct)),
        ("disk full at the commit", ct => RefuseAsync("AFTER INSERT ON outbox DEFERRABLE INITIALLY DEFERRED", "CONSTRAINT", ct)),
    ];

    private TimeSpan Short() => LongestShort * random.NextDouble();

    private Task Platform(BotApiFault fault, int most, string method = "sendMessage")
    {
        city.Api.Faults.Add(fault, 1 + random.Next(most), method);
        return Task.CompletedTask;
    }

    private async Task LockAsync(TimeSpan length, CancellationToken ct)
    {
        await using var connection = new SqliteConnection(city.Data.Settings["Database__ConnectionString"]);
        await connection.OpenAsync(CancellationToken.None);
        await using var transaction = connection.BeginTransaction(deferred: false);
        await WaitAsync(length, ct);
    }

    // No file may grow beyond what the write-ahead log has reached; or none at all.
    private async Task FillDiskAsync(bool hasRoomForSmallFiles, TimeSpan length, CancellationToken ct)
    {
        var id = city.Bot.Id;
        var log = new FileInfo($"{new SqliteConnectionStringBuilder(city.Data.Settings["Database__ConnectionString"]).DataSource}-wal");
        Assert.True(await LimitFilesAsync(id, hasRoomForSmallFiles && log.Exists ? log.Length.ToString(CultureInfo.InvariantCulture) : "0"));
        await WaitAsync(length, ct);
        await LimitFilesAsync(id, "unlimited");
    }

    // False when the process is dead.
    private static async Task<bool> LimitFilesAsync(int id, string bytes)
    {
        using var run = Process.Start("prlimit", ["--pid", id.ToString(CultureInfo.InvariantCulture), $"--fsize={bytes}:unlimited"]);
        await run.WaitForExitAsync();
        return run.ExitCode == 0;
    }

    private Task TerminateAsync(string which) => ExecuteAsync(
        $"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND application_name = '{Victim}' AND {which}");

    // The server's own disk cannot be filled without filling everybody's; this is what the program would see of it.
    private async Task RefuseAsync(string when, string kind, CancellationToken ct)
    {
        // Two may be under way at once.
        var name = $"refuse_{++refusals}";
        await ExecuteAsync($"""
            CREATE FUNCTION {name}() RETURNS trigger AS $$ BEGIN RAISE EXCEPTION 'No space left on device' USING ERRCODE = '53100'; END $$ LANGUAGE plpgsql;
            CREATE {kind} TRIGGER {name} {when} FOR EACH ROW EXECUTE FUNCTION {name}();
            """);
        await WaitAsync(Short(), ct);
        await ExecuteAsync($"DROP TRIGGER {name} ON outbox; DROP FUNCTION {name}()");
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(city.Data.Settings["Database__ConnectionString"]) { Pooling = false }.ToString());
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task WaitAsync(TimeSpan length, CancellationToken ct) =>
        await Task.Delay(length, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
