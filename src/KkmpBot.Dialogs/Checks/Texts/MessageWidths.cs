using KkmpBot.Dialogs.Flow;
using KkmpBot.Dialogs.Model;
using KkmpBot.Dialogs.Texts;

namespace KkmpBot.Dialogs.Checks.Texts;

/// <summary>The widest messages that can arise: what is said on the way stands before the question in one message.</summary>
internal sealed class MessageWidths
{
    private const int BlankLine = 2;

    private readonly DialogCatalog catalog;
    private readonly Dictionary<(string Dialog, string State), int> before = [];
    private readonly ILookup<(string Dialog, string State), (string Dialog, Edge Edge)> arriving;

    public MessageWidths(DialogCatalog catalog)
    {
        this.catalog = catalog;
        arriving = catalog.Flows.SelectMany(flow => flow.Value.Edges.Select(edge => (Dialog: flow.Key, Edge: edge)))
            .SelectMany(pair => Arrivals(pair.Dialog, pair.Edge).Select(at => (At: at, pair.Dialog, pair.Edge)))
            .ToLookup(arrival => arrival.At, arrival => (arrival.Dialog, arrival.Edge));
    }

    /// <summary>The widest text that dialogs say in one turn before a state is entered. The graph phase made sure that this ends.</summary>
    public int Before(string dialog, string state)
    {
        if (!before.TryGetValue((dialog, state), out var width))
        {
            width = arriving[(dialog, state)].Select(way => Over(way.Dialog, way.Edge)).Append(0).Max();
            before[(dialog, state)] = width;
        }

        return width;
    }

    /// <summary>The widest text of a dialog that is opened and closed within one turn, as detours are.</summary>
    public int WholeOf(Dialog dialog) =>
        dialog.States.Values.OfType<SayState>().Where(say => say.End is not null).Select(say => End(dialog, say)).Append(0).Max();

    /// <summary>The widest message that an end makes.</summary>
    public int End(Dialog dialog, SayState say) => Join(Before(dialog.Name, say.Name), TemplateWidth.Widest(say.Text, dialog.Scope));

    /// <summary>Two texts in one message.</summary>
    public static int Join(int first, int second) => first == 0 || second == 0 ? first + second : first + BlankLine + second;

    private int Over(string dialogName, Edge edge)
    {
        var dialog = catalog.Dialogs[dialogName];
        var said = edge.Say is null ? 0 : TemplateWidth.Widest(edge.Say, dialog.Scope);
        if (edge.Answered || edge.From is null)
        {
            return said;
        }

        var already = dialog.States[edge.From] is SayState say ? End(dialog, say) : Before(dialogName, edge.From);
        return Join(already, said);
    }

    private IEnumerable<(string Dialog, string State)> Arrivals(string dialog, Edge edge) => edge.Target.LeavesDialog
        ? catalog.Flows[edge.Target.Name].Edges.Where(door => door.From is null).Select(door => (edge.Target.Name, door.Target.Name))
        : [(dialog, edge.Target.Name)];
}
