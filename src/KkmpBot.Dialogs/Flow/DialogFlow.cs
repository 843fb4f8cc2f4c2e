using KkmpBot.Dialogs.Model;

namespace KkmpBot.Dialogs.Flow;

/// <summary>The graph of a dialog, and what its memory certainly holds when a state is entered.</summary>
public sealed class DialogFlow
{
    private readonly Dictionary<string, HashSet<string>> setOnEntry = [];

    /// <summary>Analyses a dialog whose targets all exist.</summary>
    /// <param name="dialog">The dialog.</param>
    public DialogFlow(Dialog dialog)
    {
        Dialog = dialog;
        Edges = Flow.Edges.Of(dialog);
        Leaving = Edges.Where(edge => edge.From is not null).ToLookup(edge => edge.From!);
        Analyse();
    }

    /// <summary>The dialog.</summary>
    public Dialog Dialog { get; }

    /// <summary>Its edges, the door's first.</summary>
    public IReadOnlyList<Edge> Edges { get; }

    /// <summary>Its edges by the state they leave.</summary>
    public ILookup<string, Edge> Leaving { get; }

    /// <summary>True when some path leads to the state.</summary>
    /// <param name="state">The state.</param>
    public bool Reaches(string state) => setOnEntry.ContainsKey(state);

    /// <summary>The slots that are set on every path to a state; empty for a state never reached.</summary>
    /// <param name="state">The state.</param>
    public IReadOnlySet<string> SetOnEntry(string state) => setOnEntry.TryGetValue(state, out var slots) ? slots : new HashSet<string>();

    // Starts from "everything its first path sets" and takes away what another path leaves out, until nothing changes. Each state's
    // set only shrinks, so this ends.
    private void Analyse()
    {
        var waiting = new Queue<Edge>(Edges.Where(edge => edge.From is null));
        while (waiting.TryDequeue(out var edge))
        {
            if (edge.Target.LeavesDialog || !Dialog.States.ContainsKey(edge.Target.Name))
            {
                continue;
            }

            var arriving = new HashSet<string>(edge.From is null ? [] : setOnEntry[edge.From]);
            arriving.UnionWith(edge.Sets);
            if (!Narrow(edge.Target.Name, arriving))
            {
                continue;
            }

            foreach (var onward in Leaving[edge.Target.Name])
            {
                waiting.Enqueue(onward);
            }
        }
    }

    private bool Narrow(string state, HashSet<string> arriving)
    {
        if (!setOnEntry.TryGetValue(state, out var known))
        {
            setOnEntry[state] = arriving;
            return true;
        }

        var before = known.Count;
        known.IntersectWith(arriving);
        return known.Count < before;
    }
}
