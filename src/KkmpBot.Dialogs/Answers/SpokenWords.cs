using System.Globalization;
using System.Reflection;

namespace KkmpBot.Dialogs.Answers;

/// <summary>What a number word does in a phrase.</summary>
public enum NumberRole
{
    /// <summary>0 to 9; may be followed by <see cref="Plus"/> and <see cref="Times"/>.</summary>
    Digit,
    /// <summary>Complete in itself: selawe, sebelas, seribu.</summary>
    Whole,
    /// <summary>Adds to the digit before: belas.</summary>
    Plus,
    /// <summary>Multiplies the digit before: puluh, ratus.</summary>
    Times,
    /// <summary>Multiplies all before: ribu, juta.</summary>
    Scale,
    /// <summary>A part: setengah.</summary>
    Fraction,
    /// <summary>A part that is counted: perempat.</summary>
    Part,
    /// <summary>Rupiah: goceng.</summary>
    Slang,
}

/// <summary>A number word.</summary>
/// <param name="Role">What it does.</param>
/// <param name="Value">Its value.</param>
public readonly record struct NumberWord(NumberRole Role, decimal Value);

/// <summary>A unit as said.</summary>
/// <param name="Unit">kg, l, butir, pcs, botol, …</param>
/// <param name="Factor">How many of that unit the word means: 0.1 for ons, 12 for lusin.</param>
/// <param name="One">True when the word itself says one: sekilo.</param>
public readonly record struct UnitWord(string Unit, decimal Factor, bool One);

/// <summary>The closed classes of words: numbers, units, months and days, ya and tidak. Read from <c>dialogs/lexicon</c>.</summary>
public sealed class SpokenWords
{
    private static readonly Lazy<SpokenWords> CompiledIn = new(() => new SpokenWords([.. Files.SelectMany(ReadEmbedded)]));
    private readonly Dictionary<string, NumberWord> numbers;
    private readonly Dictionary<string, UnitWord> units = [];
    private readonly HashSet<string> onePrefixes;
    private readonly string[] endings;

    /// <summary>Sorts the words of the files.</summary>
    /// <param name="entries">Of numbers.yaml, units.yaml, calendar.yaml and replies.yaml; other sections are ignored.</param>
    public SpokenWords(IReadOnlyCollection<WordEntry> entries)
    {
        numbers = ReadNumbers(entries);
        foreach (var entry in entries.Where(entry => entry.Section == "units"))
            units[Folded(entry)] = new UnitWord(entry.Key, 1, One: false);
        foreach (var entry in entries.Where(entry => entry.Section == "measures"))
        {
            var path = entry.Key.Split('/');
            units[Folded(entry)] = new UnitWord(path[0], Decimal(path[^1]), One: false);
        }

        onePrefixes = Section(entries, "one");
        endings = [.. Section(entries, "endings").OrderByDescending(ending => ending.Length)];
        Months = Keyed(entries, "months");
        Spans = Keyed(entries, "spans");
        Weekdays = Keyed(entries, "weekdays");
        Days = Keyed(entries, "days");
        Later = Section(entries, "later");
        Hours = entries.Where(entry => entry.Section == "hours").ToDictionary(Folded, entry =>
        {
            var hours = entry.Key.Split('-');
            return ((int)Decimal(hours[0]), (int)Decimal(hours[1]));
        });
        Agree = Section(entries, "agree");
        Already = Section(entries, "already");
        Refuse = Section(entries, "refuse");
        Negate = Section(entries, "negate").Concat(Section(entries, "notyet")).ToHashSet();
        Fillers = Section(entries, "fillers");
        Doubts = Section(entries, "doubts");
    }

    /// <summary>The words compiled into this library; the answers to questions are read with them.</summary>
    public static SpokenWords Standard => CompiledIn.Value;

    /// <summary>The files that hold these words.</summary>
    public static IReadOnlyList<string> Files => ["numbers.yaml", "units.yaml", "calendar.yaml", "replies.yaml"];

    /// <summary>Number words.</summary>
    public IReadOnlyDictionary<string, NumberWord> Numbers => numbers;

    /// <summary>Unit words without prefix and ending.</summary>
    public IReadOnlyDictionary<string, UnitWord> Units => units;

    /// <summary>1 to 12 by name.</summary>
    public IReadOnlyDictionary<string, int> Months { get; }

