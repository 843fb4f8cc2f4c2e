using KkmpBot.Conversations;

namespace KkmpBot.Operations;

/// <summary>The table of what the cooperative can do: one line a folder.</summary>
public static class AllSlices
{
    /// <summary>All slices.</summary>
    public static Slices Create() => new([]);
}
