using KkmpBot.Dialogs.Answers;
using KkmpBot.Dialogs.Loading;
using KkmpBot.Dialogs.Model;

namespace KkmpBot.Dialogs.Checks.Names;

/// <summary>Every phrase that is said exists, and every phrase that exists is said: D048.</summary>
internal static class PhraseChecks
{
    public static void Check(LoadedFiles files, ErrorList errors)
    {
        var phrases = files.Catalog.Phrases;
        var needed = MachinePhrases.All.Keys.Concat(files.Catalog.Vocabulary.Notices.Keys).Distinct().ToList();
        foreach (var missing in needed.Where(name => !phrases.ContainsKey(name)))
        {
            errors.Add(
                new Spot(DialogLoader.PhrasesFile, 1, 1),
                "D048",
                $"the phrase '{missing}' is missing; write what the bot says then");
        }

        // The finer explanations of an unreadable answer are optional: the type's own phrase stands in for them.
        var known = needed.Concat(AnswerReader.Problems.Select(problem => MachinePhrases.RetryPrefix + problem)).ToList();
        foreach (var phrase in phrases.Values.Where(phrase => !known.Contains(phrase.Name)))
        {
            errors.Add(phrase.Spot, "D048", $"nobody says '{phrase.Name}'{NearestName.Hint(phrase.Name, known)}");
        }
    }
}
