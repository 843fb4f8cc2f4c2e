using KkmpBot.Dialogs.Model;
using KkmpBot.Dialogs.Turns;
using KkmpBot.Dialogs.Understanding;

namespace KkmpBot.Dialogs;

/// <summary>
/// Decides what an answer leads to: a pure step function over the dialogs of a catalog. It has no clock, no database and no memory
/// of its own; the same state, answer and context always give the same step. A step ends where the host has to call a capability
/// (then <see cref="Resume"/>) or where the person is told or asked something.
/// </summary>
/// <param name="catalog">The dialogs, checked.</param>
public sealed class DialogMachine(DialogCatalog catalog)
{
    /// <summary>Reads sentences by the words of everybody; null where the dialogs have no lexicon.</summary>
    public Understander? Understander => catalog.Understander;

    /// <summary>Takes a person's answer.</summary>
    /// <param name="state">Where they stand, as stored; states of older dialogs are mended, never thrown at.</param>
    /// <param name="answer">What they sent.</param>
    /// <param name="context">The facts and the time of the turn.</param>
    public Step Receive(ConversationState state, Answer answer, TurnContext context)
    {
        var walk = new Walk(catalog, state, context);
        if (Settling.Settle(walk) is { } settled)
        {
            return settled;
        }

        if (answer is TextAnswer text && Starting.Linked(walk, text.Text) is { } linked)
        {
            return Switching.Switch(walk, linked.Dialog, linked.Said);
        }

        return walk.Frames.Count == 0 ? Starting.Receive(walk, answer) : Answering.Receive(walk, answer);
    }

    /// <summary>Goes on with a turn after the host ran the capability that a step asked for.</summary>
    /// <param name="pending">The step whose <see cref="Step.Call"/> was run.</param>
    /// <param name="outcome">How it ended: one of its declared outcomes.</param>
    /// <param name="context">The facts as they are after the call.</param>
    public Step Resume(Step pending, Outcome outcome, TurnContext context) =>
        pending.Call is null
            ? throw new ArgumentException("The step waits for no capability.", nameof(pending))
            : Advancing.GoOnAfter(new Walk(catalog, pending, context), outcome);

    /// <summary>
    /// The open question as it stands, with its options: to show it again, or on another channel. With nothing open, what was offered
    /// last, without a text.
    /// </summary>
    /// <param name="state">Where the person stands.</param>
    /// <param name="context">The facts and the time.</param>
    /// <returns>Null when there is neither, or the question is gone or expired; the next answer will tell the person so.</returns>
    public Prompt? Ask(ConversationState state, TurnContext context)
    {
        var walk = new Walk(catalog, state, context);
        if (walk.Frames.Count == 0)
        {
            return walk.Offered.Count > 0 ? new Prompt("", walk.Offered) : null;
        }

        return Settling.IsStillOpen(walk) ? Asking.Prompt(walk) : null;
    }

    /// <summary>
    /// Where a person could not go on with the dialogs of this catalog: what a publish would take from them. Empty when they keep
    /// their place everywhere.
    /// </summary>
    /// <param name="state">Where the person stands, as stored under the dialogs of then.</param>
    /// <param name="utcNow">What was silent too long by then is forgotten anyway.</param>
    public IReadOnlyList<Strand> Stranded(ConversationState state, DateTime utcNow) =>
        [.. Stranding.Of(catalog, state, new TurnContext(new Facts(new Dictionary<string, RecordValue>()), utcNow))];

    /// <summary>Writes a phrase of <c>phrases.yaml</c>: what the bot says by itself.</summary>
    /// <param name="name">The phrase.</param>
    /// <param name="language">id, jv or en.</param>
    /// <param name="values">What fills its placeholders; null when it has none.</param>
    /// <param name="context">The facts of its reader.</param>
    public string Phrase(string name, string language, RecordValue? values, TurnContext context) =>
        Phrasing.Write(catalog, name, language, values, context.Facts);

    /// <summary>What fills a phrase, for a platform that keeps its words: the placeholders of the Indonesian text in order, each name once.</summary>
    /// <param name="name">The phrase.</param>
    /// <param name="values">What fills its placeholders; null when it has none.</param>
    /// <param name="context">The facts of its reader.</param>
    public IReadOnlyList<KeyValuePair<string, string>> PhraseValues(string name, RecordValue? values, TurnContext context) =>
        Phrasing.Values(catalog, name, values, context.Facts);
}
