using KkmpBot.Dialogs.Answers;

namespace KkmpBot.Dialogs.Understanding;

/// <summary>How a typed word came to be one of the lexicon.</summary>
public enum SpellingStep
{
    /// <summary>It is one.</summary>
    Exact,
    /// <summary>It was drawn out: "iyaaa".</summary>
    Stretched,
    /// <summary>It had an ending: "berasnya", "minyake".</summary>
    Ending,
    /// <summary>Its vowels were left out: "sldo", "tlr".</summary>
    Vowels,
    /// <summary>One or two letters differ.</summary>
    Near,
    /// <summary>It is no word of the lexicon.</summary>
    Unknown,
}

/// <summary>A typed word brought to the lexicon.</summary>
/// <param name="Word">The word of the lexicon, or the typed word.</param>
/// <param name="Step">How.</param>
public readonly record struct Spelled(string Word, SpellingStep Step);

/// <summary>Brings the spelling of a chat to that of the lexicon, and leaves a word alone where two readings are as near.</summary>
internal sealed class Spelling
{
    private const int ShortestNear = 5;
    private const int ShortestSwapped = 4;
    // A short cue is too often another word: "basah" is no "bawah".
    private const int ShortestNearCue = 6;
    private const string Goods = "products.";
    // "dipunpendhet" is "dipendhet", said politely.
    private const string PolitePassive = "dipun";
    private const string Passive = "di";
    private const int ShortestTwoOff = 9;
    private const int ShortestStem = 3;
    private const int ShortestAffixed = 4;
    private readonly Lexicon lexicon;
    private readonly string[] endings;
    private readonly string[] prefixes;
    private readonly string[] verbEndings;
    private readonly Dictionary<string, string> meanings = [];
    private readonly HashSet<string> inPhrasesOnly = [];
    private readonly IReadOnlySet<string> places;
    private readonly Dictionary<string, List<string>> bySkeleton = [];
    private readonly Dictionary<(char First, int Length), List<string>> byShape = [];

    public Spelling(Lexicon lexicon, IEnumerable<string> endings)
    {
        this.lexicon = lexicon;
        this.endings = [.. endings.OrderByDescending(ending => ending.Length)];
        prefixes = WordsOf("prefixes");
        verbEndings = WordsOf("verb_endings");
        foreach (var phrase in lexicon.Phrases)
        {
            foreach (var word in phrase.Words)
                Know(word, phrase.Words.Count == 1 ? string.Join('+', phrase.Meanings.Select(meaning => meaning.Concept)) : null);
        }

        inPhrasesOnly.UnionWith(meanings.Keys.Except(lexicon.Phrases.Where(phrase => phrase.Words.Count == 1)
            .Select(phrase => phrase.Words[0])));
        var spoken = lexicon.Spelled;
        var others = spoken.Numbers.Keys.Concat(spoken.Units.Keys).Concat(spoken.Months.Keys).Concat(spoken.Spans.Keys).Concat(lexicon.Plain).Concat(spoken.Agree)
            .Concat(spoken.Already).Concat(spoken.Refuse).Concat(spoken.Negate).Concat(spoken.Fillers).Concat(spoken.Doubts)
            .Concat(lexicon.Contrasting).Concat(lexicon.Correcting);
        foreach (var word in others)
        {
            Know(word, null);
            inPhrasesOnly.Remove(word);
        }

        places = lexicon.Places;
        foreach (var word in meanings.Keys.Where(word => word.Length > 1 && char.IsLetter(word[0])))
        {
            Add(bySkeleton, Skeleton(word), word);
            if (word.Length >= ShortestSwapped)
                Add(byShape, (word[0], word.Length), word);
        }
    }

