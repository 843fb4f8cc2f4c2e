using KkmpBot.Dialogs.Model;
using KkmpBot.Dialogs.Texts;

namespace KkmpBot.Dialogs.Flow;

/// <summary>A way from one state to the next.</summary>
/// <param name="From">The state it leaves; null for the dialog's door.</param>
/// <param name="Target">Where it leads.</param>
/// <param name="Label">What takes it: a condition, an outcome, <c>empty</c>, <c>give_up</c>, <c>otherwise</c>, <c>picture</c>, a guard; empty for always.</param>
/// <param name="Sets">The slots that are certainly set by going this way.</param>
/// <param name="Say">What is said on the way; null for nothing.</param>
/// <param name="Answered">True when the person has just answered: such an edge breaks a loop.</param>
public sealed record Edge(string? From, Target Target, string Label, IReadOnlyList<string> Sets, Wording? Say, bool Answered)
{
    /// <summary>What stands for the door in an edge's name.</summary>
    public const string Door = "[start]";

    /// <summary>
    /// The edge as <see cref="Step.Walked"/> names it: <c>order: confirm -> place</c>, or <c>order: done -> start menu</c>.
    /// </summary>
    /// <param name="dialog">The dialog.</param>
    public string Name(string dialog) => Name(dialog, From, Target);

    /// <summary>The name of a way.</summary>
    /// <param name="dialog">The dialog it leaves.</param>
    /// <param name="from">The state it leaves; null for the door.</param>
    /// <param name="target">Where it leads.</param>
    public static string Name(string dialog, string? from, Target target) =>
        $"{dialog}: {from ?? Door} -> {(target.LeavesDialog ? "start " : "")}{target.Name}";
}
