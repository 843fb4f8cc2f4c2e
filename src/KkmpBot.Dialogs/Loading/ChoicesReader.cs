using KkmpBot.Dialogs.Model;

namespace KkmpBot.Dialogs.Loading;

/// <summary>Reads <c>choices</c>: a list of picks, or a list that comes from memory or a capability.</summary>
/// <param name="texts">Reads labels.</param>
/// <param name="routes">Reads conditions.</param>
/// <param name="arguments">Reads arguments.</param>
/// <param name="scope">Tells a list in memory from a capability.</param>
/// <param name="vocabulary">The capabilities.</param>
internal sealed class ChoicesReader(
    WordingReader texts, RouteReader routes, ArgumentReader arguments, NameScope scope, Vocabulary vocabulary)
{
    /// <summary>The most picks a question may have: five pages.</summary>
    public const int MaxPicks = 45;

    /// <summary>Reads the choices of a state; null when there are none or they cannot be read.</summary>
    /// <param name="node">What stands under <c>choices</c>, or null.</param>
    /// <param name="state">The key of the state in the translations, e.g. <c>order.confirm</c>.</param>
    public Choices? Read(YamlNode? node, string state) => node switch
    {
        null => null,
        ListNode list => new FixedChoices(Picks(list, $"{state}.choices"), list.Spot),
        _ => Listed(node, $"{state}.choices"),
    };

    private ListedChoices? Listed(YamlNode node, string key)
    {
        if (MapReader.Open(node, Shape.Listed, texts.Errors) is not { } map)
        {
            return null;
        }

        var label = map.Node("label");
        var from = map.Text("from");
        var path = from is null ? null : NamePath.TryParse(from.Text, from.Spot);
        if (from is not null && path is null)
        {
            texts.Errors.Add(from.Spot, "D005", $"'{from.Text}' must name a list in memory or a capability");
        }

        // Reports an 'add' that is no list.
        _ = map.Items("add");
        if (path is null || label is null)
        {
            return null;
        }

        return new ListedChoices(
            path,
            scope.TypeOf(path) is null ? vocabulary.Capabilities.GetValueOrDefault(path.ToString()) : null,
            arguments.Read(map),
            texts.Read(label, $"{key}.label"),
            texts.ReadOptional(map.Node("detail"), $"{key}.detail"),
            RouteReader.State(map, "empty"),
            map.Node("add") is ListNode list ? Picks(list, key) : [],
            from!.Spot);
    }

    private List<Pick> Picks(ListNode list, string key)
    {
        if (list.Items.Count is 0 or > MaxPicks)
        {
            texts.Errors.Add(list.Spot, "D005", $"a list of choices holds 1 to {MaxPicks}");
        }

        return [.. list.Items.Select(item => Pick(item, key)).OfType<Pick>()];
    }

    private Pick? Pick(YamlNode node, string key)
    {
        if (MapReader.Open(node, Shape.Pick, texts.Errors) is not { } map)
        {
            return null;
        }

        var label = map.Node("label");
        if (map.Name("pick") is not { } pick || label is null)
        {
            return null;
        }

        if (pick.Text.Length > Model.Pick.MaxKeyLength)
        {
            texts.Errors.Add(pick.Spot, "D005", $"a pick is at most {Model.Pick.MaxKeyLength} characters long");
        }

        var own = $"{key}.{pick.Text}";
        return new Pick(
            pick.Text,
            texts.Read(label, $"{own}.label"),
            texts.ReadOptional(map.Node("detail"), $"{own}.detail"),
            routes.When(map),
            map.Spot);
    }
}
