using KkmpBot.Dialogs.Model;

namespace KkmpBot.Dialogs.Turns;

/// <summary>Leaves the open dialog for another: for good, for later, or for a moment.</summary>
internal static class Switching
{
    /// <summary>
    /// Parks what is open and opens another dialog. The dialog in front begins again; one that waits under a detour is simply returned to.
    /// </summary>
    /// <param name="walk">The turn.</param>
    /// <param name="dialog">Which one.</param>
    /// <param name="said">The sentence that opens it; empty for a button.</param>
    /// <param name="heard">What the sentence answers beforehand, by question; null for nothing.</param>
    public static Step Switch(Walk walk, Dialog dialog, string said = "", IReadOnlyDictionary<string, string>? heard = null)
    {
        if (walk.Frames.Count == 0)
        {
            return Advancing.Start(walk, dialog, said, heard);
        }

        var waiting = walk.Frames.FindIndex(frame => frame.Dialog == dialog.Name);
        if (waiting == walk.Frames.Count - 1)
        {
            walk.Frames.RemoveAt(waiting);
            return Advancing.Start(walk, dialog, said, heard);
        }

        if (waiting >= 0)
        {
            walk.Frames.RemoveRange(waiting + 1, walk.Frames.Count - waiting - 1);
            return Closing.Return(walk) ?? Advancing.Start(walk, dialog, said, heard);
        }

        // Only the outermost is worth coming back to; the detours in front of it were quick looks.
        Park(walk, walk.Frames[0]);
        walk.Frames.Clear();
        return Advancing.Start(walk, dialog, said, heard);
    }

    /// <summary>
    /// Opens another dialog in front, to come back afterwards. Beyond the deepest nesting the newest detour gives way, so that the
    /// dialog it all began with is still returned to.
    /// </summary>
    public static Step Detour(Walk walk, Dialog dialog)
    {
        if (walk.Frames.Count > ConversationState.MaxDetours || (walk.Frames.Count > 0 && walk.Top.Dialog == dialog.Name))
        {
            walk.Frames.RemoveAt(walk.Frames.Count - 1);
        }

        return Advancing.Start(walk, dialog);
    }

    /// <summary>Keeps a dialog for later: the newest few, each dialog once. The menu is always at hand, and what hears by itself opens by itself: neither is kept.</summary>
    public static void Park(Walk walk, Frame frame)
    {
        if (frame.Dialog == Dialog.Menu || walk.Catalog.Dialogs[frame.Dialog].HearsWhen is not null)
        {
            return;
        }

        walk.Parked.RemoveAll(parked => parked.Dialog == frame.Dialog);
        walk.Parked.Add(frame);
        while (walk.Parked.Count > ConversationState.MaxParked)
        {
            walk.Parked.RemoveAt(0);
        }
    }
}
