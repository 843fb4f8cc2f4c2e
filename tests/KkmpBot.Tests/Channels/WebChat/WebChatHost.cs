using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using KkmpBot.Channels;
using KkmpBot.Channels.WebChat;
using KkmpBot.Data;
using KkmpBot.Tests.Data;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace KkmpBot.Tests.Channels.WebChat;

/// <summary>The web chat on loopback Kestrel over a real database; in place of the turns stands an echo that answers each message once.</summary>
public sealed class WebChatHost : IAsyncDisposable
{
    public const string Secret = "rahasia-direct-line";

    private readonly TestDatabase data;
    private readonly WebApplication app;
    private readonly ConcurrentDictionary<string, byte> seen = new();
    private int outbox;
    private bool isSucceeded;

    private WebChatHost(TestDatabase data, WebApplication app, ShiftedTime time)
    {
        this.data = data;
        this.app = app;
        Time = time;
    }

    public ShiftedTime Time { get; }

    public HttpClient Http { get; private set; } = new();

    public ConcurrentQueue<InboundMessage> Taken { get; } = new();

    /// <summary>What the turns answer next; Committed when nothing is queued.</summary>
    public ConcurrentQueue<TurnReceipt> Receipts { get; } = new();

    /// <summary>The buttons of every reply.</summary>
    public IReadOnlyList<OutboundButton> Buttons { get; set; } = [];

    /// <summary>How long a turn takes.</summary>
    public TimeSpan TurnTakes { get; set; }

    public Database Database => data.Database;

    public IChannel Channel => app.Services.GetRequiredService<IChannel>();

    public Uri Address { get; private set; } = new("http://127.0.0.1");

    public static async Task<WebChatHost> StartAsync(bool withSecret = true, params (string Key, string Value)[] settings) =>
        await StartAsync(await TestDatabase.CreateAsync(), withSecret, settings);

    /// <summary>Another process over the same database, after the first has stopped.</summary>
    public static async Task<WebChatHost> RestartAsync(WebChatHost stopped)
    {
        await stopped.app.StopAsync();
        stopped.isSucceeded = true;
        return await StartAsync(stopped.data, withSecret: true, []);
    }

    /// <summary>Another process over the same database, beside the first; dispose it before that one.</summary>
    public static async Task<WebChatHost> StartBesideAsync(WebChatHost first)
    {
        var beside = await StartAsync(first.data, withSecret: true, []);
        beside.isSucceeded = true;
        return beside;
    }

    private static async Task<WebChatHost> StartAsync(TestDatabase stored, bool withSecret, (string Key, string Value)[] settings)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        if (withSecret)
            builder.Configuration["DirectLine:Secret"] = Secret;
        foreach (var (key, value) in settings)
            builder.Configuration[key] = value;

        var time = new ShiftedTime();
        WebChatHost? host = null;
        builder.Services
            .AddSingleton(stored.Database)
            .AddSingleton(stored.Vault)
            .AddSingleton<TimeProvider>(time)
            .AddSingleton(OneWriter(stored.Database))
            .AddSingleton<TakeMessage>((message, ct) => host!.TakeAsync(message, ct))
            .AddWebChat(builder.Configuration)
            .AddHostedService(provider => provider.GetRequiredService<CopyNews>());
        var served = builder.Build();
        served.MapWebChat();
        host = new WebChatHost(stored, served, time);
        await served.StartAsync();
        host.Address = new Uri(served.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        host.Http.Dispose();
        host.Http = new HttpClient { BaseAddress = host.Address };
        return host;
    }

    /// <summary>Every byte that the database keeps.</summary>
    public Task<byte[]> DatabaseBytesAsync() => data.BytesAsync();

    /// <summary>Starts a conversation as our own page does.</summary>
    public async Task<WebClient> JoinAsync()
    {
        using var answer = await Http.PostAsync("/webchat/token?new=1", null);
        var token = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("token").GetString()!;
        using var started = await SendAsync(HttpMethod.Post, "/v3/directline/conversations", token, "{}");
        var opened = await started.Content.ReadFromJsonAsync<JsonElement>();
        return new WebClient(this, opened.GetProperty("conversationId").GetString()!, token, opened.GetProperty("streamUrl").GetString()!);
    }

