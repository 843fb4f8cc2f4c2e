using System.Globalization;
using System.Text;

namespace KkmpBot.Dialogs.Answers;

/// <summary>
/// Text as it arrived from a person, made safe to read: no control or direction characters, no broken surrogates, bounded.
/// </summary>
public static class TypedText
{
    /// <summary>What is read of one message; Telegram's own limit. The rest is ignored.</summary>
    public const int MaxLength = 4096;

    private static readonly Dictionary<char, char> Accents = BuildAccents();

    /// <summary>
    /// Keeps what a person sees: letters, digits (of any script, as 0-9), signs, emoji, line breaks; every other blank is one space.
    /// </summary>
    /// <param name="text">As sent, of any length.</param>
    public static string Clean(string text)
    {
        var clean = new StringBuilder(Math.Min(text.Length, MaxLength));
        for (var index = 0; index < text.Length && clean.Length < MaxLength; index++)
        {
            var character = text[index];
            if (char.IsSurrogate(character))
            {
                // A lone half cannot be stored as UTF-8.
                if (index + 1 < text.Length && char.IsSurrogatePair(character, text[index + 1]))
                {
                    AppendPair(clean, text, index);
                    index++;
                }
            }
            else
            {
                AppendPlain(clean, character);
            }
        }

        return clean.ToString().Trim();
    }

    /// <summary>Lower case without accents, for comparing words; the length stays the same.</summary>
    /// <param name="clean">Text from <see cref="Clean"/>.</param>
    public static string Fold(string clean) => string.Create(clean.Length, clean, static (folded, source) =>
    {
        for (var index = 0; index < source.Length; index++)
        {
            var lower = char.ToLowerInvariant(source[index]);
            folded[index] = Accents.GetValueOrDefault(lower, lower);
        }
    });

    private static void AppendPair(StringBuilder clean, string text, int index)
    {
        var digit = CharUnicodeInfo.GetDecimalDigitValue(text, index);
        var category = CharUnicodeInfo.GetUnicodeCategory(text, index);
        if (digit >= 0)
        {
            clean.Append((char)('0' + digit));
        }
        else if (category is not (UnicodeCategory.Format or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned))
        {
            clean.Append(text[index]).Append(text[index + 1]);
        }
    }

    private static void AppendPlain(StringBuilder clean, char character)
    {
        var category = CharUnicodeInfo.GetUnicodeCategory(character);
        if (character == '\n')
        {
            TrimBlank(clean);
            clean.Append('\n');
        }
        else if (char.IsWhiteSpace(character) || category == UnicodeCategory.Control)
        {
            if (clean.Length > 0 && clean[^1] is not (' ' or '\n'))
                clean.Append(' ');
        }
        else if (category == UnicodeCategory.DecimalDigitNumber)
        {
            clean.Append((char)('0' + CharUnicodeInfo.GetDecimalDigitValue(character)));
        }
        else if (category is not (UnicodeCategory.Format or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned))
        {
            AppendSign(clean, character);
        }
    }

    private static void AppendSign(StringBuilder clean, char character)
    {
        var fraction = character switch { '½' => "1/2", '¼' => "1/4", '¾' => "3/4", _ => null };
        if (fraction is not null)
        {
            if (clean.Length > 0 && char.IsAsciiDigit(clean[^1]))
                clean.Append(' ');
            clean.Append(fraction);
            return;
        }

        clean.Append(character switch
        {
            >= '！' and <= '～' => (char)(character - 0xFEE0),
            '\u2010' or '\u2011' or '\u2012' or '\u2013' or '\u2014' or '\u2212' => '-',
            '\u2018' or '\u2019' or '\u02BC' => '\'',
            '\u201C' or '\u201D' => '"',
            '\u2044' => '/',
            _ => character,
        });
    }

    private static void TrimBlank(StringBuilder clean)
    {
        if (clean.Length > 0 && clean[^1] == ' ')
            clean.Length--;
    }

    private static Dictionary<char, char> BuildAccents()
    {
        var accents = new Dictionary<char, char>();
        foreach (var family in new[] { "aàáâãäå", "eèéêëě", "iìíîï", "oòóôõö", "uùúûü", "cç", "nñ", "dḍ", "tṭ" })
        {
            foreach (var letter in family[1..])
                accents[letter] = family[0];
        }

        return accents;
    }
}
