using KkmpBot.Dialogs.Flow;
using KkmpBot.Dialogs.Loading;

namespace KkmpBot.Dialogs.Checks.Graph;

/// <summary>No way goes round without asking the person something, not even through other dialogs: D014.</summary>
internal sealed class LoopChecks
{
    private readonly DialogCatalog catalog;
    private readonly ErrorList errors;
    private readonly HashSet<(string Dialog, string State)> done = [];
    private readonly List<(string Dialog, string State)> path = [];

    private LoopChecks(DialogCatalog catalog, ErrorList errors)
    {
        this.catalog = catalog;
        this.errors = errors;
    }

    public static void Check(LoadedFiles files, ErrorList errors)
    {
        var checks = new LoopChecks(files.Catalog, errors);
        foreach (var dialog in files.Catalog.Dialogs.Values)
        {
            foreach (var state in dialog.States.Keys)
            {
                checks.Visit((dialog.Name, state));
            }
        }
    }

    // Depth first over the edges taken without an answer; a state met again on the way to itself closes a loop.
    private void Visit((string Dialog, string State) at)
    {
        var met = path.IndexOf(at);
        if (met >= 0)
        {
            var steps = path.Skip(met).Append(at).Select(step => step.Dialog == at.Dialog ? step.State : $"{step.Dialog}.{step.State}");
            var spot = catalog.Dialogs[at.Dialog].States[at.State].Spot;
            errors.Add(spot, "D014", $"{string.Join(" -> ", steps)} goes round without asking anything");
            return;
        }

        if (!done.Add(at))
        {
            return;
        }

        path.Add(at);
        foreach (var edge in catalog.Flows[at.Dialog].Leaving[at.State].Where(edge => !edge.Answered))
        {
            foreach (var next in Arrivals(at.Dialog, edge))
            {
                Visit(next);
            }
        }

        path.RemoveAt(path.Count - 1);
    }

    private IEnumerable<(string Dialog, string State)> Arrivals(string dialog, Edge edge) => edge.Target.LeavesDialog
        ? catalog.Flows[edge.Target.Name].Edges.Where(door => door.From is null).Select(door => (edge.Target.Name, door.Target.Name))
        : [(dialog, edge.Target.Name)];
}
