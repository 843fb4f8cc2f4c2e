using KkmpBot.Dialogs.Answers;

namespace KkmpBot.Dialogs.Understanding;

/// <summary>A sentence taken apart: its words as the lexicon spells them, the phrases found, the values, and what it is about.</summary>
internal sealed class Sentence
{
    private static readonly HashSet<string> Titles =
    [
        "pak", "bu", "bapak", "ibu", "mas", "mbak", "mbk", "mbah", "sdr", "sdri", "haji", "hj", "pakde", "bude", "eyang", "bp", "bpk", "pakdhe", "budhe",
        "paklik", "bulik", "simbah", "kang", "yu", "mbakyu", "mbakyune", "ibuk", "buk", "pk", "koh", "cik", "saudara", "saudari", "bang", "kak",
    ];

    private readonly HashSet<string> concepts = [];
    private readonly HashSet<string> first = [];
    private readonly int[] hitAt;
    private bool? namesWard;

    public Sentence(Lexicon lexicon, string text)
    {
        Lexicon = lexicon;
        Clean = TypedText.Clean(text);
        Tokens = WithoutDoublingMarks(Answers.Tokens.Split(Clean));
        Words = new List<Token>(Tokens.Count);
        Steps = new List<SpellingStep>(Tokens.Count);
        foreach (var token in Tokens)
        {
            var spelled = token.Kind == TokenKind.Word ? lexicon.Spelling.Resolve(token.Text) : new Spelled(token.Text, SpellingStep.Exact);
            Words.Add(token with { Text = spelled.Word });
            Steps.Add(spelled.Step);
        }

        hitAt = new int[Words.Count];
        Hits = FindHits();
        if (SpellAgain())
            Hits = FindHits();
        Mark();
        Elements = new ElementReader(this).Read();
        new Conceptor(this, concepts, first).Collect();
    }

    public Lexicon Lexicon { get; }

    /// <summary>The text that was read, with its capitals.</summary>
    public string Clean { get; }

    /// <summary>As typed.</summary>
    public List<Token> Tokens { get; }

    /// <summary>The same pieces, spelled as in the lexicon.</summary>
    public List<Token> Words { get; }

    /// <summary>How each came to be so.</summary>
    public List<SpellingStep> Steps { get; }

    /// <summary>Phrases, longest first at each place, not overlapping.</summary>
    public List<Hit> Hits { get; }

    /// <summary>The phrase that begins at a piece, or one without words.</summary>
    public Hit HitFrom(int at) => at >= 0 && at < Words.Count && hitAt[at] >= 0 && Hits[hitAt[at]].Start == at ? Hits[hitAt[at]] : default;

    /// <summary>The phrase that a piece belongs to, or one without words.</summary>
    public Hit HitOver(int at) => at >= 0 && at < Words.Count && hitAt[at] >= 0 ? Hits[hitAt[at]] : default;

    /// <summary>Values in their order.</summary>
    public List<Element> Elements { get; }

    /// <summary>What the sentence is about.</summary>
    public IReadOnlyCollection<string> Concepts => concepts;

    /// <summary>True when it is about this.</summary>
    public bool Has(string concept) => concept == "ward" ? NamesWard : concepts.Contains(concept);

    // Few sentences are asked for it, and it takes the longest.
    private bool NamesWard => namesWard ??= Lexicon.Wards.FindNamed(Tokens).Fit is WardFit.Exact or WardFit.Several;

    /// <summary>True when its first word that counts is of this concept.</summary>
    public bool BeginsWith(string concept) => first.Contains(concept);

    /// <summary>The first key said of a section, e.g. <c>kind</c>.</summary>
    public string? Key(string section)
    {
        foreach (var hit in Hits)
        {
            if (hit.Key(section) is { } key)
                return key;
        }

        return null;
    }

    /// <summary>The elements of a kind.</summary>
    public IEnumerable<Element> Of(ElementKind kind) => Elements.Where(element => element.Kind == kind);

    /// <summary>The text as typed between two pieces.</summary>
    public string Said(int start, int end) => start >= end ? "" : Clean[Tokens[start].Start..Tokens[end - 1].End];

