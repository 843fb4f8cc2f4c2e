using KkmpBot.Data;
using Npgsql;

namespace KkmpBot.Tests.Data;

/// <summary>A prepared database, copied for each test that starts from it.</summary>
public abstract class DatabaseTemplate
{
    /// <summary>
    /// Where the tests' PostgreSQL is; null when this run is on SQLite. The whole suite runs once for each: <c>tests/run.sh</c> says which.
    /// </summary>
    public static string? Postgres { get; } = Environment.GetEnvironmentVariable("KKMP_TEST_DATABASE") switch
    {
        null or "" or "Sqlite" => null,
        "Postgres" => Environment.GetEnvironmentVariable("KKMP_TEST_POSTGRES")
            ?? throw new InvalidOperationException("KKMP_TEST_POSTGRES names no PostgreSQL; tests/postgres.sh start FOLDER prints one."),
        var other => throw new InvalidOperationException($"KKMP_TEST_DATABASE is '{other}'; it may be Sqlite or Postgres."),
    };

    /// <summary>A database with what a test run needs often.</summary>
    /// <param name="prepare">Writes into it; null for one without tables.</param>
    public static async Task<DatabaseTemplate> PrepareAsync(Func<Database, Task>? prepare)
    {
        DatabaseTemplate template = Postgres is null ? new SqliteTemplate() : new PostgresTemplate();
        await template.FillAsync(prepare ?? (_ => Task.CompletedTask));
        return template;
    }

    /// <summary>A database of its own for one test.</summary>
    public abstract Task<TestDatabase> CopyAsync();

    protected abstract Task FillAsync(Func<Database, Task> prepare);

    private sealed class SqliteTemplate : DatabaseTemplate
    {
        private byte[] content = [];

        public override async Task<TestDatabase> CopyAsync()
        {
            var folder = Directory.CreateTempSubdirectory("kkmp-test-");
            var path = Path.Combine(folder.FullName, "kkmp.db");
            await File.WriteAllBytesAsync(path, content);
            return new TestDatabase(Database.Sqlite(path), $"Data Source={path}", () =>
            {
                folder.Delete(recursive: true);
                return Task.CompletedTask;
            });
        }

        protected override async Task FillAsync(Func<Database, Task> prepare)
        {
            await using var empty = await CopyAsync();
            await prepare(empty.Database);
            content = await empty.BytesAsync();
        }
    }

    private sealed class PostgresTemplate : DatabaseTemplate
    {
        private static int databases;
        private static string? left;
        private readonly string name = NewName();

        public override Task<TestDatabase> CopyAsync() => CreateAsync(NewName(), name);

        protected override async Task FillAsync(Func<Database, Task> prepare)
        {
            // Whoever is still connected to a template keeps it from being copied.
            var filled = await CreateAsync(name, "template0");
            await prepare(filled.Database);
            await filled.Database.DisposeAsync();
        }

        private static async Task<TestDatabase> CreateAsync(string created, string from)
        {
            // Copied through the log, as is usual, everything is written twice.
            await ExecuteAsync($"CREATE DATABASE {created} TEMPLATE {from} STRATEGY FILE_COPY");
            var connectionString = new NpgsqlConnectionStringBuilder(Postgres) { Database = created, MaxPoolSize = 40 }.ToString();
            return new TestDatabase(Database.Postgres(connectionString), connectionString, () => DropAsync(created));
        }

        // One behind: the sessions of the one before have ended by now, and PostgreSQL waits a tenth of a second for one that has not.
        private static async Task DropAsync(string name)
        {
            if (Interlocked.Exchange(ref left, name) is { } before)
                await ExecuteAsync($"DROP DATABASE {before} WITH (FORCE)");
        }

        private static string NewName() => $"kkmp_{Environment.ProcessId}_{Interlocked.Increment(ref databases)}";

        private static async Task ExecuteAsync(string sql)
        {
            await using var connection = new NpgsqlConnection(Postgres);
            await connection.OpenAsync();
            await using var command = new NpgsqlCommand(sql, connection);
            await command.ExecuteNonQueryAsync();
        }
    }
}
