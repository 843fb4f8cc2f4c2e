namespace KkmpBot.Dialogs.Model;

/// <summary>Where a dialog goes: to a state of its own, or away to another dialog.</summary>
/// <param name="Name">The state, or the dialog.</param>
/// <param name="LeavesDialog">True for <c>start: dialog</c>.</param>
/// <param name="Spot">Where it stands.</param>
public sealed record Target(string Name, bool LeavesDialog, Spot Spot);

/// <summary>One line of <c>next</c>.</summary>
/// <param name="When">Its condition; null goes always.</param>
/// <param name="Target">Where to.</param>
/// <param name="Spot">Where it stands.</param>
public sealed record Transition(Condition? When, Target Target, Spot Spot);

/// <summary>What a <c>do</c> state does with one outcome.</summary>
/// <param name="Outcome">The outcome's name.</param>
/// <param name="Target">Where to.</param>
/// <param name="Say">What is said on the way; null for nothing.</param>
/// <param name="Spot">Where it stands.</param>
public sealed record OutcomeRoute(string Outcome, Target Target, Texts.Wording? Say, Spot Spot);

/// <summary>A guard at a dialog's door.</summary>
/// <param name="Guard">A guard of the vocabulary.</param>
/// <param name="Otherwise">The state entered when it does not hold.</param>
/// <param name="Spot">Where it stands.</param>
public sealed record Requirement(string Guard, Target Otherwise, Spot Spot);

/// <summary>When a dialog hears what was said to nobody.</summary>
/// <param name="Guard">The guard.</param>
/// <param name="Spot">Where it stands.</param>
public sealed record Listening(string Guard, Spot Spot);
