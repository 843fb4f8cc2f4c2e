namespace KkmpBot.Dialogs.Model;

/// <summary>A name in a text, condition, argument or limit: a slot or fact, then its fields, as in <c>cart.total</c>.</summary>
/// <param name="Segments">At least one; each a snake_case name.</param>
/// <param name="Spot">Where it stands.</param>
public sealed record NamePath(IReadOnlyList<string> Segments, Spot Spot)
{
    /// <summary>More fields deep than this is a mistake.</summary>
    public const int MaxSegments = 5;

    /// <summary>The slot, fact or field of the current element.</summary>
    public string Root => Segments[0];

    /// <summary>As the file writes it.</summary>
    public override string ToString() => string.Join('.', Segments);

    /// <summary>Reads a dotted name; null when the text is not one.</summary>
    /// <param name="text">The text, without spaces around it.</param>
    /// <param name="spot">Where it stands.</param>
    public static NamePath? TryParse(string text, Spot spot)
    {
        var segments = text.Split('.');
        return segments.Length <= MaxSegments && segments.All(IsName) ? new NamePath(segments, spot) : null;
    }

    /// <summary>True for a snake_case name: a letter, then letters, digits and underscores.</summary>
    /// <param name="text">The text to look at.</param>
    public static bool IsName(string text) =>
        text.Length > 0
        && char.IsAsciiLetterLower(text[0])
        && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_');
}
