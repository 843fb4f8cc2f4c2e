using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace KkmpBot.Tests.Platforms.BotApi;

/// <summary>A call the bot made.</summary>
public sealed record BotApiCall(string Method, JsonObject Parameters, int Status);

/// <summary>How the emulator runs.</summary>
/// <param name="Port">0 for any free one; a fixed one lets it come back where it was.</param>
/// <param name="SecondOfRetries">How long a second takes in the webhook's retries.</param>
public sealed record BotApiOptions(int Port = 0, TimeSpan? SecondOfRetries = null);

/// <summary>
/// The Bot API on loopback, for a bot in this process or another: people write, press and block; updates are polled or posted
/// with the real server's rules of confirmation, order and retry. Strict where the real one is lenient: an unknown method or
/// parameter, a wrong type or a passed limit is refused and remembered in <see cref="Violations"/>.
/// </summary>
public sealed class BotApiEmulator : IAsyncDisposable
{
    private readonly ConcurrentDictionary<long, BotApiChat> chats = new();
    private readonly ConcurrentDictionary<string, byte[]> files = new();
    private readonly ConcurrentQueue<string> violations = new();
    private readonly ConcurrentQueue<BotApiCall> calls = new();
    private readonly CancellationTokenSource stop = new();
    private readonly WebApplication app;
    private readonly BotApiUpdates updates;
    private readonly BotApiPresses presses = new();
    private long lastPersonId = 5_012_345_678;
    private long lastGroupId = -1_002_233_445_566;

