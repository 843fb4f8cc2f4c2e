using KkmpBot.Dialogs.Answers;

namespace KkmpBot.Dialogs.Understanding;

/// <summary>Names what a sentence is about: the concepts of its phrases and what its shape tells.</summary>
internal sealed class Conceptor(Sentence sentence, HashSet<string> concepts, HashSet<string> first)
{
    /// <summary>The concepts that come from the shape of a sentence and not from a word list.</summary>
    public static IReadOnlyList<string> OfShape { get; } =
    [
        "product", "material", "qty", "money", "number", "order_no", "months", "duration", "ward", "name", "question", "alone", "op",
            "agree", "refuse",
        "payer", "kind", "via", "topic", "relation", "place_topic", "time", "negation", "definite", "many_goods", "only",
        "refuses_other",
    ];

    private const int MostWordsInName = 4;
    private readonly Lexicon lexicon = sentence.Lexicon;

    public void Collect()
    {
        foreach (var hit in sentence.Hits)
        {
            foreach (var meaning in hit.Phrase.Meanings)
            {
                concepts.Add(meaning.Concept);
                if (meaning.Section is "kind" or "via" or "topic" or "relation" or "place_topic" or "time")
                    concepts.Add(meaning.Section);
            }
        }

        Values();
        First();
        Shape();
    }

    private void Values()
    {
        foreach (var element in sentence.Elements)
        {
            var concept = element.Kind switch
            {
                ElementKind.Product => "product",
                ElementKind.Material => "material",
                ElementKind.Quantity => "qty",
                ElementKind.Money => "money",
                ElementKind.OrderNumber => "order_no",
                ElementKind.Month => "months",
                ElementKind.Duration => "duration",
                _ => null,
            };
            if (concept is not null)
                concepts.Add(concept);
        }

        if (sentence.Elements.Exists(element => element.Kind == ElementKind.Product && element.Flag.HasFlag(ElementFlag.Definite)))
            concepts.Add("definite");
        if (sentence.Elements.Count(element => element.Kind == ElementKind.Product) > 1)
            concepts.Add("many_goods");
        if (sentence.Words.Exists(word => word.Kind == TokenKind.Numeral))
            concepts.Add("number");
        if (concepts.Contains("below") || concepts.Contains("above") || concepts.Contains("down") || concepts.Contains("up") ||
            concepts.Contains("at_least") || concepts.Contains("at_most"))
            concepts.Add("op");
    }

    // Greetings and titles stand before the first word that counts.
    private void First()
    {
        for (var at = 0; at < sentence.Words.Count; at++)
        {
            var hit = sentence.HitFrom(at);
            if (hit.Phrase is not null && !hit.Is("greeting"))
            {
                first.UnionWith(hit.Phrase.Meanings.Select(meaning => meaning.Concept));
                return;
            }

            if (hit.Phrase is null && sentence.Words[at].Kind != TokenKind.Mark &&
                !lexicon.Spelled.Fillers.Contains(sentence.Words[at].Text) &&
                !lexicon.Plain.Contains(sentence.Words[at].Text))
                return;
            if (hit.Phrase is not null)
                at = hit.End - 1;
        }
    }

    private void Shape()
    {
        var words = sentence.Words;
        var last = words.FindLast(word => word.Kind != TokenKind.Mark && !lexicon.Spelled.Fillers.Contains(word.Text));
        if (words.Exists(word => word.IsMark('?')) ||
            (last.Text is not null && words.Count > 1 && lexicon.Spelled.Negate.Contains(last.Text)))
            concepts.Add("question");
        if (words.Exists(word => lexicon.Spelled.Negate.Contains(word.Text)))
            concepts.Add("negation");
        var strangers = 0;
        for (var at = 0; at < words.Count; at++)
        {
            if (sentence.HitOver(at).Phrase is null && words[at].Kind == TokenKind.Word &&
                !lexicon.Spelled.Fillers.Contains(words[at].Text) &&
                !lexicon.Plain.Contains(words[at].Text))
                strangers++;
        }

        if (sentence.Hits.Count == 1 && strangers == 0)
            concepts.Add("alone");
        if (sentence.Hits.Count == 1 && strangers == 0 && !HasPlain(words))
            concepts.Add("only");
        if (GoodsSlots.RefusesOther(sentence))
            concepts.Add("refuses_other");
        if (sentence.Hits.Exists(hit => hit.Is("on_behalf")) || HasTitledName(words))
            concepts.Add("name");
        if (NamesPayer(words))
            concepts.Add("payer");
        var reply = YesNoReader.Read(words, lexicon.Spelled);
        if (reply is not null && words.TrueForAll(IsReply))
            concepts.Add(reply.Value ? "agree" : "refuse");
    }

