using System.Globalization;
using KkmpBot.Dialogs.Answers;
using KkmpBot.Dialogs.Model;
using KkmpBot.Dialogs.Texts;

namespace KkmpBot.Dialogs.Turns;

/// <summary>
/// Finds the option that a text means: by number, label, key, or a part of the label that no other option shares. Goods of a list are
/// also found with a word of courtesy before them or a letter amiss ("mau bersa"); fixed picks are not, since a wrong guess there acts. A yes or a
/// no in other words ("nggih leres", 👍) is the one fixed pick whose label begins with a yes or a no, and a no to a list its way out.
/// </summary>
internal static class OptionMatch
{
    private const int MaxDigits = 3;
    private const int MaxSlips = 1;
    private const int MinSlipLength = 4;

    // The keys by which dialogs name the way out of a list.
    private static readonly string[] WaysOut = ["back", "done"];

    private static readonly string[] NumberWords = ["no", "nomor", "nomer", "nmr", "angka", "pilih", "pilihan"];

    private static readonly string[] Courtesies =
        ["mau", "minta", "tolong", "pesan", "beli", "yang", "yg", "sing", "ingkang", "ya", "yo", "nggih", "oh"];

    /// <summary>The option meant; null when none is, or several could be.</summary>
    /// <param name="options">All options of the question, also those on other pages.</param>
    /// <param name="shown">The options shown; numbers count these.</param>
    /// <param name="text">The text, as typed.</param>
    public static Option? Find(IReadOnlyList<Option> options, IReadOnlyList<Option> shown, string text)
    {
        if (options.Count == 0 && shown.Count == 0)
        {
            return null;
        }

        if (Written(options, shown, Folding.Fold(text)) is { } written)
        {
            return written;
        }

        return Only(options.Where(option => option.Record is null && Begins(option.Label) is { } yes && YesNoReader.Read(Beside(text, option.Label)) == yes))
            ?? WayOut(options, text);
    }

    // "Mau tambah apa lagi?" "Mboten." With more behind it ("tidak cocok") it is no plain one.
    private static Option? WayOut(IReadOnlyList<Option> options, string text) =>
        options.Any(option => option.Record is not null) && YesNoReader.Read(text) == false
        && Folding.Fold(text).Split(' ').All(word => IsNo(word) || Courtesies.Contains(word) || SpokenWords.Standard.Fillers.Contains(word))
            ? Only(options.Where(option => option.Record is null && WaysOut.Contains(option.Key))) : null;

    /// <summary>What an answer says beside words that it repeats: "iya kirim saja" repeats one of "Ya, kirim". Numbers are never left out.</summary>
    /// <param name="text">As typed.</param>
    /// <param name="asked">The label or the question.</param>
    public static string Beside(string text, string asked)
    {
        var repeated = Folding.Fold(asked).Split(' ').Where(word => !IsReply(word)).ToHashSet();
        return string.Concat(Tokens.Split(TypedText.Clean(text))
            .Where(token => token.Kind != TokenKind.Word || !repeated.Contains(token.Text)).Select(token => token.Text + " "));
    }

    private static bool IsReply(string word) => SpokenWords.Standard.Agree.Contains(word) || SpokenWords.Standard.Already.Contains(word) || IsNo(word);

    private static bool IsNo(string word) => SpokenWords.Standard.Negate.Contains(word) || SpokenWords.Standard.Refuse.Contains(word);

    private static Option? Written(IReadOnlyList<Option> options, IReadOnlyList<Option> shown, string folded)
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
            .Select(option => new Candidate(option, Folding.Fold(option.Label)))
            .ToList();
        return AsWritten(candidates, folded) ?? Forgiving(candidates.Where(candidate => candidate.Option.Record is not null).ToList(), folded);
    }

    /// <summary>The option that a name means, which is never a number on the list.</summary>
    /// <param name="options">All options of the question.</param>
    /// <param name="folded">The name, folded.</param>
    public static Option? Named(IReadOnlyList<Option> options, string folded) =>
        folded.Length == 0 ? null : AsWritten([.. options.Select(option => new Candidate(option, Folding.Fold(option.Label)))], folded);

    private static Option? AsWritten(IReadOnlyList<Candidate> candidates, string folded) =>
        Only(candidates.Where(candidate => candidate.Label == folded))
        ?? Only(candidates.Where(candidate => Folding.Fold(candidate.Option.Key) == folded))
        ?? Only(candidates.Where(candidate => candidate.Label.StartsWith(folded, StringComparison.Ordinal)))
        ?? Only(candidates.Where(candidate => $" {candidate.Label} ".Contains($" {folded} ", StringComparison.Ordinal)));

    private static Option? Forgiving(IReadOnlyList<Candidate> candidates, string folded)
    {
        var words = folded.Split(' ').Where(word => !Courtesies.Contains(word) && !SpokenWords.Standard.Fillers.Contains(word)).ToList();
        if (words.Count == 0)
        {
            return null;
        }

        return AsWritten(candidates, string.Join(' ', words))
            ?? Only(candidates.Where(candidate => words.TrueForAll(word => candidate.Label.Split(' ').Any(other => IsNear(word, other)))));
    }

    // "Ya, kirim" is a yes, "Tidak setuju" a no; "Sudah setor" is neither, but something done.
    private static bool? Begins(string label)
    {
        var first = Folding.Fold(label).Split(' ')[0];
        return SpokenWords.Standard.Agree.Contains(first) ? true
            : IsNo(first) ? false
            : null;
    }

    private static bool IsNear(string word, string other) =>
        word == other || (word.Length >= MinSlipLength && EditDistance.Between(word, other, MaxSlips) <= MaxSlips);

    private static Option? Only(IEnumerable<Candidate> candidates) => Only(candidates.Select(candidate => candidate.Option));

    private static Option? Only(IEnumerable<Option> options)
    {
        var few = options.Take(2).ToList();
        return few.Count == 1 ? few[0] : null;
    }

    private static int? Number(string folded)
    {
        var words = folded.Split(' ');
        var digits = words.Length == 2 && NumberWords.Contains(words[0]) ? words[1] : folded;
        return digits.Length <= MaxDigits && digits.All(char.IsAsciiDigit)
            ? int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture)
            : null;
    }

    private readonly record struct Candidate(Option Option, string Label);
}
