using KkmpBot.Dialogs.Flow;
using KkmpBot.Dialogs.Loading;
using KkmpBot.Dialogs.Model;
using KkmpBot.Dialogs.Understanding;

namespace KkmpBot.Dialogs.Checks.Names;

/// <summary>A sentence opens one dialog and answers questions that it asks: D037, D038.</summary>
internal static class OpeningChecks
{
    public static void Check(LoadedFiles files, ErrorList errors)
    {
        var owners = new Dictionary<string, Dialog>();
        foreach (var dialog in files.Catalog.Dialogs.Values)
        {
            foreach (var opening in dialog.Opens)
            {
                if (!Wishes.All.Contains(opening.Wish))
                {
                    errors.Add(opening.Spot, "D037", $"nobody wants '{opening.Wish}'{NearestName.Hint(opening.Wish, Wishes.All)}");
                }
                else if (!owners.TryAdd(opening.Wish, dialog))
                {
                    errors.Add(opening.Spot, "D037", $"'{opening.Wish}' opens '{owners[opening.Wish].Name}' already; a sentence opens one dialog");
                }
                else
                {
                    CheckAnswers(dialog, opening, errors);
                }
            }
        }
    }

    private static void CheckAnswers(Dialog dialog, Opening opening, ErrorList errors)
    {
        var parts = Wishes.PartsOf(opening.Wish);
        foreach (var answer in opening.Answers)
        {
            if (dialog.States.GetValueOrDefault(answer.State) is not AskState ask)
            {
                var questions = dialog.States.Values.OfType<AskState>().Select(state => state.Name);
                errors.Add(answer.Spot, "D038", $"there is no question '{answer.State}'{NearestName.Hint(answer.State, questions)}");
            }
            else if (answer.Literal is { } literal && DialogParts.Picks(ask.Choices).All(pick => pick.Key != literal))
            {
                var picks = DialogParts.Picks(ask.Choices).Select(pick => pick.Key);
                errors.Add(answer.Spot, "D038", $"'{answer.State}' offers no pick '{literal}'{NearestName.Hint(literal, picks)}");
            }
            else if (answer.Part is { } part && !parts.ContainsKey(part))
            {
                errors.Add(answer.Spot, "D038", $"a sentence of '{opening.Wish}' has no part '{part}'{NearestName.Hint(part, parts.Keys)}");
            }
            else if (answer.Part is { } said && dialog.Memory.GetValueOrDefault(ask.Into.Name)?.Type is { } type && !Fits(parts[said], type))
            {
                errors.Add(answer.Spot, "D038", $"'{said}' is of type {parts[said].Name}, and '{answer.State}' asks for a {type.Name}");
            }
        }
    }

    // Every part can be read as a text; names and numbers are also looked for among records.
    private static bool Fits(DialogType part, DialogType asked) => asked.Kind == TypeKind.Text || (part.Kind, asked.Kind) switch
    {
        (TypeKind.Text, TypeKind.Record) => true,
        (TypeKind.Whole, TypeKind.Quantity) => true,
        var (said, wanted) => said == wanted,
    };
}
