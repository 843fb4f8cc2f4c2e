using System.Globalization;
using KkmpBot.Dialogs.Model;
using KkmpBot.Dialogs.Texts;

namespace KkmpBot.Dialogs.Turns;

/// <summary>Finds the option that a text means: by number, label, key, or a part of the label that no other option shares.</summary>
internal static class OptionMatch
{
    private const int MaxDigits = 3;

    private static readonly string[] NumberWords = ["no", "nomor", "nomer", "nmr", "angka", "pilih", "pilihan"];

    /// <summary>The option meant; null when none is, or several could be.</summary>
    /// <param name="options">All options of the question, also those on other pages.</param>
    /// <param name="shown">The options shown; numbers count these.</param>
    /// <param name="folded">The text, folded.</param>
    public static Option? Find(IReadOnlyList<Option> options, IReadOnlyList<Option> shown, string folded)
    {
        if (folded.Length == 0)
        {
            return null;
        }

        if (Number(folded) is { } number && number >= 1 && number <= shown.Count)
        {
            return shown[number - 1];
        }

        var candidates = options.Concat(shown.Where(option => option.Key == Option.More))
            .Select(option => (Option: option, Label: Folding.Fold(option.Label)))
            .ToList();
        return Only(candidates.Where(candidate => candidate.Label == folded))
            ?? Only(candidates.Where(candidate => Folding.Fold(candidate.Option.Key) == folded))
            ?? Only(candidates.Where(candidate => candidate.Label.StartsWith(folded, StringComparison.Ordinal)))
            ?? Only(candidates.Where(candidate => $" {candidate.Label} ".Contains($" {folded} ", StringComparison.Ordinal)));
    }

    private static Option? Only(IEnumerable<(Option Option, string Label)> candidates)
    {
        var few = candidates.Take(2).ToList();
        return few.Count == 1 ? few[0].Option : null;
    }

    private static int? Number(string folded)
    {
        var words = folded.Split(' ');
        var digits = words.Length == 2 && NumberWords.Contains(words[0]) ? words[1] : folded;
        return digits.Length <= MaxDigits && digits.All(char.IsAsciiDigit)
            ? int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture)
            : null;
    }
}
