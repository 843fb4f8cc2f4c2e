using KkmpBot.Dialogs.Model;
using KkmpBot.Dialogs.Understanding;

namespace KkmpBot.Dialogs.Turns;

/// <summary>A dialog that a sentence wants, and what the sentence answers in it beforehand.</summary>
/// <param name="Dialog">The dialog.</param>
/// <param name="Answers">Answers by question, as if typed there; null for none.</param>
/// <param name="IsSure">False when the person is asked first whether that was meant.</param>
internal sealed record HeardWish(Dialog Dialog, IReadOnlyDictionary<string, string>? Answers, bool IsSure);

/// <summary>
/// Understands sentences where no answer, word or button was given: they open a dialog with what they say filled in, or are asked about.
/// Whatever they fill in is read by the questions themselves, and no confirmation is among those.
/// </summary>
internal static class Hearing
{
    // Stands in place of an answer once its question was asked.
    private const string Asked = "";

    /// <summary>The dialog that a sentence opens at once; null when it opens none, or only may.</summary>
    public static HeardWish? Sure(Walk walk, string text) => Wishes(walk, text).FirstOrDefault(wish => wish.IsSure);

    /// <summary>Opens what a sentence wants, in place of whatever is open; null when it wants nothing for sure.</summary>
    public static Step? Open(Walk walk, string text) =>
        Sure(walk, text) is { } wish ? Switching.Switch(walk, wish.Dialog, text, wish.Answers) : null;

    /// <summary>
    /// Takes a sentence at an open question of whose dialog it speaks: what it says there is the answer, the rest is kept for the questions
    /// that follow. When it also answers what was answered before, the dialog begins again with it.
    /// </summary>
    public static Step? Join(Walk walk, AskState ask, string text, HeardWish wish)
    {
        var answers = wish.Answers ?? new Dictionary<string, string>();
        var again = answers.Keys.Any(state => state != ask.Name && walk.Dialog.States[state] is AskState other
            && walk.Top.Memory.ContainsKey(other.Into.Name) && other.Into.Name != ask.Into.Name);
        if (again || !answers.ContainsKey(ask.Name))
        {
            return Switching.Switch(walk, wish.Dialog, text, wish.Answers);
        }

        walk.Top = walk.Top with { Heard = answers };
        return Take(walk, ask) ?? Asking.Again(walk);
    }

    /// <summary>Asks which dialog a sentence meant, when it may mean one or several; null when it means none.</summary>
    public static Step? Guess(Walk walk, string text)
    {
        var dialogs = Wishes(walk, text).Select(wish => wish.Dialog).Distinct()
            .Where(dialog => dialog.Name != Dialog.Menu && dialog.Requires.All(line => Conditions.Holds(walk, line.Guard))).ToList();
        if (dialogs.Count == 0)
        {
            return null;
        }

        walk.Frames.Clear();
        walk.SayPhrase(MachinePhrases.DidYouMean);
        walk.OfferedFor = text;
        walk.Offered = [.. dialogs.Append(walk.Catalog.Dialogs[Dialog.Menu]).Select(dialog => new Option(Option.StartPrefix + dialog.Name, walk.Title(dialog)))];
        return walk.Replying(null, walk.Offered);
    }

    /// <summary>Opens the dialog that was picked when a sentence was asked about, with what the sentence says.</summary>
    public static Step StartPicked(Walk walk, Dialog dialog)
    {
        var text = walk.OfferedFor ?? "";
        var wish = text.Length == 0 ? null : Wishes(walk, text).FirstOrDefault(wish => wish.Dialog == dialog);
        return Advancing.Start(walk, dialog, text, wish?.Answers);
    }

    /// <summary>True for a greeting and for thanks, which want nothing.</summary>
    public static bool IsGreeting(Walk walk, string text) => walk.Understander?.Understand(text) is { Intent: "greeting" };

    /// <summary>True when the bot understands a wish for which there is no dialog.</summary>
    public static bool IsOfNoDialog(Walk walk, string text) =>
        walk.Understander?.Understand(text) is { Opens: true } understood
        && Understanding.Wishes.Of(understood).All(wish => !walk.Catalog.Openings.ContainsKey(wish))
        && understood.Intent is not ("confirm" or "deny");

    /// <summary>
    /// Answers a question that was just asked with what the opening sentence said; null when it said nothing for it, or nothing that can be
    /// read there. Each answer is used once.
    /// </summary>
    public static Step? Take(Walk walk, AskState ask)
    {
        if (walk.Top.Heard is not { } heard)
        {
            return null;
        }

        // Asked a second time it is another round: what was said belonged to the first.
        var said = heard.GetValueOrDefault(ask.Name);
        walk.Top = walk.Top with { Heard = said == Asked ? null : new Dictionary<string, string>(heard) { [ask.Name] = Asked } };
        return said is null or Asked ? null : Answering.Heard(walk, ask, said);
    }

    private static IEnumerable<HeardWish> Wishes(Walk walk, string text)
    {
        // Digits alone are an answer that was not expected, never a sentence.
        if (walk.Understander is not { } understander || !text.Any(char.IsLetter))
        {
            yield break;
        }

        walk.ReadAsSentence = true;

        foreach (var understood in understander.Readings(text, IsOfficer(walk)))
        {
            foreach (var wish in Understanding.Wishes.Of(understood))
            {
                if (walk.Catalog.Openings.TryGetValue(wish, out var opens))
                {
                    yield return new HeardWish(opens.Dialog, Answers(opens.Opening, understood, text), understood.Opens);
                    break;
                }
            }
        }
    }

    // Somebody who is let in by the door of some dialog of officers.
    private static bool IsOfficer(Walk walk) => walk.Catalog.Openings
        .Any(opens => opens.Key.StartsWith("officer_", StringComparison.Ordinal) && opens.Value.Dialog.Requires.All(line => Conditions.Holds(walk, line.Guard)));

    private static Dictionary<string, string>? Answers(Opening opening, Understood understood, string text)
    {
        var answers = new Dictionary<string, string>();
        foreach (var answer in opening.Answers)
        {
            if ((answer.Literal ?? SaidParts.Of(understood, answer.Part!, text)) is { } said)
            {
                answers[answer.State] = said;
            }
        }

        return answers.Count > 0 ? answers : null;
    }
}