    /// <summary>How many months a word says: sebulan, setahun.</summary>
    public IReadOnlyDictionary<string, int> Spans { get; }

    /// <summary>0 (Sunday) to 6 by name.</summary>
    public IReadOnlyDictionary<string, int> Weekdays { get; }

    /// <summary>Days from today by name; a name may be two words.</summary>
    public IReadOnlyDictionary<string, int> Days { get; }

    /// <summary>Words for later today.</summary>
    public IReadOnlySet<string> Later { get; }

    /// <summary>Parts of the day by name, from one hour to another.</summary>
    public IReadOnlyDictionary<string, (int From, int To)> Hours { get; }

    /// <summary>Ya.</summary>
    public IReadOnlySet<string> Agree { get; }

    /// <summary>Already: ya unless a "not" follows.</summary>
    public IReadOnlySet<string> Already { get; }

    /// <summary>Tidak by itself.</summary>
    public IReadOnlySet<string> Refuse { get; }

    /// <summary>Not, and not yet.</summary>
    public IReadOnlySet<string> Negate { get; }

    /// <summary>Words that add nothing to an answer.</summary>
    public IReadOnlySet<string> Fillers { get; }

    /// <summary>Words that make an answer a question or a condition.</summary>
    public IReadOnlySet<string> Doubts { get; }

    /// <summary>True for words that mean one when they stand before a unit: "sak kilo".</summary>
    public bool MeansOne(string word) => onePrefixes.Contains(word);

    /// <summary>Finds a number word.</summary>
    /// <param name="word">A folded word, or a part of one.</param>
    internal NumberWord? FindNumber(ReadOnlySpan<char> word) =>
        numbers.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(word, out var number) ? number : null;

    /// <summary>Finds a unit, also with "se" before it or "nya" after it.</summary>
    /// <param name="word">A folded word.</param>
    public UnitWord? FindUnit(string word)
    {
        if (units.TryGetValue(word, out var plain))
            return plain;
        foreach (var ending in endings)
        {
            // A unit of one or two letters with an ending is more likely another word.
            if (word.Length >= ending.Length + 3 && word.EndsWith(ending, StringComparison.Ordinal) &&
                FindUnit(word[..^ending.Length]) is { } inner)
                return inner;
        }

        foreach (var prefix in onePrefixes)
        {
            if (word.Length >= prefix.Length + 2 && word.StartsWith(prefix, StringComparison.Ordinal) &&
                units.TryGetValue(word[prefix.Length..], out var single))
                return single with { One = true };
        }

        return null;
    }

    private static Dictionary<string, NumberWord> ReadNumbers(IReadOnlyCollection<WordEntry> entries)
    {
        var found = new Dictionary<string, NumberWord>();
        var roles = new Dictionary<string, NumberRole>
        {
            ["digits"] = NumberRole.Digit,
            ["whole"] = NumberRole.Whole,
            ["plus"] = NumberRole.Plus,
            ["times"] = NumberRole.Times,
            ["scale"] = NumberRole.Scale,
            ["fractions"] = NumberRole.Fraction,
            ["parts"] = NumberRole.Part,
            ["slang"] = NumberRole.Slang,
        };
        foreach (var entry in entries)
        {
            if (roles.TryGetValue(entry.Section, out var role))
                found[Folded(entry)] = new NumberWord(role, Decimal(entry.Key));
        }

        return found;
    }

    private static Dictionary<string, int> Keyed(IReadOnlyCollection<WordEntry> entries, string section)
    {
        var keyed = new Dictionary<string, int>();
        foreach (var entry in entries.Where(entry => entry.Section == section))
            keyed[Folded(entry)] = (int)Decimal(entry.Key);
        return keyed;
    }

    private static HashSet<string> Section(IReadOnlyCollection<WordEntry> entries, string section) =>
        entries.Where(entry => entry.Section == section).Select(Folded).ToHashSet();

    private static string Folded(WordEntry entry) => TypedText.Fold(entry.Word);

    private static decimal Decimal(string key) => decimal.Parse(key, NumberStyles.Number, CultureInfo.InvariantCulture);

    private static List<WordEntry> ReadEmbedded(string file)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("lexicon/" + file)
            ?? throw new InvalidOperationException($"{file} is not compiled in");
        using var reader = new StreamReader(stream);
        return WordFile.Read(file, reader.ReadToEnd());
    }
}
