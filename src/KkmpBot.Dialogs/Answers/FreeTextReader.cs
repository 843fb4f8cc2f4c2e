namespace KkmpBot.Dialogs.Answers;

/// <summary>Reads names, addresses and remarks: one line, no control or direction characters.</summary>
public static class FreeTextReader
{
    /// <summary>Longer answers are cut, unless a slot is made for longer ones.</summary>
    public const int MaxLength = 200;

    /// <summary>No slot holds more.</summary>
    public const int MostLength = 600;

    /// <summary>The text on one line, trimmed; null when nothing is left.</summary>
    /// <param name="text">As typed.</param>
    /// <param name="maxWidth">The slot's own maximum of characters, when it is less.</param>
    public static string? Read(string text, int maxWidth = MaxLength)
    {
        var most = Math.Min(maxWidth, MostLength);
        var line = TypedText.Clean(text).Replace('\n', ' ');
        if (line.Length > most)
            line = line[..(char.IsHighSurrogate(line[most - 1]) ? most - 1 : most)].TrimEnd();
        return line.Length > 0 ? line : null;
    }
}
