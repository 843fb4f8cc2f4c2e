using KkmpBot.Dialogs.Answers;

namespace KkmpBot.Dialogs.Understanding;

/// <summary>
/// The words of people: goods, materials, units, numbers, months, cues and rules, read from <c>dialogs/lexicon</c>. Immutable; a
/// cooperative's own goods make a new one.
/// </summary>
public sealed class Lexicon
{
    /// <summary>No phrase is longer.</summary>
    public const int MaxWordsInPhrase = 8;
    private const int ShortestContinued = 4;
    // Sections whose words are looked up in sentences; the rest are tables about them.
    private static readonly HashSet<string> Spoken =
        ["products", "either", "materials", "words", "kind", "via", "relation", "topic", "place_topic", "time"];

    private readonly IReadOnlyList<WordEntry> entries;
    private readonly IReadOnlyCollection<Ward> wardList;
    private readonly Dictionary<string, Phrase[]> phrases;
    private readonly Dictionary<string, string> baseUnits;
    private readonly Dictionary<string, string> pieces;
    private readonly Dictionary<string, string> ownSizes;
    private readonly Dictionary<string, string> inJavanese;
    private readonly Dictionary<string, string> kinds;
    private readonly HashSet<string> javanese;

    private Lexicon(IReadOnlyList<WordEntry> entries, IReadOnlyCollection<Ward> wards)
    {
        this.entries = entries;
        wardList = wards;
        Spelled = new SpokenWords(entries);
        phrases = BuildPhrases(entries);
        baseUnits = ByWord("base_units");
        pieces = ByWord("pieces");
        ownSizes = ByWord("own_size");
        inJavanese = ByWord("in_javanese");
        kinds = ByWord("kinds");
        Plain = Folded("plain");
        javanese = Folded("javanese");
        Contrasting = Folded("contrast");
        Correcting = Folded("correction");
        Rules = entries.Where(entry => entry.Section == "rules").Select(Rule.Parse).ToList();
        Wards = new KelurahanFinder(wards);
        Places = wards.SelectMany(ward => TypedText.Fold(ward.Kelurahan).Split(' ')).ToHashSet();
        Quantities = new QuantityReader(Spelled);
        Money = new RupiahReader(Spelled);
        Numbers = new NumberReader(Spelled);
        Spelling = new Spelling(this, entries.Where(entry => entry.Section == "clitics").Select(entry => entry.Word));
    }

    /// <summary>Numbers, units, months, ya and tidak.</summary>
    public SpokenWords Spelled { get; }

    /// <summary>The rules, first one first.</summary>
    public IReadOnlyList<Rule> Rules { get; }

    /// <summary>Finds kelurahan.</summary>
    public KelurahanFinder Wards { get; }

    /// <summary>All entries, for <see cref="LexiconCheck"/>.</summary>
    public IReadOnlyList<WordEntry> Entries => entries;

    /// <summary>Everyday words that mean nothing here; they keep a near word from being taken for them.</summary>
    internal IReadOnlySet<string> Plain { get; }

    /// <summary>Before a number they say which one is not meant: "3 kg bukan 5".</summary>
    internal IReadOnlySet<string> Contrasting { get; }

    /// <summary>After them a person says it anew: "2 kilo eh 3 kilo".</summary>
    internal IReadOnlySet<string> Correcting { get; }

    /// <summary>The words of the kelurahan's names.</summary>
    internal IReadOnlySet<string> Places { get; }

    internal QuantityReader Quantities { get; }

    internal RupiahReader Money { get; }

    internal NumberReader Numbers { get; }

    internal Spelling Spelling { get; }

    internal IEnumerable<Phrase> Phrases => phrases.Values.SelectMany(list => list);

    /// <summary>Reads every <c>*.yaml</c> of a folder.</summary>
    /// <param name="folder">E.g. <c>dialogs/lexicon</c>.</param>
    /// <param name="wards">The kelurahan of the city.</param>
    /// <exception cref="InvalidDataException">
    /// A file is not of the one shape, or a rule cannot be read; <c>file:line problem</c>.
    /// </exception>
    public static Lexicon Load(string folder, IReadOnlyCollection<Ward> wards) => new(
        Directory.GetFiles(folder, "*.yaml").Order(StringComparer.Ordinal)
            .SelectMany(file => WordFile.Read(Path.GetFileName(file), File.ReadAllText(file))).ToList(),
        wards);

    /// <summary>A lexicon with more words, e.g. a cooperative's own goods.</summary>
    /// <param name="more">Entries as <see cref="WordFile.Read"/> gives them.</param>
    public Lexicon With(IEnumerable<WordEntry> more) => new([.. entries, .. more], wardList);

