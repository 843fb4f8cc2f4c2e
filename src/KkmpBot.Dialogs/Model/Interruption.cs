using KkmpBot.Dialogs.Texts;

namespace KkmpBot.Dialogs.Model;

/// <summary>What an interruption does with the open dialog.</summary>
public enum InterruptionPolicy
{
    /// <summary>Closes it.</summary>
    End,
    /// <summary>Says something and asks again.</summary>
    Repeat,
    /// <summary>Parks it for later and opens another.</summary>
    Switch,
    /// <summary>Opens another and comes back.</summary>
    Detour,
}

/// <summary>Words understood in every dialog.</summary>
/// <param name="Name">Its name in <c>interruptions.yaml</c>.</param>
/// <param name="Words">What is typed.</param>
/// <param name="Policy">What happens.</param>
/// <param name="To">The dialog to open (switch, detour); null otherwise.</param>
/// <param name="Say">What is said (end, repeat); null otherwise.</param>
/// <param name="Spot">Where it stands.</param>
public sealed record Interruption(
    string Name,
    IReadOnlyList<Word> Words,
    InterruptionPolicy Policy,
    Target? To,
    Wording? Say,
    Spot Spot);