    /// <summary>The word of the lexicon that a typed word stands for.</summary>
    /// <param name="typed">A folded word.</param>
    /// <param name="alone">True when no phrase was found here: a word that only means something inside one is then no word.</param>
    public Spelled Resolve(string typed, bool alone = false)
    {
        if (Known(typed) && !(alone && inPhrasesOnly.Contains(typed)))
            return new Spelled(typed, SpellingStep.Exact);
        var plain = Stretched.Shorten(typed);
        if (plain != typed && Known(plain))
            return new Spelled(plain, SpellingStep.Stretched);
        // Bulusan is a kelurahan, and no misspelt "bulukan".
        if (typed.Length > EditDistance.MaxLength || places.Contains(typed))
            return new Spelled(typed, SpellingStep.Unknown);
        if (typed.StartsWith(PolitePassive, StringComparison.Ordinal) && Known(string.Concat(Passive, typed.AsSpan(PolitePassive.Length))))
            return new Spelled(Passive + typed[PolitePassive.Length..], SpellingStep.Ending);
        if (WithoutEnding(typed) is { } bare)
            return new Spelled(bare, SpellingStep.Ending);
        if (WithVowels(plain) is { } full)
            return new Spelled(full, SpellingStep.Vowels);
        if (WithoutAffixes(plain) is { } verb)
            return new Spelled(verb, SpellingStep.Ending);
        if ((Near(plain) ?? Near(typed)) is { } near)
            return new Spelled(near, SpellingStep.Near);
        foreach (var ending in endings)
        {
            if (plain.Length < ending.Length + ShortestAffixed || !plain.EndsWith(ending, StringComparison.Ordinal))
                continue;
            var stem = plain[..^ending.Length];
            // Of a short stem only goods: "tlurnya".
            if (WithVowels(stem) is { } inner && (stem.Length >= ShortestNear || IsGood(inner)))
                return new Spelled(inner, SpellingStep.Near);
            if (stem.Length >= ShortestNear && Near(stem) is { } nearInner)
                return new Spelled(nearInner, SpellingStep.Near);
        }

        return new Spelled(typed, SpellingStep.Unknown);
    }

    private string[] WordsOf(string section) => [.. lexicon.Entries.Where(entry => entry.Section == section)
        .Select(entry => entry.Word).OrderByDescending(word => word.Length)];

    private void Know(string word, string? meaning)
    {
        if (meaning is not null || !meanings.ContainsKey(word))
            meanings[word] = meaning ?? word;
    }

    private bool Known(string word) => meanings.ContainsKey(word) || lexicon.Spelled.FindUnit(word) is not null ||
        NumberReader.Unglue(lexicon.Spelled, word) is not null;

    private string? WithoutEnding(string typed)
    {
        // "tigane" are the eggs and no three.
        if (endings.Select(ending => typed.EndsWith(ending, StringComparison.Ordinal) ? typed[..^ending.Length] : "")
            .FirstOrDefault(stem => stem.Length > ShortestStem && IsGood(stem)) is { } good)
            return good;
        foreach (var ending in endings)
        {
            if (typed.Length < ending.Length + ShortestStem || !typed.EndsWith(ending, StringComparison.Ordinal))
                continue;
            var stem = typed[..^ending.Length];
            if (meanings.ContainsKey(stem))
                return stem;
            // Two endings at most: "pesanankune".
            foreach (var inner in endings)
            {
                if (stem.Length >= inner.Length + ShortestStem && stem.EndsWith(inner, StringComparison.Ordinal) &&
                    meanings.ContainsKey(stem[..^inner.Length]))
                    return stem[..^inner.Length];
            }
        }

        return null;
    }

    // "dipunhapus", "takpesen", "tambahke": what people fix to a verb; goods do not take it.
    private string? WithoutAffixes(string typed)
    {
        foreach (var prefix in prefixes)
        {
            if (typed.StartsWith(prefix, StringComparison.Ordinal) && WithoutVerbEnding(typed[prefix.Length..]) is { } stem)
                return stem;
        }

        return WithoutVerbEnding(typed);
    }

    private string? WithoutVerbEnding(string typed)
    {
        if (IsVerb(typed))
            return typed;
        foreach (var ending in verbEndings)
        {
            if (typed.EndsWith(ending, StringComparison.Ordinal) && IsVerb(typed[..^ending.Length]))
                return typed[..^ending.Length];
        }

        return null;
    }

    private bool IsVerb(string word) =>
        word.Length >= ShortestAffixed && meanings.ContainsKey(word) && !IsGood(word) && !inPhrasesOnly.Contains(word);

