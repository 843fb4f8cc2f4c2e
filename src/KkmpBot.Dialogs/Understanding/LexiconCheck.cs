using KkmpBot.Dialogs.Answers;

namespace KkmpBot.Dialogs.Understanding;

/// <summary>What is wrong with a lexicon, for the people who edit it: one line a mistake, <c>file:line problem</c>.</summary>
public static class LexiconCheck
{
    // Within one group a word has one meaning.
    private static readonly string[][] Groups =
    [
        ["products", "either", "materials", "units", "measures", "digits", "whole", "fractions", "parts", "slang"],
        ["kind", "via", "relation"],
        ["topic"],
        ["place_topic"],
        ["months"],
    ];

    /// <summary>All mistakes, in the order of the files; empty when the lexicon can be used.</summary>
    /// <param name="lexicon">What was loaded.</param>
    public static IReadOnlyList<string> Run(Lexicon lexicon) =>
    [
        .. DoubledWords(lexicon), .. Goods(lexicon), .. Units(lexicon), .. Rules(lexicon), .. EmptyWords(lexicon),
    ];

    private static IEnumerable<string> DoubledWords(Lexicon lexicon)
    {
        var homonyms = lexicon.Entries.Where(entry => entry.Section == "homonyms").Select(entry => TypedText.Fold(entry.Word)).ToHashSet();
        foreach (var group in Groups)
        {
            var seen = new Dictionary<string, WordEntry>();
            foreach (var entry in lexicon.Entries.Where(entry => group.Contains(entry.Section)))
            {
                var word = TypedText.Fold(entry.Word);
                if (seen.TryAdd(word, entry) || homonyms.Contains(word))
                    continue;
                var other = seen[word];
                yield return Mistake(entry, $"\"{entry.Word}\" already means {other.Section} {other.Key} in {other.File}:{other.Line}");
            }
        }
    }

    private static IEnumerable<string> Goods(Lexicon lexicon)
    {
        var products = lexicon.Entries.Where(entry => entry.Section == "products").ToList();
        var keys = products.Select(entry => entry.Key).ToHashSet();
        foreach (var entry in products)
        {
            var asKey = TypedText.Fold(entry.Word).Replace(' ', '_');
            if (asKey != entry.Key && keys.Contains(asKey))
                yield return Mistake(entry, $"\"{entry.Word}\" is the name of another product");
        }

        foreach (var key in keys.Where(key => lexicon.BaseUnit(key) is null))
            yield return Mistake(products.Find(entry => entry.Key == key)!, $"{key} has no unit under base_units");
        foreach (var entry in lexicon.Entries)
        {
            var named = entry.Section switch
            {
                "base_units" or "pieces" or "own_size" => [entry.Word],
                "kinds" => [entry.Key, entry.Word],
                "either" => entry.Key.Split('+'),
                "in_javanese" => [entry.Key],
                _ => Array.Empty<string>(),
            };
            foreach (var name in named.Where(name => !keys.Contains(name)))
                yield return Mistake(entry, $"{name} is no product");
        }
    }

    private static IEnumerable<string> Units(Lexicon lexicon)
    {
        var units = lexicon.Entries.Where(entry => entry.Section == "units").Select(entry => entry.Key).ToHashSet();
        foreach (var entry in lexicon.Entries)
        {
            var unit = entry.Section is "base_units" or "pieces" ? entry.Key : entry.Section == "measures" ? entry.Key.Split('/')[0] : null;
            if (unit is not null && !units.Contains(unit))
                yield return Mistake(entry, $"{unit} is no unit");
        }
    }

    private static IEnumerable<string> Rules(Lexicon lexicon)
    {
        var concepts = lexicon.Phrases.SelectMany(phrase => phrase.Meanings)
            .Select(meaning => meaning.Concept).Concat(Conceptor.OfShape).ToHashSet();
        foreach (var rule in lexicon.Rules)
        {
            if (!Intents.All.Contains(rule.Intent))
                yield return Mistake(rule.Entry, $"{rule.Intent} is no intent");
            foreach (var concept in rule.Concepts.Where(concept => !concepts.Contains(concept)))
                yield return Mistake(rule.Entry, $"no word and no shape is called {concept}");
        }
    }

    private static IEnumerable<string> EmptyWords(Lexicon lexicon) =>
        lexicon.Entries.Where(entry => entry.Word.Trim().Length == 0).Select(entry => Mistake(entry, "an empty word"));

    private static string Mistake(WordEntry entry, string problem) => $"{entry.File}:{entry.Line} {problem}";
}
