namespace KkmpBot.Dialogs.Answers;

/// <summary>An amount of goods as said.</summary>
/// <param name="Amount">In <paramref name="Unit"/>: "2 ons" is 0.2 kg, "selusin" 12 pcs.</param>
/// <param name="Unit">kg, l, pcs, butir or a pack unit; null when none was said.</param>
/// <param name="Word">The unit's word family as said (ons, lusin), null when none.</param>
/// <param name="Counted">True when a measure counts pieces (lusin, kodi): the product knows what a piece is.</param>
public readonly record struct QuantityPhrase(decimal Amount, string? Unit, string? Word, bool Counted);

/// <summary>Reads amounts of goods: "sekilo setengah", "2 ons", "rong kilo", "1/2 kg", "selusin".</summary>
public sealed class QuantityReader(SpokenWords words)
{
    /// <summary>More of anything is a mistake of typing.</summary>
    public const decimal Largest = 100_000;
    private const int MaxDecimals = 3;
    private readonly NumberReader numbers = new(words);

    /// <summary>With the words compiled in.</summary>
    public static QuantityReader Standard { get; } = new(SpokenWords.Standard);

    /// <summary>The one amount in an answer; null when there is none, or more than one, or it is not positive.</summary>
    /// <param name="text">As typed.</param>
    public static (decimal Amount, string? Unit)? Read(string text)
    {
        var tokens = Tokens.Split(TypedText.Clean(text));
        QuantityPhrase? found = null;
        for (var at = 0; at < tokens.Count;)
        {
            if (IsRepeatMark(tokens, at))
            {
                at++;
                continue;
            }

            var quantity = Standard.ReadAt(tokens, ref at);
            if (quantity is not null && (found is not null || Signed(tokens, at - 1)))
                return null;
            found ??= quantity;
            if (quantity is null && (tokens[at].Kind == TokenKind.Numeral || SpokenWords.Standard.Negate.Contains(tokens[at].Text)))
                return null;
            if (quantity is null)
                at++;
        }

        return found is { Amount: > 0 and <= Largest } phrase && decimal.Round(phrase.Amount, MaxDecimals) == phrase.Amount
            ? (phrase.Amount, phrase.Unit)
            : null;
    }

    /// <summary>Reads the amount that begins at <paramref name="at"/> and moves past it; leaves it alone when there is none.</summary>
    /// <param name="tokens">A sentence.</param>
    /// <param name="at">Where to begin.</param>
    public QuantityPhrase? ReadAt(IReadOnlyList<Token> tokens, ref int at)
    {
        var next = at;
        if (ReadOneUnit(tokens, ref next) is { } single)
        {
            var total = WithRest(tokens, ref next, single, single.Factor);
            at = next;
            return total;
        }

        if (numbers.Read(tokens, ref next) is not { } number || number.Slang || !number.Exact)
            return null;
        if (UnitAt(tokens, next) is not { } unit)
        {
            at = next;
            return new QuantityPhrase(number.Value, null, null, Counted: false);
        }

        next++;
        var amount = WithRest(tokens, ref next, unit, number.Value * unit.Factor);
        at = next;
        return amount;
    }

    /// <summary>True when this is the 2 of "masing2": a mark of doubling, no number.</summary>
    public static bool IsRepeatMark(IReadOnlyList<Token> tokens, int at) =>
        at > 0 && tokens[at].Glued && tokens[at].Text == "2" && tokens[at - 1].Kind == TokenKind.Word && tokens[at - 1].Text.Length > 2 &&
        (at + 1 == tokens.Count || !tokens[at + 1].Glued || tokens[at + 1].Kind == TokenKind.Mark);

    private UnitWord? UnitAt(IReadOnlyList<Token> tokens, int at) =>
        at < tokens.Count && tokens[at].Kind == TokenKind.Word && words.FindUnit(tokens[at].Text) is { One: false } unit ? unit : null;

    // "sekilo", "sak kilo"
    private UnitWord? ReadOneUnit(IReadOnlyList<Token> tokens, ref int at)
    {
        if (at >= tokens.Count || tokens[at].Kind != TokenKind.Word)
            return null;
        if (words.MeansOne(tokens[at].Text) && UnitAt(tokens, at + 1) is { } apart)
        {
            at += 2;
            return apart;
        }

        if (words.FindUnit(tokens[at].Text) is not { One: true } joined)
            return null;
        at++;
        return joined;
    }

    // "1 kg setengah", "2 kilo 3 ons"
    private QuantityPhrase WithRest(IReadOnlyList<Token> tokens, ref int at, UnitWord unit, decimal amount)
    {
        var word = tokens[at - 1].Text;
        if (at < tokens.Count && words.Numbers.TryGetValue(tokens[at].Text, out var half) && half.Role == NumberRole.Fraction &&
            UnitAt(tokens, at + 1) is null)
        {
            at++;
            amount += half.Value * unit.Factor;
        }
        else
        {
            var next = at;
            if (numbers.Read(tokens, ref next) is { Scaled: false, Exact: true } more && UnitAt(tokens, next) is { } smaller &&
                smaller.Unit == unit.Unit && smaller.Factor < unit.Factor)
            {
                at = next + 1;
                amount += more.Value * smaller.Factor;
            }
        }

        return new QuantityPhrase(amount, unit.Unit, word, unit.Unit == "pcs" && unit.Factor != 1);
    }

    private static bool Signed(List<Token> tokens, int last)
    {
        for (var at = last; at >= 0; at--)
        {
            if (tokens[at].Kind == TokenKind.Numeral)
                return at > 0 && tokens[at - 1].IsMark('-') && tokens[at].Glued && !tokens[at - 1].Glued;
        }

        return false;
    }
}
