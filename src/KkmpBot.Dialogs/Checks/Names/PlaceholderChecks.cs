using KkmpBot.Dialogs.Flow;
using KkmpBot.Dialogs.Loading;
using KkmpBot.Dialogs.Model;
using KkmpBot.Dialogs.Texts;
using KkmpBot.Dialogs.Turns;

namespace KkmpBot.Dialogs.Checks.Names;

/// <summary>Every placeholder names something: D020.</summary>
internal static class PlaceholderChecks
{
    public static void Check(LoadedFiles files, ErrorList errors)
    {
        foreach (var text in EveryText.Of(files.Catalog))
        {
            // A translation with other placeholders is the texts phase's to report (D041).
            CheckParts(text.Wording.Indonesian.Parts, text.Scope, errors);
        }
    }

    private static void CheckParts(IReadOnlyList<TemplatePart> parts, NameScope scope, ErrorList errors)
    {
        foreach (var part in parts)
        {
            if (part is PlaceholderPart placeholder)
            {
                Typing.Of(placeholder.Path, scope, errors);
            }
            else if (part is EachPart each && Typing.Of(each.List, scope, errors) is { } list)
            {
                CheckEach(each, list, scope, errors);
            }
        }
    }

    private static void CheckEach(EachPart each, DialogType list, NameScope scope, ErrorList errors)
    {
        if (list.Element is { } element)
        {
            CheckParts(each.Body, scope.Inside(element), errors);
        }
        else
        {
            errors.Add(each.List.Spot, "D020", $"'{each.List}' is of type {list.Name}; {{each …}} needs a list");
        }
    }
}

/// <summary>Every text of the bot with the names it may use.</summary>
internal static class EveryText
{
    public static IEnumerable<ScopedText> Of(DialogCatalog catalog) =>
        catalog.Dialogs.Values.SelectMany(DialogParts.Texts)
            .Concat(catalog.Interruptions
                .Select(interruption => interruption.Say)
                .OfType<Wording>()
                .Select(say => new ScopedText(say, catalog.Anywhere)))
            .Concat(catalog.Phrases.Values
                .Select(phrase => new ScopedText(phrase.Text, Phrasing.ScopeOf(catalog.Vocabulary, phrase.Name))));
}
