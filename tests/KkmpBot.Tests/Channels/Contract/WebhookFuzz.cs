using System.Text;
using System.Text.Json.Nodes;

namespace KkmpBot.Tests.Channels.Contract;

/// <summary>Bodies that no platform would post, or almost: recordings with other bytes, other values, other members, and noise.</summary>
internal static class WebhookFuzz
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "webhooks");

    private static readonly Dictionary<string, byte[][]> Recordings = new()
    {
        ["telegram"] = Load("telegram", "update-"),
        ["whatsapp"] = [.. Load("whatsapp", "webhook-"), .. Load("whatsapp", "status-")],
    };

    private static readonly string[] Texts =
        ["", " ", "0", "-1", "null", "/start", "daftar", "saldo", "\u0000", "\ud83d\ude00", "\u202e\u0301", "99999999999999999999", "+62812", "wamid.=", "outbox-1", "outbox-99999999999999999999"];

    private static readonly string[] Raw = ["{}", "[]", "null", "true", "5", "1e400", "\"\\ud83d\"", "[[[[[[]]]]]]", "{\"a\":{}}", "\"x\""];

    /// <summary>A body, the same for the same random numbers.</summary>
    public static byte[] Body(Random random, string channel)
    {
        var recordings = Recordings[channel];
        var recording = recordings[random.Next(recordings.Length)];
        return random.Next(12) switch
        {
            0 => Noise(random),
            1 => Encoding.UTF8.GetBytes(Raw[random.Next(Raw.Length)]),
            2 => recording[..random.Next(recording.Length)],
            3 or 4 => Bitten(random, recording),
            5 => Encoding.UTF8.GetBytes(new string(random.Next(2) == 0 ? '[' : '{', random.Next(1, 4000))),
            _ => Changed(random, recording),
        };
    }

    private static byte[] Noise(Random random)
    {
        var bytes = new byte[random.Next(300)];
        random.NextBytes(bytes);
        return bytes;
    }

    private static byte[] Bitten(Random random, byte[] recording)
    {
        var body = (byte[])recording.Clone();
        for (var bites = random.Next(1, 8); bites > 0; bites--)
            body[random.Next(body.Length)] = (byte)random.Next(256);
        return body;
    }

    // Well-formed to the last brace, and wrong where nobody looks.
    private static byte[] Changed(Random random, byte[] recording)
    {
        var root = JsonNode.Parse(recording)!;
        for (var changes = random.Next(1, 5); changes > 0; changes--)
            Change(random, root);
        if (random.Next(2) == 0)
            Renew(random, root);
        return Encoding.UTF8.GetBytes(root.ToJsonString());
    }

    // Under an id that nobody has seen it is a turn of its own.
    private static void Renew(Random random, JsonNode root)
    {
        if (root is JsonObject update && update.ContainsKey("update_id"))
            update["update_id"] = random.NextInt64(1, long.MaxValue);
        foreach (var (parent, _) in Places(root).Where(place => place.Key is "id" && place.Parent["type"] is not null).ToList())
            parent["id"] = $"wamid.{random.NextInt64()}";
    }

    private static void Change(Random random, JsonNode root)
    {
        var places = Places(root).ToList();
        if (places.Count == 0)
            return;
        var (parent, key) = places[random.Next(places.Count)];
        var value = Value(random);
        switch (parent)
        {
            case JsonObject found when random.Next(5) == 0:
                found.Remove((string)key);
                break;
            case JsonObject found:
                found[(string)key] = value;
                break;
            case JsonArray found when random.Next(3) == 0:
                found.Add(found[(int)key]?.DeepClone());
                break;
            default:
                ((JsonArray)parent)[(int)key] = value;
                break;
        }
    }

    private static JsonNode? Value(Random random) => random.Next(8) switch
    {
        0 => null,
        1 => JsonValue.Create(random.NextInt64(long.MinValue, long.MaxValue)),
        2 => JsonValue.Create(random.NextDouble() * 1e300),
        3 => JsonValue.Create(random.Next(2) == 0),
        4 => new JsonArray(),
        5 => new JsonObject(),
        6 => JsonValue.Create(new string('x', random.Next(6000))),
        _ => JsonValue.Create(Texts[random.Next(Texts.Length)]),
    };

    private static IEnumerable<(JsonNode Parent, object Key)> Places(JsonNode node) => node switch
    {
        JsonObject found => found.ToList().SelectMany(member => Inside(member.Value).Prepend((found, (object)member.Key))),
        JsonArray list => Enumerable.Range(0, list.Count).SelectMany(i => Inside(list[i]).Prepend((list, (object)i))),
        _ => [],
    };

    private static IEnumerable<(JsonNode Parent, object Key)> Inside(JsonNode? node) => node is null ? [] : Places(node);

    private static byte[][] Load(string channel, string prefix) =>
        [.. Directory.GetFiles(Path.Combine(Folder, channel), $"{prefix}*.json").Order(StringComparer.Ordinal).Select(File.ReadAllBytes)];
}
