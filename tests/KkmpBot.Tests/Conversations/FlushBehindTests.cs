using System.Collections.Concurrent;
using KkmpBot.Channels;
using KkmpBot.Conversations;
using KkmpBot.Data;
using Microsoft.Data.Sqlite;

namespace KkmpBot.Tests.Conversations;

/// <summary>On SQLite the next turns run while the disk takes the last ones: still nothing is acknowledged or said that a power cut could undo.</summary>
public sealed class FlushBehindTests
{
    [Fact]
    public async Task Nothing_is_told_before_the_disk_has_it_and_the_next_turns_run_meanwhile()
    {
        using var gate = new SemaphoreSlim(0);
        var isClosed = false;
        var (database, _) = await WatchedFlush.CreateAsync(() =>
        {
            if (Volatile.Read(ref isClosed))
                gate.Wait();
        });
        var channel = new TestEngine.RecordingChannel();
        await using var test = await TestEngine.StartAsync(new TestEngine.Act(), channel, database);
        Assert.Equal(TurnReceipt.Committed, await test.TakeAsync("0", "halo", "z"));
        await test.QuietAsync();
        Volatile.Write(ref isClosed, true);

        var receipts = new List<Task<TurnReceipt>>();
        foreach (var address in new[] { "a", "b", "c" })
        {
            receipts.Add(test.TakeAsync(address, "halo", address));
            await TestEngine.UntilAsync(async () => await test.CountAsync($"received_updates WHERE update_key = '{address}'") == 1);
        }
        Assert.DoesNotContain(receipts, receipt => receipt.IsCompleted);
        Assert.Single(channel.Sent);

        Volatile.Write(ref isClosed, false);
        gate.Release();
        Assert.All(await Task.WhenAll(receipts), receipt => Assert.Equal(TurnReceipt.Committed, receipt));
        await test.QuietAsync();
        Assert.Equal(["a: Apa kabar?", "b: Apa kabar?", "c: Apa kabar?", "z: Apa kabar?"], channel.Sent.Order());
    }

    [Fact]
    public async Task What_was_acknowledged_survives_a_power_cut_at_any_moment()
    {
        const int People = 16;
        const int Messages = 20;
        using var disk = new SemaphoreSlim(0);
        var (database, watched) = await WatchedFlush.CreateAsync(() => disk.Wait(Random.Shared.Next(4)));
        var file = await File.ReadAllBytesAsync(watched.Path);
        await using var test = await TestEngine.StartAsync(new TestEngine.Act(), new TestEngine.RecordingChannel(), database);
        var acknowledged = new ConcurrentBag<(string Key, long DurableBytes)>();
        await Task.WhenAll(Enumerable.Range(0, People).Select(async person =>
        {
            for (var i = 0; i < Messages; i++)
            {
                var key = $"{person}-{i}";
                Assert.Equal(TurnReceipt.Committed, await test.TakeAsync(key, i % 2 == 0 ? "halo" : "baik", $"{person}"));
                acknowledged.Add((key, watched.DurableBytes));
            }
        }));
        var log = await File.ReadAllBytesAsync(watched.LogPath);
        var cuts = acknowledged.Select(ack => ack.DurableBytes).Distinct().Order().ToList();
        Assert.True(cuts.Count > Messages / 2, $"Only {cuts.Count} moments were seen.");
        foreach (var cut in cuts)
        {
            var survived = await KeysAfterAsync(file, log[..(int)cut]);
            Assert.DoesNotContain(acknowledged, ack => ack.DurableBytes <= cut && !survived.Contains(ack.Key));
        }
    }

    [Fact]
    public async Task When_the_disk_takes_nothing_nothing_is_acknowledged_any_more()
    {
        var isBroken = false;
        var (database, _) = await WatchedFlush.CreateAsync(() =>
        {
            if (Volatile.Read(ref isBroken))
                throw new IOException("EIO");
        });
        var channel = new TestEngine.RecordingChannel();
        await using var test = await TestEngine.StartAsync(new TestEngine.Act(), channel, database);
        Assert.Equal(TurnReceipt.Committed, await test.TakeAsync("1", "halo"));
        await test.QuietAsync();
        Volatile.Write(ref isBroken, true);
        Assert.Equal(TurnReceipt.Failed, await test.TakeAsync("2", "baik"));
        Volatile.Write(ref isBroken, false);
        Assert.NotEqual(TurnReceipt.Committed, await test.TakeAsync("3", "halo", "b"));
        // The host ends the process with it, since only a new one can find out what the disk holds.
        await TestEngine.UntilAsync(() => Task.FromResult(test.Engine.ExecuteTask is { IsFaulted: true }));
        Assert.Single(channel.Sent);
    }

    [Fact]
    public async Task Who_waits_when_the_disk_breaks_is_told_at_once()
    {
        using var gate = new SemaphoreSlim(0);
        var (database, _) = await WatchedFlush.CreateAsync(() =>
        {
            gate.Wait();
            throw new IOException("EIO");
        });
        await using var test = await TestEngine.StartAsync(new TestEngine.Act(), new TestEngine.RecordingChannel(), database);
        // One a group, since they are one person's; more groups than may wait for the disk.
        var receipts = Enumerable.Range(0, 3 * Writer.MaxUnflushed).Select(i => test.TakeAsync($"{i}", "halo")).ToList();
        await TestEngine.UntilAsync(async () => await test.CountAsync("received_updates") > Writer.MaxUnflushed);
        gate.Release();
        Assert.All(await Task.WhenAll(receipts).WaitAsync(TimeSpan.FromSeconds(30)), receipt => Assert.Equal(TurnReceipt.Failed, receipt));
    }

    [Fact]
    public async Task One_flush_serves_everybody_who_asked_before_it_began()
    {
        using var gate = new SemaphoreSlim(0);
        var flushes = 0;
        using var flusher = new LogFlusher(() =>
        {
            Interlocked.Increment(ref flushes);
            gate.Wait();
        });
        var first = flusher.FlushAsync();
        await TestEngine.UntilAsync(() => Task.FromResult(Volatile.Read(ref flushes) == 1));
        var others = Enumerable.Range(0, 10).Select(_ => flusher.FlushAsync()).ToList();
        gate.Release();
        await first;
        Assert.DoesNotContain(others, other => other.IsCompleted);
        gate.Release();
        await Task.WhenAll(others);
        Assert.Equal(2, flushes);
    }

    private static async Task<HashSet<string>> KeysAfterAsync(byte[] file, byte[] log)
    {
        var folder = Directory.CreateTempSubdirectory("kkmp-cut-");
        var path = Path.Combine(folder.FullName, "kkmp.db");
        await File.WriteAllBytesAsync(path, file);
        await File.WriteAllBytesAsync($"{path}-wal", log);
        var keys = new HashSet<string>();
        await using (var connection = new SqliteConnection($"Data Source={path};Pooling=False"))
        {
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = "SELECT update_key FROM received_updates";
            await using var rows = await command.ExecuteReaderAsync();
            while (await rows.ReadAsync())
                keys.Add(rows.GetString(0));
        }
        folder.Delete(recursive: true);
        return keys;
    }
}
