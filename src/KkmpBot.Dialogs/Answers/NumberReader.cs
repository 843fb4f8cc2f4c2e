using System.Globalization;

namespace KkmpBot.Dialogs.Answers;

/// <summary>A number found in a sentence.</summary>
/// <param name="Value">Its value, dots and commas read as for goods: "1.5" and "1,5" are one and a half, "1.000" a thousand.</param>
/// <param name="Raw">The numeral as typed when it was the only piece, else null.</param>
/// <param name="Scaled">True when ribu, juta or the like was said.</param>
/// <param name="Slang">True for a word said only of money.</param>
/// <param name="Exact">False when the numeral's dots fit no reading.</param>
public readonly record struct NumberPhrase(decimal Value, string? Raw, bool Scaled, bool Slang, bool Exact);

/// <summary>
/// Reads numbers of digits and words, Indonesian and Javanese: "12", "1 1/2", "dua setengah", "rong puluh ewu", "limaribu".
/// </summary>
public sealed class NumberReader(SpokenWords words)
{
    /// <summary>Larger numbers are no number of this trade.</summary>
    public const decimal Largest = 999_999_999_999m;
    private const int MaxGluedLength = 40;
    private const int MaxGluedParts = 6;

    /// <summary>With the words compiled in.</summary>
    public static NumberReader Standard { get; } = new(SpokenWords.Standard);

    /// <summary>Reads the number that begins at <paramref name="at"/> and moves past it; leaves it alone when there is none.</summary>
    /// <param name="tokens">A sentence.</param>
    /// <param name="at">Where to begin.</param>
    public NumberPhrase? Read(IReadOnlyList<Token> tokens, ref int at)
    {
        if (at >= tokens.Count)
            return null;
        var token = tokens[at];
        if (token.Kind == TokenKind.Word && words.Numbers.TryGetValue(token.Text, out var slang) && slang.Role == NumberRole.Slang)
        {
            at++;
            return new NumberPhrase(slang.Value, null, Scaled: true, Slang: true, Exact: true);
        }

        var run = new NumberRun(words, tokens, at);
        if (!run.Read())
            return null;
        at = run.At;
        return run.Total > Largest
            ? null
            : new NumberPhrase(run.Total, run.Raw, run.Scaled, Slang: false, run.Exact);
    }

    /// <summary>
    /// A numeral as a quantity of goods: a dot before exactly three last digits parts thousands, any other dot or comma the
    /// decimals.
    /// </summary>
    /// <param name="raw">Digits with dots and commas inside.</param>
    public static decimal? Quantity(string raw)
    {
        if (raw.Length > 20)
            return null;
        var marks = raw.Count(character => character is '.' or ',');
        var plain = raw;
        if (marks == 1)
        {
            var mark = raw.IndexOfAny(['.', ',']);
            var thousands = raw[mark] == '.' && raw.Length - mark == 4 && raw[0] != '0' && mark <= 3;
            plain = thousands ? raw.Remove(mark, 1) : raw.Replace(',', '.');
        }
        else if (marks > 1)
        {
            var grouped = Numerals.Grouped(raw);
            return grouped;
        }

        return decimal.TryParse(plain, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) && value <= Largest
            ? value
            : null;
    }

    /// <summary>The numbers glued together in one word, "duapuluh" → dua, puluh; null when any part is no number.</summary>
    internal static List<NumberWord>? Unglue(SpokenWords words, string word)
    {
        if (word.Length is < 6 or > MaxGluedLength)
            return null;
        var parts = new List<NumberWord>();
        return Take(words, word, 0, parts) && parts.Count > 1 ? parts : null;
    }

    private static bool Take(SpokenWords words, string word, int from, List<NumberWord> parts)
    {
        if (from == word.Length)
            return true;
        if (parts.Count == MaxGluedParts)
            return false;
        for (var end = word.Length; end >= from + 2; end--)
        {
            if (words.FindNumber(word.AsSpan(from, end - from)) is not { } part || part.Role == NumberRole.Slang)
                continue;
            parts.Add(part);
            if (Take(words, word, end, parts))
                return true;
            parts.RemoveAt(parts.Count - 1);
        }

        return false;
    }
}
