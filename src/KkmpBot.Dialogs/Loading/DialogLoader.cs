using KkmpBot.Dialogs.Checks;
using KkmpBot.Dialogs.Model;

namespace KkmpBot.Dialogs.Loading;

/// <summary>
/// Loads in phases, each complete before the next: shape (reading), then names, graph, memory and texts. One mistyped name would
/// otherwise drag a tail of errors behind it that are none.
/// </summary>
/// <param name="folder">What errors name as the folder.</param>
/// <param name="vocabulary">What the files may name.</param>
internal sealed class DialogLoader(string folder, Vocabulary vocabulary)
{
    /// <summary>The file of the interruptions.</summary>
    public const string InterruptionsFile = "interruptions.yaml";

    /// <summary>The file of the phrases.</summary>
    public const string PhrasesFile = "phrases.yaml";

    private const string TranslationsFolder = "translations/";

    /// <summary>Loads the files.</summary>
    /// <param name="files">Their texts by path below the folder.</param>
    public CatalogLoad Load(IReadOnlyDictionary<string, string> files)
    {
        var errors = new ErrorList();
        var loaded = ReadShape(files, errors);
        foreach (var check in Phase.InOrder)
        {
            if (!errors.IsEmpty)
            {
                break;
            }

            check(loaded, errors);
        }

        return errors.IsEmpty ? new CatalogLoad(loaded.Catalog, []) : new CatalogLoad(null, errors.InOrder(folder));
    }

    private LoadedFiles ReadShape(IReadOnlyDictionary<string, string> files, ErrorList errors)
    {
        var roots = new SortedDictionary<string, YamlNode>(StringComparer.Ordinal);
        foreach (var (file, content) in files)
        {
            if (YamlReader.Read(file, content, errors) is { } root)
            {
                roots[file] = root;
            }
        }

        foreach (var needed in new[] { InterruptionsFile, PhrasesFile }.Where(needed => !files.ContainsKey(needed)))
        {
            errors.Add(new Spot(needed, 1, 1), "D000", "the file is missing");
        }

        var translations = roots
            .Where(root => root.Key.StartsWith(TranslationsFolder, StringComparison.Ordinal))
            .Select(root => TranslationFile.Read(root.Key, root.Value, errors))
            .ToList();
        var texts = new WordingReader(translations, errors);
        var catalog = new DialogCatalog(
            Dialogs(roots, texts),
            roots.TryGetValue(InterruptionsFile, out var interruptions) ? new InterruptionsReader(texts).Read(interruptions) : [],
            roots.TryGetValue(PhrasesFile, out var phrases) ? Phrases(phrases, texts) : new Dictionary<string, Phrase>(),
            vocabulary,
            [Texts.Wording.Source, .. translations.Select(file => file.Language)]);
        return new LoadedFiles(catalog, translations);
    }

    private Dictionary<string, Dialog> Dialogs(SortedDictionary<string, YamlNode> roots, WordingReader texts)
    {
        var reader = new DialogReader(vocabulary, texts);
        var dialogs = new Dictionary<string, Dialog>();
        foreach (var (file, root) in roots)
        {
            if (file is InterruptionsFile or PhrasesFile || file.StartsWith(TranslationsFolder, StringComparison.Ordinal))
            {
                continue;
            }

            if (reader.Read(root) is { } dialog && !dialogs.TryAdd(dialog.Name, dialog))
            {
                texts.Errors.Add(
                    dialog.Spot,
                    "D004",
                    $"there is a dialog '{dialog.Name}' in {dialogs[dialog.Name].Spot.File} too; rename one");
            }
        }

        return dialogs;
    }

    private static Dictionary<string, Phrase> Phrases(YamlNode root, WordingReader texts)
    {
        if (root is not MapNode map)
        {
            texts.Errors.Add(root.Spot, "D005", "the phrases are written as names, each with its text");
            return [];
        }

        return map.Entries.ToDictionary(
            entry => entry.Key.Text,
            entry => new Phrase(entry.Key.Text, texts.Read(entry.Value, $"phrases.{entry.Key.Text}"), entry.Key.Spot));
    }
}

/// <summary>What the shape phase read: the input of every check.</summary>
/// <param name="Catalog">The dialogs, not yet trusted.</param>
/// <param name="Translations">The language files.</param>
internal sealed record LoadedFiles(DialogCatalog Catalog, IReadOnlyList<TranslationFile> Translations);
