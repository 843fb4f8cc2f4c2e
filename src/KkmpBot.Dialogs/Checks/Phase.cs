using KkmpBot.Dialogs.Loading;

namespace KkmpBot.Dialogs.Checks;

/// <summary>The phases of checking after the shape is read.</summary>
internal static class Phase
{
    /// <summary>Names, graph, memory, texts.</summary>
    public static IReadOnlyList<Action<LoadedFiles, ErrorList>> InOrder { get; } = [];
}
