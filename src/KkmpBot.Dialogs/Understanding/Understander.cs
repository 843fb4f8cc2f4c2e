using System.Diagnostics;
using System.Text.Json.Nodes;

namespace KkmpBot.Dialogs.Understanding;

/// <summary>
/// Reads a sentence as people write it: no model, no network, the same answer every time, and the reason for it. The words and the
/// rules are the lexicon's; this only brings them together.
/// </summary>
/// <param name="lexicon">The words.</param>
public sealed class Understander(Lexicon lexicon)
{
    private const double SureRule = 0.95;
    private const double UnsureRule = 0.5;
    private const double NoRule = 0.3;
    private const double PerNearWord = 0.1;
    private const double InDoubt = 0.6;
    private const int MostReasons = 20;
    private static readonly HashSet<string> AboutGoods = ["order", "order_change", "price", "stock", "alert_add", "out_of_scope"];

    /// <summary>The words.</summary>
    public Lexicon Lexicon => lexicon;

    /// <summary>Reads what people call goods, by the same words.</summary>
    public GoodsReader Goods { get; } = new(lexicon);

    /// <summary>What the sentence wants, with the values it carries. Never throws, whatever the text and however long.</summary>
    /// <param name="text">As typed.</param>
    public Understood Understand(string text)
    {
        var sentence = new Sentence(lexicon, text);
        return Read(sentence, lexicon.Rules.FirstOrDefault(rule => rule.Holds(sentence)));
    }

    /// <summary>What the sentence may want, the likeliest first: a guess is followed by the other guesses.</summary>
    /// <param name="text">As typed.</param>
    /// <param name="ofOfficer">
    /// False for somebody whom the officers' dialogs would turn away: "sudah setor 50rb" is then a member's own deposit, "pesanan 0119 sudah
    /// diambil" about their own order. What only an officer can mean stays an officer's, and is turned away.
    /// </param>
    public IReadOnlyList<Understood> Readings(string text, bool ofOfficer = true)
    {
        var sentence = new Sentence(lexicon, text);
        // A code or a number is an answer that was not expected, and no sentence.
        if (sentence.Hits.Count == 0)
            return [];
        var first = lexicon.Rules.FirstOrDefault(rule => rule.Holds(sentence));
        if (!ofOfficer && first is { Unsure: false, Intent: "officer_deposit" or "officer_handover" } && (!sentence.Has("name") || sentence.Has("payer"))
            && !sentence.Has("on_behalf") && !sentence.Has("hand_over"))
        {
            var own = lexicon.Rules.FirstOrDefault(rule => !IsOfOfficer(rule) && rule.Holds(sentence));
            return [Read(sentence, own is { Unsure: false, Intent: "deposit" or "order_status" or "complaint" } ? own : first)];
        }

        return first is not { Unsure: true }
            ? [Read(sentence, first)]
            : [.. lexicon.Rules.Where(rule => rule.Unsure && rule.Holds(sentence)).DistinctBy(rule => rule.Intent).Select(rule => Read(sentence, rule))];
    }

    private static bool IsOfOfficer(Rule rule) => rule.Intent.StartsWith("officer_", StringComparison.Ordinal);

    private static Understood Read(Sentence sentence, Rule? rule)
    {
        var slots = new JsonObject();
        var intent = rule?.Intent ?? "out_of_scope";
        var doubt = SlotFiller.Fill(intent, sentence, slots) ?? DoubtOfUnknown(intent, sentence);
        return new Understood(intent, slots, Confidence(sentence, rule, doubt), Reasons(sentence, rule), doubt)
        {
            IsGuess = rule is null or { Unsure: true },
            Asks = intent == "join" && AsksWhetherObliged(sentence) ? "wajib" : null,
            Lives = sentence.Has("lives_outside") ? "outside" : slots.ContainsKey("kelurahan") ? "inside" : null,
        };
    }

    // "katanya pns wajib daftar ya?" wants an answer before anything else; "saya pns, mau daftar" and "harus bawa apa" want to join.
    private static bool AsksWhetherObliged(Sentence sentence) =>
        sentence.Has("obliged") && (sentence.Has("asn") || sentence.Has("question"))
        && !new[] { "wish", "requirement", "method", "how", "savings", "pay", "money" }.Any(sentence.Has);

    // A misspelt name that is as near to one good as to another is asked, not dropped.
    private static Doubt? DoubtOfUnknown(string intent, Sentence sentence)
    {
        if (!AboutGoods.Contains(intent))
            return null;
        for (var at = 0; at < sentence.Words.Count; at++)
        {
            if (sentence.Steps[at] == SpellingStep.Unknown &&
                sentence.Lexicon.Spelling.RivalGoods(sentence.Words[at].Text) is { Count: > 1 } rivals)
                return new Doubt("product", rivals);
        }

        return null;
    }

    private static double Confidence(Sentence sentence, Rule? rule, Doubt? doubt)
    {
        var confidence = rule is null ? NoRule : rule.Unsure ? UnsureRule : SureRule;
        foreach (var hit in sentence.Hits)
        {
            for (var at = hit.Start; at < hit.End; at++)
            {
                if (sentence.Steps[at] == SpellingStep.Near)
                    confidence -= PerNearWord;
            }
        }

        return Math.Round(Math.Max(doubt is null ? confidence : Math.Min(confidence, InDoubt), NoRule), 2);
    }

    private static List<string> Reasons(Sentence sentence, Rule? rule)
    {
        var reasons = new List<string> { rule is null ? "no rule holds" : $"{rule.Entry.File}:{rule.Entry.Line} {rule.Entry.Word}" };
        foreach (var hit in sentence.Hits.Take(MostReasons))
        {
            var meanings = string.Join(", ", hit.Phrase.Meanings.Select(meaning => meaning.Concept));
            var spelled = Enumerable.Range(hit.Start, hit.End - hit.Start).Select(at => sentence.Steps[at]).Max();
            var how = spelled == SpellingStep.Exact ? "" : $" ({spelled.ToString().ToLowerInvariant()})";
            reasons.Add($"\"{sentence.Said(hit.Start, hit.End)}\"{how} = {meanings}");
        }

        Debug.Assert(reasons.Count > 0, "every reading has a reason");
        return reasons;
    }
}
