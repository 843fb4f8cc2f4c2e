namespace KkmpBot.Dialogs.Answers;

/// <summary>Reads ya and tidak: "y", "nggih leres", "ora sido", "sampun mboten usah", 👍. Anything between, and anything beside, is asked again.</summary>
public static class YesNoReader
{
    // Whoever writes more than this explains something.
    private const int MaxWords = 12;

    /// <summary>True for ya, false for tidak, null when it is neither or both.</summary>
    /// <param name="text">As typed.</param>
    public static bool? Read(string text) => Read(Tokens.Split(TypedText.Clean(text)), SpokenWords.Standard);

    /// <summary>The same, of a sentence already cut.</summary>
    /// <param name="tokens">The whole answer.</param>
    /// <param name="words">The lexicon.</param>
    public static bool? Read(IReadOnlyList<Token> tokens, SpokenWords words)
    {
        var heard = Enumerable.Range(0, tokens.Count).Where(at => tokens[at].Kind != TokenKind.Mark || !IsPunctuation(tokens[at])).ToList();
        var said = heard.Select(at => Known(words, tokens[at])).ToList();
        if (said.Count is 0 or > MaxWords || tokens.Any(token => token.IsMark('?')) || said.Any(words.Doubts.Contains))
            return null;
        var yes = false;
        var no = false;
        for (var at = 0; at < said.Count; at++)
        {
            var word = said[at];
            var next = at + 1 < said.Count ? said[at + 1] : "";
            if (words.Already.Contains(word) && words.Negate.Contains(next))
                continue;
            if (words.Negate.Contains(word))
            {
                no = true;
                // "Not wrong" is neither.
                if (words.Refuse.Contains(next) && !IsParted(tokens, heard[at]))
                    return null;
                if (words.Agree.Contains(next) || words.Already.Contains(next))
                    at++;
            }
            else if (words.Refuse.Contains(word))
            {
                no = true;
            }
            else if (words.Agree.Contains(word) || words.Already.Contains(word))
            {
                yes = true;
            }
            else if (!words.Fillers.Contains(word))
            {
                // "Jadi 2 kg", "mau ubah", "ok besok sore": whoever says more has not just said yes.
                return null;
            }
        }

        return yes == no ? null : yes;
    }

    // "Bukan, salah": two refusals, not one turned.
    private static bool IsParted(IReadOnlyList<Token> tokens, int at) => at + 1 < tokens.Count && IsPunctuation(tokens[at + 1]);

    private static bool IsPunctuation(Token token) =>
        token.Text.Length == 1 && !char.IsSurrogate(token.Text[0]) && char.IsAscii(token.Text[0]);

    // "iyaaa" and "okeee" are stretched; each stretch becomes one letter when that makes a known word.
    private static string Known(SpokenWords words, Token token)
    {
        if (IsKnown(words, token.Text))
            return token.Text;
        var plain = Stretched.Shorten(token.Text);
        return IsKnown(words, plain) ? plain : token.Text;
    }

    private static bool IsKnown(SpokenWords words, string word) =>
        words.Agree.Contains(word) || words.Already.Contains(word) || words.Refuse.Contains(word) || words.Negate.Contains(word) ||
            words.Fillers.Contains(word);
}
