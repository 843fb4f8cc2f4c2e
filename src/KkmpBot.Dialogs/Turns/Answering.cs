using KkmpBot.Dialogs.Answers;
using KkmpBot.Dialogs.Model;
using KkmpBot.Dialogs.Texts;

namespace KkmpBot.Dialogs.Turns;

/// <summary>Reads the answer to the open question.</summary>
internal static class Answering
{
    // More names than this are no short question.
    private const int MostNamed = 4;

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
            case PictureAnswer sent when ask.Picture is { } wanted:
                walk.Remember(wanted.Into.Name, new TextValue(sent.Reference));
                return Advancing.Follow(walk, wanted.Target);
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

        // Where somebody is written to, "2" is a word to them and "pagi" a greeting.
        var takesAll = ask.Otherwise is { TakesAll: true };
        if (OptionMatch.Find(walk.Top.Options, takesAll ? [] : Offering.Page(walk, walk.Top), text) is { } option)
        {
            return Pick(walk, ask, option.Key);
        }

        if (OriginalLabels.Find(ask.Choices, walk.Top.Options, folded) is { } said)
        {
            return Pick(walk, ask, said.Key);
        }

        if (ask.Limits.IsAmount && Elsewhere(walk, ask, text, folded) is { } away)
        {
            return away;
        }

        var type = TypeOf(walk, ask);
        // "Iya, PNS" repeats a word of the question.
        var answer = type.Kind == TypeKind.YesNo ? OptionMatch.Beside(text, walk.Render(ask.Question)) : text;
        var reading = ask.Choices is null ? AnswerReader.Read(type, answer, Today(walk)) : new Reading.Unreadable(DialogType.Choice.Name);
        if (reading is Reading.Read read)
        {
            return Limiting.Problem(walk, ask, type, read.Value) is { } problem
                ? Retry(walk, ask, () => walk.SayPhrase(problem.Phrase, problem.Values))
                : Accept(walk, ask, read.Value);
        }

        if (!ask.Uninterruptible && !takesAll && Elsewhere(walk, ask, text, folded) is { } elsewhere)
        {
            return elsewhere;
        }

        if (GoodsMatch.Find(walk, text) is { Count: > 0 } meant)
        {
            return meant.Count == 1 ? Choose(walk, ask, meant[0]) : OfferFirst(walk, meant);
        }

        if (ask.Otherwise is { } otherwise && (!otherwise.OnlyGoods || GoodsMatch.IsAboutGoods(walk, text)))
        {
            return Pass(walk, otherwise, text);
        }

        // Whoever asked for the menu may want something of it; what it does not understand is meant for whom they talk with.
        if (walk.Top.Dialog == Dialog.Menu && Starting.Listener(walk, folded) is { } listener)
        {
            return Advancing.Hear(walk, listener, new TextAnswer(text));
        }

        // "Matur nuwun" is no wrong answer: the question stands as it was.
        if (Hearing.IsGreeting(walk, text))
        {
            return Asking.Again(walk);
        }

        return (walk.Top.Dialog == Dialog.Menu ? Hearing.Guess(walk, text) : null)
            ?? Retry(walk, ask, () => walk.SayPhrase(PhraseFor(walk, type, ((Reading.Unreadable)reading).Problem)));
    }

    /// <summary>
    /// Takes what the opening sentence said in place of an answer, by the same reader, options and limits. Null when it cannot be read here:
    /// then the question is asked.
    /// </summary>
    public static Step? Heard(Walk walk, AskState ask, string said)
    {
        var options = walk.Top.Options;
        if (options.FirstOrDefault(option => option.Key == said) is { } exact)
        {
            return Choose(walk, ask, exact);
        }

        if (GoodsMatch.OfKeys(walk, said) is { Count: > 0 } meant)
        {
            return meant.Count == 1 ? Choose(walk, ask, meant[0]) : OfferFirst(walk, meant);
        }

        if (ask.Choices is not null)
        {
            return OptionMatch.Named(options, Folding.Fold(said)) is { } named ? Choose(walk, ask, named)
                : ask.Otherwise is { OnlyGoods: false } otherwise ? Pass(walk, otherwise, said)
                : null;
        }

        var type = TypeOf(walk, ask);
        if (AnswerReader.Read(type, said, Today(walk)) is not Reading.Read read)
        {
            return null;
        }

        if (Limiting.Problem(walk, ask, type, read.Value) is { } problem)
        {
            walk.SayPhrase(problem.Phrase, problem.Values);
            return null;
        }

        return Accept(walk, ask, read.Value);
    }

    private static Step Pass(Walk walk, OtherwiseRoute otherwise, string text)
    {
        var most = walk.Dialog.Memory[otherwise.Into.Name].Type!.MaxWidth;
        walk.Remember(otherwise.Into.Name, new TextValue(FreeTextReader.Read(text, most) ?? ""));
        return Advancing.Follow(walk, otherwise.Target);
    }

    // What is no answer here may be a sentence that wants something, of this dialog or of another, or a word that opens one.
    private static Step? Elsewhere(Walk walk, AskState ask, string text, string folded)
    {
        if (Starting.Word(walk, folded) is { } dialog)
        {
            return dialog.Name == walk.Top.Dialog ? null : Switching.Switch(walk, dialog, text);
        }

        // Whatever is typed here is looked into; only another dialog's own word leaves.
        if (ask.Otherwise is { OnlyGoods: false })
        {
            return null;
        }

        if (Starting.OfSentence(walk, folded, text) is { } begun && begun.Name != walk.Top.Dialog)
        {
            return Switching.Switch(walk, begun, text);
        }

        // A greeting in the middle is no wish for the menu.
        if (Hearing.Sure(walk, text) is { } wish && (wish.Dialog.Name != Dialog.Menu || walk.Top.Dialog == Dialog.Menu))
        {
            if (wish.Dialog.Name != walk.Top.Dialog)
            {
                return Switching.Switch(walk, wish.Dialog, text, wish.Answers);
            }

            return ask.Otherwise is null ? Hearing.Join(walk, ask, text, wish) : null;
        }

        // Nor is "terima kasih" a wish for the dialog of "terima".
        return Starting.DialogFor(walk, folded) is { } other && other.Name != walk.Top.Dialog && (other.Name == Dialog.Menu || !Hearing.IsGreeting(walk, text))
            ? Switching.Switch(walk, other, text) : null;
    }

    private static string PhraseFor(Walk walk, DialogType type, string problem)
    {
        var exact = MachinePhrases.RetryPrefix + problem;
        return walk.Catalog.Phrases.ContainsKey(exact) ? exact : MachinePhrases.RetryOf(type);
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

    // "beras" of three kinds: the three are asked and stand on top of the list, and nothing is taken away.
    private static Step OfferFirst(Walk walk, IReadOnlyList<Option> meant)
    {
        walk.Top = walk.Top with { Options = [.. meant, .. walk.Top.Options.Except(meant)], Page = 0, SinceUtc = walk.Context.UtcNow };
        if (meant.Count > MostNamed)
        {
            return Asking.Again(walk);
        }

        var names = meant.Select(option => option.Label).ToList();
        walk.SayPhrase(MachinePhrases.WhichOne, RecordValue.Of(
            ("first", new TextValue(string.Join(", ", names.SkipLast(1)))), ("last", new TextValue(names[^1]))));
        return walk.Replying(null, Offering.Page(walk, walk.Top));
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