    private bool HasPlain(List<Token> words) => Enumerable.Range(0, words.Count).Any(at => sentence.HitOver(at).Phrase is null &&
        words[at].Kind == TokenKind.Word && !lexicon.Spelled.Fillers.Contains(words[at].Text));

    private bool HasTitledName(List<Token> words)
    {
        for (var at = 0; at + 1 < words.Count; at++)
        {
            if (Sentence.IsTitle(words[at].Text) && words[at + 1].Kind == TokenKind.Word && !lexicon.Plain.Contains(words[at + 1].Text) &&
                sentence.HitOver(at + 1).Phrase is null)
                return true;
        }

        return false;
    }

    // "bu ngatmi bayar wajib", "simpanan wajib bu rini jan": whose savings these are, and not whom one talks to.
    private bool NamesPayer(List<Token> words)
    {
        for (var at = 0; at + 1 < words.Count; at++)
        {
            if (!Sentence.IsTitle(words[at].Text))
            {
                if (NamesPayerPlainly(at))
                    return true;
                continue;
            }

            var end = at + 1;
            while (end < words.Count && end - at <= MostWordsInName && (IsNameWord(words, end) || (end == at + 1 && IsAlsoName(end))))
                end++;
            if (end > at + 1 && end < words.Count && (IsOfSavings(sentence.HitFrom(end)) || (at > 0 && IsOfSavings(sentence.HitOver(at - 1)))))
                return true;
        }

        return false;
    }

    // "setoran wajib karto desember 20rb": without a title only where a month and money follow.
    private bool NamesPayerPlainly(int at)
    {
        var end = at;
        while (end < sentence.Words.Count && end - at < MostWordsInName && IsNameWord(sentence.Words, end) && sentence.Steps[end] == SpellingStep.Unknown)
            end++;
        return end > at && at > 0 && IsOfSavings(sentence.HitOver(at - 1)) && concepts.Contains("money") &&
            sentence.Elements.Exists(element => element.Kind == ElementKind.Month && element.Start == end);
    }

    private bool IsNameWord(List<Token> words, int at) => words[at].Kind == TokenKind.Word && !lexicon.Plain.Contains(words[at].Text) &&
        !lexicon.Spelled.Fillers.Contains(words[at].Text) && sentence.Steps[at] is SpellingStep.Unknown or SpellingStep.Near;

    // "pak agus", "pakdhe sugeng"
    private bool IsAlsoName(int at) => lexicon.Spelled.Months.ContainsKey(sentence.Words[at].Text) ||
        (sentence.HitFrom(at) is { Phrase.Words.Count: 1 } hit && hit.Is("greeting"));

    private static bool IsOfSavings(Hit hit) =>
        hit.Phrase is not null && (hit.Is("pay") || hit.Is("savings") || hit.Is("receive") || hit.Key("kind") is not null);

    private bool IsReply(Token word)
    {
        var spoken = lexicon.Spelled;
        return word.Kind == TokenKind.Mark || spoken.Agree.Contains(word.Text) || spoken.Already.Contains(word.Text) ||
            spoken.Refuse.Contains(word.Text) ||
            spoken.Negate.Contains(word.Text) || spoken.Fillers.Contains(word.Text);
    }
}
