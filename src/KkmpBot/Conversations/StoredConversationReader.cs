using System.Text.Json;
using KkmpBot.Dialogs.Model;

namespace KkmpBot.Conversations;

/// <summary>
/// Reads what <see cref="StoredConversationWriter"/> wrote, now or in an earlier version: members may be missing or come in any order, and
/// unknown ones are skipped. Throws <see cref="JsonException"/> when it is no conversation.
/// </summary>
internal static class StoredConversationReader
{
    /// <summary>Reads a stored conversation.</summary>
    /// <param name="utf8">The JSON.</param>
    public static StoredConversation Read(ReadOnlySpan<byte> utf8)
    {
        var json = new Utf8JsonReader(utf8);
        if (!json.Read() || json.TokenType != JsonTokenType.StartObject)
            throw new JsonException("A stored conversation is an object.");
        var state = ConversationState.Empty;
        List<string> pressable = [];
        while (NextMember(ref json))
        {
            if (Is(ref json, "State"u8))
                state = ReadState(ref json);
            else if (Is(ref json, "Pressable"u8))
                pressable = ReadList(ref json, static (ref Utf8JsonReader item) => Text(ref item));
            else
                json.Skip();
        }
        return new StoredConversation(state, pressable);
    }

    private static ConversationState ReadState(ref Utf8JsonReader json)
    {
        List<Frame> frames = [], parked = [];
        List<Option> offered = [];
        var language = ConversationState.Empty.Language;
        string? sentence = null;
        while (NextMember(ref json))
        {
            if (Is(ref json, "Frames"u8))
                frames = ReadList(ref json, ReadFrame);
            else if (Is(ref json, "Parked"u8))
                parked = ReadList(ref json, ReadFrame);
            else if (Is(ref json, "Offered"u8))
                offered = ReadList(ref json, ReadOption);
            else if (Is(ref json, "Language"u8))
                language = Text(ref json);
            else if (Is(ref json, "OfferedFor"u8))
                sentence = json.GetString();
            else
                json.Skip();
        }
        return new ConversationState(frames, parked, language) { Offered = offered, OfferedFor = sentence };
    }

    private static Frame ReadFrame(ref Utf8JsonReader json)
    {
        string dialog = "", state = "";
        int version = 0, attempts = 0, page = 0;
        Dictionary<string, Value> memory = [];
        List<Option> options = [];
        Dictionary<string, string>? heard = null;
        DateTime since = default;
        while (NextMember(ref json))
        {
            if (Is(ref json, "Dialog"u8))
                dialog = Text(ref json);
            else if (Is(ref json, "Version"u8))
                version = json.GetInt32();
            else if (Is(ref json, "State"u8))
                state = Text(ref json);
            else if (Is(ref json, "SinceUtc"u8))
                since = json.GetDateTime();
            else if (Is(ref json, "Attempts"u8))
                attempts = json.GetInt32();
            else if (Is(ref json, "Page"u8))
                page = json.GetInt32();
            else if (Is(ref json, "Memory"u8))
                memory = ReadFields(ref json);
            else if (Is(ref json, "Options"u8))
                options = ReadList(ref json, ReadOption);
            else if (Is(ref json, "Heard"u8))
                heard = json.TokenType == JsonTokenType.Null ? null : ReadHeard(ref json);
            else
                json.Skip();
        }
        return new Frame(dialog, version, state, memory, attempts, options, page, since) { Heard = heard };
    }

    private static Option ReadOption(ref Utf8JsonReader json)
    {
        string key = "", label = "";
        string? detail = null;
        RecordValue? record = null;
        while (NextMember(ref json))
        {
            if (Is(ref json, "Key"u8))
                key = Text(ref json);
            else if (Is(ref json, "Label"u8))
                label = Text(ref json);
            else if (Is(ref json, "Detail"u8))
                detail = json.GetString();
            else if (Is(ref json, "Record"u8))
                record = json.TokenType == JsonTokenType.Null ? null : ReadValue(ref json) as RecordValue;
            else
                json.Skip();
        }
        return new Option(key, label, detail, record);
    }

    private static Dictionary<string, string> ReadHeard(ref Utf8JsonReader json)
    {
        var heard = new Dictionary<string, string>();
        Expect(ref json, JsonTokenType.StartObject);
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var question = Text(ref json);
            json.Read();
            heard[question] = Text(ref json);
        }
        return heard;
    }

    private static Dictionary<string, Value> ReadFields(ref Utf8JsonReader json)
    {
        var fields = new Dictionary<string, Value>();
        Expect(ref json, JsonTokenType.StartObject);
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var name = Text(ref json);
            json.Read();
            fields[name] = ReadValue(ref json);
        }
        return fields;
    }

    // The member after the kind is the value, and tells the kind as well.
    private static Value ReadValue(ref Utf8JsonReader json)
    {
        Value? value = null;
        while (NextMember(ref json))
        {
            if (Is(ref json, "Text"u8))
                value = new TextValue(Text(ref json));
            else if (Is(ref json, "Yes"u8))
                value = new YesNoValue(json.GetBoolean());
            else if (Is(ref json, "Fields"u8))
                value = new RecordValue(ReadFields(ref json));
            else if (Is(ref json, "Items"u8))
                value = new ListValue(ReadList(ref json, static (ref Utf8JsonReader item) =>
                    ReadValue(ref item) as RecordValue ?? throw new JsonException("A list holds records.")));
            else if (Is(ref json, "Rupiah"u8))
                value = new MoneyValue(json.GetInt64());
            else if (Is(ref json, "Amount"u8))
                value = new QuantityValue(json.GetDecimal());
            else if (Is(ref json, "Number"u8))
                value = new WholeValue(json.GetInt64());
            else if (Is(ref json, "Day"u8))
                value = new DateValue(DateOnly.FromDateTime(json.GetDateTime()));
            else
                json.Skip();
        }
        return value ?? throw new JsonException("A value of no kind.");
    }

    private delegate T ReadItem<out T>(ref Utf8JsonReader json);

    private static List<T> ReadList<T>(ref Utf8JsonReader json, ReadItem<T> read)
    {
        var items = new List<T>();
        Expect(ref json, JsonTokenType.StartArray);
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
            items.Add(read(ref json));
        return items;
    }

    // Stands at an object's beginning or at the end of its last member; then at the value of the next, whose name `Is` compares.
    private static bool NextMember(ref Utf8JsonReader json)
    {
        if (!json.Read())
            throw new JsonException("The end is missing.");
        return json.TokenType == JsonTokenType.PropertyName;
    }

    // Moves on to the value when the name is this one.
    private static bool Is(ref Utf8JsonReader json, ReadOnlySpan<byte> name) => json.ValueTextEquals(name) && json.Read();

    private static string Text(ref Utf8JsonReader json) => json.GetString() ?? throw new JsonException("A text is null.");

    private static void Expect(ref Utf8JsonReader json, JsonTokenType token)
    {
        if (json.TokenType != token)
            throw new JsonException($"{json.TokenType} stands where {token} is expected.");
    }
}