    public async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string path, string? token = null, string? json = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        if (token is not null)
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}");
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        if (json is not null)
            request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        return await Http.SendAsync(request);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await app.StopAsync();
        await app.DisposeAsync();
        if (!isSucceeded)
            await data.DisposeAsync();
    }

    private async ValueTask<TurnReceipt> TakeAsync(InboundMessage message, CancellationToken ct)
    {
        if (Receipts.TryDequeue(out var receipt) && receipt != TurnReceipt.Committed)
            return receipt;
        if (!seen.TryAdd(message.UpdateKey, 0))
            return TurnReceipt.Duplicate;
        await Task.Delay(TurnTakes, ct);
        Taken.Enqueue(message);
        var row = Interlocked.Increment(ref outbox);
        await Channel.SendAsync(
            new OutboundMessage(row, 1, message.Address, $"Bapak/Ibu menulis: {message.Text ?? message.ButtonToken}", Buttons), ct);
        return TurnReceipt.Committed;
    }

    private static WriteRows OneWriter(Database database)
    {
        var gate = new SemaphoreSlim(1);
        return async (write, ct) =>
        {
            await gate.WaitAsync(ct);
            try
            {
                await using var connection = await database.OpenAsync(ct);
                await using var transaction = await connection.BeginTransactionAsync(ct);
                await write(connection, transaction, ct);
                await transaction.CommitAsync(ct);
            }
            finally
            {
                gate.Release();
            }
        };
    }
}

/// <summary>The machine's clock, moved ahead as a test likes.</summary>
public sealed class ShiftedTime : TimeProvider
{
    public TimeSpan Ahead { get; set; }

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Ahead;
}

/// <summary>A client in one conversation.</summary>
public sealed record WebClient(WebChatHost Host, string Conversation, string Token, string StreamUrl)
{
    public string Path => $"/v3/directline/conversations/{Conversation}";

    public async Task<HttpResponseMessage> PostAsync(string text, string clientId) => await PostJsonAsync(
        JsonSerializer.Serialize(new { type = "message", text, channelData = new { clientActivityID = clientId } }));

    public async Task<HttpResponseMessage> PostJsonAsync(string json) =>
        await Host.SendAsync(HttpMethod.Post, $"{Path}/activities", Token, json);

    public async Task<(IReadOnlyList<JsonElement> Activities, string Watermark)> ReadAsync(string watermark = "")
    {
        using var answer = await Host.SendAsync(HttpMethod.Get, $"{Path}/activities?watermark={watermark}", Token);
        Assert.Equal(System.Net.HttpStatusCode.OK, answer.StatusCode);
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>();
        return ([.. body.GetProperty("activities").EnumerateArray()], body.GetProperty("watermark").GetString()!);
    }

    /// <summary>The texts of the conversation, in order.</summary>
    public async Task<IReadOnlyList<string>> TextsAsync(string watermark = "") => Texts((await ReadAsync(watermark)).Activities);

    public static IReadOnlyList<string> Texts(IEnumerable<JsonElement> activities) =>
        [.. activities.Where(activity => activity.GetProperty("type").GetString() == "message").Select(activity => activity.GetProperty("text").GetString()!)];

    /// <summary>Opens the stream of the last answer, or of a reconnect.</summary>
    public async Task<WebStream> OpenStreamAsync(string? streamUrl = null, string? origin = null)
    {
        var socket = new ClientWebSocket();
        if (origin is not null)
            socket.Options.SetRequestHeader("Origin", origin);
        await socket.ConnectAsync(new Uri(streamUrl ?? StreamUrl), CancellationToken.None);
        return new WebStream(socket);
    }
}

/// <summary>An open stream, read frame by frame.</summary>
public sealed class WebStream(ClientWebSocket socket) : IDisposable
{
    private readonly List<JsonElement> activities = [];

    public string? Watermark { get; private set; }

    public ClientWebSocket Socket => socket;

    /// <summary>Reads frames until so many activities of a type have come; all of that type so far.</summary>
    public async Task<IReadOnlyList<JsonElement>> ReadAsync(int count, string type = "message")
    {
        while (activities.Count(activity => activity.GetProperty("type").GetString() == type) < count)
        {
            var frame = await FrameAsync();
            if (frame.Length == 0)
                continue;
            var body = JsonElement.Parse(frame);
            activities.AddRange(body.GetProperty("activities").EnumerateArray());
            Watermark = body.TryGetProperty("watermark", out var watermark) ? watermark.GetString() : Watermark;
        }
        return [.. activities.Where(activity => activity.GetProperty("type").GetString() == type)];
    }

    public async Task<string> FrameAsync()
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        var buffer = new byte[256 * 1024];
        var length = 0;
        while (true)
        {
            var part = await socket.ReceiveAsync(buffer.AsMemory(length), timeout.Token);
            Assert.Equal(WebSocketMessageType.Text, part.MessageType);
            length += part.Count;
            if (part.EndOfMessage)
                return Encoding.UTF8.GetString(buffer, 0, length);
        }
    }

    public void Dispose() => socket.Dispose();
}
