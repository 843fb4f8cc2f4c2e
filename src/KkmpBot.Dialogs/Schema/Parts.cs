using System.Text.Json.Nodes;
using KkmpBot.Dialogs.Loading;

namespace KkmpBot.Dialogs.Schema;

/// <summary>The pieces that a JSON schema is put together from.</summary>
internal static class Parts
{
    /// <summary>A dotted name.</summary>
    public const string Path = @"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*){0,4}$";

    /// <summary>A mapping of the format; a key of it without a schema, or one too many, is a bug and throws.</summary>
    public static JsonObject Of(Shape shape, params (string Key, JsonObject Schema)[] keys)
    {
        if (!shape.Keys.Order(StringComparer.Ordinal).SequenceEqual(keys.Select(pair => pair.Key).Order(StringComparer.Ordinal)))
        {
            throw new InvalidOperationException($"The schema of {shape.What} does not know the keys {string.Join(", ", shape.Keys)}.");
        }

        var schema = new JsonObject { ["type"] = "object", ["properties"] = Properties(keys), ["additionalProperties"] = false };
        if (shape.Needed.Count > 0)
        {
            schema["required"] = Names(shape.Needed);
        }

        return schema;
    }

    public static JsonObject Properties(IEnumerable<(string Key, JsonObject Schema)> keys) =>
        new(keys.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Schema)));

    public static JsonArray Names(IEnumerable<string> names) => new([.. names.Select(name => (JsonNode)name)]);

    public static JsonObject Ref(string definition) => new() { ["$ref"] = $"#/definitions/{definition}" };

    public static JsonObject Requires(string key) => new() { ["required"] = new JsonArray(key) };

    public static JsonObject Either(params JsonObject[] schemas) => new() { ["anyOf"] = new JsonArray([.. schemas]) };

    public static JsonObject Text(string description) => new() { ["type"] = "string", ["description"] = description };

    public static JsonObject Named(string description) => Pattern("^[a-z][a-z0-9_]*$", description);

    public static JsonObject Pattern(string pattern, string description) =>
        new() { ["type"] = "string", ["pattern"] = pattern, ["description"] = description };

    public static JsonObject OneOf(IEnumerable<string> names, string description) =>
        new() { ["enum"] = Names(names.Order(StringComparer.Ordinal)), ["description"] = description };

    public static JsonObject Whole(int min, int max, string description) =>
        new() { ["type"] = "integer", ["minimum"] = min, ["maximum"] = max, ["description"] = description };

    public static JsonObject Flag(string description) => new() { ["type"] = "boolean", ["description"] = description };

    public static JsonObject ListOf(JsonObject item, string description) =>
        new() { ["type"] = "array", ["items"] = item, ["description"] = description };

    public static JsonObject Wishes() => new()
    {
        ["type"] = "object",
        ["propertyNames"] = new JsonObject { ["enum"] = Names(Understanding.Wishes.All) },
        ["additionalProperties"] = new JsonObject
        {
            ["type"] = "object",
            ["propertyNames"] = Ref("name"),
            ["additionalProperties"] = Ref("value"),
            ["description"] = "questions, each with the part of the sentence that answers it, or a pick as \"'…'\"",
        },
        ["description"] = "what people want when a sentence opens it (lexicon/intents.yaml)",
    };

    public static JsonObject MapOf(JsonObject value, string description) => new()
    {
        ["type"] = "object",
        ["propertyNames"] = Ref("name"),
        ["additionalProperties"] = value,
        ["description"] = description,
    };
}
