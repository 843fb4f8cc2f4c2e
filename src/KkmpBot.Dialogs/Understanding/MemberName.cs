using KkmpBot.Dialogs.Answers;

namespace KkmpBot.Dialogs.Understanding;

/// <summary>The member an officer names: "a.n. pak slamet", "dari mbak yuni", "bu siti".</summary>
internal static class MemberName
{
    private const int MaxWords = 6;

    /// <summary>The name as said, with its title; null when none is found.</summary>
    public static string? In(Sentence sentence)
    {
        var marker = sentence.Hits.Find(hit => hit.Is("on_behalf") && hit.End < sentence.Words.Count);
        if (marker.Phrase is not null && From(sentence, marker.End) is { } marked)
            return marked;
        for (var at = 0; at < sentence.Words.Count; at++)
        {
            if (Sentence.IsTitle(sentence.Tokens[at].Text) && From(sentence, at) is { } titled)
                return titled;
        }

        for (var at = 0; at < sentence.Words.Count; at++)
        {
            if (IsName(sentence, at) && From(sentence, at) is { } bare)
                return bare;
        }

        return null;
    }

    private static string? From(Sentence sentence, int start)
    {
        var end = start;
        while (end < sentence.Words.Count && end - start < MaxWords &&
            (IsName(sentence, end) || (end == start && Sentence.IsTitle(sentence.Tokens[end].Text))))
            end++;
        var named = end - start > (Sentence.IsTitle(sentence.Tokens[Math.Min(start, sentence.Tokens.Count - 1)].Text) ? 1 : 0);
        return named ? sentence.Said(start, end) : null;
    }

    // Whatever has no meaning of its own here may be a name.
    private static bool IsName(Sentence sentence, int at)
    {
        var word = sentence.Tokens[at];
        var title = Sentence.IsTitle(word.Text);
        return word.Kind == TokenKind.Word && (title || !sentence.Lexicon.Spelled.Fillers.Contains(word.Text)) &&
            !sentence.Hits.Exists(hit => hit.Start <= at && hit.End > at && sentence.Steps[at] == SpellingStep.Exact) &&
            !sentence.Elements.Exists(element => element.Start <= at && element.End > at && sentence.Steps[at] == SpellingStep.Exact);
    }
}
