using KkmpBot.Dialogs.Flow;
using KkmpBot.Dialogs.Loading;

namespace KkmpBot.Dialogs.Checks.Memory;

/// <summary>No name is read on any path before it is set: D022.</summary>
internal static class SetBeforeReadChecks
{
    public static void Check(LoadedFiles files, ErrorList errors)
    {
        foreach (var flow in files.Catalog.Flows.Values)
        {
            foreach (var state in flow.Dialog.States.Values)
            {
                var set = flow.SetOnEntry(state.Name);
                var early = Reads.Of(flow, state)
                    .Where(read => flow.Dialog.Scope.IsOfMemory(read.Path))
                    .Where(read => !set.Contains(read.Path.Root) && !read.JustSet.Contains(read.Path.Root));
                foreach (var read in early)
                {
                    errors.Add(
                        read.Path.Spot,
                        "D022",
                        $"'{read.Path.Root}' may not be set yet here; some path to '{state.Name}' does not set it");
                }
            }
        }
    }
}
