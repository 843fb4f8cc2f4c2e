using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace KkmpBot.Tests.Platforms.CloudApi;

/// <summary>A call the bot made.</summary>
public sealed record CloudApiCall(string Path, JsonObject Request, int Status);

/// <summary>How the emulator runs.</summary>
/// <param name="SecondOfRetries">How long a second takes in the webhook's retries.</param>
/// <param name="TellsStatuses">True to tell sent and delivered by itself; false when a test tells them.</param>
/// <param name="Time">The clock of the 24-hour window.</param>
public sealed record CloudApiOptions(TimeSpan? SecondOfRetries = null, bool TellsStatuses = true, TimeProvider? Time = null);

/// <summary>
/// The WhatsApp Cloud API on loopback, for a bot in this process or another: people write and press, messages are checked against
/// Meta's limits, windows open and close, statuses follow. Strict where the real one is lenient: what it does not know is
/// refused and remembered in <see cref="Violations"/>.
/// </summary>
public sealed class CloudApiEmulator : IAsyncDisposable
{
    private const int MaxUploadBytes = 16 * 1024 * 1024;

    private readonly ConcurrentDictionary<string, CloudApiPerson> people = new();
    private readonly ConcurrentDictionary<string, string> media = new();
    private readonly ConcurrentDictionary<string, CloudApiPerson> inbound = new();
    private readonly ConcurrentQueue<string> violations = new();
    private readonly ConcurrentQueue<CloudApiCall> calls = new();
    private readonly CancellationTokenSource stop = new();
    private readonly CloudApiOptions options;
    private readonly WebApplication app;
    private readonly CloudApiPosts posts;
    private long lastId = 1_003_383_421_387_256;

