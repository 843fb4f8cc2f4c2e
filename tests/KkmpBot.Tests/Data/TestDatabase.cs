using System.Data.Common;
using System.Security.Cryptography;
using KkmpBot.Conversations;
using KkmpBot.Data;
using KkmpBot.Members;

namespace KkmpBot.Tests.Data;

/// <summary>A real SQLite file in a folder of its own, migrated and empty but for the reference data; gone after the test.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    /// <summary>The time of every turn that a test does not say otherwise: 09.00 WIB of a working day.</summary>
    public static readonly DateTime Now = KkmpBot.Operations.Bench.StartUtc;

    // Migrated once a test run; every test starts from a copy.
    private static readonly Lazy<Task<byte[]>> Migrated = new(MigrateAsync);

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("kkmp-test-");
    private int acts;

    private TestDatabase(byte[] content)
    {
        var path = Path.Combine(folder.FullName, "kkmp.db");
        File.WriteAllBytes(path, content);
        Database = Database.Sqlite(path);
    }

    public Database Database { get; }

    /// <summary>One key a test run, so that a prepared file can be opened by every copy.</summary>
    public static Vault OneVault { get; } = new(RandomNumberGenerator.GetBytes(32));

    public Vault Vault => OneVault;

    public static async Task<TestDatabase> CreateAsync() => new(await Migrated.Value);

    /// <summary>A database from the bytes of another, prepared one.</summary>
    public static TestDatabase From(byte[] content) => new(content);

    /// <summary>Makes a database, lets a test prepare it, and returns its file's bytes.</summary>
    public static async Task<byte[]> PrepareAsync(Func<Database, Task> prepare)
    {
        var place = Directory.CreateTempSubdirectory("kkmp-template-");
        try
        {
            var path = Path.Combine(place.FullName, "kkmp.db");
            var database = Database.Sqlite(path);
            await database.MigrateAsync(CancellationToken.None);
            await prepare(database);
            await using (var connection = await database.OpenAsync(CancellationToken.None))
            {
                await using var command = connection.CreateCommand();
                command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
                await command.ExecuteNonQueryAsync();
            }
            return await File.ReadAllBytesAsync(path);
        }
        finally
        {
            place.Delete(recursive: true);
        }
    }

    private static Task<byte[]> MigrateAsync() => PrepareAsync(_ => Task.CompletedTask);

    /// <summary>Runs one act as a turn: its own transaction, saved and committed at the end.</summary>
    public async Task<Turn> TurnAsync(Caller caller, Func<Turn, Task> act, DateTime? utcNow = null)
    {
        await using DbConnection connection = await Database.OpenAsync(CancellationToken.None);
        await using var transaction = await connection.BeginTransactionAsync();
        KkmpDbContext? context = null;
        var turn = new Turn(caller, utcNow ?? Now, $"{caller.PersonId}:{++acts}:test", Vault, () => context = Database.Context(connection, transaction));
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

    /// <summary>Takes away what keeps the journal append-only: somebody with the file and no shame.</summary>
    public async Task AllowTamperingAsync()
    {
        foreach (string table in (string[])["journal_entries", "journal_lines"])
            await ExecuteAsync($"DROP TRIGGER {table}_no_update; DROP TRIGGER {table}_no_delete");
    }

    /// <summary>Runs statements on a connection of their own.</summary>
    public async Task ExecuteAsync(string sql)
    {
        await using DbConnection connection = await Database.OpenAsync(CancellationToken.None);
        await ExecuteAsync(connection, sql);
    }

    /// <summary>Runs statements on a connection.</summary>
    public async Task ExecuteAsync(DbConnection connection, string sql, DbTransaction? transaction = null)
    {
        await using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }

    public ValueTask DisposeAsync()
    {
        folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }
}
