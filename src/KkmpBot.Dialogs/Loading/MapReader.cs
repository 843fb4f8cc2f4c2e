using System.Globalization;
using KkmpBot.Dialogs.Model;

namespace KkmpBot.Dialogs.Loading;

/// <summary>
/// Reads a mapping by a closed list of keys. What is wrong is reported and read as absent, so that one mistake does not hide the next.
/// </summary>
internal sealed class MapReader
{
    private readonly Dictionary<string, (ScalarNode Key, YamlNode Value)> entries;
    private readonly ErrorList errors;

    private MapReader(MapNode node, ErrorList errors)
    {
        Spot = node.Spot;
        this.errors = errors;
        entries = node.Entries.ToDictionary(entry => entry.Key.Text);
    }

    /// <summary>Where the mapping begins.</summary>
    public Spot Spot { get; }

    /// <summary>Opens a mapping, refuses every key that its shape does not know and reports those it lacks.</summary>
    /// <param name="node">What stands there.</param>
    /// <param name="shape">What it has to be.</param>
    /// <param name="errors">Receives D001, D003 and D005.</param>
    /// <returns>Null when it is no mapping.</returns>
    public static MapReader? Open(YamlNode node, Shape shape, ErrorList errors)
    {
        if (node is not MapNode map)
        {
            errors.Add(node.Spot, "D005", $"{shape.What} is written as keys and values ({string.Join(", ", shape.Keys)})");
            return null;
        }

        foreach (var (key, _) in map.Entries.Where(entry => !shape.Keys.Contains(entry.Key.Text)))
        {
            errors.Add(key.Spot, "D001", $"{shape.What} has no key '{key.Text}'{NearestName.Hint(key.Text, shape.Keys)}");
        }

        var reader = new MapReader(map, errors);
        foreach (var key in shape.Needed)
        {
            reader.Need(key, shape.What);
        }

        return reader;
    }

    /// <summary>True when the key is written.</summary>
    public bool Has(string key) => entries.ContainsKey(key);

    /// <summary>What stands under a key, or null.</summary>
    public YamlNode? Node(string key) => entries.TryGetValue(key, out var entry) ? entry.Value : null;

    /// <summary>Where a key stands, or where the mapping begins when it is absent.</summary>
    public Spot SpotOf(string key) => entries.TryGetValue(key, out var entry) ? entry.Key.Spot : Spot;

    /// <summary>Reports the absence of a key that must be there as D003.</summary>
    /// <param name="key">The key.</param>
    /// <param name="what">How to call the mapping in the error.</param>
    public void Need(string key, string what)
    {
        if (!Has(key))
        {
            errors.Add(Spot, "D003", $"{what} needs '{key}'");
        }
    }

    /// <summary>A text under a key; null when absent, empty (D005) or not a text (D005).</summary>
    public ScalarNode? Text(string key) => Node(key) is { } node ? TextOf(node, key) : null;

    /// <summary>A text; null when empty or not a text, which is reported as D005.</summary>
    /// <param name="node">What stands there.</param>
    /// <param name="what">How to call it in the error.</param>
    public ScalarNode? TextOf(YamlNode node, string what)
    {
        if (node is ScalarNode { Text: var text } scalar && !string.IsNullOrWhiteSpace(text))
        {
            return scalar;
        }

        errors.Add(node.Spot, "D005", $"'{what}' must be a text");
        return null;
    }

    /// <summary>A name in snake_case under a key; null when absent or something else (D005).</summary>
    public ScalarNode? Name(string key) => Node(key) is { } node ? NameOf(node, key) : null;

    /// <summary>A name in snake_case; null when something else stands there, which is reported as D005.</summary>
    /// <param name="node">What stands there.</param>
    /// <param name="what">How to call it in the error.</param>
    public ScalarNode? NameOf(YamlNode node, string what)
    {
        if (TextOf(node, what) is not { } scalar)
        {
            return null;
        }

        if (NamePath.IsName(scalar.Text))
        {
            return scalar;
        }

        errors.Add(scalar.Spot, "D005", $"'{scalar.Text}' must be a name in small letters, digits and underscores");
        return null;
    }

    /// <summary>A whole number within bounds under a key; null when absent or something else (D005).</summary>
    public int? Whole(string key, int min, int max)
    {
        if (Text(key) is not { } scalar)
        {
            return null;
        }

        if (int.TryParse(scalar.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max)
        {
            return number;
        }

        errors.Add(scalar.Spot, "D005", $"'{key}' must be a whole number from {min} to {max}");
        return null;
    }

    /// <summary>true or false under a key; false when absent; anything else is reported as D005.</summary>
    public bool Flag(string key)
    {
        if (Text(key) is not { } scalar)
        {
            return false;
        }

        if (scalar.Text is not ("true" or "false"))
        {
            errors.Add(scalar.Spot, "D005", $"'{key}' must be true or false");
        }

        return scalar.Text == "true";
    }

    /// <summary>The items of a list under a key; empty when absent; anything else is reported as D005.</summary>
    public IReadOnlyList<YamlNode> Items(string key) => Node(key) switch
    {
        null => [],
        ListNode list => list.Items,
        { } other => Refused<YamlNode>(other, $"'{key}' must be a list"),
    };

    /// <summary>The entries of a mapping with free keys under a key; empty when absent; anything else is reported as D005.</summary>
    public IReadOnlyList<(ScalarNode Key, YamlNode Value)> Entries(string key) => Node(key) switch
    {
        null => [],
        MapNode map => map.Entries,
        { } other => Refused<(ScalarNode, YamlNode)>(other, $"'{key}' must be keys and values"),
    };

    private List<T> Refused<T>(YamlNode node, string text)
    {
        errors.Add(node.Spot, "D005", text);
        return [];
    }
}
