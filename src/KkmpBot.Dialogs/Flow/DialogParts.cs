using KkmpBot.Dialogs.Model;
using KkmpBot.Dialogs.Texts;

namespace KkmpBot.Dialogs.Flow;

/// <summary>A text with the names its placeholders may use.</summary>
/// <param name="Wording">The text.</param>
/// <param name="Scope">The names.</param>
public readonly record struct ScopedText(Wording Wording, NameScope Scope);

/// <summary>Gathers the parts of a dialog that checks look at: its texts, conditions and lines of <c>next</c>.</summary>
public static class DialogParts
{
    /// <summary>Every text of a dialog.</summary>
    /// <param name="dialog">The dialog.</param>
    public static IEnumerable<ScopedText> Texts(Dialog dialog) =>
        dialog.States.Values.SelectMany(state => Texts(dialog, state)).Prepend(new ScopedText(dialog.Title, dialog.Scope));

    /// <summary>Every text of a state.</summary>
    /// <param name="dialog">Its dialog.</param>
    /// <param name="state">The state.</param>
    public static IEnumerable<ScopedText> Texts(Dialog dialog, State state)
    {
        var own = state switch
        {
            AskState ask => new[] { ask.Question, ask.Retry }
                .Concat(Picks(ask.Choices).SelectMany(pick => new[] { pick.Label, pick.Detail })),
            DoState call => call.Outcomes.Select(route => route.Say),
            SayState say => [say.Text],
            _ => [],
        };
        var scoped = own.OfType<Wording>().Select(wording => new ScopedText(wording, dialog.Scope));
        return state is AskState { Choices: ListedChoices listed } ? scoped.Concat(Texts(dialog, listed)) : scoped;
    }

    /// <summary>The labels and details over the elements of a list; none while the list itself is unknown.</summary>
    /// <param name="dialog">The dialog.</param>
    /// <param name="listed">The choices.</param>
    public static IEnumerable<ScopedText> Texts(Dialog dialog, ListedChoices listed)
    {
        return ListType(dialog, listed)?.Element is { } element
            ? new[] { listed.Label, listed.Detail }
                .OfType<Wording>()
                .Select(wording => new ScopedText(wording, dialog.Scope.Inside(element)))
            : [];
    }

    /// <summary>The type of the list that choices come from; null when it is none.</summary>
    /// <param name="dialog">The dialog.</param>
    /// <param name="listed">The choices.</param>
    public static DialogType? ListType(Dialog dialog, ListedChoices listed)
    {
        var type = listed.Capability is { } capability
            ? capability.Outcomes.FirstOrDefault(outcome => outcome.Name == ListedChoices.Listed)?.Carries
            : dialog.Scope.TypeOf(listed.From);
        return type?.Kind == TypeKind.List ? type : null;
    }

    /// <summary>The fixed picks of choices, also those added to a list.</summary>
    /// <param name="choices">The choices, or null.</param>
    public static IReadOnlyList<Pick> Picks(Choices? choices) => choices switch
    {
        FixedChoices list => list.Picks,
        ListedChoices listed => listed.Add,
        _ => [],
    };

    /// <summary>The lines of <c>next</c> of a state; empty where it has none.</summary>
    /// <param name="state">The state.</param>
    public static IReadOnlyList<Transition> Next(State state) => state switch
    {
        AskState ask => ask.Next,
        SayState say => say.Next,
        _ => [],
    };

    /// <summary>Every condition of a state.</summary>
    /// <param name="state">The state.</param>
    public static IEnumerable<Condition> Conditions(State state) =>
        Next(state).Select(line => line.When)
            .Concat(state is AskState ask ? Picks(ask.Choices).Select(pick => pick.When) : [])
            .OfType<Condition>();

    /// <summary>The names that a text reads, without the bare fields of list elements.</summary>
    /// <param name="text">The text.</param>
    public static IEnumerable<NamePath> Paths(ScopedText text) =>
        text.Wording.All.SelectMany(template => Paths(template.Parts, text.Scope));

    private static IEnumerable<NamePath> Paths(IReadOnlyList<TemplatePart> parts, NameScope scope) => parts.SelectMany(part => part switch
    {
        PlaceholderPart placeholder => scope.IsOfElement(placeholder.Path) ? [] : [placeholder.Path],
        EachPart each when scope.TypeOf(each.List)?.Element is { } element => Paths(each.Body, scope.Inside(element)).Prepend(each.List),
        EachPart each => [each.List],
        _ => Enumerable.Empty<NamePath>(),
    });
}
