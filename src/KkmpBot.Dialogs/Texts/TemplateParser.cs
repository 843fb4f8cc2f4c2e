using System.Text;
using KkmpBot.Dialogs.Model;

namespace KkmpBot.Dialogs.Texts;

/// <summary>Reads the texts of dialog files: <c>"{name}, {price:rp}"</c>.</summary>
public sealed class TemplateParser
{
    private readonly string text;
    private readonly Spot spot;
    private int position;
    private string? problem;

    private TemplateParser(string text, Spot spot)
    {
        this.text = text;
        this.spot = spot;
    }

    /// <summary>Reads a text.</summary>
    /// <param name="text">As the file holds it; white space at its ends is dropped.</param>
    /// <param name="spot">Where it begins.</param>
    /// <param name="problem">What is wrong, in words for the author; null when nothing is.</param>
    public static Template? TryParse(string text, Spot spot, out string? problem)
    {
        if (text.Length > Template.MaxLength)
        {
            problem = $"the text is longer than {Template.MaxLength} characters; shorten it";
            return null;
        }

        var parser = new TemplateParser(text.Trim().Replace("\r", "", StringComparison.Ordinal), spot);
        var parts = parser.Parts(insideEach: false);
        problem = parser.problem;
        return problem is null ? new Template(parts, parser.text, spot) : null;
    }

    private List<TemplatePart> Parts(bool insideEach)
    {
        var parts = new List<TemplatePart>();
        var literal = new StringBuilder();
        while (problem is null && position < text.Length)
        {
            var character = text[position++];
            if (character != '{')
            {
                literal.Append(character);
            }
            else if (position < text.Length && text[position] == '{')
            {
                literal.Append('{');
                position++;
            }
            else if (Tag() is { } tag)
            {
                Flush(parts, literal);
                if (tag == "end")
                {
                    problem = insideEach ? null : "{end} stands without {each …} before it";
                    return parts;
                }

                Add(parts, tag, insideEach);
            }
        }

        Flush(parts, literal);
        if (insideEach && problem is null)
        {
            problem = "{each …} is not closed; write {end} after its line";
        }

        return parts;
    }

    private string? Tag()
    {
        var close = text.IndexOf('}', position);
        if (close < 0)
        {
            problem = "a { is not closed; write {{ for a brace";
            return null;
        }

        var tag = text[position..close].Trim();
        position = close + 1;
        return tag;
    }

    private void Add(List<TemplatePart> parts, string tag, bool insideEach)
    {
        if (tag.StartsWith("each ", StringComparison.Ordinal))
        {
            AddEach(parts, tag["each ".Length..].Trim(), insideEach);
            return;
        }

        var colon = tag.IndexOf(':');
        var name = colon < 0 ? tag : tag[..colon];
        if (NamePath.TryParse(name, spot) is { } path)
        {
            parts.Add(new PlaceholderPart(path, colon < 0 ? null : tag[(colon + 1)..]));
        }
        else
        {
            problem = $"'{{{tag}}}' is no placeholder; write {{slot}}, {{slot.field}} or {{slot.field:format}}, and {{{{ for a brace";
        }
    }

    private void AddEach(List<TemplatePart> parts, string list, bool insideEach)
    {
        if (insideEach || NamePath.TryParse(list, spot) is not { } path)
        {
            problem = insideEach
                ? "an {each …} cannot stand inside another"
                : $"'{{each {list}}}' names no list; write {{each slot.field}}";
            return;
        }

        var body = Parts(insideEach: true);
        parts.Add(new EachPart(path, Trimmed(body)));
    }

    // The line may be written between line breaks of its own; the breaks between items are the renderer's.
    private static List<TemplatePart> Trimmed(List<TemplatePart> body)
    {
        if (body.Count > 0 && body[0] is LiteralPart first)
        {
            body[0] = new LiteralPart(first.Text.TrimStart('\n'));
        }

        if (body.Count > 0 && body[^1] is LiteralPart last)
        {
            body[^1] = new LiteralPart(last.Text.TrimEnd('\n'));
        }

        return body;
    }

    private static void Flush(List<TemplatePart> parts, StringBuilder literal)
    {
        if (literal.Length > 0)
        {
            parts.Add(new LiteralPart(literal.ToString()));
            literal.Clear();
        }
    }
}
