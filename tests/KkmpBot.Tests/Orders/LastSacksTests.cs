using System.Diagnostics;
using KkmpBot.Catalog;
using KkmpBot.Channels;
using KkmpBot.Conversations;
using KkmpBot.Data;
using KkmpBot.Dialogs;
using KkmpBot.Ledger;
using KkmpBot.Operations;
using KkmpBot.Tests.Conversations;
using KkmpBot.Tests.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace KkmpBot.Tests.Orders;

/// <summary>
/// Two hundred people want the last fifty sacks at once, in every channel, with the real dialogs on real engines (two on PostgreSQL):
/// fifty get one, the others are told so and queue, and what comes free goes to those who wait longest.
/// </summary>
public sealed class LastSacksTests
{
    private const int People = 200;
    private const int Sacks = 50;
    private const int Released = 10;
    private static readonly string[] Channels = ["telegram", "whatsapp", "web", "console"];

    [Fact]
    public async Task Fifty_are_sold_a_hundred_and_fifty_queue_and_the_first_ten_get_what_is_released()
    {
        await using var shop = await Shop.OpenAsync();
        var officer = await shop.OfficerAsync();
        var rice = await shop.ArticleAsync("beras_sphp", 60_000, Sacks, "pak", holds: ("kg", 5), cost: 55_000);
        var people = await PeopleAsync(shop);
        await using var city = await City.StartAsync(shop.Test);
        await city.AllSayAsync(people, "pesan beras sphp 1 pak");
        await city.AllSayAsync(people, "lanjut pesan");
        Assert.Equal((Sacks, 0m), await shop.StockAsync(rice));

        await city.AllSayAsync(people, "ya, sudah benar");

        var winners = people.Where(person => city.Last(person).Contains("Nomor pesanan", StringComparison.Ordinal)).ToList();
        var losers = people.Where(person => city.Last(person).Contains("Mau masuk antrean?", StringComparison.Ordinal)).ToList();
        Assert.Equal((Sacks, People - Sacks), (winners.Count, losers.Count));
        Assert.Equal((Sacks, (decimal)Sacks), await shop.StockAsync(rice));
        Assert.Equal(Sacks, await shop.ReadAsync(turn => turn.Db.Set<KkmpBot.Orders.Order>().Where(row => row.Number != null).Select(row => row.Number).Distinct().CountAsync()));
        Assert.All(Channels, channel => Assert.Contains(winners.Concat(losers), person => person.Channel == channel));

        var queue = losers.Take(20).ToList();
        foreach (var person in queue)
            await city.SayAsync(person, "ya, kabari saya");
        for (var released = 0; released < Released; released++)
        {
            foreach (var words in (string[])["pesanan saya", "1", "batalkan pesanan ini", "ya, batalkan"])
                await city.SayAsync(winners[released], words);
            await city.QuietAsync();
            // In order: with every sack that is released exactly the next one is told.
            Assert.Equal(
                queue.Take(released + 1).Select(person => person.Id),
                await shop.ReadAsync(turn => turn.Db.Set<StockWait>().Where(wait => wait.Status == WaitStatus.Offered).OrderBy(wait => wait.Id).Select(wait => wait.PersonId).ToListAsync()));
            Assert.Contains("ada lagi", city.Last(queue[released]), StringComparison.Ordinal);
        }

        // Whoever was not told walks past nobody.
        await city.SayAsync(losers[^1], "tidak usah");
        await city.SayAsync(losers[^1], "beras sphp 1 pak");
        Assert.Contains("Mau masuk antrean?", city.Last(losers[^1]), StringComparison.Ordinal);
        await city.AllSayAsync(queue.Take(Released), "pesan beras sphp 1 pak");
        await city.AllSayAsync(queue.Take(Released), "lanjut pesan");
        await city.AllSayAsync(queue.Take(Released), "ya, sudah benar");
        Assert.All(queue.Take(Released), person => Assert.Contains("Nomor pesanan", city.Last(person), StringComparison.Ordinal));

        foreach (var number in Enumerable.Range(1, Sacks + Released))
            await shop.HandOverAsync(officer, $"{number:0000}");
        await ExpectAllSoldAsync(shop, rice);
    }

    private static async Task ExpectAllSoldAsync(Shop shop, string rice)
    {
        Assert.Equal((0m, 0m), await shop.StockAsync(rice));
        Assert.Equal(Sacks * 60_000, await shop.BalanceAsync(Account.Cash));
        Assert.Equal(Sacks * 60_000, await shop.BalanceAsync(Account.MemberSales));
        Assert.Equal(Sacks * 55_000, await shop.BalanceAsync(Account.CostOfGoods));
        Assert.Empty((await LedgerVerifier.VerifyAsync(shop.Test.Database, CancellationToken.None)).Faults);
    }

