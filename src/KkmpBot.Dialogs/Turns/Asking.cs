using KkmpBot.Dialogs.Model;

namespace KkmpBot.Dialogs.Turns;

/// <summary>Puts a question before the person.</summary>
internal static class Asking
{
    /// <summary>Enters a question: asks it, or calls the capability its choices come from. Null when its list is empty.</summary>
    public static Step? Ask(Walk walk, AskState ask) => ask.Choices switch
    {
        FixedChoices choices => PutBefore(walk, Offering.Fixed(walk, choices.Picks)),
        ListedChoices { Capability: { } capability } choices => walk.Calling(Advancing.Call(walk, capability, choices.With)),
        ListedChoices choices => PutBefore(walk, Offering.Listed(walk, choices, ((ListValue)walk.Names.Resolve(choices.From).Value).Items)),
        _ when IsYesOrNo(walk, ask) => PutBefore(walk, Offering.YesOrNo(walk)),
        _ => Hearing.Take(walk, ask) ?? Again(walk),
    };

    /// <summary>Asks with these options; null when there are none to choose from.</summary>
    public static Step? PutBefore(Walk walk, IReadOnlyList<Option> options)
    {
        if (options.Count == 0)
        {
            return null;
        }

        walk.Top = walk.Top with { Options = options, Page = 0 };
        return Hearing.Take(walk, (AskState)walk.State) ?? Again(walk);
    }

    /// <summary>Asks the open question once more, with the options it was asked with.</summary>
    public static Step Again(Walk walk)
    {
        walk.Top = walk.Top with { SinceUtc = walk.Context.UtcNow };
        var prompt = Prompt(walk);
        var step = walk.Replying(prompt.Text, prompt.Options, prompt.WantsContact);
        return step with { Reply = step.Reply! with { WantsPicture = prompt.WantsPicture } };
    }

    /// <summary>The open question as it would be asked now.</summary>
    public static Prompt Prompt(Walk walk)
    {
        var ask = (AskState)walk.State;
        return new Prompt(walk.Render(ask.Question), Offering.Page(walk, walk.Top), ask.Contact) { WantsPicture = ask.Picture is not null };
    }

    private static bool IsYesOrNo(Walk walk, AskState ask) => walk.Dialog.Memory[ask.Into.Name].Type!.Kind == TypeKind.YesNo;
}
