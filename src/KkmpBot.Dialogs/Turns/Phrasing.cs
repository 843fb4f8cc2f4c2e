using KkmpBot.Dialogs.Model;
using KkmpBot.Dialogs.Texts;

namespace KkmpBot.Dialogs.Turns;

/// <summary>Writes what the bot says by itself.</summary>
internal static class Phrasing
{
    private static readonly RecordValue NoValues = RecordValue.Of();

    /// <summary>Fills a phrase. An unknown name throws: the checks made sure that every one needed is there.</summary>
    public static string Write(DialogCatalog catalog, string name, string language, RecordValue? values, Facts facts)
    {
        var phrase = catalog.Phrases.GetValueOrDefault(name) ?? throw new ArgumentException($"There is no phrase '{name}'.", nameof(name));
        var names = new LiveNames(ScopeOf(catalog.Vocabulary, name), (values ?? NoValues).Fields, facts);
        return TemplateRenderer.Render(phrase.Text.In(language), names, language);
    }

    /// <summary>The filled placeholders of a phrase's Indonesian text, in order, each name once; empty when it holds a list, which has no one value.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Values(DialogCatalog catalog, string name, RecordValue? values, Facts facts)
    {
        var phrase = catalog.Phrases.GetValueOrDefault(name) ?? throw new ArgumentException($"There is no phrase '{name}'.", nameof(name));
        var names = new LiveNames(ScopeOf(catalog.Vocabulary, name), (values ?? NoValues).Fields, facts);
        var parts = phrase.Text.Indonesian.Parts;
        return parts.Any(part => part is EachPart)
            ? []
            : [.. parts.OfType<PlaceholderPart>().Select(part => KeyValuePair.Create(NameOf(part), Filled(part, names))).DistinctBy(pair => pair.Key)];
    }

    /// <summary>The names a phrase may use: the fields of its record, and the facts of its reader.</summary>
    public static NameScope ScopeOf(Vocabulary vocabulary, string name)
    {
        var filled = vocabulary.Notices.GetValueOrDefault(name) ?? MachinePhrases.All.GetValueOrDefault(name);
        return new NameScope(filled?.Fields ?? new Dictionary<string, DialogType>(), vocabulary.Facts);
    }

    private static string NameOf(PlaceholderPart part) => part.Path.ToString().Replace('.', '_');

    private static string Filled(PlaceholderPart part, LiveNames names)
    {
        var (type, value) = names.Resolve(part.Path);
        return ValueFormat.Write(type, value, part.Format, Wording.Source);
    }
}
