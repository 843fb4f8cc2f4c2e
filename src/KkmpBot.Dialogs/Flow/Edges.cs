using KkmpBot.Dialogs.Model;

namespace KkmpBot.Dialogs.Flow;

/// <summary>Lists every way that the files allow: what the graph checks, the drawing and the coverage of transcripts read.</summary>
public static class Edges
{
    /// <summary>All edges of a dialog, the door's first, then state by state.</summary>
    /// <param name="dialog">The dialog.</param>
    public static IReadOnlyList<Edge> Of(Dialog dialog) =>
    [
        .. dialog.Requires.Select(line => new Edge(null, line.Otherwise, $"not {line.Guard}", SetByDoor(dialog), null, Answered: false)),
        new Edge(null, dialog.Initial, "", SetByDoor(dialog), null, Answered: false),
        .. dialog.States.Values.SelectMany(From),
    ];

    private static string[] SetByDoor(Dialog dialog) => dialog.Said is { } said ? [said.Name] : [];

    private static IEnumerable<Edge> From(State state) => state switch
    {
        AskState ask => FromAsk(ask),
        DoState call => call.Outcomes.Select(route => FromDo(call, route)),
        SayState say => say.Next.Select(line => new Edge(say.Name, line.Target, Label(line.When), [], null, Answered: false)),
        _ => throw new InvalidOperationException($"A dialog cannot hold a {state.GetType().Name}."),
    };

    private static Edge FromDo(DoState call, OutcomeRoute route)
    {
        var carries = call.Capability?.Outcomes.Any(outcome => outcome.Name == route.Outcome && outcome.Carries is not null) == true;
        string[] sets = carries && call.Into is { } into ? [into.Name] : [];
        return new Edge(call.Name, route.Target, route.Outcome, sets, route.Say, Answered: false);
    }

    private static IEnumerable<Edge> FromAsk(AskState ask)
    {
        if (ask.Choices is ListedChoices { Empty: { } empty })
        {
            yield return new Edge(ask.Name, empty, "empty", [], null, Answered: false);
        }

        if (ask.Limits.GiveUp is { } giveUp)
        {
            yield return new Edge(ask.Name, giveUp, "give_up", [], null, Answered: true);
        }

        if (ask.Otherwise is { } otherwise)
        {
            yield return new Edge(ask.Name, otherwise.Target, "otherwise", [otherwise.Into.Name], null, Answered: true);
        }

        if (ask.Picture is { } picture)
        {
            yield return new Edge(ask.Name, picture.Target, "picture", [picture.Into.Name], null, Answered: true);
        }

        var possible = Picked(ask);
        foreach (var line in ask.Next)
        {
            var (taken, left) = Divide(ask, line.When, possible);
            yield return new Edge(ask.Name, line.Target, Label(line.When), SetBy(ask, taken), null, Answered: true);
            possible = left;
        }
    }

    /// <summary>What the slot of <c>pick_into</c> can hold after the answer; empty when the state has none.</summary>
    private static HashSet<string> Picked(AskState ask) => ask is { PickInto: not null, Choices: ListedChoices listed }
        ? [ListedChoices.Item, .. listed.Add.Select(pick => pick.Key)]
        : [];

    // After "pick_into == done" the line below it knows that a record was chosen, if done was the only other pick.
    private static (HashSet<string> Taken, HashSet<string> Left) Divide(AskState ask, Condition? when, HashSet<string> possible)
    {
        if (when is not Comparison { Right: KeyOperand key, Comparator: Comparator.Equal or Comparator.NotEqual } comparison
            || comparison.Left.ToString() != ask.PickInto?.Name)
        {
            return (possible, possible);
        }

        var matching = possible.Where(pick => (pick == key.Key) == (comparison.Comparator == Comparator.Equal)).ToHashSet();
        return (matching, possible.Except(matching).ToHashSet());
    }

    private static string[] SetBy(AskState ask, HashSet<string> picked)
    {
        if (ask.PickInto is not { } pickInto)
        {
            return [ask.Into.Name];
        }

        return picked.Count == 1 && picked.Contains(ListedChoices.Item) ? [ask.Into.Name, pickInto.Name] : [pickInto.Name];
    }

    private static string Label(Condition? when) => when switch
    {
        null => "",
        GuardCondition guard => guard.Guard,
        Comparison comparison => Comparisons.Text(comparison),
        MalformedCondition malformed => malformed.Text,
        _ => throw new InvalidOperationException($"A line of next cannot hold a {when.GetType().Name}."),
    };
}
