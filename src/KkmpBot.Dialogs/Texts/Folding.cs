using System.Text;

namespace KkmpBot.Dialogs.Texts;

/// <summary>Brings words into the one form in which they are compared: lower case, no accents, no punctuation, single spaces.</summary>
public static class Folding
{
    /// <summary>Only so many characters of a text are compared; no command or label is longer.</summary>
    public const int MaxLength = 200;

    private const string Accented = "àáâãäåèéêëìíîïòóôõöùúûüçñ";
    private const string Plain = "aaaaaaeeeeiiiiooooouuuucn";

    /// <summary>
    /// Folds a text: <c>" /Menu! "</c> becomes <c>menu</c>, <c>"Beras, 5 kg"</c> becomes <c>beras 5 kg</c>. A bot's name after a
    /// command (<c>/menu@KkmpBot</c>) is dropped.
    /// </summary>
    /// <param name="text">Any text.</param>
    public static string Fold(string text)
    {
        var source = WithoutBotName(text.AsSpan().Trim());
        var folded = new StringBuilder(Math.Min(source.Length, MaxLength));
        foreach (var character in source[..Math.Min(source.Length, MaxLength)])
        {
            var lower = char.ToLowerInvariant(character);
            if (char.IsLetterOrDigit(lower) || char.IsSurrogate(lower))
            {
                folded.Append(WithoutAccent(lower));
            }
            else if (!IsApostrophe(lower) && folded.Length > 0 && folded[^1] != ' ')
            {
                folded.Append(' ');
            }
        }

        return folded.ToString().TrimEnd();
    }

    /// <summary>True when a folded text is a phrase or goes on after it: <c>pesan beras</c> begins with <c>pesan</c>.</summary>
    /// <param name="folded">A folded text.</param>
    /// <param name="phrase">A folded phrase.</param>
    public static bool BeginsWith(string folded, string phrase) =>
        phrase.Length > 0
        && folded.StartsWith(phrase, StringComparison.Ordinal)
        && (folded.Length == phrase.Length || folded[phrase.Length] == ' ');

    // Telegram appends "@BotName" to commands in menus it draws itself.
    private static ReadOnlySpan<char> WithoutBotName(ReadOnlySpan<char> text)
    {
        var at = text.IndexOf('@');
        return text.Length > 0 && text[0] == '/' && at > 0 && !text[..at].Contains(' ')
            ? text[..at]
            : text;
    }

    // "jum'at" and "jumat" are one word.
    private static bool IsApostrophe(char character) => character is '\'' or '\u2019' or '`';

    private static char WithoutAccent(char character)
    {
        var index = character < 'À' ? -1 : Accented.IndexOf(character, StringComparison.Ordinal);
        return index < 0 ? character : Plain[index];
    }
}
