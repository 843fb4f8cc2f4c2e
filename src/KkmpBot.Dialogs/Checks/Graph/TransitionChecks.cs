using KkmpBot.Dialogs.Flow;
using KkmpBot.Dialogs.Loading;
using KkmpBot.Dialogs.Model;

namespace KkmpBot.Dialogs.Checks.Graph;

/// <summary>Every answer has a way on, no line of <c>next</c> is dead, and patience has an end: D015, D016, D017.</summary>
internal static class TransitionChecks
{
    public static void Check(LoadedFiles files, ErrorList errors)
    {
        foreach (var state in files.Catalog.Dialogs.Values.SelectMany(dialog => dialog.States.Values))
        {
            CheckNext(DialogParts.Next(state), errors);
            if (state is AskState { Limits: var limits } ask && (limits.Attempts is null) != (limits.GiveUp is null))
            {
                errors.Add(ask.Into.Spot, "D017", limits.GiveUp is null
                    ? "'attempts' needs 'give_up: state', where to go when they are used up"
                    : "'give_up' needs 'attempts', after how many unreadable answers");
            }
        }
    }

    private static void CheckNext(IReadOnlyList<Transition> next, ErrorList errors)
    {
        if (next.Count > 0 && next.All(line => line.When is not null))
        {
            errors.Add(next[^1].Spot, "D015", "the last line of 'next' has a condition; add a line without 'when', for every other case");
        }

        foreach (var line in next.SkipWhile(line => line.When is not null).Skip(1))
        {
            errors.Add(line.Spot, "D016", "this line is never reached; the one without 'when' above it always goes");
        }
    }
}
