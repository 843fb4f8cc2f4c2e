namespace KkmpBot.Dialogs.Understanding;

/// <summary>One thing a phrase of the lexicon means: the section it stands in, and the key there.</summary>
/// <param name="Section">products, either, materials, words, kind, via, topic, …</param>
/// <param name="Key">gula, buy, wajib, …</param>
public readonly record struct Meaning(string Section, string Key)
{
    /// <summary>What a rule calls it: the key for plain words, else <c>section.key</c>.</summary>
    public string Concept => Section == "words" ? Key : $"{Section}.{Key}";
}

/// <summary>A phrase of the lexicon.</summary>
/// <param name="Words">Its folded words, numerals and signs.</param>
/// <param name="Meanings">All that it means.</param>
public sealed record Phrase(IReadOnlyList<string> Words, IReadOnlyList<Meaning> Meanings);

/// <summary>A phrase found in a sentence.</summary>
/// <param name="Phrase">The phrase.</param>
/// <param name="Start">Its first piece.</param>
/// <param name="End">The piece after its last.</param>
public readonly record struct Hit(Phrase Phrase, int Start, int End)
{
    /// <summary>The key of a section, or null when the phrase has no meaning there.</summary>
    public string? Key(string section)
    {
        foreach (var meaning in Phrase?.Meanings ?? [])
        {
            if (meaning.Section == section)
                return meaning.Key;
        }

        return null;
    }

    /// <summary>True for a plain word of this concept.</summary>
    public bool Is(string word)
    {
        foreach (var meaning in Phrase.Meanings)
        {
            if (meaning.Section == "words" && meaning.Key == word)
                return true;
        }

        return false;
    }
}
