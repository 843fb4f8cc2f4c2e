using KkmpBot.Dialogs.Flow;
using KkmpBot.Dialogs.Loading;

namespace KkmpBot.Dialogs.Checks.Memory;

/// <summary>Everything remembered is used: D023.</summary>
internal static class UnreadChecks
{
    public static void Check(LoadedFiles files, ErrorList errors)
    {
        foreach (var flow in files.Catalog.Flows.Values)
        {
            var read = flow.Dialog.States.Values.SelectMany(state => Reads.Of(flow, state)).Select(read => read.Path.Root).ToHashSet();
            foreach (var slot in flow.Dialog.Memory.Values.Where(slot => !read.Contains(slot.Name)))
            {
                errors.Add(slot.Spot, "D023", $"nobody uses '{slot.Name}'; use it in a text, condition or argument, or take it away");
            }
        }
    }
}
