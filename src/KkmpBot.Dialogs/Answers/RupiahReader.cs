namespace KkmpBot.Dialogs.Answers;

/// <summary>An amount of money found in a sentence.</summary>
/// <param name="Rupiah">Null when something like money stands here whose size is unclear.</param>
/// <param name="Marked">True when it can only be money: rp, rupiah, ribu, slang, or thousands in groups.</param>
public readonly record struct RupiahPhrase(long? Rupiah, bool Marked);

/// <summary>
/// Reads money: "12rb", "1,5jt", "Rp. 12.500,-", "tiga puluh lima ribu", "goceng". Never guesses: "12" and "12.5" are unclear.
/// </summary>
public sealed class RupiahReader(SpokenWords words)
{
    /// <summary>A bare numeral below is as likely to mean thousands.</summary>
    public const long SmallestBare = 1000;
    private static readonly HashSet<string> Signs = ["rp", "idr", "rupiah", "perak", "rph"];
    private static readonly HashSet<string> Unclear = ["minus", "kurang", "lebih", "antara", "sampai", "sampe"];
    private readonly NumberReader numbers = new(words);

    /// <summary>With the words compiled in.</summary>
    public static RupiahReader Standard { get; } = new(SpokenWords.Standard);

    /// <summary>The one amount of money in an answer, in rupiah; null when there is none, several, or an unclear one.</summary>
    /// <param name="text">As typed.</param>
    public static long? Read(string text)
    {
        var tokens = Tokens.Split(TypedText.Clean(text));
        RupiahPhrase? found = null;
        var strangers = 0;
        for (var at = 0; at < tokens.Count;)
        {
            var before = at;
            if (Standard.ReadAt(tokens, ref at) is { } money)
            {
                if (found is not null || money.Rupiah is null || (before > 0 && tokens[before - 1].IsMark('-')))
                    return null;
                found = money;
                continue;
            }

            var token = tokens[at++];
            var own = SpokenWords.Standard;
            if (token.Kind == TokenKind.Numeral || own.Negate.Contains(token.Text) || own.Doubts.Contains(token.Text) ||
                Unclear.Contains(token.Text))
                return null;
            if (token.Kind == TokenKind.Word && !own.Fillers.Contains(token.Text) && !own.Agree.Contains(token.Text))
                strangers++;
        }

        return found is { } amount && (amount.Marked || strangers == 0) ? amount.Rupiah : null;
    }

    /// <summary>
    /// Reads the money that begins at <paramref name="at"/> and moves past it; leaves it alone when no number stands there.
    /// </summary>
    /// <param name="tokens">A sentence.</param>
    /// <param name="at">Where to begin.</param>
    public RupiahPhrase? ReadAt(IReadOnlyList<Token> tokens, ref int at)
    {
        var next = at;
        var signed = next < tokens.Count && Signs.Contains(tokens[next].Text) && tokens[next].Text is not ("rupiah" or "perak");
        if (signed)
            next++;
        if (signed && next < tokens.Count && tokens[next].IsMark('.'))
            next++;
        if (numbers.Read(tokens, ref next) is not { } number)
            return null;
        if (next < tokens.Count && Signs.Contains(tokens[next].Text) && !SignsNext(tokens, next))
        {
            signed = true;
            next++;
        }

        var rupiah = Amount(number, signed);
        SkipTail(tokens, ref next);
        at = next;
        var grouped = number.Raw is { } raw && Numerals.Rupiah(raw) is not null && raw.Any(char.IsPunctuation);
        return new RupiahPhrase(rupiah, signed || number.Scaled || grouped);
    }

    // "bulan 12 Rp 60.000": the sign belongs to what follows.
    private static bool SignsNext(IReadOnlyList<Token> tokens, int at) => tokens[at].Text is not ("rupiah" or "perak")
        && tokens.Count > at + 1 && tokens[at + 1].IsMark('.') ? tokens.Count > at + 2 && tokens[at + 2].Kind == TokenKind.Numeral
        : tokens.Count > at + 1 && tokens[at + 1].Kind == TokenKind.Numeral && tokens[at].Text is not ("rupiah" or "perak");

    private static long? Amount(NumberPhrase number, bool signed)
    {
        var rupiah = number.Raw is { } raw ? Numerals.Rupiah(raw) : number.Exact ? Whole(number.Value) : null;
        return rupiah > 0 && (signed || number.Scaled || rupiah >= SmallestBare) ? rupiah : null;
    }

    private static long? Whole(decimal value) => value <= NumberReader.Largest && decimal.Truncate(value) == value ? (long)value : null;

    // The ",-" of "Rp 12.500,-"
    private static void SkipTail(IReadOnlyList<Token> tokens, ref int at)
    {
        if (at + 1 < tokens.Count && (tokens[at].IsMark(',') || tokens[at].IsMark('.')) && tokens[at].Glued && tokens[at + 1].IsMark('-'))
            at += 2;
    }
}
