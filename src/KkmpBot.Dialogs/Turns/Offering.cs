using KkmpBot.Dialogs.Flow;
using KkmpBot.Dialogs.Model;
using KkmpBot.Dialogs.Texts;

namespace KkmpBot.Dialogs.Turns;

/// <summary>Makes the options of a question, and the page of them that is shown.</summary>
internal static class Offering
{
    /// <summary>The picks whose conditions hold.</summary>
    public static List<Option> Fixed(Walk walk, IReadOnlyList<Pick> picks) =>
    [
        .. picks.Where(pick => Conditions.Holds(walk, pick.When))
            .Select(pick => new Option(pick.Key, walk.Render(pick.Label), pick.Detail is null ? null : walk.Render(pick.Detail))),
    ];

    /// <summary>
    /// An option for every record of a list, then the picks added to it; empty when the list has a state for being empty.
    /// </summary>
    public static List<Option> Listed(Walk walk, ListedChoices choices, IReadOnlyList<RecordValue> items)
    {
        if (items.Count == 0 && choices.Empty is not null)
        {
            return [];
        }

        var element = DialogParts.ListType(walk.Dialog, choices)!.Element!;
        return [.. items.Select(item => Option(walk, choices, element, item)), .. Fixed(walk, choices.Add)];
    }

    /// <summary>Yes and no, in the person's language.</summary>
    public static List<Option> YesOrNo(Walk walk) =>
        [new(Model.Option.Yes, walk.Phrase(MachinePhrases.Yes)), new(Model.Option.No, walk.Phrase(MachinePhrases.No))];

    /// <summary>The options shown now: all when they fit, else a page with the option that turns it.</summary>
    public static IReadOnlyList<Option> Page(Walk walk, Frame frame)
    {
        if (frame.Options.Count <= Choices.MaxShown)
        {
            return frame.Options;
        }

        var page = frame.Options.Skip(frame.Page * Choices.PageSize).Take(Choices.PageSize);
        return [.. page, new Option(Model.Option.More, walk.Phrase(MachinePhrases.More))];
    }

    /// <summary>The page after the one shown; the first follows the last.</summary>
    public static int NextPage(Frame frame)
    {
        var pages = (frame.Options.Count + Choices.PageSize - 1) / Choices.PageSize;
        return frame.Options.Count <= Choices.MaxShown ? 0 : (frame.Page + 1) % pages;
    }

    private static Option Option(Walk walk, ListedChoices choices, DialogType element, RecordValue item)
    {
        var names = walk.Names.Inside(element, item);
        return new Option(
            item.Key,
            TemplateRenderer.Render(choices.Label.In(walk.Language), names, walk.Language),
            choices.Detail is null ? null : TemplateRenderer.Render(choices.Detail.In(walk.Language), names, walk.Language),
            item);
    }
}
