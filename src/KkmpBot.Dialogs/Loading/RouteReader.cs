using KkmpBot.Dialogs.Model;

namespace KkmpBot.Dialogs.Loading;

/// <summary>Reads where a state leads: <c>next</c>, <c>outcomes</c> and single targets.</summary>
/// <param name="texts">Reads what an outcome says.</param>
/// <param name="scope">The names that conditions may use.</param>
internal sealed class RouteReader(WordingReader texts, NameScope scope)
{
    /// <summary>Reads a state's name under a key; null when absent.</summary>
    public static Target? State(MapReader map, string key) =>
        map.Name(key) is { } name ? new Target(name.Text, LeavesDialog: false, name.Spot) : null;

    /// <summary>Reads <c>next</c>: a state, <c>{ start: dialog }</c>, or a list with conditions.</summary>
    /// <param name="node">What stands there.</param>
    public IReadOnlyList<Transition> Next(YamlNode node)
    {
        if (node is not ListNode list)
        {
            return Transition(node, Shape.Next) is { } only ? [only] : [];
        }

        if (list.Items.Count == 0)
        {
            texts.Errors.Add(list.Spot, "D003", "'next' needs at least one line");
        }

        return [.. list.Items.Select(item => Transition(item, Shape.Line)).OfType<Transition>()];
    }

    /// <summary>Reads what follows one outcome: a state, <c>{ to, say }</c> or <c>{ start, say }</c>.</summary>
    /// <param name="outcome">The outcome's name.</param>
    /// <param name="node">What stands there.</param>
    /// <param name="key">The key of its text in the translations.</param>
    public OutcomeRoute? Outcome(ScalarNode outcome, YamlNode node, string key)
    {
        if (node is ScalarNode)
        {
            return Plain(node) is { } target ? new OutcomeRoute(outcome.Text, target, null, outcome.Spot) : null;
        }

        return MapReader.Open(node, Shape.Outcome, texts.Errors) is { } map && Goal(map, Shape.Outcome.What) is { } goal
            ? new OutcomeRoute(outcome.Text, goal, texts.ReadOptional(map.Node("say"), key), outcome.Spot)
            : null;
    }

    /// <summary>Reads a condition under <c>when</c>; null when absent.</summary>
    public Condition? When(MapReader map) => map.Text("when") is { } text ? ConditionReader.Read(text, scope) : null;

    private Transition? Transition(YamlNode node, Shape shape)
    {
        if (node is ScalarNode)
        {
            return Plain(node) is { } target ? new Transition(null, target, node.Spot) : null;
        }

        return MapReader.Open(node, shape, texts.Errors) is { } map && Goal(map, shape.What) is { } goal
            ? new Transition(When(map), goal, map.Spot)
            : null;
    }

    private Target? Plain(YamlNode node)
    {
        if (node is ScalarNode { Text: var name } && NamePath.IsName(name))
        {
            return new Target(name, LeavesDialog: false, node.Spot);
        }

        texts.Errors.Add(node.Spot, "D005", "the name of a state must stand here");
        return null;
    }

    private Target? Goal(MapReader map, string what)
    {
        if (map.Has("to") == map.Has("start"))
        {
            texts.Errors.Add(map.Spot, "D003", $"{what} needs either 'to: state' or 'start: dialog'");
            return null;
        }

        return map.Has("to")
            ? State(map, "to")
            : map.Name("start") is { } dialog ? new Target(dialog.Text, LeavesDialog: true, dialog.Spot) : null;
    }
}
