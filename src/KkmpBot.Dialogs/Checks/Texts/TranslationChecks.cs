using KkmpBot.Dialogs.Checks.Names;
using KkmpBot.Dialogs.Loading;
using KkmpBot.Dialogs.Model;
using KkmpBot.Dialogs.Texts;

namespace KkmpBot.Dialogs.Checks.Texts;

/// <summary>A language that exists is complete, and says with the same placeholders what Indonesian says: D040, D041.</summary>
internal static class TranslationChecks
{
    public static void Check(LoadedFiles files, ErrorList errors)
    {
        var wordings = EveryText.Of(files.Catalog).Select(text => text.Wording).ToList();
        var keys = wordings.Select(wording => wording.Key).ToHashSet();
        foreach (var file in files.Translations)
        {
            foreach (var wording in wordings.Where(wording => !file.Texts.ContainsKey(wording.Key)))
            {
                errors.Add(
                    new Spot(file.File, 1, 1),
                    "D040",
                    $"'{wording.Key}' has no text in {file.Language}; it stands in {PlaceOf(wording)}");
            }

            foreach (var (key, translation) in file.Texts.Where(text => !keys.Contains(text.Key)))
            {
                errors.Add(translation.KeySpot, "D040", $"'{key}' is no text of the dialogs{NearestName.Hint(key, keys)}");
            }

            foreach (var wording in wordings.Where(wording => wording.Translations.ContainsKey(file.Language)))
            {
                Compare(wording, wording.Translations[file.Language], errors);
            }
        }
    }

    private static void Compare(Wording wording, Template translated, ErrorList errors)
    {
        var missing = wording.Indonesian.Placeholders.Except(translated.Placeholders).ToList();
        var extra = translated.Placeholders.Except(wording.Indonesian.Placeholders).ToList();
        if (missing.Count + extra.Count > 0)
        {
            var lacks = missing.Count > 0 ? $" lacks {string.Join(", ", missing)}" : "";
            var adds = extra.Count > 0 ? $" has {string.Join(", ", extra)} besides" : "";
            errors.Add(
                translated.Spot,
                "D041",
                $"'{wording.Key}'{lacks}{(lacks.Length > 0 && adds.Length > 0 ? " and" : "")}{adds}, unlike {PlaceOf(wording)}");
        }
    }

    private static string PlaceOf(Wording wording) => $"{wording.Indonesian.Spot.File}:{wording.Indonesian.Spot.Line}";
}
