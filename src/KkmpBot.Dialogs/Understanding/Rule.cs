using KkmpBot.Dialogs.Answers;

namespace KkmpBot.Dialogs.Understanding;

/// <summary>
/// One line of <c>intents.yaml</c>: <c>"alert_remove: stop|delete alert_noun !how"</c>. It holds when every part does: <c>a|b</c> either
/// was said, <c>!a</c> was not, <c>^a</c> is the first word that counts. A <c>?</c> after the intent makes it unsure.
/// </summary>
public sealed class Rule
{
    private readonly Part[] parts;

    private Rule(string intent, bool unsure, Part[] parts, WordEntry entry)
    {
        Intent = intent;
        Unsure = unsure;
        this.parts = parts;
        Entry = entry;
    }

    /// <summary>What the sentence wants when the rule holds.</summary>
    public string Intent { get; }

    /// <summary>True when it only may want that.</summary>
    public bool Unsure { get; }

    /// <summary>Where the rule stands.</summary>
    public WordEntry Entry { get; }

    /// <summary>Every concept it names, for <see cref="LexiconCheck"/>.</summary>
    public IEnumerable<string> Concepts => parts.SelectMany(part => part.Any);

    /// <summary>Reads a line.</summary>
    /// <exception cref="InvalidDataException">The line is not of that shape.</exception>
    public static Rule Parse(WordEntry entry)
    {
        var colon = entry.Word.IndexOf(':', StringComparison.Ordinal);
        if (colon < 1)
            throw new InvalidDataException($"{entry.File}:{entry.Line} expected \"intent: words\"");
        var intent = entry.Word[..colon].Trim();
        var wanted = entry.Word[(colon + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Part.Parse).ToArray();
        return wanted.Length == 0
            ? throw new InvalidDataException($"{entry.File}:{entry.Line} a rule without words would always hold")
            : new Rule(intent.TrimEnd('?'), intent.EndsWith('?'), wanted, entry);
    }

    /// <summary>True when the sentence has all that the rule asks for.</summary>
    internal bool Holds(Sentence sentence)
    {
        foreach (var part in parts)
        {
            if (!part.Holds(sentence))
                return false;
        }

        return true;
    }

    private sealed record Part(bool Absent, bool First, string[] Any)
    {
        public static Part Parse(string text)
        {
            var absent = text[0] == '!';
            var first = text[0] == '^';
            return new Part(absent, first, text[(absent || first ? 1 : 0)..].Split('|'));
        }

        public bool Holds(Sentence sentence)
        {
            foreach (var concept in Any)
            {
                if (First ? sentence.BeginsWith(concept) : sentence.Has(concept))
                    return !Absent;
            }

            return Absent;
        }
    }
}
