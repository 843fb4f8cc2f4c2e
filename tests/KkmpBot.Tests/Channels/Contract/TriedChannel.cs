using System.Text.Json;
using System.Text.Json.Nodes;
using KkmpBot.Channels;
using KkmpBot.Channels.Console;
using KkmpBot.Channels.Telegram;
using KkmpBot.Channels.Telegram.BotApi;
using KkmpBot.Channels.WhatsApp;
using KkmpBot.Channels.WhatsApp.CloudApi;
using KkmpBot.Tests.Channels.Telegram;
using KkmpBot.Tests.Channels.WebChat;
using KkmpBot.Tests.Data;

namespace KkmpBot.Tests.Channels.Contract;

/// <summary>A channel with everything around it that the contract needs: what it sent, in words, and what it wrote into the log.</summary>
internal sealed class TriedChannel : IAsyncDisposable
{
    public const string Token = "7700112233:SangatRahasia_-x";
    public const string BaseUrl = "http://platform.invalid";

    private readonly List<IAsyncDisposable> around = [];

    private TriedChannel(IChannel channel, string address, Func<Task<string>> sent, RecordingLog log)
    {
        (Channel, Address, SentAsync, Log) = (channel, address, sent, log);
    }

    public static string[] Names { get; } = ["telegram", "whatsapp", "web", "console"];

    /// <summary>Those that speak HTTP to somebody.</summary>
    public static string[] OnTheWire { get; } = ["telegram", "whatsapp"];

    public IChannel Channel { get; }

    /// <summary>Somebody who can be written to.</summary>
    public string Address { get; }

    /// <summary>Everything that left since the last time, as text for a golden file.</summary>
    public Func<Task<string>> SentAsync { get; }

    public RecordingLog Log { get; }

    public Wire? Wire { get; private init; }

    /// <summary>Makes one; <paramref name="answer"/> is what its platform says to everything.</summary>
    public static async Task<TriedChannel> CreateAsync(string name, WireAnswer? answer = null)
    {
        var log = new RecordingLog();
        switch (name)
        {
            case "telegram":
                var telegram = new Wire(_ => answer ?? new WireAnswer(200, """{"ok":true,"result":{"message_id":412}}"""));
                var client = new TelegramClient(new HttpClient(telegram), new TelegramSettings { Token = Token, BaseUrl = BaseUrl }, TimeProvider.System);
                return OnWire(new TelegramChannel(client, TimeProvider.System, log.For<TelegramChannel>()), "5012345678", telegram, log);
            case "whatsapp":
                var whatsapp = new Wire(uri => answer ?? new WireAnswer(200, uri.AbsolutePath.EndsWith("/media", StringComparison.Ordinal)
                    ? """{"id":"1037543291543636"}"""
                    : """{"messages":[{"id":"wamid.HBgNNjI4MTIzNDU2Nzg5MAA="}]}"""));
                return OnWire(await WhatsAppAsync(whatsapp, log), "+6281234567890", whatsapp, log);
            case "web":
                var host = await WebChatHost.StartAsync();
                var joined = await host.JoinAsync();
                var web = new TriedChannel(host.Channel, host.Taken.First().Address, async () => Scrub((await joined.ReadAsync()).Activities[^1]), log);
                web.around.Add(host);
                return web;
            default:
                var terminal = new StringWriter { NewLine = "\n" };
                return new TriedChannel(new ConsoleChannel(terminal), "+6281234567890", () => Task.FromResult(terminal.ToString().TrimEnd()), log);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var part in around)
            await part.DisposeAsync();
    }

    private static async Task<WhatsAppChannel> WhatsAppAsync(Wire wire, RecordingLog log)
    {
        var settings = new WhatsAppSettings { AccessToken = Token, BaseUrl = BaseUrl, PhoneNumberId = "106540352242922" };
        var database = await TestDatabase.CreateAsync();
        var deliveries = new DeliveryLog(database.Database, (_, _) => throw new InvalidOperationException("Nothing is written."), TimeProvider.System, log.For<DeliveryLog>());
        return new WhatsAppChannel(
            new WhatsAppClient(new HttpClient(wire), settings, TimeProvider.System), settings, deliveries, TestDatabase.OneVault, TimeProvider.System, log.For<WhatsAppChannel>());
    }

    private static TriedChannel OnWire(IChannel channel, string address, Wire wire, RecordingLog log) =>
        new(channel, address, () => Task.FromResult(string.Join('\n', wire.Requests.Select(Describe))), log) { Wire = wire };

    private static string Describe(WireRequest request)
    {
        var path = request.Address.PathAndQuery.Replace(Token, "<token>", StringComparison.Ordinal);
        var body = request.ContentType == "application/json" ? Indent(JsonNode.Parse(request.Body)!) : Form(request.Body);
        return $"POST {path}\n{body}";
    }

    // The boundary is random; the parts are not.
    private static string Form(string body)
    {
        var boundary = body[..body.IndexOf("\r\n", StringComparison.Ordinal)];
        return body.Replace(boundary, "--", StringComparison.Ordinal).Replace("\r\n", "\n", StringComparison.Ordinal).TrimEnd();
    }

    private static string Scrub(JsonElement activity)
    {
        var copy = JsonNode.Parse(activity.GetRawText())!.AsObject();
        foreach (var name in new[] { "id", "timestamp", "conversation", "recipient" })
            copy.Remove(name);
        return Indent(copy);
    }

    private static string Indent(JsonNode json) => json.ToJsonString(
        new JsonSerializerOptions { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
