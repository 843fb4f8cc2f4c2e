using KkmpBot.Dialogs.Understanding;

namespace KkmpBot.Dialogs.Model;

/// <summary>An option put before the person: pressing its button, its number, or its words choose it.</summary>
/// <param name="Key">What a condition compares; for a record, its key.</param>
/// <param name="Label">What the button says.</param>
/// <param name="Detail">A second line in lists (a price); null for none.</param>
/// <param name="Record">The record it stands for, when the choices came from a list.</param>
public sealed record Option(string Key, string Label, string? Detail = null, RecordValue? Record = null)
{
    /// <summary>Begins the key of an option that opens a dialog: <c>start:order</c>.</summary>
    public const string StartPrefix = "start:";

    /// <summary>The key that turns the page.</summary>
    public const string More = "__more";

    /// <summary>The key that goes on with the newest parked dialog.</summary>
    public const string Resume = "__resume";

    /// <summary>The key that forgets the newest parked dialog.</summary>
    public const string Forget = "__forget";

    /// <summary>The key of yes under a yes-no question.</summary>
    public const string Yes = "yes";

    /// <summary>The key of no under a yes-no question.</summary>
    public const string No = "no";
}

/// <summary>One dialog in progress: where it is and what it remembers.</summary>
/// <param name="Dialog">The dialog's name.</param>
/// <param name="Version">The version of its file when the state was entered.</param>
/// <param name="State">The state that waits for an answer.</param>
/// <param name="Memory">The slots set so far.</param>
/// <param name="Attempts">Answers to this question that could not be read.</param>
/// <param name="Options">What was offered with the question, in the order shown; empty for open questions.</param>
/// <param name="Page">The page of options shown last, from 0.</param>
/// <param name="SinceUtc">When the question was asked; expiry counts from here.</param>
public sealed record Frame(
    string Dialog,
    int Version,
    string State,
    IReadOnlyDictionary<string, Value> Memory,
    int Attempts,
    IReadOnlyList<Option> Options,
    int Page,
    DateTime SinceUtc)
{
    /// <summary>
    /// What the sentence that opened it answers beforehand, by question, as if typed there; empty once its question was asked. Null for nothing.
    /// </summary>
    public IReadOnlyDictionary<string, string>? Heard { get; init; }
}

/// <summary>
/// Where a person stands: the open dialog and those it interrupted, outermost first. Empty when nothing is open. This is all the
/// machine keeps between two messages.
/// </summary>
/// <param name="Frames">At most one dialog and three detours; the last one is asked now.</param>
/// <param name="Parked">Dialogs left by a switch, offered again later, newest last.</param>
/// <param name="Language">id, jv or en.</param>
public sealed record ConversationState(IReadOnlyList<Frame> Frames, IReadOnlyList<Frame> Parked, string Language)
{
    /// <summary>How deep detours nest.</summary>
    public const int MaxDetours = 3;

    /// <summary>How many interrupted dialogs are kept for later.</summary>
    public const int MaxParked = 3;

    /// <summary>
    /// What the last message offered when nothing is open: dialogs as <c>start:order</c>, or to go on with a parked one. A number or
    /// label typed later still means these.
    /// </summary>
    public IReadOnlyList<Option> Offered { get; init; } = [];

    /// <summary>The sentence that the offers are a question about: which of them was meant. Null when they are about nothing said.</summary>
    public string? OfferedFor { get; init; }

    /// <summary>A person who has said nothing yet.</summary>
    public static ConversationState Empty { get; } = new([], [], "id");
}

/// <summary>What a person sent, as far as a dialog cares.</summary>
public abstract record Answer;

/// <summary>Words.</summary>
/// <param name="Text">As sent; the machine normalises.</param>
public sealed record TextAnswer(string Text) : Answer
{
    /// <summary>Never the words.</summary>
    public override string ToString() => nameof(TextAnswer);
}

/// <summary>A button of the current question; the host has checked that it is.</summary>
/// <param name="Key">The option's key.</param>
public sealed record PickAnswer(string Key) : Answer;

/// <summary>The person's own phone number, verified by the channel.</summary>
/// <param name="Phone">In E.164.</param>
public sealed record ContactAnswer(string Phone) : Answer
{
    /// <summary>Never the number.</summary>
    public override string ToString() => nameof(ContactAnswer);
}

/// <summary>Something that is no words: a photo, a sticker, a voice message.</summary>
/// <param name="Kind">A key of <c>phrases.yaml</c>, e.g. <c>unreadable_photo</c>.</param>
public record UnreadableAnswer(string Kind) : Answer;

/// <summary>A picture: taken by a question that wants one, and no words anywhere else.</summary>
/// <param name="Reference">What the channel fetches it by; empty when it cannot be used.</param>
/// <param name="Kind">The phrase where no picture is wanted.</param>
public sealed record PictureAnswer(string Reference, string Kind) : UnreadableAnswer(Kind)
{
    /// <summary>Never the picture.</summary>
    public override string ToString() => nameof(PictureAnswer);
}

/// <summary>What the machine may know of the moment: it has no clock and no database of its own.</summary>
/// <param name="Facts">The facts loaded with the conversation.</param>
/// <param name="UtcNow">The time of the turn.</param>
public sealed record TurnContext(Facts Facts, DateTime UtcNow)
{
    /// <summary>Reads sentences by the words of the person's cooperative; null for the words of everybody.</summary>
    public Understander? Words { get; init; }
}

/// <summary>One message to the person: text, and what can be pressed under it. Channel-independent.</summary>
/// <param name="Text">Plain text with line breaks.</param>
/// <param name="Options">Choices to show, in order; empty for none.</param>
/// <param name="WantsContact">True when the channel should offer to share the person's own phone number.</param>
public sealed record Prompt(string Text, IReadOnlyList<Option> Options, bool WantsContact = false)
{
    /// <summary>True when a picture may be sent in answer.</summary>
    public bool WantsPicture { get; init; }

    /// <summary>Never the words.</summary>
    public override string ToString() => nameof(Prompt);
}

/// <summary>
/// What one step of the machine asks of its host: either a capability to call (then the machine is resumed with the
/// outcome) or, when <see cref="Call"/> is null, the message to send.
/// </summary>
/// <param name="State">The conversation after the step. Store it only when <see cref="Call"/> is null.</param>
/// <param name="Call">The capability to run now, or null when the turn is over.</param>
/// <param name="Reply">The message for the person; null while a call is due.</param>
/// <param name="Said">What earlier steps of this turn said, to stand before the next question.</param>
/// <param name="StepsTaken">States entered in this turn so far; bounded by <see cref="MaxStepsPerTurn"/>.</param>
/// <param name="Walked">
/// The edges walked in this turn, as <c>dialog: state -> state</c>, for coverage and logs; <c>[start]</c> is the door, and
/// <c>start other</c> leaves for another dialog. <see cref="Flow.Edge.Name(string)"/> names those that the files allow.
/// </param>
public sealed record Step(
    ConversationState State,
    CapabilityCall? Call,
    Prompt? Reply,
    IReadOnlyList<string> Said,
    int StepsTaken,
    IReadOnlyList<string> Walked)
{
    /// <summary>True when the person's words were read as a sentence, not as an answer, a button or a known word.</summary>
    public bool ReadAsSentence { get; init; }

    /// <summary>More states than this in one turn is a loop the checks did not see: the turn fails loudly.</summary>
    public const int MaxStepsPerTurn = 50;
}
