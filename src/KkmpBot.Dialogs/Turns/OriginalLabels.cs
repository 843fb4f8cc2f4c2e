using KkmpBot.Dialogs.Model;
using KkmpBot.Dialogs.Texts;

namespace KkmpBot.Dialogs.Turns;

/// <summary>
/// Finds an option by its Indonesian label when the bot speaks another language: people mix, and whoever is asked in Javanese may well
/// answer "setuju".
/// </summary>
internal static class OriginalLabels
{
    /// <summary>The option whose Indonesian label was typed; null when none was.</summary>
    /// <param name="choices">The question's choices.</param>
    /// <param name="options">What was offered.</param>
    /// <param name="folded">The text, folded.</param>
    public static Option? Find(Choices? choices, IReadOnlyList<Option> options, string folded)
    {
        var picks = choices switch
        {
            FixedChoices chosen => chosen.Picks,
            ListedChoices listed => listed.Add,
            _ => [],
        };
        var pick = picks.FirstOrDefault(pick => Folding.Fold(pick.Label.Indonesian.Source) == folded);
        return pick is null ? null : options.FirstOrDefault(option => option.Key == pick.Key);
    }
}
