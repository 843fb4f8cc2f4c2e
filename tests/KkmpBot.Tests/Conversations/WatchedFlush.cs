using System.Data.Common;
using KkmpBot.Data;
using KkmpBot.Tests.Data;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Tests.Conversations;

/// <summary>A SQLite database in a file whose writer's flushes a test watches, holds up or fails.</summary>
internal sealed class WatchedFlush(string path, Action before) : Database
{
    private readonly Database inner = Sqlite(path);
    private long durable;

    /// <summary>Bytes of the log that a power cut leaves for sure.</summary>
    public long DurableBytes => Volatile.Read(ref durable);

    public string Path => path;

    public string LogPath => $"{path}-wal";

    public override int MaxParallelTurns => 1;

    /// <summary>A migrated one for an engine.</summary>
    /// <param name="before">Runs before each flush; what it throws is how the flush ends.</param>
    public static async Task<(TestDatabase Test, WatchedFlush Watched)> CreateAsync(Action before)
    {
        var folder = Directory.CreateTempSubdirectory("kkmp-flush-");
        var watched = new WatchedFlush(System.IO.Path.Combine(folder.FullName, "kkmp.db"), before);
        await watched.MigrateAsync(CancellationToken.None);
        return (new TestDatabase(watched, "", () =>
        {
            folder.Delete(recursive: true);
            return Task.CompletedTask;
        }), watched);
    }

    public override Task<DbConnection> OpenAsync(CancellationToken ct) => inner.OpenAsync(ct);

    public override async Task<LogFlusher?> TakeOverFlushAsync(DbConnection connection, CancellationToken ct)
    {
        var real = await inner.TakeOverFlushAsync(connection, ct) ?? throw new InvalidOperationException("SQLite's writer has a flusher.");
        return new LogFlusher(() =>
        {
            var written = new FileInfo(LogPath).Length;
            before();
            real.FlushAsync().GetAwaiter().GetResult();
            Volatile.Write(ref durable, written);
        }, real);
    }

    public override Task MigrateAsync(CancellationToken ct) => inner.MigrateAsync(ct);

    public override Task<IMembership> JoinAsync(Func<CancellationToken, Task> whenFirst, CancellationToken ct) => inner.JoinAsync(whenFirst, ct);

    public override ValueTask DisposeAsync() => inner.DisposeAsync();

    protected override void Use(DbContextOptionsBuilder options) => options.UseSqlite();
}
