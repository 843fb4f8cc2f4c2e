using KkmpBot.Dialogs.Texts;

namespace KkmpBot.Dialogs.Model;

/// <summary>A slot of a dialog's memory.</summary>
/// <param name="Name">Its name.</param>
/// <param name="TypeName">The type as the file writes it.</param>
/// <param name="Type">The type; null when the vocabulary has none of that name (D020).</param>
/// <param name="Spot">Where it stands.</param>
public sealed record Slot(string Name, string TypeName, DialogType? Type, Spot Spot);

/// <summary>A word that opens a dialog or interrupts one.</summary>
/// <param name="Text">As the file writes it.</param>
/// <param name="Folded">As it is compared.</param>
/// <param name="Spot">Where it stands.</param>
public sealed record Word(string Text, string Folded, Spot Spot);

/// <summary>One conversation as its file describes it: a state machine with a memory.</summary>
/// <param name="Name">Its name; the file's.</param>
/// <param name="Version">Raised when states move.</param>
/// <param name="Title">How the bot names it.</param>
/// <param name="StartsWith">Words that open it.</param>
/// <param name="Opens">What people want when a sentence opens it.</param>
/// <param name="Requires">Guards at its door, in order.</param>
/// <param name="ExpiresAfter">The silence after which it is forgotten.</param>
/// <param name="Memory">Its slots by name, in the order declared.</param>
/// <param name="Said">The slot that receives the sentence that opened it, empty when a button did; null when it does not care.</param>
/// <param name="HearsWhen">While this guard holds, words that open nothing else answer its first question; null for most dialogs.</param>
/// <param name="Initial">Where it begins.</param>
/// <param name="Renamed">States of older versions by their old name.</param>
/// <param name="States">Its states by name, in the order written.</param>
/// <param name="Scope">The names its texts and conditions may use.</param>
/// <param name="Spot">Where its name stands.</param>
public sealed record Dialog(
    string Name,
    int Version,
    Wording Title,
    IReadOnlyList<Word> StartsWith,
    IReadOnlyList<Opening> Opens,
    IReadOnlyList<Requirement> Requires,
    TimeSpan ExpiresAfter,
    IReadOnlyDictionary<string, Slot> Memory,
    SlotName? Said,
    Listening? HearsWhen,
    Target Initial,
    IReadOnlyDictionary<string, Target> Renamed,
    IReadOnlyDictionary<string, State> States,
    NameScope Scope,
    Spot Spot)
{
    /// <summary>The dialog that opens when nothing else can be understood.</summary>
    public const string Menu = "menu";

    /// <summary>The silence that a file without <c>expires_after</c> grants.</summary>
    public static TimeSpan DefaultExpiry { get; } = TimeSpan.FromHours(24);
}
