using KkmpBot.Dialogs.Model;

namespace KkmpBot.Dialogs.Turns;

/// <summary>
/// Brings a stored conversation in line with today's dialogs before the answer is looked at: what was silent too long is closed,
/// states that moved are followed, and what no longer exists is told kindly. No stored state makes this throw.
/// </summary>
internal static class Settling
{
    /// <summary>True when a dialog was silent longer than its file allows.</summary>
    public static bool IsExpired(Walk walk, Frame frame) =>
        walk.Context.UtcNow - frame.SinceUtc > walk.Catalog.Dialogs[frame.Dialog].ExpiresAfter;

    /// <summary>Settles the conversation.</summary>
    /// <returns>The reply when the answer cannot count any more, since its question is gone; null to go on.</returns>
    public static Step? Settle(Walk walk)
    {
        walk.Parked.RemoveAll(frame => !walk.Catalog.Dialogs.ContainsKey(frame.Dialog) || IsExpired(walk, frame));
        if (walk.Frames.Count == 0)
        {
            return null;
        }

        var asked = walk.Top;
        walk.Frames.RemoveAll(frame => !walk.Catalog.Dialogs.ContainsKey(frame.Dialog));
        if (!walk.Catalog.Dialogs.ContainsKey(asked.Dialog))
        {
            walk.SayPhrase(MachinePhrases.DialogGone);
            return Closing.Return(walk);
        }

        if (IsExpired(walk, asked))
        {
            CloseExpired(walk);
            return null;
        }

        if (Mend(walk))
        {
            return null;
        }

        if (asked.Dialog == Dialog.Menu && walk.Frames.Count == 1)
        {
            walk.Frames.Clear();
            return null;
        }

        return Restart(walk);
    }

    /// <summary>Follows moved states of the dialog in front and takes away memory that no longer fits.</summary>
    /// <returns>False when its question can no longer be asked.</returns>
    public static bool Mend(Walk walk)
    {
        var (frame, dialog) = (walk.Top, walk.Dialog);
        var state = frame.Version != dialog.Version && dialog.Renamed.TryGetValue(frame.State, out var moved) ? moved.Name : frame.State;
        if (state != frame.State || !frame.Memory.All(held => Fits(dialog, held)))
        {
            walk.Top = frame with { State = state, Memory = frame.Memory.Where(held => Fits(dialog, held)).ToDictionary() };
        }

        return IsSound(walk);
    }

    /// <summary>Tells kindly that the dialog in front changed, and begins it again with what it remembers.</summary>
    public static Step Restart(Walk walk)
    {
        walk.SayPhrase(MachinePhrases.DialogChanged, walk.Dialog);
        return Advancing.Restart(walk);
    }

    /// <summary>True when the question of the dialog in front would be asked today as it was; mends it on the way.</summary>
    public static bool IsStillOpen(Walk walk) =>
        walk.Catalog.Dialogs.ContainsKey(walk.Top.Dialog) && !IsExpired(walk, walk.Top) && Mend(walk);

    private static bool Fits(Dialog dialog, KeyValuePair<string, Value> held) =>
        dialog.Memory.TryGetValue(held.Key, out var slot) && Values.Fits(slot.Type!, held.Value);

    private static bool IsSound(Walk walk)
    {
        var frame = walk.Top;
        return walk.Dialog.States.GetValueOrDefault(frame.State) is AskState ask
            && walk.Catalog.Flows[frame.Dialog].SetOnEntry(ask.Name).All(frame.Memory.ContainsKey)
            && (frame.Options.Count > 0 || ask.Choices is null)
            && frame.Options.All(option => CanChoose(walk, ask, option))
            && frame.Page >= 0
            && frame.Page * Choices.PageSize <= frame.Options.Count;
    }

    private static bool CanChoose(Walk walk, AskState ask, Option option)
    {
        var type = walk.Dialog.Memory[ask.Into.Name].Type!;
        return ask.Choices switch
        {
            null => type.Kind == TypeKind.YesNo,
            FixedChoices choices => option.Record is null && choices.Picks.Any(pick => pick.Key == option.Key),
            ListedChoices choices => option.Record is { } record
                ? Values.Fits(type, record)
                : choices.Add.Any(pick => pick.Key == option.Key),
            _ => false,
        };
    }

    /// <summary>Closes the dialog in front and says why. The menu goes without a word: nobody left anything in it.</summary>
    public static void DropExpired(Walk walk)
    {
        if (walk.Top.Dialog != Dialog.Menu)
        {
            walk.SayPhrase(MachinePhrases.Expired, walk.Dialog);
        }

        walk.Frames.RemoveAt(walk.Frames.Count - 1);
    }

    // Detours that were open when the person fell silent go with the dialog in front; those still fresh can be offered again.
    private static void CloseExpired(Walk walk)
    {
        DropExpired(walk);
        foreach (var frame in walk.Frames.Where(frame => !IsExpired(walk, frame)))
        {
            Switching.Park(walk, frame);
        }

        walk.Frames.Clear();
    }
}
