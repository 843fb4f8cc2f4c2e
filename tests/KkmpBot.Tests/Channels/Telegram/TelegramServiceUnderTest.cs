using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using KkmpBot.Channels;
using KkmpBot.Channels.Telegram;
using KkmpBot.Data;
using KkmpBot.Tests.Platforms.BotApi;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace KkmpBot.Tests.Channels.Telegram;

/// <summary>The Telegram module in a real web host beside the emulator, with turns that only note what they get, or the engine's own.</summary>
internal sealed class TelegramServiceUnderTest : IAsyncDisposable
{
    public const string Secret = "rahasia_webhook-1";

    private readonly WebApplication app;
    private readonly Func<InboundMessage, TurnReceipt> take;
    private readonly ConcurrentDictionary<string, bool> committed = new();

    private TelegramServiceUnderTest(BotApiEmulator api, TelegramMode mode, Func<InboundMessage, TurnReceipt>? take, TimeProvider time, TakeMessage? turns)
    {
        this.take = take ?? (_ => TurnReceipt.Committed);
        var port = FreePort();
        Url = $"http://127.0.0.1:{port}";
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders().AddProvider(Log).SetMinimumLevel(LogLevel.Debug);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Telegram:Token"] = api.Token,
            ["Telegram:BaseUrl"] = api.BaseUrl,
            ["Telegram:Mode"] = $"{mode}",
            ["Telegram:WebhookSecret"] = Secret,
            ["PublicUrl"] = Url,
        });
        builder.Services.AddSingleton(time);
        builder.Services.AddSingleton(turns ?? TakeAsync);
        builder.Services.AddSingleton<DoAlone>((_, _) => Task.FromResult<IAlone>(new OnlyCopy()));
        builder.Services.AddTelegram(builder.Configuration);
        app = builder.Build();
        app.MapTelegram();
    }

    public RecordingLog Log { get; } = new();

    public string Url { get; }

    /// <summary>What was handed in, as "update key: receipt", in order.</summary>
    public ConcurrentQueue<string> Handed { get; } = new();

    /// <summary>What was committed, in order.</summary>
    public ConcurrentQueue<InboundMessage> Committed { get; } = new();

    public static async Task<TelegramServiceUnderTest> StartAsync(
        BotApiEmulator api, TelegramMode mode, Func<InboundMessage, TurnReceipt>? take = null, TimeProvider? time = null, TakeMessage? turns = null)
    {
        var service = new TelegramServiceUnderTest(api, mode, take, time ?? TimeProvider.System, turns);
        await service.app.StartAsync();
        return service;
    }

    public Task StopAsync() => app.StopAsync();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async ValueTask<TurnReceipt> TakeAsync(InboundMessage message, CancellationToken ct)
    {
        await Task.Yield();
        var receipt = committed.ContainsKey(message.UpdateKey) ? TurnReceipt.Duplicate : take(message);
        Handed.Enqueue($"{message.UpdateKey}: {receipt}");
        if (receipt == TurnReceipt.Committed)
        {
            committed[message.UpdateKey] = true;
            Committed.Enqueue(message);
        }

        return receipt;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
