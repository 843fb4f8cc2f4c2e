using System.Globalization;
using System.Text;

namespace KkmpBot.Dialogs.Walking;

/// <summary>An end of a dialog, with the shortest way there that the walker found.</summary>
/// <param name="Name">The state that ends it, or <c>start other</c>.</param>
/// <param name="Way">The questions to be answered on the way, in order.</param>
public sealed record WalkedEnd(string Name, IReadOnlyList<string> Way);

/// <summary>What came of exploring every path of a dialog.</summary>
/// <param name="Dialog">Its name.</param>
/// <param name="States">Its states in the order written, with how often each was entered in different positions.</param>
/// <param name="Positions">Different positions found: a question with what was remembered that decides anything.</param>
/// <param name="IsComplete">False when a limit of <see cref="DialogWalker"/> was reached before everything was seen.</param>
/// <param name="Walked">The edges walked, by name.</param>
/// <param name="Missing">The edges of the file that no path took.</param>
/// <param name="DeadEnds">Questions from which some path found no end.</param>
/// <param name="Ends">Every end found, the one with the most questions before it first.</param>
public sealed record DialogWalk(
    string Dialog,
    IReadOnlyList<string> States,
    int Positions,
    bool IsComplete,
    IReadOnlyList<string> Walked,
    IReadOnlyList<string> Missing,
    IReadOnlyList<string> DeadEnds,
    IReadOnlyList<WalkedEnd> Ends)
{
    /// <summary>The report as it is printed.</summary>
    public string Write()
    {
        var edges = Walked.Count + Missing.Count;
        var report = new StringBuilder();
        var how = IsComplete ? "all explored" : "stopped at the limit";
        report.Append(CultureInfo.InvariantCulture, $"{Dialog}: {States.Count} states, {Positions} positions ({how})\n");
        report.Append("  states: ").AppendJoin(", ", States).Append('\n');
        report.Append(CultureInfo.InvariantCulture, $"  edges: {Walked.Count} of {edges} walked\n");
        foreach (var edge in Walked)
        {
            report.Append("    ").Append(edge).Append('\n');
        }

        foreach (var edge in Missing)
        {
            report.Append("    not walked: ").Append(edge).Append('\n');
        }

        report.Append("  dead ends: ").Append(DeadEnds.Count == 0 ? "none" : string.Join(", ", DeadEnds)).Append('\n');
        if (Ends.Count > 0)
        {
            var way = string.Join(" -> ", Ends[0].Way.Append(Ends[0].Name));
            report.Append(CultureInfo.InvariantCulture, $"  longest way to an end: {Ends[0].Way.Count} answers: {way}\n");
        }

        return report.ToString();
    }
}
