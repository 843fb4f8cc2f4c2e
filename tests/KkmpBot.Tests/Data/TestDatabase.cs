using System.Data.Common;
using System.Security.Cryptography;
using KkmpBot.Conversations;
using KkmpBot.Data;
using KkmpBot.Dialogs.Understanding;
using KkmpBot.Members;
using Npgsql;

namespace KkmpBot.Tests.Data;

/// <summary>A real database of its own, SQLite or PostgreSQL as this run of the tests has it; gone after the test.</summary>
public sealed class TestDatabase(Database database, string connectionString, Func<Task> remove) : IAsyncDisposable
{
    /// <summary>The time of every turn that a test does not say otherwise: 09.00 WIB of a working day.</summary>
    public static readonly DateTime Now = KkmpBot.Operations.Bench.StartUtc;

    // Migrated once a test run; every test starts from a copy.
    private static readonly Lazy<Task<DatabaseTemplate>> Migrated = new(() => DatabaseTemplate.PrepareAsync(MigrateAsync));

    private static readonly Lazy<Understander> Words = new(() => new Understander(Lexicon.Load(Repository.Folder("dialogs/lexicon"), [])));

    private int acts;

    public Database Database => database;

    /// <summary>What a program is started with to work on it.</summary>
    public Dictionary<string, string> Settings => new()
    {
        ["Database__Provider"] = DatabaseTemplate.Postgres is null ? "Sqlite" : "Postgres",
        ["Database__ConnectionString"] = connectionString,
    };

    /// <summary>Asks for the bytes that the database takes on disk.</summary>
    public string Size => database.IsShared
        ? "SELECT pg_database_size(current_database())"
        : "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()";

    /// <summary>One key a test run, so that a prepared database can be opened by every copy.</summary>
    public static Vault OneVault { get; } = new(RandomNumberGenerator.GetBytes(32));

    public Vault Vault => OneVault;

    /// <summary>A migrated database, empty but for the reference data.</summary>
    public static async Task<TestDatabase> CreateAsync() => await (await Migrated.Value).CopyAsync();

    /// <summary>A database without any table.</summary>
    public static async Task<TestDatabase> CreateEmptyAsync() => await (await DatabaseTemplate.PrepareAsync(null)).CopyAsync();

    /// <summary>Migrated and prepared as a test likes, to be copied.</summary>
    public static Task<DatabaseTemplate> PrepareAsync(Func<Database, Task> prepare) => DatabaseTemplate.PrepareAsync(async database =>
    {
        await MigrateAsync(database);
        await prepare(database);
    });

    private static Task MigrateAsync(Database database) => database.MigrateAsync(CancellationToken.None);

    /// <summary>Runs one act as a turn: its own transaction, saved and committed at the end.</summary>
    public async Task<Turn> TurnAsync(Caller caller, Func<Turn, Task> act, DateTime? utcNow = null)
    {
        await using DbConnection connection = await Database.OpenAsync(CancellationToken.None);
        await using var transaction = await connection.BeginTransactionAsync();
        KkmpDbContext? context = null;
        var turn = new Turn(caller, utcNow ?? Now, $"{caller.PersonId}:{Interlocked.Increment(ref acts)}:test", Vault, () => context = Database.Context(connection, transaction))
        {
            Words = Words.Value,
        };
        await act(turn);
        if (context is not null)
        {
            await context.SaveChangesAsync();
            await context.DisposeAsync();
        }
        await transaction.CommitAsync();
        return turn;
    }

    /// <summary>Writes a person and returns who they are on the console.</summary>
    public async Task<Caller> PersonAsync()
    {
        var person = new Person { CreatedUtc = Now };
        await using DbConnection connection = await Database.OpenAsync(CancellationToken.None);
        await using var context = Database.Context(connection);
        context.Add(person);
        await context.SaveChangesAsync();
        return new Caller(person.Id, 0, "console", null, null, null);
    }

    /// <summary>Takes away what keeps the journal append-only and its lines with their entries: somebody with the file and no shame.</summary>
    public Task AllowTamperingAsync() => ExecuteAsync(
        "DROP TRIGGER journal_entries_no_update; DROP TRIGGER journal_entries_no_delete; "
            + "DROP TRIGGER journal_lines_no_update; DROP TRIGGER journal_lines_no_delete",
        "ALTER TABLE journal_entries DISABLE TRIGGER ALL; ALTER TABLE journal_lines DISABLE TRIGGER ALL");

    /// <summary>Runs statements that differ between the databases.</summary>
    public async Task ExecuteAsync(string sqlite, string postgres)
    {
        await using var connection = await Database.OpenAsync(CancellationToken.None);
        await using var command = connection.CreateCommand();
        command.CommandText = DatabaseTemplate.Postgres is null ? sqlite : postgres;
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Every byte that the database keeps of its rows.</summary>
    public async Task<byte[]> BytesAsync()
    {
        await using var connection = await Database.OpenAsync(CancellationToken.None);
        if (connection is NpgsqlConnection postgres)
            return await BytesAsync(postgres);
        await using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
        await command.ExecuteNonQueryAsync();
        return await File.ReadAllBytesAsync(connection.DataSource);
    }

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        await remove();
    }

    private static async Task<byte[]> BytesAsync(NpgsqlConnection connection)
    {
        var tables = new List<string>();
        await using (var command = new NpgsqlCommand("SELECT tablename FROM pg_tables WHERE schemaname = 'public'", connection))
        await using (var reader = await command.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync())
                tables.Add(reader.GetString(0));
        }
        using var bytes = new MemoryStream();
        foreach (var table in tables)
        {
            await using var copy = await connection.BeginRawBinaryCopyAsync($"COPY \"{table}\" TO STDOUT (FORMAT BINARY)");
            await copy.CopyToAsync(bytes);
        }
        return bytes.ToArray();
    }
}