    /// <summary>True when a word, or words side by side, already mean something.</summary>
    /// <param name="word">As typed.</param>
    public bool Means(string word)
    {
        var sentence = new Sentence(this, word);
        return sentence.Words.Count == 0 || Enumerable.Range(0, sentence.Words.Count).All(at => sentence.Steps[at] != SpellingStep.Unknown);
    }

    /// <summary>kg, l, bungkus, …: in what the stock of a good is counted; null for goods without one.</summary>
    public string? BaseUnit(string product) => baseUnits.GetValueOrDefault(product);

    /// <summary>What one piece of a good is called.</summary>
    public string Piece(string product) => pieces.GetValueOrDefault(product, "pcs");

    /// <summary>True when goods are what somebody named, or a kind of it: beras_sphp of beras, minyakita of minyak_goreng.</summary>
    /// <param name="goods">The goods of an article.</param>
    /// <param name="named">What was named.</param>
    public bool IsKindOf(string goods, string named) =>
        goods == named || goods.StartsWith($"{named}_", StringComparison.Ordinal) || kinds.GetValueOrDefault(goods) == named;

    internal string? OwnSize(string product) => ownSizes.GetValueOrDefault(product);

    internal string? InJavanese(string word) => inJavanese.GetValueOrDefault(word);

    internal bool IsJavanese(string word) => javanese.Contains(word);

    /// <summary>The longest phrase that begins at a piece of a sentence.</summary>
    internal Hit? Longest(IReadOnlyList<Token> words, int at)
    {
        if (!phrases.TryGetValue(words[at].Text, out var candidates))
            return null;
        foreach (var phrase in candidates)
        {
            if (phrase.Words.Count > words.Count - at)
                continue;
            var same = 1;
            while (same < phrase.Words.Count && words[at + same].Text == phrase.Words[same])
                same++;
            if (same == phrase.Words.Count)
                return new Hit(phrase, at, at + same);
        }

        return null;
    }

    /// <summary>
    /// The one phrase of a word more, where that word is a letter away from the typed one, or the typed one with its vowels ("bwg mrh");
    /// null when there is none, or several.
    /// </summary>
    internal Phrase? Continued(Phrase phrase, string typed)
    {
        var near = phrases[phrase.Words[0]].Where(other => other.Words.Count == phrase.Words.Count + 1 &&
            other.Words.Take(phrase.Words.Count).SequenceEqual(phrase.Words) &&
            (Spelling.ShortensTo(typed, other.Words[^1]) || (typed.Length >= ShortestContinued && EditDistance.Between(typed, other.Words[^1], 1) <= 1)))
            .ToList();
        return near.Count > 0 && near.TrueForAll(other => other.Meanings[0] == near[0].Meanings[0]) ? near[0] : null;
    }

    private static Dictionary<string, Phrase[]> BuildPhrases(IReadOnlyList<WordEntry> entries)
    {
        var sets = entries.Where(entry => entry.Key.Length == 0 && entry.Section is "negate" or "stopword")
            .ToLookup(entry => entry.Section == "negate" ? "{not}" : "{stopword}", entry => entry.Word);
        var meanings = new Dictionary<string, (List<string> Words, List<Meaning> Meanings)>();
        foreach (var entry in entries.Where(entry => Spoken.Contains(entry.Section)))
        {
            foreach (var spelled in Expand(entry.Word, sets))
            {
                var words = Tokens.Split(TypedText.Clean(spelled)).Select(token => token.Text).ToList();
                var key = string.Join(' ', words);
                if (!meanings.TryGetValue(key, out var known))
                    meanings[key] = known = (words, []);
                var meaning = new Meaning(entry.Section, entry.Key);
                if (!known.Meanings.Contains(meaning))
                    known.Meanings.Add(meaning);
            }
        }

        return meanings.Values.Where(known => known.Words.Count is > 0 and <= MaxWordsInPhrase)
            .Select(known => new Phrase(known.Words, known.Meanings))
            .GroupBy(phrase => phrase.Words[0])
            .ToDictionary(group => group.Key, group => group.OrderByDescending(phrase => phrase.Words.Count).ToArray());
    }

    private static IEnumerable<string> Expand(string word, ILookup<string, string> sets)
    {
        var set = sets.FirstOrDefault(set => word.Contains(set.Key, StringComparison.Ordinal));
        return set is null ? [word] : set.Select(member => word.Replace(set.Key, member, StringComparison.Ordinal));
    }

    private HashSet<string> Folded(string section) =>
        entries.Where(entry => entry.Section == section).Select(entry => TypedText.Fold(entry.Word)).ToHashSet();

    private Dictionary<string, string> ByWord(string section)
    {
        var table = new Dictionary<string, string>();
        foreach (var entry in entries.Where(entry => entry.Section == section))
            table[entry.Word] = entry.Key;
        return table;
    }
}
