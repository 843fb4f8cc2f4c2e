namespace KkmpBot.Dialogs.Answers;

/// <summary>What a piece of a sentence is made of.</summary>
public enum TokenKind
{
    /// <summary>Letters; apostrophes inside are dropped.</summary>
    Word,
    /// <summary>Digits with the dots and commas inside them.</summary>
    Numeral,
    /// <summary>Any other single sign, emoji or line break.</summary>
    Mark,
}

/// <summary>A piece of a sentence.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">Folded to lower case.</param>
/// <param name="Start">Where it begins in the clean text.</param>
/// <param name="End">Where it ends there.</param>
/// <param name="Glued">True when no blank stands before it: the <c>kg</c> of <c>5kg</c>.</param>
public readonly record struct Token(TokenKind Kind, string Text, int Start, int End, bool Glued)
{
    /// <summary>True for this one sign.</summary>
    public bool IsMark(char mark) => Kind == TokenKind.Mark && Text.Length == 1 && Text[0] == mark;

    /// <summary>Never the words of a person.</summary>
    public override string ToString() => Kind.ToString();
}

/// <summary>Cuts a sentence into words, numerals and signs.</summary>
public static class Tokens
{
    /// <summary>More pieces than this are not read.</summary>
    public const int MaxTokens = 1000;

    /// <summary>The pieces of a text.</summary>
    /// <param name="clean">From <see cref="TypedText.Clean"/>.</param>
    public static List<Token> Split(string clean)
    {
        var folded = TypedText.Fold(clean);
        var tokens = new List<Token>();
        var at = 0;
        while (at < folded.Length && tokens.Count < MaxTokens)
        {
            if (folded[at] == ' ')
            {
                at++;
                continue;
            }

            var start = at;
            var kind = char.IsAsciiDigit(folded[at]) ? TokenKind.Numeral : IsLetter(folded, at) ? TokenKind.Word : TokenKind.Mark;
            at = kind switch
            {
                TokenKind.Numeral => EndOfNumeral(folded, at),
                TokenKind.Word => EndOfWord(folded, at),
                _ => at + (char.IsHighSurrogate(folded[at]) && at + 1 < folded.Length ? 2 : 1),
            };
            var text = folded[start..at];
            if (kind == TokenKind.Word)
                text = text.Replace("'", "", StringComparison.Ordinal).Replace(".", "", StringComparison.Ordinal);
            tokens.Add(new Token(kind, text, start, at, start > 0 && folded[start - 1] is not (' ' or '\n')));
        }

        return tokens;
    }

    private static bool IsLetter(string text, int at) => char.IsLetter(text[at]);

    private static int EndOfWord(string text, int at)
    {
        var initials = EndOfInitials(text, at);
        if (initials > at + 1)
            return initials;
        while (at < text.Length && (IsLetter(text, at) || (text[at] == '\'' && at + 1 < text.Length && IsLetter(text, at + 1))))
            at++;
        return at;
    }

    // "a.n.", "s.d.": letters with dots are one word.
    private static int EndOfInitials(string text, int at)
    {
        while (at + 2 < text.Length && text[at + 1] == '.' && IsLetter(text, at + 2) && !(at + 3 < text.Length && IsLetter(text, at + 3)))
            at += 2;
        return at + 1;
    }

    private static int EndOfNumeral(string text, int at)
    {
        while (at < text.Length &&
            (char.IsAsciiDigit(text[at]) || (text[at] is '.' or ',' && at + 1 < text.Length && char.IsAsciiDigit(text[at + 1]))))
            at++;
        return at;
    }
}
