using KkmpBot.Dialogs.Answers;
using KkmpBot.Dialogs.Model;
using KkmpBot.Dialogs.Texts;

namespace KkmpBot.Dialogs.Turns;

/// <summary>Reads the answer to the open question.</summary>
internal static class Answering
{
    private static readonly TimeSpan WibOffset = TimeSpan.FromHours(7);

    /// <summary>Takes the answer and goes on, or asks again.</summary>
    public static Step Receive(Walk walk, Answer answer)
    {
        var ask = (AskState)walk.State;
        switch (answer)
        {
            case TextAnswer text:
                return Text(walk, ask, text.Text);
            case PickAnswer pick:
                return Pick(walk, ask, pick.Key);
            case ContactAnswer contact when ask.Contact && TypeOf(walk, ask).Kind == TypeKind.Phone:
                return Accept(walk, ask, new TextValue(contact.Phone));
            case ContactAnswer:
                walk.SayPhrase(MachinePhrases.ContactLinked);
                return Asking.Again(walk);
            case UnreadableAnswer unreadable:
                walk.SayPhrase(PhraseFor(walk, unreadable));
                return Asking.Again(walk);
            default:
                throw new InvalidOperationException($"A {answer.GetType().Name} is no answer.");
        }
    }

    /// <summary>The phrase for a photo, sticker or voice message; the common one where the kind has none of its own.</summary>
    public static string PhraseFor(Walk walk, UnreadableAnswer unreadable) =>
        walk.Catalog.Vocabulary.Notices.TryGetValue(unreadable.Kind, out var filled) && filled is null
            ? unreadable.Kind
            : MachinePhrases.Unreadable;

    /// <summary>The day in WIB.</summary>
    public static DateOnly Today(Walk walk) => DateOnly.FromDateTime(walk.Context.UtcNow + WibOffset);

    private static DialogType TypeOf(Walk walk, AskState ask) => walk.Dialog.Memory[ask.Into.Name].Type!;

    private static Step Pick(Walk walk, AskState ask, string key)
    {
        if (key == Option.More && walk.Top.Options.Count > Choices.MaxShown)
        {
            walk.Top = walk.Top with { Page = Offering.NextPage(walk.Top) };
            return Asking.Again(walk);
        }

        if (walk.Top.Options.FirstOrDefault(option => option.Key == key) is { } chosen)
        {
            return Choose(walk, ask, chosen);
        }

        if (!ask.Uninterruptible && Starting.DialogOf(walk, key) is { } dialog)
        {
            return Switching.Switch(walk, dialog);
        }

        walk.SayPhrase(MachinePhrases.StaleButton);
        return Asking.Again(walk);
    }

    private static Step Text(Walk walk, AskState ask, string text)
    {
        var folded = Folding.Fold(text);
        if (Interrupting.Obey(walk, folded) is { } obeyed)
        {
            return obeyed;
        }

        if (OptionMatch.Find(walk.Top.Options, Offering.Page(walk, walk.Top), folded) is { } option)
        {
            return Pick(walk, ask, option.Key);
        }

        if (OriginalLabels.Find(ask.Choices, walk.Top.Options, folded) is { } said)
        {
            return Pick(walk, ask, said.Key);
        }

        var type = TypeOf(walk, ask);
        var reading = ask.Choices is null ? AnswerReader.Read(type, text, Today(walk)) : new Reading.Unreadable(DialogType.Choice.Name);
        if (reading is Reading.Read read)
        {
            return Limiting.Problem(walk, ask, type, read.Value) is { } problem
                ? Retry(walk, ask, () => walk.SayPhrase(problem.Phrase, problem.Values))
                : Accept(walk, ask, read.Value);
        }

        if (!ask.Uninterruptible && Starting.DialogFor(walk, folded) is { } other && other.Name != walk.Top.Dialog)
        {
            return Switching.Switch(walk, other, text);
        }

        if (GoodsMatch.Find(walk, text) is { Count: > 0 } meant)
        {
            return meant.Count == 1 ? Choose(walk, ask, meant[0]) : OfferFirst(walk, meant);
        }

        if (ask.Otherwise is { } otherwise && (!otherwise.OnlyGoods || GoodsMatch.IsAboutGoods(walk, text)))
        {
            walk.Remember(otherwise.Into.Name, new TextValue(FreeTextReader.Read(text) ?? ""));
            return Advancing.Follow(walk, otherwise.Target);
        }

        return Retry(walk, ask, () => walk.SayPhrase(PhraseFor(walk, type, ((Reading.Unreadable)reading).Problem)));
    }

    private static string PhraseFor(Walk walk, DialogType type, string problem)
    {
        var exact = MachinePhrases.RetryPrefix + problem;
        return walk.Catalog.Phrases.ContainsKey(exact) ? exact : MachinePhrases.RetryPrefix + type.Name;
    }

    private static Step Choose(Walk walk, AskState ask, Option option)
    {
        if (ask.Choices is null)
        {
            return Accept(walk, ask, new YesNoValue(option.Key == Option.Yes));
        }

        if (ask.PickInto is { } pickInto)
        {
            walk.Remember(pickInto.Name, new TextValue(option.Record is null ? option.Key : ListedChoices.Item));
        }

        return option.Record is null && ask.PickInto is not null
            ? Advancing.Follow(walk, Conditions.FirstThatHolds(walk, ask.Next))
            : Accept(walk, ask, option.Record ?? (Value)new TextValue(option.Key));
    }

    // "beras" of three kinds: the three stand on top of the list, and nothing is taken away.
    private static Step OfferFirst(Walk walk, IReadOnlyList<Option> meant)
    {
        walk.Top = walk.Top with { Options = [.. meant, .. walk.Top.Options.Except(meant)], Page = 0 };
        return Asking.Again(walk);
    }

    private static Step Accept(Walk walk, AskState ask, Value value)
    {
        walk.Remember(ask.Into.Name, value);
        return Advancing.Follow(walk, Conditions.FirstThatHolds(walk, ask.Next));
    }

    private static Step Retry(Walk walk, AskState ask, Action sayCommonPhrase)
    {
        var attempts = walk.Top.Attempts + 1;
        if (ask.Limits is { Attempts: { } most, GiveUp: { } giveUp } && attempts >= most)
        {
            return Advancing.Follow(walk, giveUp);
        }

        walk.Top = walk.Top with { Attempts = attempts };
        if (ask.Retry is { } retry)
        {
            walk.Say(retry);
        }
        else
        {
            sayCommonPhrase();
        }

        return Asking.Again(walk);
    }
}
