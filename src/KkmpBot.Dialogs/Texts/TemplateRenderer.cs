using System.Text;
using KkmpBot.Dialogs.Model;

namespace KkmpBot.Dialogs.Texts;

/// <summary>Fills the placeholders of a text.</summary>
public static class TemplateRenderer
{
    /// <summary>Writes a text for one person.</summary>
    /// <param name="template">The text in their language.</param>
    /// <param name="names">What its placeholders name.</param>
    /// <param name="language">id, jv or en.</param>
    public static string Render(Template template, LiveNames names, string language)
    {
        var written = new StringBuilder();
        Write(written, template.Parts, names, language);
        return written.ToString();
    }

    private static void Write(StringBuilder written, IReadOnlyList<TemplatePart> parts, LiveNames names, string language)
    {
        var afterEmptyList = false;
        foreach (var part in parts)
        {
            switch (part)
            {
                case LiteralPart literal:
                    // An empty list takes its line with it.
                    written.Append(afterEmptyList && literal.Text.StartsWith('\n') ? literal.Text[1..] : literal.Text);
                    break;
                case PlaceholderPart placeholder:
                    var (type, value) = names.Resolve(placeholder.Path);
                    written.Append(ValueFormat.Write(type, value, placeholder.Format, language));
                    break;
                case EachPart each:
                    WriteEach(written, each, names, language);
                    break;
                default:
                    throw new InvalidOperationException($"A text cannot hold a {part.GetType().Name}.");
            }

            afterEmptyList = part is EachPart { List: var list } && ((ListValue)names.Resolve(list).Value).Items.Count == 0;
        }
    }

    private static void WriteEach(StringBuilder written, EachPart each, LiveNames names, string language)
    {
        var (type, value) = names.Resolve(each.List);
        var items = ((ListValue)value).Items;
        for (var i = 0; i < items.Count; i++)
        {
            if (i > 0)
            {
                written.Append('\n');
            }

            Write(written, each.Body, names.Inside(type.Element!, items[i]), language);
        }
    }
}
