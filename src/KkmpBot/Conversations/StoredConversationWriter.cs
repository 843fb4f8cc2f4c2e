using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using KkmpBot.Dialogs.Model;

namespace KkmpBot.Conversations;

/// <summary>
/// Writes a stored conversation as JSON, by hand: every turn does it, and the serializer takes four times as long over records in records. What
/// stands at its beginning (no attempts, first page, nothing offered) is left out; <see cref="StoredConversationReader"/> knows.
/// </summary>
internal static class StoredConversationWriter
{
    // Nobody but us reads it, so nothing has to be escaped for the sake of browsers.
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    [ThreadStatic]
    private static (ArrayBufferWriter<byte> Buffer, Utf8JsonWriter Json)? own;

    /// <summary>The JSON; valid until the thread writes the next one.</summary>
    /// <param name="stored">The conversation.</param>
    public static ReadOnlySpan<byte> Write(StoredConversation stored)
    {
        var (buffer, json) = own ??= Own();
        buffer.ResetWrittenCount();
        json.Reset();
        json.WriteStartObject();
        json.WritePropertyName("State"u8);
        WriteState(json, stored.State);
        json.WriteStartArray("Pressable"u8);
        foreach (var key in stored.Pressable)
            json.WriteStringValue(key);
        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan;
    }

    private static (ArrayBufferWriter<byte> Buffer, Utf8JsonWriter Json) Own()
    {
        var buffer = new ArrayBufferWriter<byte>(8192);
        return (buffer, new Utf8JsonWriter(buffer, Plain));
    }

    private static void WriteState(Utf8JsonWriter json, ConversationState state)
    {
        json.WriteStartObject();
        WriteFrames(json, "Frames"u8, state.Frames);
        WriteFrames(json, "Parked"u8, state.Parked);
        json.WriteString("Language"u8, state.Language);
        WriteOptions(json, "Offered"u8, state.Offered);
        if (state.OfferedFor is { } sentence)
            json.WriteString("OfferedFor"u8, sentence);
        json.WriteEndObject();
    }

    private static void WriteFrames(Utf8JsonWriter json, ReadOnlySpan<byte> name, IReadOnlyList<Frame> frames)
    {
        if (frames.Count == 0)
            return;
        json.WriteStartArray(name);
        foreach (var frame in frames)
        {
            json.WriteStartObject();
            json.WriteString("Dialog"u8, frame.Dialog);
            json.WriteNumber("Version"u8, frame.Version);
            json.WriteString("State"u8, frame.State);
            json.WriteString("SinceUtc"u8, frame.SinceUtc);
            if (frame.Attempts != 0)
                json.WriteNumber("Attempts"u8, frame.Attempts);
            if (frame.Page != 0)
                json.WriteNumber("Page"u8, frame.Page);
            if (frame.Memory.Count > 0)
                WriteFields(json, "Memory"u8, frame.Memory);
            WriteOptions(json, "Options"u8, frame.Options);
            if (frame.Heard is { } heard)
                WriteHeard(json, heard);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteOptions(Utf8JsonWriter json, ReadOnlySpan<byte> name, IReadOnlyList<Option> options)
    {
        if (options.Count == 0)
            return;
        json.WriteStartArray(name);
        foreach (var option in options)
        {
            json.WriteStartObject();
            json.WriteString("Key"u8, option.Key);
            json.WriteString("Label"u8, option.Label);
            if (option.Detail is { } detail)
                json.WriteString("Detail"u8, detail);
            if (option.Record is { } record)
            {
                json.WritePropertyName("Record"u8);
                WriteValue(json, record);
            }
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteHeard(Utf8JsonWriter json, IReadOnlyDictionary<string, string> heard)
    {
        json.WriteStartObject("Heard"u8);
        foreach (var (question, answer) in heard)
            json.WriteString(question, answer);
        json.WriteEndObject();
    }

    private static void WriteFields(Utf8JsonWriter json, ReadOnlySpan<byte> name, IReadOnlyDictionary<string, Value> fields)
    {
        json.WriteStartObject(name);
        // A dictionary by its own type is walked without an enumerator on the heap.
        if (fields is Dictionary<string, Value> known)
        {
            foreach (var (field, value) in known)
                WriteField(json, field, value);
        }
        else
        {
            foreach (var (field, value) in fields)
                WriteField(json, field, value);
        }
        json.WriteEndObject();
    }

    private static void WriteField(Utf8JsonWriter json, string field, Value value)
    {
        json.WritePropertyName(field);
        WriteValue(json, value);
    }

    private static void WriteValue(Utf8JsonWriter json, Value value)
    {
        json.WriteStartObject();
        switch (value)
        {
            case TextValue text:
                json.WriteString("$"u8, "t"u8);
                json.WriteString("Text"u8, text.Text);
                break;
            case WholeValue whole:
                json.WriteString("$"u8, "n"u8);
                json.WriteNumber("Number"u8, whole.Number);
                break;
            case QuantityValue quantity:
                json.WriteString("$"u8, "q"u8);
                json.WriteNumber("Amount"u8, quantity.Amount);
                break;
            case MoneyValue money:
                json.WriteString("$"u8, "m"u8);
                json.WriteNumber("Rupiah"u8, money.Rupiah);
                break;
            case DateValue date:
                json.WriteString("$"u8, "d"u8);
                json.WriteString("Day"u8, date.Day.ToString("O", System.Globalization.CultureInfo.InvariantCulture));
                break;
            case YesNoValue answer:
                json.WriteString("$"u8, "b"u8);
                json.WriteBoolean("Yes"u8, answer.Yes);
                break;
            case RecordValue record:
                json.WriteString("$"u8, "r"u8);
                WriteFields(json, "Fields"u8, record.Fields);
                break;
            case ListValue list:
                json.WriteString("$"u8, "l"u8);
                json.WriteStartArray("Items"u8);
                foreach (var item in list.Items)
                    WriteValue(json, item);
                json.WriteEndArray();
                break;
            default:
                throw new InvalidOperationException($"A {value} cannot be stored.");
        }
        json.WriteEndObject();
    }
}
