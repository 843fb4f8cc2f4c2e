using KkmpBot.Dialogs.Answers;
using KkmpBot.Dialogs.Model;
using KkmpBot.Dialogs.Texts;

namespace KkmpBot.Dialogs.Turns;

/// <summary>Understands an answer when nothing is open: a word that opens a dialog, one of the offers, or else the menu.</summary>
internal static class Starting
{
    // What Telegram sends when a person opens the chat; a deep link follows it after a space.
    private const string TelegramStart = "start";

    /// <summary>Opens what the answer asks for.</summary>
    public static Step Receive(Walk walk, Answer answer) => answer switch
    {
        TextAnswer text => Text(walk, text),
        PickAnswer pick => Pick(walk, pick.Key) ?? Menu(walk, MachinePhrases.StaleButton),
        ContactAnswer => Menu(walk, MachinePhrases.ContactLinked),
        UnreadableAnswer unreadable => Menu(walk, Answering.PhraseFor(walk, unreadable)),
        _ => throw new InvalidOperationException($"A {answer.GetType().Name} is no answer."),
    };

    /// <summary>The dialog that a text opens: its title or one of its words, alone or with more behind it; the longest word wins.</summary>
    /// <param name="walk">The turn.</param>
    /// <param name="folded">The text, folded.</param>
    public static Dialog? DialogFor(Walk walk, string folded)
    {
        if (Folding.BeginsWith(folded, TelegramStart))
        {
            return walk.Catalog.Dialogs[Dialog.Menu];
        }

        for (var end = folded.Length; end > 0; end = folded.LastIndexOf(' ', end - 1))
        {
            if (Word(walk, folded[..end]) is { } dialog)
            {
                return dialog;
            }
        }

        return null;
    }

    /// <summary>
    /// What a link into the chat brings: Telegram writes <c>/start undangan-koperasi-K7M2QFA</c> when it is opened, which is the word of a dialog with
    /// more behind it. Null when it is nothing of the kind, or the question lets nothing come between.
    /// </summary>
    /// <param name="walk">The turn.</param>
    /// <param name="text">As it came.</param>
    public static (Dialog Dialog, string Said)? Linked(Walk walk, string text)
    {
        if (!text.StartsWith("/start ", StringComparison.OrdinalIgnoreCase) || (walk.Frames.Count > 0 && walk.State is AskState { Uninterruptible: true }))
        {
            return null;
        }

        var said = text["/start ".Length..].Replace('-', ' ').Replace('_', ' ').Trim();
        return DialogFor(walk, Folding.Fold(said)) is { } dialog && dialog.Name != Dialog.Menu ? (dialog, said) : null;
    }

    /// <summary>The dialog of which a text is the title or a word and nothing more.</summary>
    /// <param name="walk">The turn.</param>
    /// <param name="folded">The text, folded.</param>
    public static Dialog? Word(Walk walk, string folded) => walk.Catalog.Words.GetValueOrDefault(folded);

    /// <summary>
    /// The dialog whose word a sentence begins with, when that dialog looks into sentences about goods itself and lets this person in: "jual gula 2 kg" is
    /// a sale to whoever sells, whatever else it may mean.
    /// </summary>
    /// <param name="walk">The turn.</param>
    /// <param name="folded">The text, folded.</param>
    /// <param name="text">As typed.</param>
    public static Dialog? OfSentence(Walk walk, string folded, string text) =>
        DialogFor(walk, folded) is { Said: not null } dialog && dialog.Requires.All(line => Conditions.Holds(walk, line.Guard))
            && GoodsMatch.IsAboutGoods(walk, text) ? dialog : null;

    /// <summary>The dialog that hears now what was said to nobody; null for none, and for a word that opens another by itself.</summary>
    /// <param name="walk">The turn.</param>
    /// <param name="folded">The text, folded.</param>
    public static Dialog? Listener(Walk walk, string folded) =>
        walk.Catalog.Dialogs.Values.FirstOrDefault(dialog => dialog.HearsWhen is { } hears && Conditions.Holds(walk, hears.Guard)) is { } listener
            && (Word(walk, folded) is not { } named || named.Name == Dialog.Menu) ? listener : null;

