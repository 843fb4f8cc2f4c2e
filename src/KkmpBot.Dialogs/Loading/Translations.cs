using KkmpBot.Dialogs.Model;
using KkmpBot.Dialogs.Texts;

namespace KkmpBot.Dialogs.Loading;

/// <summary>A text of a translation.</summary>
/// <param name="Template">The text; null when it could not be parsed, which is already reported.</param>
/// <param name="KeySpot">Where its key stands.</param>
internal sealed record Translation(Template? Template, Spot KeySpot);

/// <summary>One <c>translations/LANGUAGE.yaml</c>: a mapping of dialogs, each a mapping of keys to texts.</summary>
/// <param name="Language">jv or en.</param>
/// <param name="File">Its path below the dialogs' folder.</param>
/// <param name="Texts">The texts by full key, e.g. <c>order.confirm.ask</c>.</param>
internal sealed record TranslationFile(string Language, string File, IReadOnlyDictionary<string, Translation> Texts)
{
    /// <summary>The languages besides Indonesian.</summary>
    public static IReadOnlyList<string> Languages { get; } = ["jv", "en"];

    /// <summary>Reads a file.</summary>
    /// <param name="file">Its path below the dialogs' folder.</param>
    /// <param name="root">Its content.</param>
    /// <param name="errors">Receives D004, D005 and D047.</param>
    public static TranslationFile Read(string file, YamlNode root, ErrorList errors)
    {
        var language = Path.GetFileNameWithoutExtension(file);
        if (!Languages.Contains(language))
        {
            errors.Add(root.Spot, "D004", $"'{language}' is no language of the bot{NearestName.Hint(language, Languages)}");
        }

        var texts = new Dictionary<string, Translation>();
        foreach (var (dialog, content) in EntriesOf(root, errors))
        {
            foreach (var (key, text) in EntriesOf(content, errors))
            {
                texts[$"{dialog.Text}.{key.Text}"] = new Translation(WordingReader.Parse(text, errors), key.Spot);
            }
        }

        return new TranslationFile(language, file, texts);
    }

    private static IReadOnlyList<(ScalarNode Key, YamlNode Value)> EntriesOf(YamlNode node, ErrorList errors)
    {
        if (node is MapNode map)
        {
            return map.Entries;
        }

        errors.Add(node.Spot, "D005", "a translation is written as dialogs, each with its keys and texts");
        return [];
    }
}
