namespace KkmpBot.Dialogs.Texts;

/// <summary>A text in every language it is told in; Indonesian always, since the dialog files are written in it.</summary>
/// <param name="Key">Dialog, state and part, e.g. <c>order.confirm.choices.cash.label</c>: its key in the translations.</param>
/// <param name="Indonesian">The text of the dialog file.</param>
/// <param name="Translations">The text in other languages, by language.</param>
public sealed record Wording(string Key, Template Indonesian, IReadOnlyDictionary<string, Template> Translations)
{
    /// <summary>The language of the dialog files.</summary>
    public const string Source = "id";

    /// <summary>The text in every language it has.</summary>
    public IEnumerable<Template> All => Translations.Values.Prepend(Indonesian);

    /// <summary>The text in a language, or in Indonesian where that language has none.</summary>
    /// <param name="language">id, jv or en.</param>
    public Template In(string language) => Translations.GetValueOrDefault(language, Indonesian);
}