    private BotApiEmulator(BotApiOptions options)
    {
        updates = new BotApiUpdates(options.SecondOfRetries ?? TimeSpan.FromSeconds(1), violations.Enqueue);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, options.Port));
        builder.Services.Configure<Microsoft.Extensions.Hosting.HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(1));
        app = builder.Build();
        app.MapGet("/file/{bot}/photos/{name}", DownloadAsync);
        app.Map("/{bot}/{method}", AnswerAsync);
        app.Map("/life/{life:int}/{bot}/{method}", AnswerAsync);
    }

    /// <summary>The bot's token; it holds a colon as real ones do.</summary>
    public string Token { get; } = "7700112233:EmulatorToken_-abc";

    /// <summary>The bot's name without @.</summary>
    public string BotUsername { get; } = "KkmpTestBot";

    /// <summary>What to set as <c>Telegram__BaseUrl</c>.</summary>
    public string BaseUrl { get; private set; } = "";

    /// <summary>Troubles to switch on.</summary>
    public BotApiFaults Faults { get; } = new();

    /// <summary>What the bot did that it may not; empty for a bot without faults.</summary>
    public IReadOnlyList<string> Violations => [.. violations];

    /// <summary>Every call with a known method, in order.</summary>
    public IReadOnlyList<BotApiCall> Calls => [.. calls];

    /// <summary>How many updates the bot has not confirmed.</summary>
    public int UnconfirmedUpdates => updates.Queue.Count;

    /// <summary>The statuses the bot's webhook answered, in order; 0 for no answer.</summary>
    public IReadOnlyList<int> WebhookAnswers => updates.WebhookAnswers;

    /// <summary>Buttons that still turn because the bot has not answered the press.</summary>
    public int TurningButtons => presses.Open;

    /// <summary>Starts it on 127.0.0.1.</summary>
    public static async Task<BotApiEmulator> StartAsync(BotApiOptions? options = null)
    {
        var emulator = new BotApiEmulator(options ?? new BotApiOptions());
        await emulator.app.StartAsync();
        emulator.BaseUrl = emulator.app.Urls.Single();
        return emulator;
    }

    /// <summary>Somebody new, who has not written to the bot yet.</summary>
    public BotApiPerson AddPerson(string firstName, string? phone = null)
    {
        var person = new BotApiPerson(this, Interlocked.Increment(ref lastPersonId), firstName, phone);
        chats[person.Id] = person;
        return person;
    }

    /// <summary>A new group with the bot in it.</summary>
    public BotApiGroup AddGroup(string title)
    {
        var group = new BotApiGroup(this, Interlocked.Decrement(ref lastGroupId), title);
        chats[group.Id] = group;
        return group;
    }

    /// <summary>A file that somebody has put up.</summary>
    /// <returns>Its id, to stand in an update.</returns>
    public string AddFile(byte[] bytes)
    {
        var id = $"AgACAgUAAxkBAAI{files.Count}";
        files[id] = bytes;
        return id;
    }

    /// <summary>Any update at all: the member's name and its content.</summary>
    public long SendUpdate(string kind, JsonObject payload) => Enqueue(kind, payload, kind);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await updates.DisposeAsync();
        await app.StopAsync(new CancellationToken(canceled: true));
        await app.DisposeAsync();
        stop.Dispose();
    }

    internal long Enqueue(string kind, JsonObject payload, string queue) =>
        updates.Queue.Add(kind, payload, queue, deliveries: Faults.DeliverTwice ? 2 : 1);

    internal string OpenPress() => presses.Begin();

    internal long UnixNow() => TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();

    internal JsonObject BotAccount() => new()
    {
        ["id"] = 7_700_112_233,
        ["is_bot"] = true,
        ["first_name"] = "KKMP",
        ["username"] = BotUsername,
    };

    internal JsonObject MessageOfBot(BotApiChat chat, BotMessage message)
    {
        var result = new JsonObject
        {
            ["message_id"] = message.MessageId,
            ["from"] = BotAccount(),
            ["chat"] = chat.Describe(),
            ["date"] = UnixNow(),
            ["text"] = message.Text,
        };
        if (message.Buttons.Count > 0)
        {
            result["reply_markup"] = message.Parameters["reply_markup"]!.DeepClone();
        }

        return result;
    }

    private async Task DownloadAsync(HttpContext context)
    {
        var fault = Faults.Take("download");
        var isFound = (string?)context.Request.RouteValues["bot"] == "bot" + Token;
        if (!isFound || fault is not null || !files.TryGetValue((string)context.Request.RouteValues["name"]!, out var bytes))
        {
            context.Response.StatusCode = fault is null ? 404 : 502;
            return;
        }

        await context.Response.Body.WriteAsync(bytes);
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var method = (string)context.Request.RouteValues["method"]!;
        if ((string?)context.Request.RouteValues["bot"] != "bot" + Token)
        {
            await BotApiAnswer.Error(401, "Unauthorized").WriteAsync(context.Response);
            return;
        }

        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stop.Token);
        try
        {
            await AnswerAsync(context, method, ended.Token);
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            context.Abort();
        }
    }

    private async Task AnswerAsync(HttpContext context, string method, CancellationToken ct)
    {
        if (!BotApiMethods.All.TryGetValue(method, out var known))
        {
            violations.Enqueue($"unknown method {method}");
            await BotApiAnswer.Error(404, "Not Found: method not found").WriteAsync(context.Response);
            return;
        }

        var arguments = await ReadAsync(context.Request, known);
        var fault = Faults.Take(method);
        if (fault is not null && await fault.AnswerAsync(context, ct))
        {
            return;
        }

        var problem = arguments is null ? "the parameters are not JSON" : BotApiArguments.FindProblem(arguments, known);
        var answer = problem is null ? await RunAsync(method, arguments!, () => Deliver(context, arguments!, isConfirmed: fault is null), ct) : BotApiAnswer.Error(400, $"Bad Request: {problem}");
        if (problem is not null)
        {
            violations.Enqueue($"{method}: {problem}");
        }

        calls.Enqueue(new BotApiCall(method, arguments ?? [], answer.Status));
        if (fault is not null)
        {
            context.Abort();
            return;
        }

        await answer.WriteAsync(context.Response);
    }

    private static async Task<JsonObject?> ReadAsync(HttpRequest request, BotApiParameter[] known)
    {
        try
        {
            return await BotApiArguments.ReadAsync(request, known);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private async Task<BotApiAnswer> RunAsync(string method, JsonObject call, Func<BotApiAnswer> deliver, CancellationToken ct) => method.ToLowerInvariant() switch
    {
        "getme" => BotApiAnswer.Ok(BotAccount()),
        "getupdates" => await updates.PollAsync(call, ct),
        "setwebhook" => await updates.SetWebhookAsync(call),
        "deletewebhook" => await updates.DeleteWebhookAsync(call),
        "getwebhookinfo" => updates.DescribeWebhook(),
        "sendmessage" or "sendphoto" or "senddocument" => deliver(),
        "editmessagetext" => Find(call) is { } chat ? Edit(chat, call) : ChatNotFound(),
        "getfile" => files.TryGetValue(call["file_id"]!.GetValue<string>(), out var file)
            ? BotApiAnswer.Ok(new JsonObject { ["file_id"] = call["file_id"]!.DeepClone(), ["file_unique_id"] = "AQAD1", ["file_size"] = file.Length, ["file_path"] = $"photos/{call["file_id"]}" })
            : BotApiAnswer.Error(400, "Bad Request: wrong file_id or the file is temporarily unavailable"),
        "answercallbackquery" => presses.Answer(call["callback_query_id"]!.GetValue<string>()),
        "sendchataction" => Find(call) is { } shown ? shown.FindObstacle(call) ?? BotApiAnswer.Ok(true) : ChatNotFound(),
        _ => BotApiAnswer.Ok(true),
    };

    private BotApiAnswer Deliver(HttpContext context, JsonObject call, bool isConfirmed)
    {
        if (Find(call) is not { } chat)
        {
            return ChatNotFound();
        }

        var life = int.Parse((string?)context.Request.RouteValues["life"] ?? "0", CultureInfo.InvariantCulture);
        return chat.FindObstacle(call) ?? BotApiAnswer.Ok(MessageOfBot(chat, chat.Deliver(call, life, isConfirmed)));
    }

    private BotApiAnswer Edit(BotApiChat chat, JsonObject call)
    {
        if (chat.FindObstacle(call) is { } obstacle)
        {
            return obstacle;
        }

        var (edited, problem) = chat.Edit(call);
        return edited is null ? BotApiAnswer.Error(400, $"Bad Request: {problem}") : BotApiAnswer.Ok(MessageOfBot(chat, edited));
    }

    private BotApiChat? Find(JsonObject call) =>
        long.TryParse(call["chat_id"]!.ToString(), CultureInfo.InvariantCulture, out var id) ? chats.GetValueOrDefault(id) : null;

    private static BotApiAnswer ChatNotFound() => BotApiAnswer.Error(400, "Bad Request: chat not found");
}