    // "psn", "sldo": the same consonants in the same order, and no letter that the word has not.
    private string? WithVowels(string typed)
    {
        if (typed.Length < ShortestStem || !bySkeleton.TryGetValue(Skeleton(typed), out var words))
            return null;
        var full = words.Where(word => ShortensTo(typed, word) && (typed.Length >= (IsThing(meanings[word]) ? ShortestNear : ShortestNearCue) || !CanBeSaid(typed)))
            .ToList();
        // Shortened words are mostly goods: "gla" is gula before it is gela.
        return One(full) ?? One(full.Where(word => meanings[word].StartsWith(Goods, StringComparison.Ordinal)).ToList());
    }

    /// <summary>The goods that an unknown word is equally near to; empty when it is near to none, or to one.</summary>
    /// <param name="typed">A folded word.</param>
    public IReadOnlyList<string> RivalGoods(string typed)
    {
        var goods = Nearest(Stretched.Shorten(typed)).Select(word => meanings[word]).Distinct()
            .Where(meaning => meaning.StartsWith(Goods, StringComparison.Ordinal)).Select(meaning => meaning[Goods.Length..]).ToList();
        return goods.Count > 1 ? goods : [];
    }

    private string? Near(string typed) => One(Nearest(typed));

    private List<string> Nearest(string typed)
    {
        var best = new List<string>();
        if (typed.Length < ShortestSwapped || typed.Length > EditDistance.MaxLength)
            return best;
        var limit = typed.Length >= ShortestTwoOff ? 2 : 1;
        for (var length = typed.Length - limit; length <= typed.Length + limit; length++)
        {
            if (!byShape.TryGetValue((typed[0], length), out var words))
                continue;
            foreach (var word in words)
            {
                var swapped = EditDistance.IsSwap(typed, word);
                var distance = swapped ? 1 : EditDistance.Between(typed, word, limit);
                if (distance > limit || !IsLongEnough(typed, word, swapped))
                    continue;
                if (distance < limit)
                {
                    limit = distance;
                    best.Clear();
                }

                best.Add(word);
            }
        }

        return best;
    }

    // Two letters in the wrong order are surer than a wrong one: "pesna", "gual".
    private bool IsLongEnough(string typed, string word, bool swapped) => IsThing(meanings[word])
        ? swapped || Math.Min(typed.Length, word.Length) >= ShortestNear
        : typed.Length >= (swapped ? ShortestNear : ShortestNearCue) && word.Length >= ShortestNear;

    private bool IsGood(string word) => meanings.TryGetValue(word, out var meaning) && meaning.StartsWith(Goods, StringComparison.Ordinal);

    private static bool IsThing(string meaning) =>
        meaning.StartsWith(Goods, StringComparison.Ordinal) || meaning.StartsWith("kind.", StringComparison.Ordinal);

    // Several words with one meaning are one reading; with two meanings they are none.
    private string? One(List<string> words) =>
        words.Count > 0 && words.TrueForAll(word => meanings[word] == meanings[words[0]]) ? words[0] : null;

    /// <summary>True when a typed word is a word of the lexicon without some of its vowels: "mrh", "merah".</summary>
    /// <param name="typed">As typed, folded.</param>
    /// <param name="word">Of the lexicon.</param>
    public static bool ShortensTo(string typed, string word) => typed.Length >= ShortestStem && word.Length > typed.Length &&
        word[0] == typed[0] && IsPartOf(typed, word) && Skeleton(typed) == Skeleton(word);

    // "mantu" and "sana" are words of their own, "mnta" and "sldo" are not.
    private static bool CanBeSaid(string typed)
    {
        var consonants = 0;
        for (var at = 0; at < typed.Length; at++)
        {
            consonants = IsVowel(typed[at]) ? 0 : consonants + 1;
            var most = at == 1 || at == typed.Length - 1 ? 1 : 2;
            if (consonants > most)
                return false;
        }

        return true;
    }

    private static bool IsVowel(char letter) => letter is 'a' or 'e' or 'i' or 'o' or 'u';

    private static bool IsPartOf(string typed, string word)
    {
        var at = 0;
        foreach (var letter in word)
        {
            if (at < typed.Length && typed[at] == letter)
                at++;
        }

        return at == typed.Length;
    }

    private static string Skeleton(string word) => string.Concat(word.Where(letter => !IsVowel(letter)));

    private static void Add<TKey>(Dictionary<TKey, List<string>> index, TKey key, string word)
        where TKey : notnull
    {
        if (!index.TryGetValue(key, out var words))
            index[key] = words = [];
        words.Add(word);
    }
}