    private CloudApiEmulator(CloudApiOptions options)
    {
        this.options = options;
        posts = new CloudApiPosts(this, options.SecondOfRetries ?? TimeSpan.FromSeconds(1));
        Media = new CloudApiMedia(this);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.Configure<Microsoft.Extensions.Hosting.HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(1));
        app = builder.Build();
        app.MapFallback(AnswerAsync);
    }

    public string AccessToken { get; } = "EAAEmulatorToken0123456789";

    public string AppSecret { get; } = "emulator-app-secret";

    public string VerifyToken { get; } = "emulator verify token";

    public string PhoneNumberId { get; } = "106540352242922";

    public string ApiVersion { get; } = "v26.0";

    /// <summary>What to set as <c>WhatsApp__BaseUrl</c>.</summary>
    public string BaseUrl { get; private set; } = "";

    /// <summary>Where notifications go.</summary>
    public Uri? WebhookUrl { get; set; }

    /// <summary>Troubles to switch on.</summary>
    public CloudApiFaults Faults { get; } = new();

    /// <summary>Approved templates by name, with the names of their variables.</summary>
    public Dictionary<string, string[]> Templates { get; } = [];

    /// <summary>What the bot did that it may not; empty for a bot without faults.</summary>
    public IReadOnlyList<string> Violations => [.. violations];

    /// <summary>Every call, in order.</summary>
    public IReadOnlyList<CloudApiCall> Calls => [.. calls];

    /// <summary>The statuses that the bot's webhook answered, in order; 0 for no answer.</summary>
    public IReadOnlyList<int> WebhookAnswers => posts.Answers;

    /// <summary>Notifications that the bot has not taken yet.</summary>
    public int OpenPosts => posts.Open;

    internal DateTimeOffset Now => (options.Time ?? TimeProvider.System).GetUtcNow();

    /// <summary>The settings of a bot that talks to this emulator.</summary>
    public Dictionary<string, string> Settings => new()
    {
        ["WhatsApp__BaseUrl"] = BaseUrl,
        ["WhatsApp__ApiVersion"] = ApiVersion,
        ["WhatsApp__PhoneNumberId"] = PhoneNumberId,
        ["WhatsApp__AccessToken"] = AccessToken,
        ["WhatsApp__AppSecret"] = AppSecret,
        ["WhatsApp__VerifyToken"] = VerifyToken,
    };

    /// <summary>Starts it on 127.0.0.1.</summary>
    public static async Task<CloudApiEmulator> StartAsync(CloudApiOptions? options = null)
    {
        var emulator = new CloudApiEmulator(options ?? new CloudApiOptions());
        await emulator.app.StartAsync();
        emulator.BaseUrl = emulator.app.Urls.Single();
        return emulator;
    }

    /// <summary>Somebody new, who has not written yet.</summary>
    public CloudApiPerson AddPerson(string name, string phone, bool hidesPhone = false)
    {
        var person = new CloudApiPerson(this, $"ID.{Interlocked.Increment(ref lastId)}", name, phone, hidesPhone);
        people[person.UserId] = person;
        people[$"+{phone}"] = person;
        return person;
    }

    /// <summary>What people sent beside words.</summary>
    public CloudApiMedia Media { get; }

    /// <summary>Asks the bot's webhook whether it is there, as Meta's dashboard does.</summary>
    /// <returns>What it answered to the challenge.</returns>
    public async Task<(int Status, string Body)> VerifyWebhookAsync(string? token = null)
    {
        using var http = new HttpClient();
        using var answer = await http.GetAsync(
            new Uri($"{WebhookUrl}?hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token={Uri.EscapeDataString(token ?? VerifyToken)}"));
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Tells the bot a status of a message; an error code makes it a failure.</summary>
    public void Tell(CloudApiPerson to, WhatsAppMessage message, string status, int? errorCode = null)
    {
        var told = new JsonObject
        {
            ["id"] = message.Id,
            ["status"] = status,
            ["timestamp"] = Timestamp(),
            ["recipient_user_id"] = to.UserId,
        };
        if (!to.HidesPhone)
            told["recipient_id"] = to.Phone;
        if (message.Request["biz_opaque_callback_data"] is { } data)
            told["biz_opaque_callback_data"] = data.DeepClone();
        if (status is "sent" or "delivered")
            told["pricing"] = Pricing(message);
        if (errorCode is { } code)
            told["errors"] = new JsonArray(new JsonObject { ["code"] = code, ["title"] = "x", ["message"] = "x" });
        var value = Value();
        value["statuses"] = new JsonArray(told);
        posts.Add($"status {to.UserId}", value, mayBeSwapped: true);
    }

    /// <summary>Posts statuses that wait to be overtaken.</summary>
    public void Flush() => posts.Flush();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await posts.DisposeAsync();
        await app.StopAsync(new CancellationToken(canceled: true));
        await app.DisposeAsync();
        stop.Dispose();
    }

    internal JsonObject Envelope(JsonObject value) => new()
    {
        ["object"] = "whatsapp_business_account",
        ["entry"] = new JsonArray(new JsonObject
        {
            ["id"] = "102290129340398",
            ["changes"] = new JsonArray(new JsonObject { ["value"] = value.DeepClone(), ["field"] = "messages" }),
        }),
    };

    internal string Enqueue(CloudApiPerson person, string type, JsonNode content, string? inReplyTo)
    {
        var id = MessageId(person.Phone);
        inbound[id] = person;
        var contact = new JsonObject { ["profile"] = new JsonObject { ["name"] = person.Name }, ["user_id"] = person.UserId };
        var message = new JsonObject
        {
            ["from_user_id"] = person.UserId,
            ["id"] = id,
            ["timestamp"] = Timestamp(),
            ["type"] = type,
            [type] = content.DeepClone(),
        };
        if (!person.HidesPhone)
            (contact["wa_id"], message["from"]) = (person.Phone, person.Phone);
        if (inReplyTo is not null)
            message["context"] = new JsonObject { ["from"] = "15550783881", ["id"] = inReplyTo };
        var value = Value();
        value["contacts"] = new JsonArray(contact);
        value["messages"] = new JsonArray(message);
        posts.Add($"message {person.UserId}", value, mayBeSwapped: false);
        return id;
    }

    private JsonObject Value() => new()
    {
        ["messaging_product"] = "whatsapp",
        ["metadata"] = new JsonObject { ["display_phone_number"] = "15550783881", ["phone_number_id"] = PhoneNumberId },
    };

    private string Timestamp() => Now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    // As the real ones do, it holds the person's number in base64.
    private string MessageId(string phone)
    {
        byte[] bytes = [0x1c, 0x18, (byte)phone.Length, .. Encoding.ASCII.GetBytes(phone), 0x15, 0x02, 0, .. BitConverter.GetBytes(Interlocked.Increment(ref lastId))];
        return $"wamid.{Convert.ToBase64String(bytes)}";
    }

    private static JsonObject Pricing(WhatsAppMessage message) => new()
    {
        ["billable"] = message.Type == "template",
        ["pricing_model"] = "PMP",
        ["type"] = message.Type == "template" ? "regular" : "free_customer_service",
        ["category"] = message.Type == "template" ? "utility" : "service",
    };

    private async Task AnswerAsync(HttpContext context)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stop.Token);
        try
        {
            await AnswerAsync(context, ended.Token);
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            context.Abort();
        }
    }

    private async Task AnswerAsync(HttpContext context, CancellationToken ct)
    {
        var path = context.Request.Path.Value!;
        if (context.Request.Headers.Authorization != $"Bearer {AccessToken}")
        {
            violations.Enqueue($"{path}: a wrong token");
            await CloudApiAnswer.Error(190, "Error validating access token", "Invalid token.", 401).WriteAsync(context.Response);
            return;
        }
        if (await Media.TryGiveAsync(context, ct))
        {
            calls.Enqueue(new CloudApiCall(path, [], context.Response.StatusCode));
            return;
        }
        if (path == $"/{ApiVersion}/{PhoneNumberId}/media")
        {
            await (await UploadAsync(context.Request)).WriteAsync(context.Response);
            return;
        }
        if (path != $"/{ApiVersion}/{PhoneNumberId}/messages" || context.Request.Method != "POST" || context.Request.QueryString.HasValue)
        {
            violations.Enqueue($"unknown call {context.Request.Method} {path}");
            await CloudApiAnswer.Error(100, "Invalid parameter", "Unsupported request.").WriteAsync(context.Response);
            return;
        }
        await AnswerMessageAsync(path, context, ct);
    }

    private async Task AnswerMessageAsync(string path, HttpContext context, CancellationToken ct)
    {
        var call = await ReadAsync(context.Request);
        var problem = call is null ? "the body is no JSON object" : MessageRules.FindProblem(call);
        if (problem is not null)
            violations.Enqueue(problem);
        // A read mark is nobody's message: faults are for messages.
        var fault = problem is null && !call!.ContainsKey("status") ? Faults.Take() : null;
        if (fault is { } trouble && await CloudApiFaults.AnswerAsync(trouble, context, ct))
        {
            calls.Enqueue(new CloudApiCall(path, call!, context.Response.StatusCode));
            return;
        }
        var answer = problem is not null ? CloudApiAnswer.InvalidParameter(problem) : Run(call!, fault);
        calls.Enqueue(new CloudApiCall(path, call ?? [], answer.Status));
        if (fault == CloudApiFault.CloseDone)
            context.Abort();
        else
            await answer.WriteAsync(context.Response);
    }

    private static async Task<JsonObject?> ReadAsync(HttpRequest request)
    {
        try
        {
            return await JsonNode.ParseAsync(request.Body) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private CloudApiAnswer Run(JsonObject call, CloudApiFault? fault)
    {
        if (call.ContainsKey("status"))
            return Mark((string)call["message_id"]!);
        var recipient = (string?)call["to"] ?? (string)call["recipient"]!;
        if (!people.TryGetValue(recipient, out var person))
            return CloudApiAnswer.Error(131026, "Message undeliverable", "Receiver is incapable of receiving this message.");
        var message = WhatsAppMessage.From(MessageId(person.Phone), call);
        if (FindObstacle(person, message) is { } obstacle)
            return obstacle;
        var failsLater = fault switch { CloudApiFault.WindowClosedLater => 131047, CloudApiFault.UnavailableLater => 131016, _ => person.HasBlocked ? 131026 : (int?)null };
        if (failsLater is null)
            person.Deliver(message);
        Announce(person, message, failsLater);
        return CloudApiAnswer.Ok(new JsonObject
        {
            ["messaging_product"] = "whatsapp",
            ["contacts"] = new JsonArray(new JsonObject { ["input"] = recipient, ["user_id"] = person.UserId }),
            ["messages"] = new JsonArray(new JsonObject { ["id"] = message.Id }),
        });
    }

    private CloudApiAnswer? FindObstacle(CloudApiPerson person, WhatsAppMessage message)
    {
        if (message.Type is "image" or "document" && !media.ContainsKey((string)message.Request[message.Type]!["id"]!))
            return CloudApiAnswer.Error(131053, "Media upload error", "The media id is not known.");
        if (message.Type != "template")
            return person.IsWindowOpen(Now) ? null : CloudApiAnswer.WindowClosed();
        var template = message.Request["template"]!;
        if (!Templates.TryGetValue((string)template["name"]!, out var variables))
            return CloudApiAnswer.Error(132001, "Template name does not exist in the translation", "The template is not approved.", 404);
        var given = (template["components"]?.AsArray() ?? []).SelectMany(part => part!["parameters"]!.AsArray()).Select(value => (string?)value!["parameter_name"]);
        return given.SequenceEqual(variables) ? null : CloudApiAnswer.Error(132000, "Template param count mismatch", "The variables do not fit.");
    }

    private void Announce(CloudApiPerson person, WhatsAppMessage message, int? failsLater)
    {
        if (!options.TellsStatuses && failsLater is null)
            return;
        if (failsLater is { } code)
        {
            Tell(person, message, "failed", code);
            return;
        }
        Tell(person, message, "sent");
        Tell(person, message, "delivered");
    }

    private CloudApiAnswer Mark(string messageId)
    {
        if (!inbound.TryGetValue(messageId, out var person))
            return CloudApiAnswer.InvalidParameter("Message ID is invalid.");
        lock (person)
            person.Marked = [.. person.Marked, messageId];
        return CloudApiAnswer.Ok(new JsonObject { ["success"] = true });
    }

    private async Task<CloudApiAnswer> UploadAsync(HttpRequest request)
    {
        var form = request.HasFormContentType ? await request.ReadFormAsync() : null;
        var file = form?.Files.GetFile("file");
        var problem = form is null ? "a form was expected"
            : form["messaging_product"] != "whatsapp" ? "messaging_product must be whatsapp"
            : file is null ? "file is missing"
            : form["type"] != file.ContentType ? "type and the file's own type differ"
            : form.Keys.FirstOrDefault(key => key is not ("messaging_product" or "type")) is { } unknown ? $"unknown part {unknown}"
            : file.Length is 0 or > MaxUploadBytes ? $"{file.Length} bytes" : null;
        if (problem is not null)
        {
            violations.Enqueue($"media: {problem}");
            return CloudApiAnswer.InvalidParameter(problem);
        }
        var id = Interlocked.Increment(ref lastId).ToString(CultureInfo.InvariantCulture);
        media[id] = file!.ContentType;
        calls.Enqueue(new CloudApiCall(request.Path.Value!, new JsonObject { ["type"] = file.ContentType, ["name"] = file.FileName }, 200));
        return CloudApiAnswer.Ok(new JsonObject { ["id"] = id });
    }
}
