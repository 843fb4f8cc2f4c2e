using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace KkmpBot.Channels.WebChat;

/// <summary>Where and when an activity stands in its conversation's log.</summary>
/// <param name="Conversation">The conversation.</param>
/// <param name="Sequence">1, 2, 3 …; the watermark after it.</param>
/// <param name="Utc">Later than that of any before it: Web Chat sorts by it.</param>
internal sealed record ActivityStamp(string Conversation, long Sequence, DateTimeOffset Utc)
{
    /// <summary>The activity's id, e.g. <c>8Kx2mQ0vJrT5|0000001</c>; also its turn's update key. What is not kept is numbered by time.</summary>
    public string Id => Sequence > 0 ? $"{Conversation}|{Sequence:D7}" : $"{Conversation}|t{Utc.UtcTicks:x}";

    /// <summary>The timestamp on the wire.</summary>
    public string Timestamp => Utc.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>
/// An activity as a client posts it, e.g. <c>{"type":"message","text":"saldo","channelData":{"clientActivityID":"rew66r"}}</c>. Who it is
/// from, it does not decide: that stands in the token.
/// </summary>
internal sealed class ClientActivity
{
    /// <summary>Largest activity; a message of 4,096 characters with Web Chat's additions needs a quarter.</summary>
    public const int MaxBytes = 64 * 1024;

    private const int MaxNameLength = 64;

    // What the client may not say about its own activity.
    private static readonly string[] Ours = ["id", "timestamp", "conversation", "from", "recipient", "serviceUrl", "replyToId", HeldPicture];

    /// <summary>The member that says that a picture came with it and is held: see <see cref="WebFiles"/>.</summary>
    public const string HeldPicture = "heldPicture";

    private readonly JsonElement root;

    private ClientActivity(JsonElement root, string type, string? clientId, string? senderName)
    {
        this.root = root;
        Type = type;
        ClientId = clientId;
        SenderName = senderName;
    }

    /// <summary>message, typing, event …</summary>
    public string Type { get; }

    /// <summary>The client's own id: it recognises its echo by it, and we a repetition.</summary>
    public string? ClientId { get; }

    /// <summary>The name the page gives its user.</summary>
    public string? SenderName { get; }

    /// <summary>Reads what was posted; null when it is no activity a client may post.</summary>
    /// <param name="body">The body.</param>
    /// <param name="picture">The picture that came with it; null for none.</param>
    public static ClientActivity? Read(ReadOnlySpan<byte> body, byte[]? picture = null)
    {
        // A stored byte that is not UTF-8 would break every stream it is replayed on.
        if (!Utf8.IsValid(body))
            return null;
        try
        {
            var activity = JsonElement.Parse(body);
            if (activity.ValueKind != JsonValueKind.Object)
                return null;
            // Reading them now finds half a surrogate pair before it is stored.
            _ = activity.EnumerateObject().Sum(property => property.Name.Length) + activity.Text("text")?.Length;
            var clientId = activity.Member("channelData")?.Text("clientActivityID");
            return activity.Text("type") is { Length: > 0 } type and not ("conversationUpdate" or "endOfConversation")
                ? new ClientActivity(activity, type, clientId, activity.Member("from")?.Text("name")) { Picture = picture }
                : null;
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>The picture that was uploaded with it; null for none that we take.</summary>
    public byte[]? Picture { get; init; }

    /// <summary>The activity as the conversation gets it: what the client sent, byte for byte, under our id, time and sender.</summary>
    /// <param name="stamp">Its place in the log.</param>
    /// <param name="user">Who posted it.</param>
    public byte[] Echo(ActivityStamp stamp, string user) => ActivityJson.Write(json =>
    {
        foreach (var property in root.EnumerateObject().Where(property => !Ours.Contains(property.Name)))
        {
            json.WritePropertyName(property.Name);
            json.WriteRawValue(property.Value.GetRawText(), skipInputValidation: true);
        }
        if (Picture is not null)
            json.WriteBoolean(HeldPicture, true);
        if (root.Member("channelId") is null)
            json.WriteString("channelId", "directline");
        json.WriteStart(stamp, user, SenderName?.CutTo(MaxNameLength), "user");
    });
}

/// <summary>Reading and writing activities as JSON.</summary>
internal static class ActivityJson
{
    /// <summary>The bot's id in every activity.</summary>
    public const string BotId = "kkmp";

    /// <summary>The bot's name in every activity.</summary>
    public const string BotName = "KKMP Semarang";

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes one JSON object.</summary>
    /// <param name="members">Writes its members.</param>
    public static byte[] Write(Action<Utf8JsonWriter> members)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>A frame of the stream, and the answer to a poll: <c>{"activities":[…],"watermark":"4"}</c>.</summary>
    /// <param name="activities">Activities as stored.</param>
    /// <param name="watermark">What to ask from the next time; null leaves the client's as it is.</param>
    public static byte[] Frame(IEnumerable<ReadOnlyMemory<byte>> activities, long? watermark) => Write(json =>
    {
        json.WriteStartArray("activities");
        foreach (var activity in activities)
            json.WriteRawValue(activity.Span, skipInputValidation: true);
        json.WriteEndArray();
        if (watermark is { } value)
            json.WriteString("watermark", $"{value}");
    });

    /// <summary>Writes what every activity carries from us.</summary>
    /// <param name="json">The activity's object.</param>
    /// <param name="stamp">Its place.</param>
    /// <param name="from">The sender's id.</param>
    /// <param name="name">The sender's name, if any.</param>
    /// <param name="role">bot or user.</param>
    public static void WriteStart(this Utf8JsonWriter json, ActivityStamp stamp, string from, string? name, string role)
    {
        json.WriteString("id", stamp.Id);
        json.WriteString("timestamp", stamp.Timestamp);
        json.WriteStartObject("conversation");
        json.WriteString("id", stamp.Conversation);
        json.WriteEndObject();
        json.WriteStartObject("from");
        json.WriteString("id", from);
        if (name is not null)
            json.WriteString("name", name);
        json.WriteString("role", role);
        json.WriteEndObject();
    }

    /// <summary>At most so many characters of a text, never half of one.</summary>
    /// <param name="text">The text.</param>
    /// <param name="length">The most.</param>
    public static string CutTo(this string text, int length) =>
        text.Length <= length ? text : text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)];

    /// <summary>A member's text; null when it is missing or anything else.</summary>
    /// <param name="element">Any JSON.</param>
    /// <param name="name">The member.</param>
    public static string? Text(this JsonElement element, string name) =>
        element.Member(name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    /// <summary>A member; null when it is missing or null (Direct Line takes them for the same).</summary>
    /// <param name="element">Any JSON.</param>
    /// <param name="name">The member.</param>
    public static JsonElement? Member(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null
            ? value
            : null;
}
