using KkmpBot.Dialogs.Answers;

namespace KkmpBot.Dialogs.Loading;

/// <summary>Finds the name that a mistyped one was probably meant to be.</summary>
public static class NearestName
{
    private const int MaxDistance = 3;

    /// <summary>
    /// A hint to append to an error, e.g. <c>; did you mean 'confirm'?</c>; lists the names when none is near and they are few.
    /// </summary>
    /// <param name="written">The name that is not known.</param>
    /// <param name="known">The names that are.</param>
    public static string Hint(string written, IEnumerable<string> known)
    {
        var names = known.Distinct().Order(StringComparer.Ordinal).ToList();
        var nearest = names
            .Select(name => (Name: name, Distance: EditDistance.Between(written, name, MaxDistance)))
            .OrderBy(pair => pair.Distance)
            .FirstOrDefault();
        if (nearest.Name is not null && nearest.Distance <= Math.Min(MaxDistance, Math.Max(1, written.Length / 2)))
        {
            return $"; did you mean '{nearest.Name}'?";
        }

        return names.Count is > 0 and <= 12 ? $"; known are {string.Join(", ", names)}" : "";
    }
}
