namespace KkmpBot.Channels.Telegram;

/// <summary>
/// Cuts texts to the platform's lengths without breaking a character. Lengths are UTF-16 units, safe under either reading of the
/// documentation.
/// </summary>
public static class TelegramText
{
    /// <summary>The longest text of one message.</summary>
    public const int MaxMessageLength = 4096;

    /// <summary>A text becomes at most this many messages; the rest is cut off.</summary>
    public const int MaxParts = 4;

    private const string Ellipsis = "…";

    /// <summary>The text, at most so long, never ending in half a character.</summary>
    /// <param name="text">The text.</param>
    /// <param name="maxLength">UTF-16 units.</param>
    public static string Cut(string text, int maxLength) => text.Length <= maxLength ? text : text[..SafeEnd(text, 0, maxLength)];

    /// <summary>As <see cref="Cut"/>, with an ellipsis in place of what is missing.</summary>
    /// <param name="text">The text.</param>
    /// <param name="maxLength">UTF-16 units, the ellipsis included.</param>
    public static string Shorten(string text, int maxLength) =>
        text.Length <= maxLength ? text : Cut(text, maxLength - Ellipsis.Length).TrimEnd() + Ellipsis;

    /// <summary>
    /// The text in messages: broken at the last line end that fits, else at the last space, else between characters. A break in
    /// the first half of a message is not taken, so that every part but the last is at least half full.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <returns>1 to <see cref="MaxParts"/> parts; the last ends with an ellipsis when something had to be left out.</returns>
    public static IReadOnlyList<string> Split(string text)
    {
        if (text.Length <= MaxMessageLength)
        {
            return [text];
        }

        var parts = new List<string>(MaxParts);
        var start = 0;
        while (start < text.Length && parts.Count < MaxParts)
        {
            var isLast = parts.Count == MaxParts - 1;
            var rest = text.Length - start;
            var end = rest <= MaxMessageLength || isLast ? text.Length : BreakPoint(text, start);
            var part = isLast ? Shorten(text[start..end], MaxMessageLength) : text[start..end].TrimEnd();

            // Telegram refuses a message of blanks only.
            if (!string.IsNullOrWhiteSpace(part))
            {
                parts.Add(part);
            }

            start = end;
            while (start < text.Length && text[start] is '\n' or '\r' or ' ')
            {
                start++;
            }
        }

        return parts;
    }

    private static int BreakPoint(string text, int start)
    {
        const int half = MaxMessageLength / 2;
        var window = text.AsSpan(start + half, MaxMessageLength - half);
        var at = window.LastIndexOf('\n');
        if (at < 0)
        {
            at = window.LastIndexOf(' ');
        }

        return at >= 0 ? start + half + at : SafeEnd(text, start, MaxMessageLength);
    }

    private static int SafeEnd(string text, int start, int length)
    {
        var end = start + length;
        return char.IsHighSurrogate(text[end - 1]) && char.IsLowSurrogate(text[end]) ? end - 1 : end;
    }
}
