using KkmpBot.Channels;
using KkmpBot.Data;
using KkmpBot.Operations;
using KkmpBot.Tests.Conversations;

namespace KkmpBot.Tests.Operations;

/// <summary>What has been kept long enough goes, and nothing else does.</summary>
public sealed class RetentionTests
{
    private const string Address = "stranger";

    [Fact]
    public async Task A_stranger_is_forgotten_after_half_a_year_and_not_before()
    {
        await using var bot = await TestBot.StartAsync();
        await bot.TakeAsync(bot.Message(Address, InboundKind.Text, "halo"));
        await bot.TakeAsync(bot.Message(Address, InboundKind.Text, "harga"));
        long people = await bot.CountAsync("people");

        Assert.Empty(await RunAsync(bot, TimeSpan.FromDays(13)));
        var gone = await RunAsync(bot, TimeSpan.FromDays(15));
        Assert.Equal(2, gone["received_updates"]);
        Assert.Equal(people, await bot.CountAsync("people"));
        await RunAsync(bot, TimeSpan.FromDays(31));
        Assert.Equal(2, await bot.CountAsync("outbox WHERE status = 0"));

        await ExecuteAsync(bot, "UPDATE outbox SET status = 1");
        gone = await RunAsync(bot, TimeSpan.FromDays(182));
        Assert.Equal(2, gone["outbox"]);
        Assert.Equal(1, gone["people"]);
        Assert.Equal(people - 1, await bot.CountAsync("people"));
    }

    [Fact]
    public async Task Members_their_consents_and_the_books_stay()
    {
        await using var bot = await TestBot.StartAsync();
        var before = (await bot.CountAsync("members"), await bot.CountAsync("consents"), await bot.CountAsync("journal_entries"), await bot.CountAsync("people"));
        await RunAsync(bot, TimeSpan.FromDays(4000));
        Assert.Equal(before, (await bot.CountAsync("members"), await bot.CountAsync("consents"), await bot.CountAsync("journal_entries"), await bot.CountAsync("people")));
    }

    [Fact]
    public async Task More_than_a_chunk_goes_in_several()
    {
        await using var bot = await TestBot.StartAsync();
        await using (var connection = await bot.Database.OpenAsync(CancellationToken.None))
        await using (var db = bot.Database.Context(connection))
        {
            for (int i = 0; i < Retention.ChunkRows + 7; i++)
                db.Add(new ReceivedUpdate { Channel = "telegram", UpdateKey = $"old{i}", AtUtc = bot.Time.UtcNow.AddDays(-20) });
            await db.SaveChangesAsync();
        }
        var gone = await RunAsync(bot, TimeSpan.Zero);
        Assert.Equal(Retention.ChunkRows + 7, gone["received_updates"]);
    }

    // A platform that delivers again after its longest time would have its update handled twice.
    [Fact]
    public void Updates_are_known_longer_than_any_platform_redelivers()
    {
        var kept = Retention.Times.Single(kind => kind.Table == "received_updates").Kept;
        Assert.True(kept > TimeSpan.FromDays(7 + 1), $"{kept}");
    }

    [Fact]
    public async Task Every_kind_names_a_table_and_columns_that_exist()
    {
        await using var bot = await TestBot.StartAsync();
        Assert.Empty(await RunAsync(bot, TimeSpan.Zero));
    }

    private static Task<IReadOnlyDictionary<string, int>> RunAsync(TestBot bot, TimeSpan later) =>
        Retention.RunAsync(bot.Database, WriterOf(bot.Database), bot.Time.UtcNow + later, CancellationToken.None);

    private static WriteRows WriterOf(Database database) => async (write, ct) =>
    {
        await using var connection = await database.OpenAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await write(connection, transaction, ct);
        await transaction.CommitAsync(ct);
    };

    private static async Task ExecuteAsync(TestBot bot, string sql)
    {
        await using var connection = await bot.Database.OpenAsync(CancellationToken.None);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }
}
