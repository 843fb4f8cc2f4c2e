using KkmpBot.Dialogs.Answers;

namespace KkmpBot.Dialogs.Understanding;

/// <summary>The member an officer names: "a.n. pak slamet", "dari mbak yuni", "bu siti".</summary>
internal static class MemberName
{
    private const int MaxWords = 6;
    private static readonly string[] Ending = ["receive", "savings", "pay", "month", "and", "taken", "already", "year"];

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
        while (end < sentence.Words.Count && end - start < MaxWords && (IsName(sentence, end) || !EndsName(sentence, end)))
            end++;
        var titled = start < end && Sentence.IsTitle(sentence.Tokens[start].Text);
        return end - start > (titled ? 1 : 0) ? sentence.Said(start, end) : null;
    }

    // Whatever has no meaning of its own here may be a name.
    private static bool IsName(Sentence sentence, int at)
    {
        var word = sentence.Tokens[at];
        return word.Kind == TokenKind.Word && !sentence.Lexicon.Spelled.Fillers.Contains(word.Text) &&
            !sentence.Lexicon.Plain.Contains(word.Text) &&
            !(sentence.HitOver(at).Phrase is not null && sentence.Steps[at] == SpellingStep.Exact) &&
            !EndsName(sentence, at);
    }

    // Once a name has begun, only the words of a deposit end it: "bu sri rahayu" is a name, though rahayu is a greeting.
    private static bool EndsName(Sentence sentence, int at) =>
        sentence.Tokens[at].Kind != TokenKind.Word ||
        sentence.Elements.Exists(element => element.Start <= at && element.End > at && sentence.Steps[at] == SpellingStep.Exact) ||
        (sentence.HitOver(at) is { Phrase: not null } hit && (Ending.Any(hit.Is) || hit.Key("kind") is not null)) ||
        sentence.Tokens[at].Text is "sebesar" or "senilai" or "rp" or "sejumlah" or "untuk" or "utk" or "kagem";
}
