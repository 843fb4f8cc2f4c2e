using System.Text.Json;

namespace KkmpBot.Channels.WhatsApp;

/// <summary>Reads foreign JSON without ever throwing: what is missing, null or of another kind is simply not there.</summary>
internal static class JsonReading
{
    /// <summary>A member; null when it is missing or null.</summary>
    public static JsonElement? At(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null
            ? value
            : null;

    /// <summary>A member's text; null when it is missing, empty, anything else, or no proper Unicode.</summary>
    public static string? TextAt(this JsonElement element, string name) => element.At(name)?.AsText();

    /// <summary>A member's items, at most so many; empty when it is no list.</summary>
    public static IEnumerable<JsonElement> ItemsAt(this JsonElement element, string name, int most) =>
        element.At(name) is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray().Take(most) : [];

    /// <summary>A member's whole number; null when it is none.</summary>
    public static int? NumberAt(this JsonElement element, string name) =>
        element.At(name) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt32(out var value) ? value : null;

    /// <summary>True when a member is there and true.</summary>
    public static bool FlagAt(this JsonElement element, string name) => element.At(name) is { ValueKind: JsonValueKind.True };

    private static string? AsText(this JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String)
            return null;
        try
        {
            return value.GetString() is { Length: > 0 } text ? text : null;
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair is JSON but no text.
            return null;
        }
    }
}
