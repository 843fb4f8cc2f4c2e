using KkmpBot.Dialogs.Answers;

namespace KkmpBot.Dialogs.Understanding;

/// <summary>A word of a sentence about goods that the lexicon does not know, with a sentence that names nobody.</summary>
/// <param name="Word">As typed, folded; up to three words side by side.</param>
/// <param name="Example">The sentence with digits as # and everything that may be a name as ….</param>
public sealed record UnknownWord(string Word, string Example);

/// <summary>
/// Finds what a lexicon could learn from a sentence, without what is personal: digits are masked, what stands where names stand is left
/// out, and a sentence that is not about goods teaches nothing.
/// </summary>
public static class UnknownWords
{
    /// <summary>A longer example is cut.</summary>
    public const int MaxExampleLength = 60;

    /// <summary>A longer word is none.</summary>
    public const int MaxWordLength = 24;

    private const int ShortestWord = 3;
    private const int MostWords = 3;
    private const int MaxTokens = 40;
    private static readonly string[] AboutGoods =
        ["buy", "price_word", "stock_noun", "available", "gone", "how_much", "qty", "add", "notify", "arrive", "product"];

    // After these a person is named: "saya slamet", "a.n. bu tutik".
    private static readonly HashSet<string> BeforeNames = ["saya", "sy", "aku", "kulo", "kula", "kami", "nama", "namaku", "jeneng", "asma", "an"];

    /// <summary>What a sentence teaches; null when it teaches nothing.</summary>
    /// <param name="lexicon">The words known.</param>
    /// <param name="text">As typed.</param>
    public static UnknownWord? In(Lexicon lexicon, string text)
    {
        var sentence = new Sentence(lexicon, text);
        if (sentence.Tokens.Count > MaxTokens || !AboutGoods.Any(sentence.Has))
            return null;
        var shown = new List<string>();
        var run = new List<string>();
        string? word = null;
        for (var at = 0; at < sentence.Tokens.Count; at++)
        {
            var isWord = IsUnknown(sentence, at) && !MayBeName(sentence, at);
            if (isWord && run.Count < MostWords)
                run.Add(sentence.Tokens[at].Text);
            else if (run.Count > 0)
                (word, run) = (word ?? string.Join(' ', run), []);
            if (Shown(sentence, at, isWord) is { } piece && !(piece == "…" && shown.Count > 0 && shown[^1] == "…"))
                shown.Add(piece);
        }

        word ??= run.Count > 0 ? string.Join(' ', run) : null;
        var example = string.Join(' ', shown);
        return word is { Length: >= ShortestWord and <= MaxWordLength } && word.All(letter => char.IsAsciiLetterLower(letter) || letter == ' ')
            ? new UnknownWord(word, example.Length > MaxExampleLength ? example[..MaxExampleLength] : example)
            : null;
    }

    private static string? Shown(Sentence sentence, int at, bool isWord) => sentence.Tokens[at] switch
    {
        { Kind: TokenKind.Numeral } => "#",
        { Kind: TokenKind.Mark } => null,
        { Text: var text } => isWord || (!IsUnknown(sentence, at) && !IsNameLike(sentence, at)) ? text : "…",
    };

    // "pak Sugeng", "buat Bambang": a name may also be a word that is known, or near to one.
    private static bool IsNameLike(Sentence sentence, int at) => at > 0 && (Sentence.IsTitle(sentence.Tokens[at - 1].Text)
        || (char.IsUpper(sentence.Clean[sentence.Tokens[at].Start]) && sentence.Steps[at] != SpellingStep.Exact));

    private static bool IsUnknown(Sentence sentence, int at) =>
        sentence.Tokens[at].Kind == TokenKind.Word && sentence.HitOver(at).Phrase is null && sentence.Steps[at] == SpellingStep.Unknown
        && !sentence.Lexicon.Places.Contains(sentence.Tokens[at].Text);

    // Behind a title or "saya", written with a capital inside the sentence, or beside a sign of an address.
    private static bool MayBeName(Sentence sentence, int at)
    {
        if (at > 0 && char.IsUpper(sentence.Clean[sentence.Tokens[at].Start]))
            return true;
        if (sentence.Tokens[at].Text.Any(letter => !char.IsAsciiLetter(letter)) || IsMark(sentence, at - 1, "@") || IsMark(sentence, at + 1, "@"))
            return true;
        for (var before = at - 1; before >= 0 && before >= at - MostWords; before--)
        {
            if (Sentence.IsTitle(sentence.Tokens[before].Text) || BeforeNames.Contains(sentence.Tokens[before].Text)
                || (sentence.HitOver(before) is { Phrase: not null } hit && (hit.Is("on_behalf") || hit.Is("profile"))))
                return true;
            if (!IsUnknown(sentence, before))
                return false;
        }

        return false;
    }

    private static bool IsMark(Sentence sentence, int at, string mark) =>
        at >= 0 && at < sentence.Tokens.Count && sentence.Tokens[at].Kind == TokenKind.Mark && sentence.Tokens[at].Text == mark;
}
