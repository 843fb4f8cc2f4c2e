using KkmpBot.Dialogs.Flow;
using KkmpBot.Dialogs.Loading;
using KkmpBot.Dialogs.Model;

namespace KkmpBot.Dialogs.Checks.Graph;

/// <summary>Every state can be reached, and an end can be reached from it: D012, D013.</summary>
internal static class ReachChecks
{
    public static void Check(LoadedFiles files, ErrorList errors)
    {
        foreach (var flow in files.Catalog.Flows.Values)
        {
            var ending = EndingStates(flow);
            foreach (var state in flow.Dialog.States.Values)
            {
                if (!flow.Reaches(state.Name))
                {
                    errors.Add(state.Spot, "D012", $"no way leads to '{state.Name}'; lead one there or take it away");
                }
                else if (!ending.Contains(state.Name))
                {
                    errors.Add(state.Spot, "D013", $"no end can be reached from '{state.Name}'; people would be caught here");
                }
            }
        }
    }

    private static HashSet<string> EndingStates(DialogFlow flow)
    {
        var ending = flow.Dialog.States.Values.OfType<SayState>().Where(say => say.End is not null).Select(say => say.Name).ToHashSet();
        var before = -1;
        while (ending.Count > before)
        {
            before = ending.Count;
            var onward = flow.Edges.Where(edge => edge.From is not null && (edge.Target.LeavesDialog || ending.Contains(edge.Target.Name)));
            ending.UnionWith([.. onward.Select(edge => edge.From!)]);
        }

        return ending;
    }
}
