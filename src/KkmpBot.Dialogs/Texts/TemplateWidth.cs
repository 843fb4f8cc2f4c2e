using KkmpBot.Dialogs.Model;

namespace KkmpBot.Dialogs.Texts;

/// <summary>
/// Measures the widest a text can become, from the declared widths of its placeholders, so that every message fits its channel.
/// </summary>
public static class TemplateWidth
{
    /// <summary>The most characters the text can have.</summary>
    /// <param name="template">The text.</param>
    /// <param name="scope">The types of what its placeholders name; all of them must be known.</param>
    public static int Of(Template template, NameScope scope) => Of(template.Parts, scope);

    /// <summary>The most characters the text can have in any of its languages.</summary>
    /// <param name="wording">The text.</param>
    /// <param name="scope">The types of what its placeholders name.</param>
    public static int Widest(Wording wording, NameScope scope) => wording.All.Max(template => Of(template, scope));

    private static int Of(IReadOnlyList<TemplatePart> parts, NameScope scope) => parts.Sum(part => part switch
    {
        LiteralPart literal => literal.Text.Length,
        PlaceholderPart placeholder => scope.TypeOf(placeholder.Path)?.MaxWidth ?? 0,
        EachPart each when scope.TypeOf(each.List) is { Element: { } element } list =>
            Math.Max(0, (list.MaxItems * (Of(each.Body, scope.Inside(element)) + 1)) - 1),
        _ => 0,
    });
}
