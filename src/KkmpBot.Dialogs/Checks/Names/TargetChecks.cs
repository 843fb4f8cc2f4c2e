using KkmpBot.Dialogs.Flow;
using KkmpBot.Dialogs.Loading;
using KkmpBot.Dialogs.Model;

namespace KkmpBot.Dialogs.Checks.Names;

/// <summary>Everything that leads somewhere leads to something that exists: D010, D011, D018.</summary>
internal static class TargetChecks
{
    public static void Check(LoadedFiles files, ErrorList errors)
    {
        var dialogs = files.Catalog.Dialogs;
        foreach (var dialog in dialogs.Values)
        {
            CheckStates(dialog, errors);
            var starts = Edges.Of(dialog).Select(edge => edge.Target).Where(target => target.LeavesDialog);
            var offers = dialog.States.Values.OfType<SayState>().SelectMany(say => say.Offer);
            CheckDialogs(starts.Concat(offers), dialogs.Keys, errors);
        }

        CheckDialogs(files.Catalog.Interruptions.Select(interruption => interruption.To).OfType<Target>(), dialogs.Keys, errors);
        if (!dialogs.ContainsKey(Dialog.Menu))
        {
            errors.Add(
                new Spot($"{Dialog.Menu}.yaml", 1, 1),
                "D018",
                $"the dialog '{Dialog.Menu}' must exist; it opens when nothing else is understood");
        }
    }

    private static void CheckStates(Dialog dialog, ErrorList errors)
    {
        if (!dialog.States.ContainsKey(dialog.Initial.Name))
        {
            errors.Add(dialog.Initial.Spot, "D010", Unknown("state", dialog.Initial.Name, dialog.States.Keys));
        }

        var targets = Edges.Of(dialog).Select(edge => edge.Target).Where(target => !target.LeavesDialog && target != dialog.Initial);
        foreach (var target in targets.Concat(dialog.Renamed.Values).Where(target => !dialog.States.ContainsKey(target.Name)))
        {
            errors.Add(target.Spot, "D011", Unknown("state", target.Name, dialog.States.Keys));
        }
    }

    private static void CheckDialogs(IEnumerable<Target> targets, IEnumerable<string> dialogs, ErrorList errors)
    {
        foreach (var target in targets.Where(target => !dialogs.Contains(target.Name)))
        {
            errors.Add(target.Spot, "D018", Unknown("dialog", target.Name, dialogs));
        }
    }

    private static string Unknown(string kind, string name, IEnumerable<string> known) =>
        $"there is no {kind} '{name}'{NearestName.Hint(name, known)}";
}
