using KkmpBot.Dialogs.Model;

namespace KkmpBot.Dialogs.Turns;

/// <summary>Words that are understood in every dialog.</summary>
internal static class Interrupting
{
    /// <summary>Obeys an interruption word; null when the text is none, or the question does not let itself be interrupted.</summary>
    /// <param name="walk">The turn.</param>
    /// <param name="folded">The text, folded.</param>
    public static Step? Obey(Walk walk, string folded)
    {
        if (walk.Frames.Count > 0 && walk.State is AskState { Uninterruptible: true })
        {
            return null;
        }

        var interruption = walk.Catalog.InterruptingWords.GetValueOrDefault(folded);
        return interruption?.Policy switch
        {
            null => null,
            InterruptionPolicy.End => End(walk, interruption),
            InterruptionPolicy.Repeat => Repeat(walk, interruption),
            InterruptionPolicy.Switch => Switching.Switch(walk, walk.Catalog.Dialogs[interruption.To!.Name]),
            InterruptionPolicy.Detour => Switching.Detour(walk, walk.Catalog.Dialogs[interruption.To!.Name]),
            _ => throw new InvalidOperationException($"{interruption.Policy} is no policy."),
        };
    }

    // With nothing open, "batal" answers the offer to go on with something: no.
    private static Step End(Walk walk, Interruption interruption)
    {
        if (walk.Frames.Count == 0)
        {
            walk.Parked.Clear();
        }

        walk.Frames.Clear();
        walk.SayAnywhere(interruption.Say!);
        return Closing.Rest(walk, []);
    }

    private static Step Repeat(Walk walk, Interruption interruption)
    {
        walk.SayAnywhere(interruption.Say!);
        return walk.Frames.Count > 0 ? Asking.Again(walk) : walk.Replying(null, walk.Offered);
    }
}