    /// <summary>True for pak, bu and the like before a name.</summary>
    public static bool IsTitle(string word) => Titles.Contains(word);

    // "woro-woro", "cilik-cilik": the mark of a doubled word parts nothing.
    private static List<Token> WithoutDoublingMarks(List<Token> tokens)
    {
        var kept = new List<Token>(tokens.Count);
        for (var at = 0; at < tokens.Count; at++)
        {
            var doubles = at > 0 && at + 1 < tokens.Count && tokens[at].IsMark('-') && tokens[at].Glued && tokens[at + 1].Glued
                && tokens[at - 1].Kind == TokenKind.Word && tokens[at - 1].Text == tokens[at + 1].Text;
            if (!doubles)
                kept.Add(tokens[at]);
        }

        return kept;
    }

    // A word that belongs to a phrase which is not here may still be another word with an ending: "orangnya".
    private bool SpellAgain()
    {
        Mark();
        var changed = false;
        for (var at = 0; at < Words.Count; at++)
        {
            if (Words[at].Kind != TokenKind.Word || hitAt[at] >= 0)
                continue;
            var spelled = Lexicon.Spelling.Resolve(Tokens[at].Text, alone: true);
            changed |= spelled.Word != Words[at].Text;
            Words[at] = Words[at] with { Text = spelled.Word };
            Steps[at] = spelled.Step;
        }

        return changed;
    }

    // "beras spph": an unknown word behind a good is looked for among the words that may follow there.
    private Hit Longer(Hit hit)
    {
        if ((hit.Key("products") ?? hit.Key("either")) is null || hit.End >= Words.Count || Steps[hit.End] != SpellingStep.Unknown ||
            Lexicon.Continued(hit.Phrase, Words[hit.End].Text) is not { } longer)
            return hit;
        Words[hit.End] = Words[hit.End] with { Text = longer.Words[^1] };
        Steps[hit.End] = SpellingStep.Near;
        return new Hit(longer, hit.Start, hit.End + 1);
    }

    // "mau tahu" wants to know, "mau tahu 2 bungkus" wants tofu.
    private bool CountsTofu(Hit hit) => hit.Phrase.Words.Count > 1 && (hit.Is("know") || hit.Is("check")) && IsNumber(hit.End);

    // "3 aja jangan 5": the five is none, and nothing is refused.
    private bool IsContrast(Hit hit) => hit.Is("dont") && IsNumber(hit.End) && CountNumbers() > 1;

    /// <summary>How many numbers are said, in digits or words.</summary>
    public int CountNumbers() => Enumerable.Range(0, Words.Count).Count(at => IsNumber(at) && !(at > 0 && IsNumber(at - 1)));

    /// <summary>True where a number stands, in digits or words.</summary>
    public bool IsNumber(int at) => at < Words.Count && (Words[at].Kind == TokenKind.Numeral
        || (Words[at].Kind == TokenKind.Word && Lexicon.Spelled.Numbers.ContainsKey(Words[at].Text)));

    private void Mark()
    {
        Array.Fill(hitAt, -1);
        for (var index = 0; index < Hits.Count; index++)
            Array.Fill(hitAt, index, Hits[index].Start, Hits[index].End - Hits[index].Start);
    }

    private List<Hit> FindHits()
    {
        var hits = new List<Hit>();
        for (var at = 0; at < Words.Count; at++)
        {
            if (Lexicon.Longest(Words, at) is not { } found)
                continue;
            var hit = CountsTofu(found) && Lexicon.Longest([Words[at]], 0) is { } word ? new Hit(word.Phrase, at, at + 1) : Longer(found);
            if (!IsContrast(hit))
                hits.Add(hit);
            at = hit.End - 1;
        }

        var goods = hits.Exists(hit => hit.Key("products") is not null || hit.Key("either") is not null);
        var waste = hits.Exists(hit => hit.Is("waste") || hit.Is("sell"));
        // "indomie 2 kardus" is a box of noodles, "kardus 2 kg" is waste.
        return goods && !waste ? hits.Where(hit => hit.Key("materials") is null).ToList() : hits;
    }
}
