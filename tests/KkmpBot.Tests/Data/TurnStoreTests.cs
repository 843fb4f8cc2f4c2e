using System.Data.Common;
using KkmpBot.Data;

namespace KkmpBot.Tests.Data;

/// <summary>What the prepared commands of a turn write is what everybody else reads, and the other way round.</summary>
public sealed class TurnStoreTests
{
    private static readonly SealedText Sealed = new([1, 0, 2]);
    [Theory]
    [InlineData("2026-11-23T03:04:05.1234560")]
    [InlineData("2026-11-23T03:04:05.1")]
    [InlineData("2026-11-23T03:04:00")]
    [InlineData("2030-10-10T10:10:10")]
    public async Task A_moment_is_found_by_others_and_read_back(string written)
    {
        var moment = DateTime.SpecifyKind(DateTime.Parse(written, System.Globalization.CultureInfo.InvariantCulture), DateTimeKind.Utc);
        await using var at = await OpenStore.OpenAsync();
        var (store, connection) = (at.Store, at.Connection);
        await using var transaction = await connection.BeginTransactionAsync();
        await store.AddStrangerAsync(transaction, "console", [7], Sealed, moment, CancellationToken.None);
        await using var same = connection.Command(transaction, "SELECT COUNT(*) FROM channel_addresses WHERE last_seen_utc = @moment", ("moment", moment));
        Assert.Equal(1L, await same.ExecuteScalarAsync());
        var caller = await store.FindCallerAsync(transaction, "console", [7], moment, CancellationToken.None);
        Assert.Equal(moment, caller!.SeenUtc);
        Assert.Equal([1, 0, 2], caller.Address.Cipher);
    }

    [Fact]
    public async Task Words_and_gaps_arrive_as_they_are()
    {
        var state = string.Concat(Enumerable.Repeat("ꦧꦼꦫꦱ꧀ é", 60));
        await using var at = await OpenStore.OpenAsync();
        var (store, connection) = (at.Store, at.Connection);
        await using var transaction = await connection.BeginTransactionAsync();
        var (personId, _) = await store.AddStrangerAsync(transaction, "console", [7], Sealed, TestDatabase.Now, CancellationToken.None);
        foreach (var words in new[] { state, "", null })
        {
            await store.SaveConversationAsync(transaction, personId, 3, null, words, [9], TestDatabase.Now, CancellationToken.None);
            await store.FlushAsync(transaction, CancellationToken.None);
            await using var read = connection.Command(transaction, "SELECT open_state FROM conversations WHERE id = @person AND open_dialog IS NULL", ("person", personId));
            Assert.Equal((object?)words ?? DBNull.Value, await read.ExecuteScalarAsync());
        }
        var caller = await store.FindCallerAsync(transaction, "console", [7], TestDatabase.Now, CancellationToken.None);
        Assert.Equal((3, (string?)null, (CooperativeRow?)null), (caller!.TurnNumber, caller.MemberStatus, caller.Cooperative));
    }

    [Fact]
    public async Task What_the_database_refuses_is_thrown_and_the_next_one_goes_on()
    {
        await using var at = await OpenStore.OpenAsync();
        var (store, connection) = (at.Store, at.Connection);
        await using (var refused = await connection.BeginTransactionAsync())
        {
            await store.AddStrangerAsync(refused, "console", [7], Sealed, TestDatabase.Now, CancellationToken.None);
            var failure = await Assert.ThrowsAnyAsync<DbException>(
                async () => await store.AddStrangerAsync(refused, "console", [7], Sealed, TestDatabase.Now, CancellationToken.None));
            Assert.Contains("unique", failure.Message, StringComparison.OrdinalIgnoreCase);
        }
        await using var transaction = await connection.BeginTransactionAsync();
        Assert.Null(await store.FindCallerAsync(transaction, "console", [7], TestDatabase.Now, CancellationToken.None));
        var first = await store.TakeUpAsync(transaction, "console", "1", [7], TestDatabase.Now, CancellationToken.None);
        var again = await store.TakeUpAsync(transaction, "console", "1", [7], TestDatabase.Now, CancellationToken.None);
        Assert.Equal((true, false), (first.IsNew, again.IsNew));
    }

    [Fact]
    public async Task A_reply_waits_behind_one_in_other_hands_and_not_behind_its_own()
    {
        await using var at = await OpenStore.OpenAsync();
        var store = at.Store;
        await using var transaction = await at.Connection.BeginTransactionAsync();
        await store.AddStrangerAsync(transaction, "console", [7], Sealed, TestDatabase.Now, CancellationToken.None);
        var caller = (await store.FindCallerAsync(transaction, "console", [7], TestDatabase.Now, CancellationToken.None))!;
        Assert.True(await AddAsync(5));
        Assert.True(await AddAsync(5));
        Assert.False(await AddAsync(4));
        Assert.False(await AddAsync(5));

        async Task<bool> AddAsync(long leasedBy) => (await store.AddOutboxAsync(
            transaction, caller, OutboxKind.Reply, [1], leasedBy, TestDatabase.Now.AddMinutes(1), TestDatabase.Now, CancellationToken.None)).IsLeased;
    }

    [Fact]
    public async Task A_reply_that_is_born_free_is_nobodys()
    {
        await using var at = await OpenStore.OpenAsync();
        await using var transaction = await at.Connection.BeginTransactionAsync();
        await at.Store.AddStrangerAsync(transaction, "console", [7], Sealed, TestDatabase.Now, CancellationToken.None);
        var caller = (await at.Store.FindCallerAsync(transaction, "console", [7], TestDatabase.Now, CancellationToken.None))!;
        var (_, isLeased) = await at.Store.AddOutboxAsync(
            transaction, caller, OutboxKind.Reply, [1], 0, TestDatabase.Now, TestDatabase.Now, CancellationToken.None);
        Assert.False(isLeased);
    }

    private sealed class OpenStore(TestDatabase data, DbConnection connection) : IAsyncDisposable
    {
        public DbConnection Connection => connection;

        public TurnStore Store { get; } = new(connection);

        public static async Task<OpenStore> OpenAsync()
        {
            var data = await TestDatabase.CreateAsync();
            return new OpenStore(data, await data.Database.OpenAsync(CancellationToken.None));
        }

        public async ValueTask DisposeAsync()
        {
            await Store.DisposeAsync();
            await connection.DisposeAsync();
            await data.DisposeAsync();
        }
    }
}
