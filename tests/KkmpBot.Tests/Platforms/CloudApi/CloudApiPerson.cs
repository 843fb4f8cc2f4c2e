using System.Text.Json.Nodes;
using System.Threading.Channels;

namespace KkmpBot.Tests.Platforms.CloudApi;

/// <summary>A button or row as the person sees it.</summary>
public sealed record WhatsAppButton(string Id, string Title, string? Description = null);

/// <summary>A message as a person received it.</summary>
/// <param name="Id">Its wamid.</param>
/// <param name="Type">text, button, list, contact_request, image, document or template.</param>
/// <param name="Text">The words, the caption, or the variables of a template.</param>
/// <param name="Buttons">What can be pressed.</param>
/// <param name="Request">The whole request as it came.</param>
public sealed record WhatsAppMessage(string Id, string Type, string Text, IReadOnlyList<WhatsAppButton> Buttons, JsonObject Request)
{
    /// <summary>What stands on the buttons or rows.</summary>
    public IReadOnlyList<string> Labels => [.. Buttons.Select(button => button.Title)];

    internal static WhatsAppMessage From(string id, JsonObject request)
    {
        var type = (string?)request["type"] ?? "text";
        return type switch
        {
            "interactive" => Interactive(id, request),
            "template" => new(id, type, string.Join(' ', Parameters(request)), [], request),
            "text" => new(id, type, (string)request["text"]!["body"]!, [], request),
            _ => new(id, type, (string?)request[type]!["caption"] ?? "", [], request),
        };
    }

    private static WhatsAppMessage Interactive(string id, JsonObject request)
    {
        var content = request["interactive"]!;
        var replies = content["action"]!["buttons"]?.AsArray().Select(button => button!["reply"]!)
            ?? content["action"]!["sections"]?.AsArray().SelectMany(section => section!["rows"]!.AsArray()).Select(row => row!)
            ?? [];
        var buttons = replies.Select(reply => new WhatsAppButton((string)reply["id"]!, (string)reply["title"]!, (string?)reply["description"])).ToList();
        return new WhatsAppMessage(id, (string)content["type"]!, (string)content["body"]!["text"]!, buttons, request);
    }

    private static IEnumerable<string> Parameters(JsonObject request) =>
        (request["template"]!["components"]?.AsArray() ?? []).SelectMany(part => part!["parameters"]!.AsArray()).Select(value => (string)value!["text"]!);
}

/// <summary>A person with the app. What they do becomes a webhook; what the bot sends lands here.</summary>
public sealed class CloudApiPerson
{
    private readonly Lock gate = new();
    private readonly CloudApiEmulator api;
    private readonly List<WhatsAppMessage> received = [];
    private readonly Channel<WhatsAppMessage> unread = Channel.CreateUnbounded<WhatsAppMessage>();

    internal CloudApiPerson(CloudApiEmulator api, string userId, string name, string phone, bool hidesPhone)
    {
        this.api = api;
        (UserId, Name, Phone, HidesPhone) = (userId, name, phone, hidesPhone);
    }

    /// <summary>The business-scoped id.</summary>
    public string UserId { get; }

    public string Name { get; }

    /// <summary>Digits with the country code.</summary>
    public string Phone { get; }

    /// <summary>True for somebody with a username, whose number is withheld.</summary>
    public bool HidesPhone { get; }

    /// <summary>When they last wrote; null before.</summary>
    public DateTimeOffset? LastWrote { get; private set; }

    /// <summary>True while they have blocked the business: what is sent is accepted and never delivered.</summary>
    public bool HasBlocked { get; set; }

    /// <summary>Ids of their messages that were marked as read, in order.</summary>
    public IReadOnlyList<string> Marked { get; internal set; } = [];

    /// <summary>Everything the bot ever wrote here.</summary>
    public IReadOnlyList<WhatsAppMessage> Received
    {
        get
        {
            lock (gate)
                return [.. received];
        }
    }

