namespace KkmpBot.Dialogs.Answers;

/// <summary>Reads whole numbers: "3", "RT 03", "tiga", "telulas".</summary>
public static class WholeReader
{
    /// <summary>The one whole number in an answer; null when there is none, several, or a fraction.</summary>
    /// <param name="text">As typed.</param>
    public static long? Read(string text)
    {
        var tokens = Tokens.Split(TypedText.Clean(text));
        decimal? found = null;
        for (var at = 0; at < tokens.Count;)
        {
            var start = at;
            if (NumberReader.Standard.Read(tokens, ref at) is not { } number)
            {
                if (tokens[at].Kind == TokenKind.Numeral || SpokenWords.Standard.Negate.Contains(tokens[at].Text))
                    return null;
                at++;
                continue;
            }

            var negative = start > 0 && tokens[start - 1].IsMark('-');
            if (found is not null || negative || !number.Exact || number.Slang || decimal.Truncate(number.Value) != number.Value)
                return null;
            found = number.Value;
        }

        return (long?)found;
    }
}
