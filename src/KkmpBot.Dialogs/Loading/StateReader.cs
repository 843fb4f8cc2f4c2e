using KkmpBot.Dialogs.Model;

namespace KkmpBot.Dialogs.Loading;

/// <summary>Reads the states of one dialog.</summary>
internal sealed class StateReader
{
    private readonly string dialog;
    private readonly Vocabulary vocabulary;
    private readonly WordingReader texts;
    private readonly ErrorList errors;
    private readonly RouteReader routes;
    private readonly ArgumentReader arguments;
    private readonly ChoicesReader choices;

    /// <summary>A reader for one dialog.</summary>
    /// <param name="dialog">Its name.</param>
    /// <param name="scope">The names it may use.</param>
    /// <param name="vocabulary">The capabilities.</param>
    /// <param name="texts">Reads texts.</param>
    public StateReader(string dialog, NameScope scope, Vocabulary vocabulary, WordingReader texts)
    {
        this.dialog = dialog;
        this.vocabulary = vocabulary;
        this.texts = texts;
        errors = texts.Errors;
        routes = new RouteReader(texts, scope);
        arguments = new ArgumentReader(errors);
        choices = new ChoicesReader(texts, routes, arguments, scope, vocabulary);
    }

    /// <summary>Reads a state; null when it cannot be read, which is then reported.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="node">What stands under it.</param>
    public State? Read(ScalarNode name, YamlNode node)
    {
        if (!NamePath.IsName(name.Text))
        {
            errors.Add(name.Spot, "D005", $"'{name.Text}' must be a name in small letters, digits and underscores");
            return null;
        }

        var written = node is MapNode map ? map.Entries.Select(entry => entry.Key.Text) : [];
        var keys = written.Where(key => key is "ask" or "do" or "say").ToList();
        if (keys.Count != 1)
        {
            var found = keys.Count == 0 ? "none" : string.Join(" and ", keys);
            errors.Add(name.Spot, "D002", $"'{name.Text}' must have exactly one of ask, do and say, and has {found}");
            return null;
        }

        return keys[0] switch
        {
            "ask" => Ask(name, node),
            "do" => Do(name, node),
            _ => Say(name, node),
        };
    }

    private AskState? Ask(ScalarNode name, YamlNode node)
    {
        var map = MapReader.Open(node, Shape.Ask, errors)!;
        var expect = map.Node("expect") is { } limits ? Expect(limits) : null;
        var next = map.Node("next") is { } lines ? routes.Next(lines) : [];
        var key = $"{dialog}.{name.Text}";
        var question = texts.Read(map.Node("ask")!, $"{key}.ask");
        var offered = choices.Read(map.Node("choices"), key);
        var retry = texts.ReadOptional(map.Node("retry"), $"{key}.retry");
        var pickInto = SlotUnder(map, "pick_into");
        var (uninterruptible, contact) = (map.Flag("uninterruptible"), map.Flag("contact"));
        if (pickInto is null && offered is ListedChoices { Add.Count: > 0 })
        {
            errors.Add(offered.Spot, "D003", "choices with 'add' need 'pick_into: slot' beside them, to tell what was chosen");
        }

        var otherwise = map.Node("otherwise") is { } elsewhere ? Otherwise(elsewhere) : null;
        if (offered is null ? otherwise is not null : otherwise is { OnlyGoods: false } && (retry is not null || expect is { Limits.Attempts: not null }))
        {
            errors.Add(map.SpotOf("otherwise"), "D017", "'otherwise' takes what is no choice: it needs choices, and without 'only: goods' no retry or attempts");
        }

        return expect is not { } demand
            ? null
            : new AskState(
                name.Text, question, offered, demand.Into, pickInto, demand.Limits, retry, next, uninterruptible, contact, otherwise, name.Spot)
            {
                Picture = map.Node("picture") is { } sent ? Picture(sent) : null,
            };
    }

    private OtherwiseRoute? Otherwise(YamlNode node)
    {
        if (MapReader.Open(node, Shape.Otherwise, errors) is not { } map)
        {
            return null;
        }

        var only = map.Name("only");
        if (only is not null && only.Text != OtherwiseRoute.Goods)
        {
            errors.Add(only.Spot, "D005", $"'only' may be {OtherwiseRoute.Goods}");
        }

        var takesAll = map.Flag("all");
        if (only is not null && takesAll)
        {
            errors.Add(only.Spot, "D005", "'only' and 'all' exclude each other");
        }

        return SlotUnder(map, "into") is { } into && RouteReader.State(map, "to") is { } to ? new OtherwiseRoute(into, to, only is not null, takesAll) : null;
    }

    private PictureRoute? Picture(YamlNode node) =>
        MapReader.Open(node, Shape.Picture, errors) is { } map && SlotUnder(map, "into") is { } into && RouteReader.State(map, "to") is { } to
            ? new PictureRoute(into, to)
            : null;

    private (SlotName Into, AnswerLimits Limits)? Expect(YamlNode node)
    {
        if (MapReader.Open(node, Shape.Expect, errors) is not { } map)
        {
            return null;
        }

        var limits = new AnswerLimits(
            arguments.Limit(map, "min"),
            arguments.Limit(map, "max"),
            map.Whole("attempts", 1, AnswerLimits.MaxAttempts),
            RouteReader.State(map, "give_up"),
            map.Flag("amount"));
        return SlotUnder(map, "into") is { } into ? (into, limits) : null;
    }

    private DoState? Do(ScalarNode name, YamlNode node)
    {
        var map = MapReader.Open(node, Shape.Do, errors)!;
        var routesRead = new List<OutcomeRoute>();
        foreach (var (outcome, follows) in map.Entries("outcomes"))
        {
            if (routes.Outcome(outcome, follows, $"{dialog}.{name.Text}.outcomes.{outcome.Text}.say") is { } route)
            {
                routesRead.Add(route);
            }
        }

        var with = arguments.Read(map);
        var into = SlotUnder(map, "into");
        if (map.Text("do") is not { } call)
        {
            return null;
        }

        var capability = vocabulary.Capabilities.GetValueOrDefault(call.Text);
        return new DoState(name.Text, call.Text, capability, with, into, routesRead, call.Spot, name.Spot);
    }

    private SayState Say(ScalarNode name, YamlNode node)
    {
        var map = MapReader.Open(node, Shape.Say, errors)!;
        if (map.Has("next") == map.Has("end"))
        {
            errors.Add(name.Spot, "D003", $"'{name.Text}' needs either 'next' or 'end'");
        }

        if (map.Has("offer") && !map.Has("end"))
        {
            errors.Add(map.SpotOf("offer"), "D003", "'offer' belongs to an 'end'");
        }

        var offers = map.Items("offer")
            .Select(item => map.NameOf(item, "offer"))
            .OfType<ScalarNode>()
            .Select(dialogName => new Target(dialogName.Text, LeavesDialog: true, dialogName.Spot));
        return new SayState(
            name.Text,
            texts.Read(map.Node("say")!, $"{dialog}.{name.Text}.say"),
            map.Node("next") is { } next ? routes.Next(next) : [],
            map.Name("end")?.Text,
            [.. offers],
            name.Spot);
    }

    private static SlotName? SlotUnder(MapReader map, string key) => map.Name(key) is { } slot ? new SlotName(slot.Text, slot.Spot) : null;
}
