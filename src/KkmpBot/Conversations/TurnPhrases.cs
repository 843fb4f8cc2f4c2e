using KkmpBot.Dialogs.Model;

namespace KkmpBot.Conversations;

/// <summary>The phrases that the turn itself needs in <c>phrases.yaml</c>; none has placeholders.</summary>
public static class TurnPhrases
{
    /// <summary>Said when a turn failed for good.</summary>
    public const string Apology = "apology";

    /// <summary>Said in a group.</summary>
    public const string GroupHint = "group_hint";

    /// <summary>Said to a button of another turn or another person.</summary>
    public const string StaleButton = "stale_button";

    /// <summary>Said once to somebody who writes faster than anybody types.</summary>
    public const string TooFast = "too_fast";

    /// <summary>Said before news that were kept for the person's next word.</summary>
    public const string HeldNews = "held_news";

    /// <summary>Said to somebody who was talking elsewhere and now writes here.</summary>
    public const string ContinuedHere = "continued_here";

    /// <summary>Said to what is no words, by what it is.</summary>
    public const string Unreadable = "unreadable_";

    /// <summary>All of them, for the vocabulary.</summary>
    public static IReadOnlyDictionary<string, DialogType?> All { get; } =
        new[] { Apology, GroupHint, StaleButton, TooFast, ContinuedHere, HeldNews }
            .Concat(new[] { "photo", "voice", "location", "document", "contact", "edited", "other" }.Select(kind => Unreadable + kind))
            .ToDictionary(name => name, _ => (DialogType?)null);
}
