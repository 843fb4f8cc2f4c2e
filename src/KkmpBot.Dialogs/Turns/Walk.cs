using KkmpBot.Dialogs.Flow;
using KkmpBot.Dialogs.Model;
using KkmpBot.Dialogs.Texts;
using KkmpBot.Dialogs.Understanding;

namespace KkmpBot.Dialogs.Turns;

/// <summary>A turn in progress: the conversation as it changes, what is to be said, and how far it went.</summary>
internal sealed class Walk
{
    private readonly List<string> said;
    private readonly List<string> walked;
    private int stepsTaken;

    /// <summary>Begins a turn.</summary>
    public Walk(DialogCatalog catalog, ConversationState state, TurnContext context)
        : this(catalog, state, context, [], [], 0)
    {
    }

    /// <summary>Goes on with a turn that waited for a capability.</summary>
    public Walk(DialogCatalog catalog, Step pending, TurnContext context)
        : this(catalog, pending.State, context, pending.Said, pending.Walked, pending.StepsTaken) => ReadAsSentence = pending.ReadAsSentence;

    private Walk(
        DialogCatalog catalog,
        ConversationState state,
        TurnContext context,
        IReadOnlyList<string> said,
        IReadOnlyList<string> walked,
        int stepsTaken)
    {
        Catalog = catalog;
        Context = context;
        Language = state.Language;
        Frames = [.. state.Frames];
        Parked = [.. state.Parked];
        Offered = state.Offered;
        OfferedFor = state.OfferedFor;
        this.said = [.. said];
        this.walked = [.. walked];
        this.stepsTaken = stepsTaken;
    }

    /// <summary>Reads sentences: by the words of the person's cooperative, where it has some; null where the dialogs have no lexicon.</summary>
    public Understander? Understander => Context.Words ?? Catalog.Understander;

    /// <summary>True once the person's words were read as a sentence.</summary>
    public bool ReadAsSentence { get; set; }

    /// <summary>The dialogs.</summary>
    public DialogCatalog Catalog { get; }

    /// <summary>What may be known of the moment.</summary>
    public TurnContext Context { get; }

    /// <summary>The language of the person.</summary>
    public string Language { get; }

    /// <summary>The open dialogs, the interrupted ones first.</summary>
    public List<Frame> Frames { get; }

    /// <summary>The dialogs left by a switch, newest last.</summary>
    public List<Frame> Parked { get; }

    /// <summary>What the last message offered while nothing was open.</summary>
    public IReadOnlyList<Option> Offered { get; set; }

    /// <summary>The sentence that the offers are a question about; null for none.</summary>
    public string? OfferedFor { get; set; }

    /// <summary>The dialog in front.</summary>
    public Frame Top
    {
        get => Frames[^1];
        set => Frames[^1] = value;
    }

    /// <summary>The file of the dialog in front.</summary>
    public Dialog Dialog => Catalog.Dialogs[Top.Dialog];

    /// <summary>The state the person or the host is to answer.</summary>
    public State State => Dialog.States[Top.State];

    /// <summary>What names stand for in the dialog in front.</summary>
    public LiveNames Names => new(Dialog.Scope, Top.Memory, Context.Facts);

    /// <summary>True when something was said in this turn already.</summary>
    public bool HasSpoken => said.Count > 0;

    /// <summary>Adds a text of the dialog in front to the message.</summary>
    public void Say(Wording wording)
    {
        // A text of lists says nothing when all of them are empty.
        if (Render(wording).TrimEnd('\n') is { Length: > 0 } text)
            said.Add(text);
    }

    /// <summary>Adds a text of no dialog to the message.</summary>
    public void SayAnywhere(Wording wording) => said.Add(RenderAnywhere(wording));

    /// <summary>Adds a phrase without placeholders to the message.</summary>
    public void SayPhrase(string name) => said.Add(Phrase(name));

    /// <summary>Adds a phrase about a dialog to the message.</summary>
    public void SayPhrase(string name, Dialog about) => said.Add(Phrase(name, RecordValue.Of(("title", new TextValue(Title(about))))));

    /// <summary>Adds a phrase with values to the message.</summary>
    public void SayPhrase(string name, RecordValue values) => said.Add(Phrase(name, values));

    /// <summary>A text of the dialog in front, filled.</summary>
    public string Render(Wording wording) => TemplateRenderer.Render(wording.In(Language), Names, Language);

    /// <summary>A phrase, filled.</summary>
    public string Phrase(string name, RecordValue? values = null) => Phrasing.Write(Catalog, name, Language, values, Context.Facts);

    /// <summary>How the bot names a dialog.</summary>
    public string Title(Dialog dialog) => RenderAnywhere(dialog.Title);

    /// <summary>Puts a value into the memory of the dialog in front.</summary>
    public void Remember(string slot, Value value) =>
        Top = Top with { Memory = new Dictionary<string, Value>(Top.Memory) { [slot] = value } };

    /// <summary>Leads the dialog in front to a state of its own.</summary>
    public void MoveTo(Target target, bool throughDoor = false)
    {
        walked.Add(Edge.Name(Top.Dialog, throughDoor ? null : Top.State, target));
        Top = Top with { State = target.Name };
        Arrive();
    }

    /// <summary>Notes that the dialog in front leaves for another.</summary>
    public void Leave(Target target) => walked.Add(Edge.Name(Top.Dialog, Top.State, target));

    /// <summary>Enters the state of the dialog in front, afresh. More states in one turn than the limit are a loop, and throw.</summary>
    public void Arrive()
    {
        stepsTaken++;
        if (stepsTaken > Step.MaxStepsPerTurn)
        {
            throw new InvalidOperationException($"'{Top.Dialog}' goes round at '{Top.State}' for {Step.MaxStepsPerTurn} states.");
        }

        Top = Top with { Version = Dialog.Version, Attempts = 0, Options = [], Page = 0, SinceUtc = Context.UtcNow };
    }

    /// <summary>Ends the step with a call for the host.</summary>
    public Step Calling(CapabilityCall call) => new(Stored(), call, null, said, stepsTaken, walked) { ReadAsSentence = ReadAsSentence };

    /// <summary>Ends the turn with a message: what was said, and a question or offer under it.</summary>
    /// <param name="question">The question; null when there is none.</param>
    /// <param name="options">What can be pressed.</param>
    /// <param name="wantsContact">True to offer the person's own number.</param>
    public Step Replying(string? question, IReadOnlyList<Option> options, bool wantsContact = false)
    {
        if (question is not null)
        {
            said.Add(question);
        }

        var text = string.Join("\n\n", said.Where(part => part.Length > 0));
        return new Step(Stored(), null, new Prompt(text, options, wantsContact), [], stepsTaken, walked) { ReadAsSentence = ReadAsSentence };
    }

    private ConversationState Stored() => new(Frames, Parked, Language) { Offered = Offered, OfferedFor = Offered.Count > 0 ? OfferedFor : null };

    // Outside a dialog there is no memory to name, only facts.
    private string RenderAnywhere(Wording wording)
    {
        var names = new LiveNames(Catalog.Anywhere, new Dictionary<string, Value>(), Context.Facts);
        return TemplateRenderer.Render(wording.In(Language), names, Language);
    }
}
