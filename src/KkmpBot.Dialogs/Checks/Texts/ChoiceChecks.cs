using KkmpBot.Dialogs.Flow;
using KkmpBot.Dialogs.Loading;
using KkmpBot.Dialogs.Model;
using KkmpBot.Dialogs.Texts;

namespace KkmpBot.Dialogs.Checks.Texts;

/// <summary>Choices can be told apart, and there is always one: D043, D045.</summary>
internal static class ChoiceChecks
{
    public static void Check(LoadedFiles files, ErrorList errors)
    {
        foreach (var ask in files.Catalog.Dialogs.Values.SelectMany(dialog => dialog.States.Values).OfType<AskState>())
        {
            var picks = DialogParts.Picks(ask.Choices);
            CheckKeys(picks, errors);
            foreach (var language in files.Catalog.Languages)
            {
                CheckLabels(picks, language, errors);
            }

            CheckNeverEmpty(ask, picks, errors);
        }
    }

    private static void CheckKeys(IReadOnlyList<Pick> picks, ErrorList errors)
    {
        foreach (var again in picks.GroupBy(pick => pick.Key).SelectMany(same => same.Skip(1)))
        {
            errors.Add(again.Spot, "D043", $"there is a choice '{again.Key}' already; rename one");
        }
    }

    private static void CheckLabels(IReadOnlyList<Pick> picks, string language, ErrorList errors)
    {
        // Two labels that differ only in placeholders are told apart by what fills them.
        var read = picks
            .Select(pick => (Pick: pick, Template: pick.Label.In(language)))
            .Where(label => label.Template.Placeholders.Count == 0)
            .GroupBy(label => Folding.Fold(Plain(label.Template)));
        foreach (var (pick, template) in read.SelectMany(same => same.Skip(1)))
        {
            errors.Add(template.Spot, "D043", $"the label of '{pick.Key}' reads like another one; typed, nobody could tell them apart");
        }
    }

    private static void CheckNeverEmpty(AskState ask, IReadOnlyList<Pick> picks, ErrorList errors)
    {
        var mayBeEmpty = ask.Choices switch
        {
            FixedChoices => picks.All(pick => pick.When is not null),
            ListedChoices { Empty: null } => picks.All(pick => pick.When is not null),
            _ => false,
        };
        if (mayBeEmpty)
        {
            errors.Add(ask.Choices!.Spot, "D045", ask.Choices is ListedChoices
                ? "the list may be empty; say where that leads with 'empty: state'"
                : "every choice has a condition, so none may be left; add one without 'when'");
        }
    }

    /// <summary>The words of a text without placeholders.</summary>
    public static string Plain(Template template) => string.Concat(template.Parts.OfType<LiteralPart>().Select(part => part.Text));
}
