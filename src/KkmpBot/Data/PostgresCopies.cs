using System.Data.Common;
using Npgsql;

namespace KkmpBot.Data;

/// <summary>
/// How copies on one PostgreSQL know of each other: advisory locks, which end with the connection that holds them, and LISTEN and NOTIFY
/// (https://www.postgresql.org/docs/15/explicit-locking.html#ADVISORY-LOCKS, https://www.postgresql.org/docs/15/sql-notify.html).
/// </summary>
/// <param name="source">Opens connections.</param>
internal sealed class PostgresCopies(NpgsqlDataSource source)
{
    /// <summary>The channel on which copies tell each other what has changed.</summary>
    public const string Channel = "kkmp";

    // Numbers that only mean something to copies of this program: the first half marks them all, the second says what for.
    private const int Program = 0x4B4B4D50;
    private const int Server = 2;
    private static readonly TimeSpan AskAgain = TimeSpan.FromSeconds(2);

    /// <summary>Joins; whoever finds nobody else there does something first, before another can join.</summary>
    public async Task<IMembership> JoinAsync(Func<CancellationToken, Task> whenFirst, CancellationToken ct)
    {
        var held = await source.OpenConnectionAsync(ct);
        var isFirst = await AskAsync(held, "SELECT pg_try_advisory_lock(@a, @b)", Server, ct) is true;
        if (isFirst)
            await whenFirst(ct);
        await AskAsync(held, "SELECT pg_advisory_lock_shared(@a, @b)", Server, ct);
        if (isFirst)
            await AskAsync(held, "SELECT pg_advisory_unlock(@a, @b)", Server, ct);
        return new Membership(source, held);
    }

    /// <summary>Waits for its turn to do something alone.</summary>
    public async Task<IAlone> DoAloneAsync(string name, TimeProvider time, CancellationToken ct)
    {
        // Of the second half, 1 and 2 are taken; a name has the numbers below zero.
        var number = name.Aggregate(17, (sum, letter) => unchecked((sum * 31) + letter)) | int.MinValue;
        while (true)
        {
            var held = await source.OpenConnectionAsync(ct);
            if (await AskAsync(held, "SELECT pg_try_advisory_lock(@a, @b)", number, ct) is true)
                return new Alone(held, number);
            await held.DisposeAsync();
            await Task.Delay(AskAgain, time, ct);
        }
    }

    /// <summary>Listens until the connection is lost.</summary>
    public async Task ListenAsync(Action listening, Action<string> heard, CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        connection.Notification += (_, news) => heard(news.Payload);
        await using (var listen = connection.Command(null, $"LISTEN {Channel}"))
            await listen.ExecuteNonQueryAsync(ct);
        listening();
        while (true)
            await connection.WaitAsync(ct);
    }

    private static async Task<object?> AskAsync(DbConnection connection, string sql, int number, CancellationToken ct)
    {
        await using var command = connection.Command(null, sql, ("a", Program), ("b", number));
        return await command.ExecuteScalarAsync(ct);
    }

    // A pooled connection keeps its locks until it is used again, so leaving says so.
    private static async ValueTask LeaveAsync(DbConnection held, string sql, int number)
    {
        try
        {
            await AskAsync(held, sql, number, CancellationToken.None);
        }
        catch (Exception gone) when (DatabaseFailure.Is(gone) || gone is InvalidOperationException)
        {
            // A connection that is gone has let go of its locks.
            await held.CloseAsync();
        }
        await held.DisposeAsync();
    }

    private sealed class Membership(NpgsqlDataSource source, NpgsqlConnection first) : IMembership
    {
        private const string Count = """
            SELECT COUNT(*) FROM pg_locks WHERE locktype = 'advisory' AND granted AND classid = @a AND objid = @b AND objsubid = 2
                AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
            """;

        private NpgsqlConnection held = first;

        public async Task<int> CountAsync(CancellationToken ct)
        {
            try
            {
                return (int)(long)(await AskAsync(held, Count, Server, ct))!;
            }
            catch (Exception lost) when (DatabaseFailure.Is(lost) || lost is InvalidOperationException)
            {
                await held.DisposeAsync();
                held = await source.OpenConnectionAsync(ct);
                await AskAsync(held, "SELECT pg_advisory_lock_shared(@a, @b)", Server, ct);
                return (int)(long)(await AskAsync(held, Count, Server, ct))!;
            }
        }

        public ValueTask DisposeAsync() => LeaveAsync(held, "SELECT pg_advisory_unlock_shared(@a, @b)", Server);
    }

    private sealed class Alone(NpgsqlConnection held, int number) : IAlone
    {
        public async Task<bool> IsMineAsync(CancellationToken ct)
        {
            try
            {
                await using var command = held.Command(null, "SELECT 1");
                return await command.ExecuteScalarAsync(ct) is 1;
            }
            catch (Exception lost) when (DatabaseFailure.Is(lost) || lost is InvalidOperationException)
            {
                return false;
            }
        }

        public ValueTask DisposeAsync() => LeaveAsync(held, "SELECT pg_advisory_unlock(@a, @b)", number);
    }
}
