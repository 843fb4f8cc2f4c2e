using KkmpBot.Dialogs.Flow;
using KkmpBot.Dialogs.Loading;
using KkmpBot.Dialogs.Model;
using KkmpBot.Dialogs.Texts;

namespace KkmpBot.Dialogs.Checks.Texts;

/// <summary>A word means one thing: D044.</summary>
internal sealed class WordChecks
{
    private readonly DialogCatalog catalog;
    private readonly ErrorList errors;
    private readonly Dictionary<string, Interruption> interruptions = [];

    private WordChecks(DialogCatalog catalog, ErrorList errors)
    {
        this.catalog = catalog;
        this.errors = errors;
    }

    public static void Check(LoadedFiles files, ErrorList errors)
    {
        var checks = new WordChecks(files.Catalog, errors);
        checks.CheckInterruptions();
        checks.CheckStartWords();
        checks.CheckLabels();
    }

    private void CheckInterruptions()
    {
        foreach (var interruption in catalog.Interruptions)
        {
            foreach (var word in interruption.Words.Where(word => !interruptions.TryAdd(word.Folded, interruption)))
            {
                errors.Add(word.Spot, "D044", $"'{word.Text}' interrupts as '{interruptions[word.Folded].Name}' already; keep one");
            }
        }
    }

    private void CheckStartWords()
    {
        var owners = new Dictionary<string, Dialog>();
        foreach (var dialog in catalog.Dialogs.Values)
        {
            var titles = dialog.Title.All.Select(title => new Word(title.Source, Folding.Fold(title.Source), title.Spot));
            foreach (var word in dialog.StartsWith.Concat(titles))
            {
                if (interruptions.TryGetValue(word.Folded, out var interruption) && interruption.To?.Name != dialog.Name)
                {
                    errors.Add(
                        word.Spot,
                        "D044",
                        $"'{word.Text}' is the interruption '{interruption.Name}' and would never open '{dialog.Name}'");
                }
                else if (!owners.TryAdd(word.Folded, dialog) && owners[word.Folded] != dialog)
                {
                    errors.Add(word.Spot, "D044", $"'{word.Text}' opens '{owners[word.Folded].Name}' already; choose another word");
                }
            }
        }
    }

    private void CheckLabels()
    {
        var asks = catalog.Dialogs.Values.SelectMany(dialog => dialog.States.Values).OfType<AskState>();
        foreach (var ask in asks.Where(ask => !ask.Uninterruptible))
        {
            foreach (var pick in DialogParts.Picks(ask.Choices))
            {
                CheckLabel(pick.Label, pick.Key);
            }
        }

        foreach (var label in MachinePhrases.Labels)
        {
            CheckLabel(catalog.Phrases[label].Text, label);
        }
    }

    // A choice that is the interruption ("Batal" under the pick "cancel") means the same, typed or pressed.
    private void CheckLabel(Wording label, string key)
    {
        foreach (var template in label.All)
        {
            if (interruptions.TryGetValue(Folding.Fold(ChoiceChecks.Plain(template)), out var interruption)
                && interruption.Name != key
                && interruption.Words.All(word => word.Folded != Folding.Fold(key)))
            {
                errors.Add(
                    template.Spot,
                    "D044",
                    $"'{template.Source}' is the interruption '{interruption.Name}': typed, it would not be this choice; reword it");
            }
        }
    }
}
