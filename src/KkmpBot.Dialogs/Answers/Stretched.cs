namespace KkmpBot.Dialogs.Answers;

/// <summary>Words drawn out in writing: "siaaap", "makasiiih".</summary>
public static class Stretched
{
    /// <summary>Every run of one letter becomes a single letter.</summary>
    /// <param name="word">A folded word.</param>
    public static string Shorten(string word)
    {
        var length = 0;
        Span<char> plain = word.Length <= 64 ? stackalloc char[word.Length] : new char[word.Length];
        foreach (var letter in word)
        {
            if (length == 0 || plain[length - 1] != letter)
                plain[length++] = letter;
        }

        return length == word.Length ? word : new string(plain[..length]);
    }
}
