using KkmpBot.Dialogs.Flow;
using KkmpBot.Dialogs.Loading;
using KkmpBot.Dialogs.Model;
using GoodsReader = KkmpBot.Dialogs.Understanding.GoodsReader;
using Lexicon = KkmpBot.Dialogs.Understanding.Lexicon;
using Understander = KkmpBot.Dialogs.Understanding.Understander;

namespace KkmpBot.Dialogs;

/// <summary>What loading a folder of dialogs came to: a catalog, or the list of mistakes.</summary>
/// <param name="Catalog">The dialogs; null when there is any error.</param>
/// <param name="Errors">All mistakes of the first phase that found one, in the order of the files.</param>
public sealed record CatalogLoad(DialogCatalog? Catalog, IReadOnlyList<DialogError> Errors);

/// <summary>Every dialog, interruption and phrase of the bot, checked: what a catalog holds cannot fail for the author's mistake.</summary>
/// <param name="Dialogs">By name.</param>
/// <param name="Interruptions">In the order written.</param>
/// <param name="Phrases">By name.</param>
/// <param name="Vocabulary">What the dialogs may name.</param>
/// <param name="Languages">id and every language with a translation.</param>
public sealed record DialogCatalog(
    IReadOnlyDictionary<string, Dialog> Dialogs,
    IReadOnlyList<Interruption> Interruptions,
    IReadOnlyDictionary<string, Phrase> Phrases,
    Vocabulary Vocabulary,
    IReadOnlyList<string> Languages)
{
    private readonly Lazy<IReadOnlyDictionary<string, DialogFlow>> flows =
        new(() => Dialogs.ToDictionary(pair => pair.Key, pair => new DialogFlow(pair.Value)));

    private readonly Lazy<IReadOnlyDictionary<string, (Dialog Dialog, Opening Opening)>> openings = new(() => Dialogs.Values
        .SelectMany(dialog => dialog.Opens.Select(opening => (Dialog: dialog, Opening: opening))).ToDictionary(pair => pair.Opening.Wish));

    private readonly Lazy<IReadOnlyDictionary<string, Dialog>> words = new(() => Dialogs.Values
        .SelectMany(dialog => dialog.StartsWith.Select(word => word.Folded).Concat(dialog.Title.All.Select(title => title.Folded).OfType<string>()).Distinct()
            .Select(word => KeyValuePair.Create(word, dialog)))
        .ToDictionary());

    private readonly Lazy<IReadOnlyDictionary<string, Interruption>> interruptingWords = new(() => Interruptions
        .SelectMany(interruption => interruption.Words.Select(word => KeyValuePair.Create(word.Folded, interruption))).ToDictionary());

    /// <summary>
    /// The dialog that a text opens when it is one of its words or its title in any language, and nothing more; by the text, folded. No two dialogs share
    /// one (D044). A title that carries a value is no word.
    /// </summary>
    public IReadOnlyDictionary<string, Dialog> Words => words.Value;

    /// <summary>The interruption that a text is; by the text, folded.</summary>
    public IReadOnlyDictionary<string, Interruption> InterruptingWords => interruptingWords.Value;

    /// <summary>The graph of each dialog by name.</summary>
    public IReadOnlyDictionary<string, DialogFlow> Flows => flows.Value;

    /// <summary>Reads sentences; null where the folder has no lexicon, and sentences open nothing.</summary>
    public Understander? Understander { get; init; }

    /// <summary>Reads what people call goods; null where the folder has no lexicon.</summary>
    public GoodsReader? Goods => Understander?.Goods;

    /// <summary>What opens by a wish of people, by wish.</summary>
    public IReadOnlyDictionary<string, (Dialog Dialog, Opening Opening)> Openings { get => field ?? openings.Value; init; }

    /// <summary>The names that texts outside any dialog may use: the facts.</summary>
    public NameScope Anywhere { get; } = new(new Dictionary<string, DialogType>(), Vocabulary.Facts);

    /// <summary>
    /// Reads a folder: <c>*.yaml</c>, <c>officer/*.yaml</c>, <c>city/*.yaml</c>, <c>translations/*.yaml</c>, and the words of <c>lexicon/*.yaml</c>, which
    /// throw <see cref="InvalidDataException"/> when they cannot be read.
    /// </summary>
    /// <param name="folder">The folder, e.g. <c>dialogs</c>.</param>
    /// <param name="vocabulary">What the files may name.</param>
    public static CatalogLoad Load(string folder, Vocabulary vocabulary)
    {
        var files = new Dictionary<string, string>();
        foreach (var below in new[] { "", "officer", "city", "translations" })
        {
            var path = Path.Combine(folder, below);
            foreach (var file in Directory.Exists(path) ? Directory.GetFiles(path, "*.yaml") : [])
            {
                files[below.Length == 0 ? Path.GetFileName(file) : $"{below}/{Path.GetFileName(file)}"] = File.ReadAllText(file);
            }
        }

        var load = Parse(Path.GetFileName(Path.TrimEndingDirectorySeparator(folder)), files, vocabulary);
        var lexicon = Path.Combine(folder, "lexicon");
        return load.Catalog is { } catalog && Directory.Exists(lexicon)
            ? load with { Catalog = catalog with { Understander = new Understander(Lexicon.Load(lexicon, vocabulary.Wards)) } }
            : load;
    }

    /// <summary>Reads dialogs that are already in memory.</summary>
    /// <param name="folder">What errors name as the folder, e.g. <c>dialogs</c>.</param>
    /// <param name="files">The files' texts by their paths below the folder, with slashes.</param>
    /// <param name="vocabulary">What the files may name.</param>
    public static CatalogLoad Parse(string folder, IReadOnlyDictionary<string, string> files, Vocabulary vocabulary) =>
        new DialogLoader(folder, vocabulary).Load(files);
}
