using System.Globalization;
using KkmpBot.Dialogs.Model;

namespace KkmpBot.Dialogs.Loading;

/// <summary>A mistake in a dialog file.</summary>
/// <param name="File">The path as an editor opens it, e.g. <c>dialogs/order.yaml</c>.</param>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1.</param>
/// <param name="Code">D000 to D050; <see cref="Checks.CheckCodes"/> tells each one's meaning.</param>
/// <param name="Text">What is wrong and what to do.</param>
public sealed record DialogError(string File, int Line, int Column, string Code, string Text)
{
    /// <summary>
    /// In the compilers' form, so that editors can jump: <c>dialogs/order.yaml:23:9 D022 'quote' may not be set yet here</c>.
    /// </summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{File}:{Line}:{Column} {Code} {Text}");
}

/// <summary>Collects the mistakes of one phase.</summary>
public sealed class ErrorList
{
    private readonly List<(Spot Spot, string Code, string Text)> errors = [];

    /// <summary>True when nothing was reported.</summary>
    public bool IsEmpty => errors.Count == 0;

    /// <summary>Reports a mistake.</summary>
    /// <param name="spot">Where.</param>
    /// <param name="code">Its code.</param>
    /// <param name="text">What is wrong and what to do.</param>
    public void Add(Spot spot, string code, string text) => errors.Add((spot, code, text));

    /// <summary>The mistakes as a reader meets them, each once.</summary>
    /// <param name="folder">What stands before the file names.</param>
    public IReadOnlyList<DialogError> InOrder(string folder) =>
    [
        .. errors.Distinct()
            .OrderBy(error => error.Spot)
            .ThenBy(error => error.Code, StringComparer.Ordinal)
            .Select(error => new DialogError($"{folder}/{error.Spot.File}", error.Spot.Line, error.Spot.Column, error.Code, error.Text)),
    ];
}