    /// <summary>Lets a day and an hour pass since they last wrote.</summary>
    public void CloseWindow() => LastWrote -= TimeSpan.FromHours(25);

    /// <summary>Writes something.</summary>
    public string SendText(string text) => Send("text", new JsonObject { ["body"] = text });

    /// <summary>Presses a button or picks a row by its label or id, on the newest message that has it.</summary>
    public string Press(string labelOrId)
    {
        foreach (var message in Received.Reverse())
        {
            if (message.Buttons.FirstOrDefault(button => button.Title == labelOrId || button.Id == labelOrId) is { } button)
                return PressId(button.Id, button.Title, message);
        }
        throw new InvalidOperationException($"There is no button '{labelOrId}'; the last message is: {(Received is [.., var last] ? last.Text : "none")}");
    }

    /// <summary>Presses with any id, as an old message or a modified client can.</summary>
    public string PressId(string id, string title = "x", WhatsAppMessage? under = null)
    {
        var kind = under?.Type == "list" ? "list_reply" : "button_reply";
        return Send("interactive", new JsonObject { ["type"] = kind, [kind] = new JsonObject { ["id"] = id, ["title"] = title } }, under?.Id);
    }

    /// <summary>Shares the own number: what the button of a contact request does.</summary>
    public string ShareContact() => SendCard(Phone, "contact_request");

    /// <summary>Passes on a card.</summary>
    public string SendCard(string phone, string origin = "other") => SendItem("contacts", new JsonArray(new JsonObject
    {
        ["name"] = new JsonObject { ["formatted_name"] = Name },
        ["phones"] = new JsonArray(new JsonObject { ["phone"] = $"+{phone}", ["wa_id"] = phone, ["type"] = "MOBILE" }),
        ["origin"] = origin,
    }));

    /// <summary>Sends any content under its type.</summary>
    public string Send(string type, JsonObject content, string? inReplyTo = null) => SendItem(type, content, inReplyTo);

    /// <summary>Changes the number: WhatsApp itself tells the business, by the old one.</summary>
    public string ChangeNumber(string newPhone, string newUserId) => SendItem("system", new JsonObject
    {
        ["body"] = $"User {Name} changed from {Phone} to {newPhone}",
        ["wa_id"] = newPhone,
        ["user_id"] = newUserId,
        ["type"] = "user_changed_number",
    });

    /// <summary>The bot's next message that was not read yet. Throws <see cref="TimeoutException"/> when none comes.</summary>
    public async Task<WhatsAppMessage> WaitForReplyAsync(TimeSpan? timeout = null)
    {
        using var timer = new CancellationTokenSource(timeout ?? TimeSpan.FromSeconds(15));
        try
        {
            return await unread.Reader.ReadAsync(timer.Token);
        }
        catch (OperationCanceledException late)
        {
            throw new TimeoutException($"No message of the bot to {Name}. Violations: {string.Join("; ", api.Violations)}", late);
        }
    }

    /// <summary>What the bot wrote and was not read yet, without waiting; WhatsApp tells the business that it was read.</summary>
    public IReadOnlyList<WhatsAppMessage> Read()
    {
        var found = new List<WhatsAppMessage>();
        while (unread.Reader.TryRead(out var message))
            found.Add(message);
        return found;
    }

    /// <summary>Looks at a message, with read receipts on.</summary>
    public void Look(WhatsAppMessage message) => api.Tell(this, message, "read");

    internal bool IsWindowOpen(DateTimeOffset now) => LastWrote is { } wrote && now - wrote < TimeSpan.FromHours(24);

    internal void Deliver(WhatsAppMessage message)
    {
        lock (gate)
        {
            received.Add(message);
            unread.Writer.TryWrite(message);
        }
    }

    private string SendItem(string type, JsonNode content, string? inReplyTo = null)
    {
        if (type is not ("system" or "reaction"))
            LastWrote = api.Now;
        return api.Enqueue(this, type, content, inReplyTo);
    }
}
