using KkmpBot.Dialogs.Model;

namespace KkmpBot.Dialogs.Loading;

/// <summary>Reads <c>interruptions.yaml</c>.</summary>
/// <param name="texts">Reads texts; its errors receive those of the whole file.</param>
internal sealed class InterruptionsReader(WordingReader texts)
{
    private static readonly Dictionary<string, InterruptionPolicy> Policies = new()
    {
        ["end"] = InterruptionPolicy.End,
        ["repeat"] = InterruptionPolicy.Repeat,
        ["switch"] = InterruptionPolicy.Switch,
        ["detour"] = InterruptionPolicy.Detour,
    };

    /// <summary>Reads the file.</summary>
    /// <param name="root">Its content.</param>
    public IReadOnlyList<Interruption> Read(YamlNode root)
    {
        if (root is not MapNode map)
        {
            texts.Errors.Add(root.Spot, "D005", "the interruptions are written as names, each with its words");
            return [];
        }

        return [.. map.Entries.Select(entry => One(entry.Key, entry.Value)).OfType<Interruption>()];
    }

    private Interruption? One(ScalarNode name, YamlNode node)
    {
        if (MapReader.Open(node, Shape.Interruption, texts.Errors) is not { } map)
        {
            return null;
        }

        var words = DialogReader.Words(map, "words", texts.Errors);
        if (map.Name("then") is not { } then)
        {
            return null;
        }

        if (!Policies.TryGetValue(then.Text, out var policy))
        {
            texts.Errors.Add(then.Spot, "D005", $"'{then.Text}' is no policy{NearestName.Hint(then.Text, Policies.Keys)}");
            return null;
        }

        var opens = policy is InterruptionPolicy.Switch or InterruptionPolicy.Detour;
        var (wanted, idle) = opens ? ("to", "say") : ("say", "to");
        map.Need(wanted, $"'then: {then.Text}'");
        if (map.Has(idle))
        {
            texts.Errors.Add(map.SpotOf(idle), "D001", $"'then: {then.Text}' has no key '{idle}'");
        }

        var to = map.Name("to") is { } dialog ? new Target(dialog.Text, LeavesDialog: true, dialog.Spot) : null;
        var say = texts.ReadOptional(map.Node("say"), $"interruptions.{name.Text}.say");
        return opens && to is null ? null : new Interruption(name.Text, words, policy, opens ? to : null, opens ? null : say, name.Spot);
    }
}
