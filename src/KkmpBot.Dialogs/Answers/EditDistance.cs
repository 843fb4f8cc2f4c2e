namespace KkmpBot.Dialogs.Answers;

/// <summary>How many letters must be put in, left out, changed or swapped with their neighbour to make one word of another.</summary>
public static class EditDistance
{
    /// <summary>Longer words are not compared.</summary>
    public const int MaxLength = 40;

    /// <summary>The distance, or <paramref name="limit"/> + 1 when it is larger.</summary>
    /// <param name="one">A folded word.</param>
    /// <param name="other">A folded word.</param>
    /// <param name="limit">What is still of interest.</param>
    public static int Between(ReadOnlySpan<char> one, ReadOnlySpan<char> other, int limit)
    {
        if (Math.Abs(one.Length - other.Length) > limit || one.Length > MaxLength || other.Length > MaxLength)
            return limit + 1;
        Span<int> before = stackalloc int[other.Length + 1];
        Span<int> last = stackalloc int[other.Length + 1];
        Span<int> current = stackalloc int[other.Length + 1];
        for (var column = 0; column <= other.Length; column++)
            last[column] = column;
        for (var row = 1; row <= one.Length; row++)
        {
            current[0] = row;
            var best = row;
            for (var column = 1; column <= other.Length; column++)
            {
                var cost = one[row - 1] == other[column - 1] ? 0 : 1;
                var value = Math.Min(Math.Min(last[column] + 1, current[column - 1] + 1), last[column - 1] + cost);
                if (row > 1 && column > 1 && one[row - 1] == other[column - 2] && one[row - 2] == other[column - 1])
                    value = Math.Min(value, before[column - 2] + 1);
                current[column] = value;
                best = Math.Min(best, value);
            }

            if (best > limit)
                return limit + 1;
            var spare = before;
            before = last;
            last = current;
            current = spare;
        }

        return Math.Min(last[other.Length], limit + 1);
    }

    /// <summary>True when two letters side by side have changed places and nothing else differs: "tleur", "telur".</summary>
    /// <param name="typed">One word.</param>
    /// <param name="word">The other.</param>
    public static bool IsSwap(string typed, string word)
    {
        if (typed.Length != word.Length)
            return false;
        var at = 0;
        while (at < typed.Length && typed[at] == word[at])
            at++;
        return at + 1 < typed.Length && typed[at] == word[at + 1] && typed[at + 1] == word[at] && string.CompareOrdinal(typed, at + 2, word, at + 2, typed.Length) == 0;
    }
}