    // Every fourth person writes in another channel, known there as themselves.
    private static async Task<IReadOnlyList<Buyer>> PeopleAsync(Shop shop)
    {
        var people = new List<Buyer>();
        var members = await shop.MembersAsync(People);
        await shop.WriteAsync(turn =>
        {
            foreach (var (member, i) in members.Select((member, i) => (member, i)))
            {
                var buyer = new Buyer(member.PersonId, Channels[i % Channels.Length], $"62812{i:0000000}");
                turn.Db.Add(new ChannelAddress
                {
                    Channel = buyer.Channel,
                    AddressIndex = shop.Test.Vault.Index($"address:{buyer.Channel}", buyer.Address),
                    Address = shop.Test.Vault.Seal(buyer.Address),
                    PersonId = buyer.Id,
                    LastSeenUtc = TestDatabase.Now,
                });
                people.Add(buyer);
            }
        });
        return people;
    }

    private sealed record Buyer(long Id, string Channel, string Address);

    /// <summary>The service as a city knows it: engines on one database, and a phone for everybody.</summary>
    private sealed class City : IAsyncDisposable
    {
        private readonly List<IHost> hosts = [];
        private readonly Dictionary<string, TestEngine.RecordingChannel> channels = Channels.ToDictionary(name => name, _ => new TestEngine.RecordingChannel());
        private int updates;

        public static async Task<City> StartAsync(TestDatabase database)
        {
            var city = new City();
            var slices = AllSlices.Create();
            var load = DialogCatalog.Load(Repository.Folder("dialogs"), slices.Vocabulary);
            var catalog = load.Catalog ?? throw new InvalidOperationException(string.Join('\n', load.Errors));
            for (var i = 0; i < (DatabaseTemplate.Postgres is null ? 1 : 2); i++)
            {
                var settings = new TurnSettings { PerPersonPerMinute = 0 };
                var builder = Host.CreateApplicationBuilder();
                builder.Logging.ClearProviders();
                builder.Services.AddSingleton<TimeProvider>(new ShopTime()).AddSingleton(database.Vault).AddSingleton(database.Database).AddSingleton(slices)
                    .AddSingleton(catalog).AddSingleton<DialogMachine>().AddSingleton(settings).AddSingleton(new SendSettings()).AddSingleton(new AttemptLog(null));
                foreach (var (name, channel) in city.channels)
                {
                    settings.OwnChannels.Add(name);
                    builder.Services.AddSingleton<IChannel>(new Named(name, channel));
                }

                builder.Services.AddTurns();
                var host = builder.Build();
                city.hosts.Add(host);
                await host.StartAsync();
            }

            return city;
        }

        public async Task AllSayAsync(IEnumerable<Buyer> people, string text)
        {
            await Task.WhenAll(people.Select(person => Task.Run(() => TakeAsync(person, text))));
            await QuietAsync();
        }

        public async Task SayAsync(Buyer person, string text)
        {
            await TakeAsync(person, text);
            await QuietAsync();
        }

        /// <summary>What a person was told last, on their own channel.</summary>
        public string Last(Buyer person) =>
            channels[person.Channel].Sent.LastOrDefault(sent => sent.StartsWith($"{person.Address}: ", StringComparison.Ordinal)) ?? "";

        public async Task QuietAsync()
        {
            foreach (var sender in hosts.Select(host => host.Services.GetRequiredService<OutboxSender>()))
                await TestEngine.UntilAsync(() => Task.FromResult(sender.Held == 0));
        }

        public async ValueTask DisposeAsync()
        {
            foreach (var host in hosts)
            {
                await host.StopAsync();
                host.Dispose();
            }
        }

        private async Task TakeAsync(Buyer person, string text)
        {
            var number = Interlocked.Increment(ref updates);
            var engine = hosts[number % hosts.Count].Services.GetRequiredService<TurnEngine>();
            var message = new InboundMessage(person.Channel, $"{number}", person.Address, InboundKind.Text, text);
            Assert.Equal(TurnReceipt.Committed, await engine.TakeAsync(message, CancellationToken.None));
        }
    }

    /// <summary>The shop's working day, going on from where the test's rows were written.</summary>
    private sealed class ShopTime : TimeProvider
    {
        private readonly long started = Stopwatch.GetTimestamp();

        public override DateTimeOffset GetUtcNow() => new(TestDatabase.Now + Stopwatch.GetElapsedTime(started));
    }

    private sealed class Named(string name, TestEngine.RecordingChannel channel) : IChannel
    {
        public string Name => name;

        public ChannelLimits Limits => channel.Limits;

        public IReadOnlyList<InboundMessage> Parse(ReadOnlyMemory<byte> body) => [];

        public Task<DeliveryResult> SendAsync(OutboundMessage message, CancellationToken ct) => channel.SendAsync(message, ct);

        public Task AcknowledgeAsync(InboundMessage message, CancellationToken ct) => Task.CompletedTask;
    }
}
