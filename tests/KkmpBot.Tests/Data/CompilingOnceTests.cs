using System.Data.Common;
using KkmpBot.Data;
using Microsoft.Data.Sqlite;

namespace KkmpBot.Tests.Data;

/// <summary>Statements that are kept behave as if each were new: nothing of the last use is left in them.</summary>
public sealed class CompilingOnceTests : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("kkmp-kept-").FullName;
    private Database database = null!;
    private DbConnection connection = null!;

    public async Task InitializeAsync()
    {
        database = Database.Sqlite(Path.Combine(folder, "kept.db"));
        connection = await database.OpenAsync(CancellationToken.None);
        await ExecuteAsync("CREATE TABLE sacks (id INTEGER PRIMARY KEY, kilos INTEGER NOT NULL UNIQUE)");
    }

    public async Task DisposeAsync()
    {
        await connection.DisposeAsync();
        await database.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task The_same_text_runs_again_with_other_values_and_without_the_last_ones()
    {
        for (var kilos = 1; kilos <= 3; kilos++)
            await ExecuteAsync("INSERT INTO sacks (kilos) VALUES (@kilos)", ("@kilos", kilos));
        Assert.Equal([1L, 2L, 3L], await KilosAsync("SELECT kilos FROM sacks WHERE kilos >= @least ORDER BY kilos", ("@least", 1)));
        Assert.Equal([3L], await KilosAsync("SELECT kilos FROM sacks WHERE kilos >= @least ORDER BY kilos", ("@least", 3)));
        await Assert.ThrowsAsync<InvalidOperationException>(() => KilosAsync("SELECT kilos FROM sacks WHERE kilos >= @least ORDER BY kilos"));
    }

    [Fact]
    public async Task Two_of_the_same_text_may_be_open_at_once()
    {
        for (var kilos = 1; kilos <= 2; kilos++)
            await ExecuteAsync("INSERT INTO sacks (kilos) VALUES (@kilos)", ("@kilos", kilos));
        const string All = "SELECT kilos FROM sacks ORDER BY kilos";
        await using var outer = connection.Command(null, All);
        await using var rows = await outer.ExecuteReaderAsync();
        Assert.True(await rows.ReadAsync());
        Assert.Equal([1L, 2L], await KilosAsync(All));
        Assert.True(await rows.ReadAsync());
        Assert.Equal(2L, rows.GetInt64(0));
    }

    [Fact]
    public async Task A_connection_that_was_given_back_with_a_transaction_open_begins_anew()
    {
        await using (var left = await database.OpenAsync(CancellationToken.None))
        {
            var transaction = await left.BeginTransactionAsync();
            await left.Command(transaction, "INSERT INTO sacks (kilos) VALUES (7)").ExecuteNonQueryAsync();
            Assert.True(await (await left.Command(transaction, "SELECT kilos FROM sacks").ExecuteReaderAsync()).ReadAsync());
        }
        await using var next = await database.OpenAsync(CancellationToken.None);
        await using var another = await next.BeginTransactionAsync();
        await using var again = next.Command(another, "INSERT INTO sacks (kilos) VALUES (8)");
        Assert.Equal(1, await again.ExecuteNonQueryAsync());
        await another.CommitAsync();
        Assert.Equal([8L], await KilosAsync("SELECT kilos FROM sacks"));
    }

    [Fact]
    public async Task A_closed_database_is_one_file()
    {
        await ExecuteAsync("INSERT INTO sacks (kilos) VALUES (5)");
        await connection.DisposeAsync();
        Assert.True(File.Exists(Path.Combine(folder, "kept.db-wal")));
        await database.DisposeAsync();
        Assert.Equal(["kept.db"], Directory.GetFiles(folder).Select(Path.GetFileName));
    }

    [Fact]
    public async Task A_refused_row_and_a_rolled_back_transaction_leave_nothing_behind()
    {
        const string Add = "INSERT INTO sacks (kilos) VALUES (@kilos)";
        await ExecuteAsync(Add, ("@kilos", 5));
        await Assert.ThrowsAsync<SqliteException>(() => ExecuteAsync(Add, ("@kilos", 5)));
        await using (var transaction = await connection.BeginTransactionAsync())
        {
            await using var command = connection.Command(transaction, Add, ("@kilos", 6));
            await command.ExecuteNonQueryAsync();
            await transaction.RollbackAsync();
        }
        await ExecuteAsync(Add, ("@kilos", 7));
        Assert.Equal([5L, 7L], await KilosAsync("SELECT kilos FROM sacks ORDER BY kilos"));
    }

    [Fact]
    public async Task A_changed_table_is_noticed_and_more_texts_than_are_kept_go_well()
    {
        const string Everything = "SELECT * FROM sacks";
        Assert.Empty(await KilosAsync(Everything));
        await ExecuteAsync("ALTER TABLE sacks ADD COLUMN batch TEXT");
        await using (var command = connection.Command(null, Everything))
        await using (var rows = await command.ExecuteReaderAsync())
            Assert.Equal(3, rows.FieldCount);
        for (var text = 0; text < 1000; text++)
            Assert.Equal([(long)text], await KilosAsync($"SELECT {text}"));
    }

    private async Task ExecuteAsync(string sql, params (string Name, object? Value)[] values)
    {
        await using var command = connection.Command(null, sql, values);
        await command.ExecuteNonQueryAsync();
    }

    private async Task<List<long>> KilosAsync(string sql, params (string Name, object? Value)[] values)
    {
        await using var command = connection.Command(null, sql, values);
        await using var rows = await command.ExecuteReaderAsync();
        var kilos = new List<long>();
        while (await rows.ReadAsync())
            kilos.Add(rows.GetInt64(0));
        return kilos;
    }
}
