using KkmpBot.Channels;
using KkmpBot.Dialogs.Model;

namespace KkmpBot.Conversations;

/// <summary>
/// Buttons under news: each opens a dialog, whenever it is pressed. They belong to no turn (their token's turn is 0), so an alert of last week
/// can still be answered with an order; pressed twice they open the same dialog twice.
/// </summary>
public static class NewsButtons
{
    // A token holds a place in this list: append, never reorder.
    private static readonly string[] Dialogs = ["order", "prices", "alerts", "meeting", "savings", "handover", "complaint", "announcements"];

    /// <summary>The dialogs that such a button may open.</summary>
    public static IReadOnlyList<string> All => Dialogs;

    /// <summary>A button.</summary>
    /// <param name="tokens">Signs it.</param>
    /// <param name="personId">Whose.</param>
    /// <param name="dialog">One of <see cref="All"/>.</param>
    /// <param name="label">What it says, at most 20 characters.</param>
    public static OutboundButton Write(ButtonTokens tokens, long personId, string dialog, string label) =>
        new(tokens.Write(new PressedButton(personId, 0, Array.IndexOf(Dialogs, dialog))), label);

    /// <summary>What a pressed button stands for; null when it is none under news.</summary>
    /// <param name="button">A token that was read, of the person who pressed.</param>
    internal static string? KeyOf(PressedButton button) =>
        button is { TurnNumber: 0, Option: >= 0 } && button.Option < Dialogs.Length ? Option.StartPrefix + Dialogs[button.Option] : null;
}
