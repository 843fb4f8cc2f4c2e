using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using KkmpBot.Channels;
using KkmpBot.Channels.Console;
using KkmpBot.Conversations;
using KkmpBot.Tests.Data;
using KkmpBot.Tests.Platforms.BotApi;
using KkmpBot.Tests.Platforms.CloudApi;
using KkmpBot.Tests.Processes;
using Microsoft.Extensions.DependencyInjection;

namespace KkmpBot.Tests.Orders;

/// <summary>
/// The whole service with every channel it has, as a city knows it: Telegram polled from a Bot API, WhatsApp by signed webhooks, the web chat over
/// Direct Line, and terminals. Two copies of it on PostgreSQL.
/// </summary>
internal sealed class SackCity : IAsyncDisposable
{
    public static readonly string[] Channels = ["telegram", "whatsapp", "web", "console"];

    private const string WebSecret = "rahasia-direct-line";
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(50);

    private readonly List<InProcessBot> bots = [];
    private readonly List<HttpClient> clients = [];
    private readonly Terminals terminals = new();
    private BotApiEmulator telegram = null!;
    private CloudApiEmulator whatsApp = null!;
    private int people;

    public static async Task<SackCity> StartAsync(TestDatabase database)
    {
        var time = new ShopTime();
        var city = new SackCity
        {
            telegram = await BotApiEmulator.StartAsync(new BotApiOptions(SecondOfRetries: TimeSpan.FromMilliseconds(100))),
            whatsApp = await CloudApiEmulator.StartAsync(new CloudApiOptions(SecondOfRetries: TimeSpan.FromMilliseconds(100), Time: time)),
        };
        var settings = new Dictionary<string, string>(city.whatsApp.Settings)
        {
            ["Telegram__Token"] = city.telegram.Token,
            ["Telegram__BaseUrl"] = city.telegram.BaseUrl,
            ["DirectLine__Secret"] = WebSecret,
            ["DirectLine__NewConversationsPerMinute"] = "1000",
            ["Turns__PerPersonPerMinute"] = "0",
            ["Sending__Limits"] = "false",
            ["Demo__Enabled"] = "false",
        };
        for (var copy = 0; copy < (DatabaseTemplate.Postgres is null ? 1 : 2); copy++)
        {
            var bot = await InProcessBot.StartOnAsync(database, settings, time, city.terminals);
            city.bots.Add(bot);
            city.clients.Add(new HttpClient { BaseAddress = new Uri(bot.Url) });
        }

        city.whatsApp.WebhookUrl = new Uri($"{city.bots[^1].Url}/channels/whatsapp/webhook");
        return city;
    }

    /// <summary>Somebody with a phone, who has not written yet.</summary>
    /// <param name="channel">One of <see cref="Channels"/>.</param>
    public Buyer AddPerson(string channel)
    {
        var number = ++people;
        var copy = number % bots.Count;
        return channel switch
        {
            "telegram" => Telegram(telegram.AddPerson($"Warga {number}")),
            "whatsapp" => WhatsApp(whatsApp.AddPerson($"Warga {number}", $"62812{number:0000000}", hidesPhone: true)),
            "web" => Web($"dl_warga{number}", clients[copy]),
            _ => Console($"warga-{number}", bots[copy].Services.GetRequiredService<TurnEngine>()),
        };
    }

    /// <summary>All say the same at once; comes back when everybody has an answer and nothing more is on its way.</summary>
    public async Task AllSayAsync(IEnumerable<Buyer> buyers, string text)
    {
        var all = buyers.ToList();
        await Task.WhenAll(all.Select(buyer => Task.Run(() => buyer.SayAsync(text))));
        foreach (var buyer in all)
            await UntilAsync(async () => (await buyer.HeardAsync()).Length > 0, $"{buyer.Channel} was answered");
        await QuietAsync();
    }

    public Task SayAsync(Buyer buyer, string text) => AllSayAsync([buyer], text);

    public Task QuietAsync() =>
        UntilAsync(async () => await bots[0].CountAsync("SELECT COUNT(*) FROM outbox WHERE status = 0") == 0, "everything was sent");

    /// <summary>What the platforms found wrong with what the service asked of them.</summary>
    public IEnumerable<string> Violations => telegram.Violations.Concat(whatsApp.Violations);

    public async ValueTask DisposeAsync()
    {
        foreach (var client in clients)
            client.Dispose();
        foreach (var bot in bots)
            await bot.DisposeAsync();
        await whatsApp.DisposeAsync();
        await telegram.DisposeAsync();
    }

    private static Buyer Telegram(BotApiPerson person)
    {
        person.HasStarted = true;
        return new Buyer(
            "telegram", $"{person.Id}", text => Task.FromResult(person.SendText(text)),
            () => Task.FromResult<IReadOnlyList<string>>([.. person.Received.Select(message => message.Text)]));
    }

