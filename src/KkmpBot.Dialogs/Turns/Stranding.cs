using KkmpBot.Dialogs.Model;

namespace KkmpBot.Dialogs.Turns;

/// <summary>Why a person could not go on where they stand.</summary>
public enum StrandReason
{
    /// <summary>The dialog no longer exists.</summary>
    DialogGone,
    /// <summary>The question no longer exists, and <c>renamed</c> names none for it.</summary>
    StateGone,
    /// <summary><c>renamed</c> names one, but only for older versions, and the version was not raised.</summary>
    SameVersion,
    /// <summary>The question stands, but not with what the person has answered or was offered.</summary>
    MemoryChanged,
}

/// <summary>A place in the dialogs that a person would lose.</summary>
/// <param name="Dialog">The dialog.</param>
/// <param name="State">The state as it was stored.</param>
/// <param name="Reason">Why.</param>
public readonly record struct Strand(string Dialog, string State, StrandReason Reason);

/// <summary>Looks at a stored conversation as today's dialogs would when the person writes again.</summary>
internal static class Stranding
{
    /// <summary>The open, interrupted and parked dialogs that would begin again or vanish. What is expired is lost anyway.</summary>
    public static IEnumerable<Strand> Of(DialogCatalog catalog, ConversationState state, TurnContext context)
    {
        foreach (var frame in state.Frames.Concat(state.Parked))
        {
            // Nobody leaves anything in the menu: it opens anew without a word.
            if (frame.Dialog == Dialog.Menu)
            {
                continue;
            }

            var walk = new Walk(catalog, ConversationState.Empty with { Frames = [frame] }, context);
            if (!catalog.Dialogs.ContainsKey(frame.Dialog))
            {
                yield return new Strand(frame.Dialog, frame.State, StrandReason.DialogGone);
            }
            else if (!Settling.IsExpired(walk, frame) && !Settling.Mend(walk))
            {
                yield return new Strand(frame.Dialog, frame.State, Reason(walk, frame));
            }
        }
    }

    private static StrandReason Reason(Walk walk, Frame frame)
    {
        if (walk.Dialog.States.GetValueOrDefault(walk.Top.State) is AskState)
        {
            return StrandReason.MemoryChanged;
        }

        return walk.Dialog.Renamed.ContainsKey(frame.State) ? StrandReason.SameVersion : StrandReason.StateGone;
    }
}
