using System.Text;
using KkmpBot.Dialogs.Model;

namespace KkmpBot.Dialogs.Flow;

/// <summary>Draws a dialog as a Mermaid state diagram, for the README and <c>dialogs draw</c>.</summary>
public static class DialogDrawing
{
    /// <summary>The drawing; the same file always draws the same.</summary>
    /// <param name="dialog">The dialog.</param>
    public static string Draw(Dialog dialog)
    {
        var drawing = new StringBuilder("stateDiagram-v2\n");
        foreach (var state in dialog.States.Values)
        {
            Line(drawing, $"{Id(state.Name)}: {Shown(state)}");
        }

        var edges = Edges.Of(dialog);
        foreach (var other in edges.Where(edge => edge.Target.LeavesDialog).Select(edge => edge.Target.Name).Distinct())
        {
            Line(drawing, $"start_{other}: start {other}");
        }

        foreach (var edge in edges)
        {
            var from = edge.From is null ? "[*]" : Id(edge.From);
            var to = edge.Target.LeavesDialog ? $"start_{edge.Target.Name}" : Id(edge.Target.Name);
            Line(drawing, edge.Label.Length == 0 ? $"{from} --> {to}" : $"{from} --> {to}: {Escaped(edge.Label)}");
        }

        foreach (var say in dialog.States.Values.OfType<SayState>().Where(say => say.End is not null))
        {
            Line(drawing, $"{Id(say.Name)} --> [*]: {say.End}");
        }

        return drawing.ToString();
    }

    // Mermaid has words of its own ("end", "state", "note") that a state may be called.
    private static string Id(string state) => $"s_{state}";

    private static string Shown(State state) => state switch
    {
        AskState => $"{state.Name}?",
        DoState call => $"{state.Name} ({call.CapabilityName})",
        _ => state.Name,
    };

    private static string Escaped(string label) =>
        label.Replace("<", "#lt;", StringComparison.Ordinal).Replace(">", "#gt;", StringComparison.Ordinal);

    private static void Line(StringBuilder drawing, string line) => drawing.Append("    ").Append(line).Append('\n');
}
