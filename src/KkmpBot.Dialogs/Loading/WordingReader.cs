using KkmpBot.Dialogs.Texts;

namespace KkmpBot.Dialogs.Loading;

/// <summary>Reads the texts of a file and joins each with its translations.</summary>
/// <param name="translations">Every language file.</param>
/// <param name="errors">Receives D005 and D047.</param>
internal sealed class WordingReader(IReadOnlyList<TranslationFile> translations, ErrorList errors)
{
    private static readonly Template Unreadable = new([], "", default);

    /// <summary>The mistakes go here.</summary>
    public ErrorList Errors => errors;

    /// <summary>Reads a text; what cannot be read is reported and stands as an empty text until the phase ends.</summary>
    /// <param name="node">What stands there.</param>
    /// <param name="key">Its key in the translations.</param>
    public Wording Read(YamlNode node, string key)
    {
        var others = translations
            .Where(file => file.Texts.GetValueOrDefault(key)?.Template is not null)
            .ToDictionary(file => file.Language, file => file.Texts[key].Template!);
        return new Wording(key, Parse(node, errors) ?? Unreadable, others);
    }

    /// <summary>Reads a text that may be absent.</summary>
    /// <param name="node">What stands there, or null.</param>
    /// <param name="key">Its key in the translations.</param>
    public Wording? ReadOptional(YamlNode? node, string key) => node is null ? null : Read(node, key);

    /// <summary>Reads a text without placeholders: a title.</summary>
    /// <param name="node">What stands there.</param>
    /// <param name="key">Its key in the translations.</param>
    public Wording ReadPlain(YamlNode node, string key)
    {
        var wording = Read(node, key);
        if (wording.All.Any(template => template.Placeholders.Count > 0))
        {
            errors.Add(node.Spot, "D047", "a title has no placeholders; it stands on buttons of other dialogs");
        }

        return wording;
    }

    /// <summary>Parses a text; null when it is none, which is then reported.</summary>
    /// <param name="node">What stands there.</param>
    /// <param name="errors">Receives D005 and D047.</param>
    public static Template? Parse(YamlNode node, ErrorList errors)
    {
        if (node is not ScalarNode { Text: var text } || string.IsNullOrWhiteSpace(text))
        {
            errors.Add(node.Spot, "D005", "a text must stand here");
            return null;
        }

        var template = TemplateParser.TryParse(text, node.Spot, out var problem);
        if (problem is not null)
        {
            errors.Add(node.Spot, "D047", problem);
        }

        return template;
    }
}
