using KkmpBot.Dialogs.Model;

namespace KkmpBot.Dialogs.Turns;

/// <summary>What follows the end of a dialog: back to the one it interrupted, or an offer of what could come next.</summary>
internal static class Closing
{
    /// <summary>Ends the dialog in front.</summary>
    public static Step End(Walk walk, SayState end)
    {
        walk.Frames.RemoveAt(walk.Frames.Count - 1);
        return Return(walk) ?? Rest(walk, [.. end.Offer.Select(target => OptionFor(walk, walk.Catalog.Dialogs[target.Name]))]);
    }

    /// <summary>Goes back to the dialog that was interrupted; null when there is none, or it was silent too long.</summary>
    public static Step? Return(Walk walk)
    {
        while (walk.Frames.Count > 0)
        {
            if (!Settling.IsExpired(walk, walk.Top))
            {
                return Advancing.Reenter(walk);
            }

            Settling.DropExpired(walk);
        }

        return null;
    }

    /// <summary>Nothing is open now: offers to go on with the newest parked dialog, and the dialogs given.</summary>
    public static Step Rest(Walk walk, IReadOnlyList<Option> offers)
    {
        walk.Frames.Clear();
        if (walk.Parked.Count == 0)
        {
            walk.Offered = offers;
            return walk.Replying(null, offers);
        }

        walk.SayPhrase(MachinePhrases.ResumeOffer, walk.Catalog.Dialogs[walk.Parked[^1].Dialog]);
        walk.Offered =
        [
            new Option(Option.Resume, walk.Phrase(MachinePhrases.ResumeYes)),
            new Option(Option.Forget, walk.Phrase(MachinePhrases.ResumeNo)),
            .. offers,
        ];
        return walk.Replying(null, walk.Offered);
    }

    private static Option OptionFor(Walk walk, Dialog dialog) => new(Option.StartPrefix + dialog.Name, walk.Title(dialog));
}
