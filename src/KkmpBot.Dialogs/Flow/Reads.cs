using KkmpBot.Dialogs.Model;

namespace KkmpBot.Dialogs.Flow;

/// <summary>A place where a name is read.</summary>
/// <param name="Path">The name.</param>
/// <param name="JustSet">Slots that the state itself has certainly set by then.</param>
public readonly record struct Read(NamePath Path, IReadOnlyList<string> JustSet);

/// <summary>Lists what a state reads, in texts, conditions, arguments and limits.</summary>
public static class Reads
{
    /// <summary>Everything that a state reads.</summary>
    /// <param name="flow">Its dialog's graph.</param>
    /// <param name="state">The state.</param>
    public static IEnumerable<Read> Of(DialogFlow flow, State state)
    {
        var dialog = flow.Dialog;
        return state switch
        {
            AskState ask => OnEntry(dialog, ask, ask.Limits.Min, ask.Limits.Max)
                .Concat(OfChoices(ask.Choices))
                .Concat(OfNext(ask, [ask.PickInto?.Name ?? ask.Into.Name])),
            DoState call => call.With.SelectMany(argument => Paths(argument.Operand)).Select(path => new Read(path, []))
                .Concat(OfOutcomes(flow, call)),
            SayState say => OnEntry(dialog, say).Concat(OfNext(say, [])),
            _ => [],
        };
    }

    private static IEnumerable<Read> OnEntry(Dialog dialog, State state, params Operand?[] operands) =>
        DialogParts.Texts(dialog, state).SelectMany(DialogParts.Paths)
            .Concat(operands.OfType<Operand>().SelectMany(Paths))
            .Select(path => new Read(path, []));

    private static IEnumerable<Read> OfChoices(Choices? choices)
    {
        var paths = DialogParts.Picks(choices).SelectMany(pick => Paths(pick.When));
        if (choices is ListedChoices listed)
        {
            paths = paths.Concat(listed.With.SelectMany(argument => Paths(argument.Operand)));
            paths = listed.Capability is null ? paths.Append(listed.From) : paths;
        }

        return paths.Select(path => new Read(path, []));
    }

    private static IEnumerable<Read> OfNext(State state, IReadOnlyList<string> justSet) =>
        DialogParts.Next(state).SelectMany(line => Paths(line.When)).Select(path => new Read(path, justSet));

    private static IEnumerable<Read> OfOutcomes(DialogFlow flow, DoState call) => call.Outcomes.SelectMany(route => route.Say is null
        ? []
        : DialogParts.Paths(new ScopedText(route.Say, flow.Dialog.Scope))
            .Select(path => new Read(path, flow.Leaving[call.Name].First(edge => edge.Label == route.Outcome).Sets)));

    private static IEnumerable<NamePath> Paths(Condition? condition) =>
        condition is Comparison comparison ? Paths(comparison.Right).Prepend(comparison.Left) : [];

    private static IEnumerable<NamePath> Paths(Operand operand) => operand is PathOperand path ? [path.Path] : [];
}