    /// <summary>The dialog that an option's key opens; null for any other key.</summary>
    public static Dialog? DialogOf(Walk walk, string key) =>
        key.StartsWith(Option.StartPrefix, StringComparison.Ordinal)
            ? walk.Catalog.Dialogs.GetValueOrDefault(key[Option.StartPrefix.Length..])
            : null;

    private static Step Text(Walk walk, TextAnswer answer)
    {
        var folded = Folding.Fold(answer.Text);
        if (Interrupting.Obey(walk, folded) is { } obeyed)
        {
            return obeyed;
        }

        if (Word(walk, folded) is { } named && named.Name != Dialog.Menu)
        {
            return Advancing.Start(walk, named, answer.Text);
        }

        if (OfferFor(walk, answer, folded) is { } offer)
        {
            return Pick(walk, offer) ?? Menu(walk, MachinePhrases.StaleButton);
        }

        if (Listener(walk, folded) is { } listener)
        {
            return Advancing.Hear(walk, listener, answer);
        }

        if (OfSentence(walk, folded, answer.Text) is { } begun)
        {
            return Advancing.Start(walk, begun, answer.Text, Hearing.Sure(walk, answer.Text) is { } same && same.Dialog == begun ? same.Answers : null);
        }

        var heard = Hearing.Sure(walk, answer.Text);
        if (heard is not null && heard.Dialog.Name != Dialog.Menu)
        {
            return Advancing.Start(walk, heard.Dialog, answer.Text, heard.Answers);
        }

        var dialog = heard?.Dialog ?? DialogFor(walk, folded);
        if (dialog is not null && dialog.Name != Dialog.Menu)
        {
            return Advancing.Start(walk, dialog, answer.Text);
        }

        if (dialog is null && Hearing.Guess(walk, answer.Text) is { } guess)
        {
            return guess;
        }

        // A greeting after days meets the offer to go on before the menu; asked twice, it gets the menu.
        var unknown = dialog is not null ? null
            : Hearing.IsOfNoDialog(walk, answer.Text) ? MachinePhrases.NoSuchDialog : MachinePhrases.NotUnderstood;
        return walk.Parked.Count > 0 && !IsResumeOffered(walk) ? RestAfter(walk, unknown) : Menu(walk, unknown);
    }

    private static Step? Pick(Walk walk, string key)
    {
        if (key == Option.Resume && walk.Parked.Count > 0)
        {
            walk.Offered = [];
            walk.Frames.Add(walk.Parked[^1]);
            walk.Parked.RemoveAt(walk.Parked.Count - 1);
            return Advancing.Reenter(walk);
        }

        if (key == Option.Forget && walk.Parked.Count > 0)
        {
            walk.SayPhrase(MachinePhrases.ResumeForgotten, walk.Catalog.Dialogs[walk.Parked[^1].Dialog]);
            walk.Parked.RemoveAt(walk.Parked.Count - 1);
            return Closing.Rest(walk, []);
        }

        return DialogOf(walk, key) is { } dialog ? Hearing.StartPicked(walk, dialog) : null;
    }

    private static string? OfferFor(Walk walk, TextAnswer answer, string folded)
    {
        if (OptionMatch.Find(walk.Offered, walk.Offered, answer.Text) is { } option)
        {
            return option.Key;
        }

        if (IsResumeOffered(walk)
            && AnswerReader.Read(DialogType.YesNo, answer.Text, Answering.Today(walk)) is Reading.Read { Value: YesNoValue said })
        {
            return said.Yes ? Option.Resume : Option.Forget;
        }

        return null;
    }

    private static bool IsResumeOffered(Walk walk) => walk.Offered.Any(option => option.Key == Option.Resume);

    private static Step Menu(Walk walk, string? phrase)
    {
        SayOnce(walk, phrase);
        return Advancing.Start(walk, walk.Catalog.Dialogs[Dialog.Menu]);
    }

    private static Step RestAfter(Walk walk, string? phrase)
    {
        SayOnce(walk, phrase);
        return Closing.Rest(walk, []);
    }

    // "Your order expired" explains enough; "I did not understand" on top would only confuse.
    private static void SayOnce(Walk walk, string? phrase)
    {
        if (phrase is not null && !(walk.HasSpoken && phrase is (MachinePhrases.NotUnderstood or MachinePhrases.StaleButton)))
        {
            walk.SayPhrase(phrase);
        }
    }
}
