using System.Text.Json;
using System.Text.Json.Nodes;

namespace KkmpBot.Tests.Platforms.CloudApi;

/// <summary>Says what is wrong with a value; null when nothing is.</summary>
internal delegate string? ValueRule(JsonNode value);

/// <summary>
/// The members that an object may have and must have, with their rules. What is not named is a violation: the real server passes over
/// a slip of the pen or refuses it in words nobody understands.
/// </summary>
internal sealed class Shape
{
    private readonly Dictionary<string, (bool IsRequired, ValueRule Rule)> members = [];

    public Shape Needs(string name, ValueRule rule) => With(name, isRequired: true, rule);

    public Shape Takes(string name, ValueRule rule) => With(name, isRequired: false, rule);

    public string? Check(JsonNode? node)
    {
        if (node is not JsonObject found)
            return "an object was expected";
        foreach (var (name, value) in found)
        {
            if (!members.TryGetValue(name, out var member))
                return $"unknown member {name}";
            if (value is null)
                return $"{name} is null";
            if (member.Rule(value) is { } problem)
                return $"{name}: {problem}";
        }
        var missing = members.FirstOrDefault(member => member.Value.IsRequired && !found.ContainsKey(member.Key)).Key;
        return missing is null ? null : $"{missing} is missing";
    }

    public static ValueRule Text(int most, int least = 1) => node =>
        node.GetValueKind() != JsonValueKind.String ? "a text was expected"
        : node.GetValue<string>().Length is var length && length >= least && length <= most ? null : $"a length of {length} where {least} to {most} are allowed";

    public static ValueRule Only(params string[] words) => node =>
        node.GetValueKind() == JsonValueKind.String && words.Contains(node.GetValue<string>()) ? null : $"one of {string.Join(", ", words)} was expected";

    public static ValueRule Matching(Func<string, bool> fits, string what) => node =>
        node.GetValueKind() == JsonValueKind.String && fits(node.GetValue<string>()) ? null : $"{what} was expected";

    public static string? Flag(JsonNode node) => node.GetValueKind() is JsonValueKind.True or JsonValueKind.False ? null : "true or false was expected";

    public static ValueRule Object(Shape shape) => shape.Check;

    public static ValueRule List(int least, int most, ValueRule rule) => node =>
    {
        if (node is not JsonArray list)
            return "a list was expected";
        if (list.Count < least || list.Count > most)
            return $"{list.Count} items where {least} to {most} are allowed";
        return list.Select(item => item is null ? "an item is null" : rule(item)).FirstOrDefault(problem => problem is not null);
    };

    private Shape With(string name, bool isRequired, ValueRule rule)
    {
        members.Add(name, (isRequired, rule));
        return this;
    }
}
