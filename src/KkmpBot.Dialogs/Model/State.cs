using KkmpBot.Dialogs.Texts;

namespace KkmpBot.Dialogs.Model;

/// <summary>A state of a dialog; it does exactly one thing.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Spot">Where it stands.</param>
public abstract record State(string Name, Spot Spot);

/// <summary>A state that asks and waits for an answer.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Question">What it asks.</param>
/// <param name="Choices">What it offers; null for an open question.</param>
/// <param name="Into">The slot that receives the answer.</param>
/// <param name="PickInto">The slot that tells which fixed pick was chosen beside a list; null without <c>add</c>.</param>
/// <param name="Limits">What the answer must keep to.</param>
/// <param name="Retry">Said when the answer cannot be read; null for the common phrase.</param>
/// <param name="Next">Where an answer leads.</param>
/// <param name="Uninterruptible">True when interruption words are answers here.</param>
/// <param name="Contact">True when the person may share their own phone number.</param>
/// <param name="Otherwise">Where a sentence goes that is none of the choices; null to ask again.</param>
/// <param name="Spot">Where it stands.</param>
public sealed record AskState(
    string Name,
    Wording Question,
    Choices? Choices,
    SlotName Into,
    SlotName? PickInto,
    AnswerLimits Limits,
    Wording? Retry,
    IReadOnlyList<Transition> Next,
    bool Uninterruptible,
    bool Contact,
    OtherwiseRoute? Otherwise,
    Spot Spot) : State(Name, Spot)
{
    /// <summary>Where a picture goes that is sent in answer; null where none is wanted.</summary>
    public PictureRoute? Picture { get; init; }
}

/// <summary>Where a question sends a picture.</summary>
/// <param name="Into">The slot of type text that receives what the channel fetches it by; empty for a picture that cannot be used.</param>
/// <param name="Target">The state that takes it.</param>
public sealed record PictureRoute(SlotName Into, Target Target);

/// <summary>Where a question with choices sends a sentence that is none of them: "beras 5 kg dua, gula sekilo".</summary>
/// <param name="Into">The slot of type text that receives it.</param>
/// <param name="Target">The state that looks into it.</param>
/// <param name="OnlyGoods">True when only a sentence that names goods goes there; anything else is asked again.</param>
/// <param name="TakesAll">True when numbers and other dialogs' words go there too: somebody is being written to.</param>
public sealed record OtherwiseRoute(SlotName Into, Target Target, bool OnlyGoods, bool TakesAll = false)
{
    /// <summary>What stands under <c>only</c> for sentences that name goods.</summary>
    public const string Goods = "goods";
}

/// <summary>What <c>expect</c> demands beside the type.</summary>
/// <param name="Min">The least; null for none.</param>
/// <param name="Max">The most; null for none.</param>
/// <param name="Attempts">Unreadable answers until <paramref name="GiveUp"/>; null for as many as it takes.</param>
/// <param name="GiveUp">Where too many unreadable answers lead.</param>
/// <param name="IsAmount">True for a text that holds an amount in the person's own words: a sentence that wants something else is no answer.</param>
public sealed record AnswerLimits(Operand? Min, Operand? Max, int? Attempts, Target? GiveUp, bool IsAmount = false)
{
    /// <summary>The most attempts a file may grant.</summary>
    public const int MaxAttempts = 10;
}

/// <summary>The name of a memory slot where a state writes.</summary>
/// <param name="Name">The slot.</param>
/// <param name="Spot">Where it stands.</param>
public sealed record SlotName(string Name, Spot Spot);

/// <summary>A state that calls a capability.</summary>
/// <param name="Name">Its name.</param>
/// <param name="CapabilityName">As the file writes it.</param>
/// <param name="Capability">The capability; null when the vocabulary has none of that name (D030).</param>
/// <param name="With">The arguments.</param>
/// <param name="Into">The slot for what the outcome carries; null for none.</param>
/// <param name="Outcomes">What follows each outcome.</param>
/// <param name="CallSpot">Where the capability's name stands.</param>
/// <param name="Spot">Where it stands.</param>
public sealed record DoState(
    string Name,
    string CapabilityName,
    CapabilityDescription? Capability,
    IReadOnlyList<Argument> With,
    SlotName? Into,
    IReadOnlyList<OutcomeRoute> Outcomes,
    Spot CallSpot,
    Spot Spot) : State(Name, Spot);

/// <summary>A state that says something, then goes on or ends the dialog.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Text">What it says.</param>
/// <param name="Next">Where it goes on; empty when the dialog ends here.</param>
/// <param name="End">The reason of the end; null when it goes on.</param>
/// <param name="Offer">Dialogs offered at the end.</param>
/// <param name="Spot">Where it stands.</param>
public sealed record SayState(
    string Name,
    Wording Text,
    IReadOnlyList<Transition> Next,
    string? End,
    IReadOnlyList<Target> Offer,
    Spot Spot) : State(Name, Spot)
{
    /// <summary>The most dialogs an end may offer: two rows of a list stay free for "Lanjutkan" and "Tidak usah".</summary>
    public const int MaxOffers = 8;
}