    private static Buyer WhatsApp(CloudApiPerson person) => new(
        "whatsapp", person.UserId, text => Task.FromResult(person.SendText(text)),
        () => Task.FromResult<IReadOnlyList<string>>([.. person.Received.Select(message => message.Text)]));

    private static Buyer Web(string user, HttpClient client)
    {
        WebConversation? conversation = null;
        return new Buyer(
            "web", user,
            async text => await (conversation ??= await WebConversation.OpenAsync(client, user)).PostAsync(text),
            async () => conversation is null ? [] : await conversation.ReadAsync());
    }

    private Buyer Console(string address, TurnEngine engine) => new(
        "console", address,
        async text => Assert.Equal(
            TurnReceipt.Committed,
            await engine.TakeAsync(new InboundMessage("console", $"{Guid.NewGuid():N}", address, InboundKind.Text, text), CancellationToken.None)),
        () => Task.FromResult<IReadOnlyList<string>>([.. terminals.Of(address)]));

    private static async Task UntilAsync(Func<Task<bool>> condition, string words)
    {
        var began = Stopwatch.GetTimestamp();
        while (!await condition())
        {
            if (Stopwatch.GetElapsedTime(began) > LongestWait)
                throw new TimeoutException($"It never came to: {words}");
            await Task.Delay(LookAgain);
        }
    }

    /// <summary>Somebody in a web chat, as Microsoft's client speaks for them.</summary>
    private sealed record WebConversation(HttpClient Client, string Path, string Token)
    {
        public static async Task<WebConversation> OpenAsync(HttpClient client, string user)
        {
            var token = await SendAsync(client, HttpMethod.Post, "/v3/directline/tokens/generate", WebSecret, new { user = new { id = user } });
            var opened = await SendAsync(client, HttpMethod.Post, "/v3/directline/conversations", token.GetProperty("token").GetString()!, new { });
            return new WebConversation(
                client, $"/v3/directline/conversations/{opened.GetProperty("conversationId").GetString()}/activities", opened.GetProperty("token").GetString()!);
        }

        public Task PostAsync(string text) =>
            SendAsync(Client, HttpMethod.Post, Path, Token, new { type = "message", text, channelData = new { clientActivityID = $"{Guid.NewGuid():N}" } });

        public async Task<IReadOnlyList<string>> ReadAsync()
        {
            var read = await SendAsync(Client, HttpMethod.Get, Path, Token, null);
            return [.. read.GetProperty("activities").EnumerateArray()
                .Where(activity => activity.GetProperty("type").GetString() == "message" && activity.GetProperty("from").GetProperty("role").GetString() == "bot")
                .Select(activity => activity.TryGetProperty("text", out var text) ? text.GetString()! : "")];
        }

        private static async Task<JsonElement> SendAsync(HttpClient client, HttpMethod method, string path, string token, object? body)
        {
            using var request = new HttpRequestMessage(method, path);
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            request.Content = body is null ? null : JsonContent.Create(body);
            using var answer = await client.SendAsync(request);
            Assert.True(answer.IsSuccessStatusCode, $"{path}: {answer.StatusCode}");
            return await answer.Content.ReadFromJsonAsync<JsonElement>();
        }
    }

    /// <summary>Everybody's terminal.</summary>
    private sealed class Terminals : IChannel
    {
        private readonly ConcurrentDictionary<string, ConcurrentQueue<string>> written = new();

        public string Name => "console";

        public bool ReachesAnybody => false;

        public IEnumerable<string> Of(string address) => written.GetValueOrDefault(address) ?? [];

        public IReadOnlyList<InboundMessage> Parse(ReadOnlyMemory<byte> body) => [];

        public async Task<DeliveryResult> SendAsync(OutboundMessage message, CancellationToken ct)
        {
            var screen = new StringWriter();
            var result = await new ConsoleChannel(screen, message.Address).SendAsync(message, ct);
            written.GetOrAdd(message.Address, _ => new ConcurrentQueue<string>()).Enqueue(screen.ToString());
            return result;
        }

        public Task AcknowledgeAsync(InboundMessage message, CancellationToken ct) => Task.CompletedTask;
    }

    /// <summary>The shop's working day, going on from where the test's rows were written.</summary>
    private sealed class ShopTime : TimeProvider
    {
        private readonly long started = Stopwatch.GetTimestamp();

        public override DateTimeOffset GetUtcNow() => new(TestDatabase.Now + Stopwatch.GetElapsedTime(started));
    }
}

/// <summary>Somebody who buys, on the one channel where they write.</summary>
internal sealed class Buyer(string channel, string address, Func<string, Task> say, Func<Task<IReadOnlyList<string>>> receive)
{
    private int since;

    public string Channel => channel;

    public string Address => address;

    /// <summary>The person in the database.</summary>
    public long Id { get; set; }

    public async Task SayAsync(string text)
    {
        since = (await receive()).Count;
        await say(text);
    }

    /// <summary>All that they were told since they wrote last.</summary>
    public async Task<string> HeardAsync() => string.Join('\n', (await receive()).Skip(since));
}
