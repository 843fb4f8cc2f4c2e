using KkmpBot.Dialogs.Model;

namespace KkmpBot.Dialogs.Texts;

/// <summary>A piece of a text.</summary>
public abstract record TemplatePart;

/// <summary>Words that never change.</summary>
/// <param name="Text">The words.</param>
public sealed record LiteralPart(string Text) : TemplatePart;

/// <summary><c>{cart.total:rp}</c>: a value to be filled in.</summary>
/// <param name="Path">Which value.</param>
/// <param name="Format">How it is written; null for its type's usual form.</param>
public sealed record PlaceholderPart(NamePath Path, string? Format) : TemplatePart
{
    /// <summary>As the file writes it.</summary>
    public override string ToString() => Format is null ? $"{{{Path}}}" : $"{{{Path}:{Format}}}";
}

/// <summary><c>{each cart.lines}…{end}</c>: a line for every item of a list.</summary>
/// <param name="List">Which list.</param>
/// <param name="Body">The line; the item's fields are named bare.</param>
public sealed record EachPart(NamePath List, IReadOnlyList<TemplatePart> Body) : TemplatePart;

/// <summary>A text of a dialog file with its placeholders understood.</summary>
/// <param name="Parts">In order.</param>
/// <param name="Source">As the file writes it.</param>
/// <param name="Spot">Where the text begins.</param>
public sealed record Template(IReadOnlyList<TemplatePart> Parts, string Source, Spot Spot)
{
    /// <summary>The longest text a file may hold, in characters: Telegram sends no more.</summary>
    public const int MaxLength = 4096;

    /// <summary>As it is compared with what people type; null where that depends on what fills its placeholders.</summary>
    public string? Folded => field ??= Parts.All(part => part is LiteralPart) ? Folding.Fold(string.Concat(Parts.Select(part => ((LiteralPart)part).Text))) : null;

    /// <summary>Every placeholder as written, sorted, those of an <c>each</c> under its list: what two languages must share.</summary>
    public IReadOnlyList<string> Placeholders { get; } = [.. Named(Parts, "").Distinct().Order(StringComparer.Ordinal)];

    private static IEnumerable<string> Named(IReadOnlyList<TemplatePart> parts, string under) => parts.SelectMany(part => part switch
    {
        PlaceholderPart placeholder => [under + placeholder],
        EachPart each => Named(each.Body, $"{under}{{each {each.List}}}").Prepend($"{under}{{each {each.List}}}"),
        _ => Enumerable.Empty<string>(),
    });
}
