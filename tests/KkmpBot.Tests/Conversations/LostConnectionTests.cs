using KkmpBot.Channels;
using KkmpBot.Conversations;
using KkmpBot.Data;
using KkmpBot.Tests.Data;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Tests.Conversations;

/// <summary>
/// A database that goes away in the middle of a turn: nothing is acknowledged, nothing is sent, and the platform's redelivery is handled
/// as if for the first time. PostgreSQL ends the connection; on SQLite the disk fails.
/// </summary>
public sealed class LostConnectionTests
{
    // A constraint that is checked at the commit: the connection ends when nobody can know any more whether the commit came through.
    private const string DieAtCommit =
        """
        CREATE FUNCTION die() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END $$;
        CREATE CONSTRAINT TRIGGER die_at_commit AFTER INSERT ON received_updates DEFERRABLE INITIALLY DEFERRED
            FOR EACH ROW EXECUTE FUNCTION die();
        """;

    // What comes closest on SQLite: the statement before the commit finds the disk full.
    private const string FullDisk =
        """
        CREATE TRIGGER full BEFORE INSERT ON outbox BEGIN SELECT RAISE(ROLLBACK, 'database or disk is full'); END;
        """;

    [Fact]
    public async Task In_the_middle_of_a_turn()
    {
        var broken = true;
        var act = new TestEngine.Act(async (_, turn) =>
        {
            if (!broken)
                return;
            if (DatabaseTemplate.Postgres is null)
                throw new IOException("the disk is gone");
            await turn.Db.Database.ExecuteSqlRawAsync("SELECT pg_terminate_backend(pg_backend_pid())");
        });
        var channel = new TestEngine.RecordingChannel();
        await using var test = await TestEngine.StartAsync(act, channel);
        await test.TakeAsync("1", "halo");
        Assert.Equal(TurnReceipt.Failed, await test.TakeAsync("2", "baik"));
        Assert.Single(act.Seen);
        Assert.Equal(0, await test.CountAsync("received_updates WHERE update_key = '2'"));
        broken = false;
        Assert.Equal(TurnReceipt.Committed, await test.TakeAsync("2", "baik"));
        await test.QuietAsync();
        Assert.Equal(["a: Apa kabar?", "a: Terima kasih, baik."], channel.Sent);
        Assert.Equal(0, await test.CountAsync("dead_letters"));
    }

    [Fact]
    public async Task At_the_commit()
    {
        var database = await TestDatabase.CreateAsync();
        var channel = new TestEngine.RecordingChannel();
        await using var test = await TestEngine.StartAsync(new TestEngine.Act(), channel, database);
        await database.ExecuteAsync(FullDisk, DieAtCommit);
        Assert.Equal(TurnReceipt.Failed, await test.TakeAsync("1", "halo"));
        Assert.Empty(channel.Sent);
        Assert.Equal((0, 0), (await test.CountAsync("outbox"), await test.CountAsync("dead_letters")));
        await database.ExecuteAsync("DROP TRIGGER full", "DROP TRIGGER die_at_commit ON received_updates");
        Assert.Equal(TurnReceipt.Committed, await test.TakeAsync("1", "halo"));
        await test.QuietAsync();
        Assert.Equal(["a: Apa kabar?"], channel.Sent);
    }

    [Fact]
    public async Task A_server_is_the_first_only_while_there_is_no_other()
    {
        await using var test = await TestDatabase.CreateAsync();
        if (!test.Database.IsShared)
        {
            var (only, isOnly) = await JoinAsync(test);
            Assert.Equal((1, true), (await only.CountAsync(CancellationToken.None), isOnly));
            return;
        }
        var (first, wasFirst) = await JoinAsync(test);
        var (second, wasSecond) = await JoinAsync(test);
        Assert.Equal((true, false), (wasFirst, wasSecond));
        Assert.Equal(2, await first.CountAsync(CancellationToken.None));
        await first.DisposeAsync();
        var (third, isFirst) = await JoinAsync(test);
        Assert.False(isFirst);
        await second.DisposeAsync();
        await third.DisposeAsync();
        Assert.True((await JoinAsync(test)).WasFirst);
    }

    [Fact]
    public async Task One_copy_at_a_time_does_what_is_done_alone()
    {
        await using var test = await TestDatabase.CreateAsync();
        var first = await test.Database.DoAloneAsync("polling", TimeProvider.System, CancellationToken.None);
        await using var other = await test.Database.DoAloneAsync("another", TimeProvider.System, CancellationToken.None);
        Assert.True(await first.IsMineAsync(CancellationToken.None) && await other.IsMineAsync(CancellationToken.None));
        var second = test.Database.DoAloneAsync("polling", TimeProvider.System, CancellationToken.None);
        Assert.Equal(!test.Database.IsShared, second.IsCompleted);
        await first.DisposeAsync();
        await using var later = await second;
        Assert.True(await later.IsMineAsync(CancellationToken.None));
    }

    [Fact]
    [Trait("Category", "Postgres")]
    public async Task Copies_that_lose_their_connections_are_counted_again_and_do_nothing_alone_any_more()
    {
        await using var test = await TestDatabase.CreateAsync();
        var (membership, _) = await JoinAsync(test);
        var (other, _) = await JoinAsync(test);
        var alone = await test.Database.DoAloneAsync("polling", TimeProvider.System, CancellationToken.None);
        await test.ExecuteAsync("", "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()");
        Assert.False(await alone.IsMineAsync(CancellationToken.None));
        Assert.Equal(1, await membership.CountAsync(CancellationToken.None));
        Assert.Equal(2, await other.CountAsync(CancellationToken.None));
        Assert.Equal(2, await membership.CountAsync(CancellationToken.None));
    }

    private static async Task<(IMembership Membership, bool WasFirst)> JoinAsync(TestDatabase test)
    {
        var wasFirst = false;
        var membership = await test.Database.JoinAsync(
            _ =>
            {
                wasFirst = true;
                return Task.CompletedTask;
            },
            CancellationToken.None);
        return (membership, wasFirst);
    }
}
