using KkmpBot.Channels;
using KkmpBot.Conversations;
using KkmpBot.Data;
using KkmpBot.Tests.Data;

namespace KkmpBot.Tests.Conversations;

/// <summary>
/// Turns at the same instant. On PostgreSQL two engines work on one database, as two servers behind a load balancer do; SQLite has one
/// engine, which is then asked by both.
/// </summary>
public sealed class ParallelTurnsTests
{
    private static readonly bool IsShared = DatabaseTemplate.Postgres is not null;

    [Fact]
    public async Task One_person_who_writes_to_two_servers_is_answered_once_a_message_and_forgets_nothing()
    {
        const int messages = 40;
        await using var pair = await Pair.StartAsync(new TestEngine.Act());
        var receipts = await Task.WhenAll(Enumerable.Range(0, messages).Select(i => pair.Any(i).TakeAsync($"{i}", "halo")));
        Assert.All(receipts, receipt => Assert.Equal(TurnReceipt.Committed, receipt));
        await pair.QuietAsync();
        Assert.Equal(messages, await pair.First.CountAsync("outbox"));
        // Every turn goes on from the one before: asked, answered, asked …
        Assert.Equal(1, await pair.First.CountAsync($"conversations WHERE turn_number = {messages} AND open_state IS NULL"));
        Assert.Equal((1, 1), (await pair.First.CountAsync("people"), await pair.First.CountAsync("channel_addresses")));
    }

    [Fact]
    public async Task One_update_delivered_to_two_servers_at_once_is_handled_once()
    {
        await using var pair = await Pair.StartAsync(new TestEngine.Act());
        for (var i = 0; i < 20; i++)
        {
            var receipts = await Task.WhenAll(pair.First.TakeAsync($"{i}", "halo", $"{i}"), pair.Second.TakeAsync($"{i}", "halo", $"{i}"));
            Assert.Equal([TurnReceipt.Committed, TurnReceipt.Duplicate], receipts.Order());
        }
        await pair.QuietAsync();
        Assert.Equal(20, pair.Sent.Count);
        Assert.Equal(20, await pair.First.CountAsync("people"));
    }

    [Fact]
    public async Task Many_people_at_once_are_each_answered_in_the_order_they_wrote()
    {
        string[] lines = ["halo", "baik", "halo", "sehat"];
        await using var pair = await Pair.StartAsync(new TestEngine.Act());
        var receipts = lines.SelectMany((text, line) => Enumerable.Range(0, 100).Select(i => pair.Any(i).TakeAsync($"{i}.{line}", text, $"{i}")));
        Assert.All(await Task.WhenAll(receipts), receipt => Assert.Equal(TurnReceipt.Committed, receipt));
        await pair.QuietAsync();
        foreach (var i in Enumerable.Range(0, 100))
        {
            var heard = pair.Sent.Where(sent => sent.StartsWith($"{i}: ", StringComparison.Ordinal));
            Assert.Equal([$"{i}: Apa kabar?", $"{i}: Terima kasih, baik.", $"{i}: Apa kabar?", $"{i}: Terima kasih, sehat."], heard);
        }
    }

    [Fact]
    public async Task Turns_that_wait_for_each_other_in_a_circle_are_run_again()
    {
        var act = new TestEngine.Act(async (words, turn) =>
        {
            foreach (var name in words == "kiri" ? (string[])["left", "right"] : ["right", "left"])
            {
                await turn.Db.LockNameAsync(name, CancellationToken.None);
                await Task.Delay(50);
            }
        });
        await using var pair = await Pair.StartAsync(act);
        await Task.WhenAll(pair.First.TakeAsync("1", "halo", "a"), pair.Second.TakeAsync("2", "halo", "b"));
        var receipts = await Task.WhenAll(pair.First.TakeAsync("3", "kiri", "a"), pair.Second.TakeAsync("4", "kanan", "b"));
        Assert.Equal([TurnReceipt.Committed, TurnReceipt.Committed], receipts);
        Assert.Equal(IsShared ? 3 : 2, act.Seen.Count);
        Assert.Equal(0, await pair.First.CountAsync("dead_letters"));
    }

    [Fact]
    public async Task What_a_dead_server_left_is_sent_once_by_the_others()
    {
        var database = await TestDatabase.CreateAsync();
        var silent = new TestEngine.RecordingChannel(_ => new DeliveryResult.RetryAfter(TimeSpan.FromHours(1), SharedLimit: false));
        var dead = await TestEngine.StartAsync(new TestEngine.Act(), silent, database);
        await Task.WhenAll(Enumerable.Range(0, 300).Select(i => dead.TakeAsync($"{i}", "halo", $"{i}")));
        await dead.StopAsync();
        await database.ExecuteAsync(EndLeases, EndLeases);
        await using var pair = await Pair.StartAsync(new TestEngine.Act(), database);
        await pair.QuietAsync();
        Assert.Equal(300, pair.Sent.Count);
        Assert.Equal(300, pair.Sent.Distinct().Count());
    }

    private const string EndLeases = "UPDATE outbox SET leased_until_utc = created_utc";

    /// <summary>Two engines on one database; on SQLite one.</summary>
    private sealed class Pair(TestEngine first, TestEngine second, TestEngine.RecordingChannel channel) : IAsyncDisposable
    {
        public TestEngine First => first;

        public TestEngine Second => second;

        public IReadOnlyCollection<string> Sent => channel.Sent;

        public static async Task<Pair> StartAsync(TestEngine.Act act, TestDatabase? on = null)
        {
            var channel = new TestEngine.RecordingChannel();
            var database = on ?? await TestDatabase.CreateAsync();
            if (!IsShared)
            {
                var only = await TestEngine.StartAsync(act, channel, database);
                return new Pair(only, only, channel);
            }
            var both = await Task.WhenAll(TestEngine.StartAsync(act, channel, database), TestEngine.StartAsync(act, channel, database));
            return new Pair(both[0], both[1], channel);
        }

        public TestEngine Any(int i) => i % 2 == 0 ? first : second;

        public async Task QuietAsync()
        {
            await first.QuietAsync();
            await second.QuietAsync();
        }

        public async ValueTask DisposeAsync()
        {
            if (first != second)
                await second.StopAsync();
            await first.DisposeAsync();
        }
    }
}
