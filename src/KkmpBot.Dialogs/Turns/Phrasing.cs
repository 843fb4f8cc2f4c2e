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

    /// <summary>The names a phrase may use: the fields of its record, and the facts of its reader.</summary>
    public static NameScope ScopeOf(Vocabulary vocabulary, string name)
    {
        var filled = vocabulary.Notices.GetValueOrDefault(name) ?? MachinePhrases.All.GetValueOrDefault(name);
        return new NameScope(filled?.Fields ?? new Dictionary<string, DialogType>(), vocabulary.Facts);
    }
}
