using System.Text;
using System.Text.Json;
using KkmpBot.Dialogs.Flow;
using KkmpBot.Dialogs.Model;

namespace KkmpBot.Dialogs.Walking;

/// <summary>
/// Explores a dialog with the real machine and no database: every outcome of every capability, every choice, answers that can be read
/// and answers that cannot, guards that hold and do not. Positions that no condition can tell apart are one, so that it ends.
/// </summary>
public sealed class DialogWalker
{
    /// <summary>Different positions of one dialog, at most.</summary>
    public const int MaxPositions = 20_000;

    /// <summary>Steps of the machine after one answer, at most: a chain of capabilities with every outcome of each.</summary>
    public const int MaxBranches = 10_000;

    private static readonly DateTime Now = new(2026, 11, 23, 2, 0, 0, DateTimeKind.Utc);

    private readonly Dialog dialog;
    private readonly DialogFlow flow;
    private readonly SampleValues samples;
    private readonly IReadOnlyList<SampleWorld> worlds;
    private readonly HashSet<string> deciding;
    private readonly HashSet<string> walked = [];
    private readonly Dictionary<string, Position> positions = [];
    private readonly Queue<Position> waiting = [];
    private readonly Dictionary<string, WalkedEnd> ends = [];
    private bool isComplete = true;

    private DialogWalker(DialogCatalog catalog, Dialog dialog)
    {
        this.dialog = dialog;
        flow = catalog.Flows[dialog.Name];
        samples = new SampleValues(dialog);
        worlds = SampleWorlds.For(catalog, dialog, samples);
        deciding = Deciding(dialog);
    }

    /// <summary>Explores a dialog.</summary>
    /// <param name="catalog">The dialogs.</param>
    /// <param name="name">Which one; an unknown name throws.</param>
    public static DialogWalk Walk(DialogCatalog catalog, string name) => new DialogWalker(catalog, catalog.Dialogs[name]).Walk();

    private DialogWalk Walk()
    {
        foreach (var world in worlds)
        {
            var start = new PickAnswer(Option.StartPrefix + dialog.Name);
            Follow(world.Machine.Receive(ConversationState.Empty, start, ContextOf(world)), world, null);
        }

        while (waiting.TryDequeue(out var position))
        {
            foreach (var answer in Answers(position))
            {
                Follow(position.World.Machine.Receive(position.State, answer, ContextOf(position.World)), position.World, position);
            }
        }

        var edges = flow.Edges.Select(edge => edge.Name(dialog.Name)).Distinct().ToList();
        return new DialogWalk(
            dialog.Name,
            [.. dialog.States.Keys],
            positions.Count,
            isComplete,
            [.. edges.Where(walked.Contains)],
            [.. edges.Where(edge => !walked.Contains(edge))],
            DeadEnds(),
            [.. ends.Values.OrderByDescending(end => end.Way.Count).ThenBy(end => end.Name, StringComparer.Ordinal)]);
    }

    // Goes through the capabilities that one answer sets off, with every outcome of each, to the next questions and ends.
    private void Follow(Step first, SampleWorld world, Position? from)
    {
        var open = new Stack<Step>([first]);
        var seen = new HashSet<string>();
        for (var taken = 0; open.TryPop(out var step); taken++)
        {
            if (taken == MaxBranches)
            {
                isComplete = false;
                return;
            }

            walked.UnionWith(step.Walked);
            if (step.State.Frames is not [.., var frame] || frame.Dialog != dialog.Name)
            {
                End(step, from);
            }
            else if (step.Call is null)
            {
                Arrive(step, frame, world, from);
            }
            else if (seen.Add(Key(frame, world)))
            {
                foreach (var outcome in Outcomes(frame))
                {
                    open.Push(world.Machine.Resume(step, outcome, ContextOf(world)));
                }
            }
        }
    }

    private void Arrive(Step step, Frame frame, SampleWorld world, Position? from)
    {
        var key = Key(frame, world);
        if (!positions.TryGetValue(key, out var position))
        {
            if (positions.Count == MaxPositions)
            {
                isComplete = false;
                return;
            }

            position = new Position(step.State, world, from);
            positions.Add(key, position);
            waiting.Enqueue(position);
        }

        if (from is not null)
        {
            position.CameFrom.Add(from);
        }
    }

    private void End(Step step, Position? from)
    {
        if (from is not null)
        {
            from.Ends = true;
        }

        var last = step.Walked.Last(edge => edge.StartsWith($"{dialog.Name}: ", StringComparison.Ordinal));
        var name = last[(last.IndexOf(" -> ", StringComparison.Ordinal) + 4)..];
        if (!ends.ContainsKey(name))
        {
            // Breadth first: the first way found is the shortest.
            ends.Add(name, new WalkedEnd(name, from?.Way() ?? []));
        }
    }

    private IEnumerable<Outcome> Outcomes(Frame frame)
    {
        var (capability, into) = dialog.States[frame.State] switch
        {
            DoState call => (call.Capability!, call.Into?.Name ?? ""),
            AskState { Choices: ListedChoices listed } ask => (listed.Capability!, ask.Into.Name),
            var state => throw new InvalidOperationException($"'{state.Name}' calls nothing."),
        };
        return capability.Outcomes.SelectMany(outcome => outcome.Carries is { } type
            ? samples.Of(type, into).Select(value => new Outcome(outcome.Name, value))
            : [new Outcome(outcome.Name)]);
    }

    private IEnumerable<Answer> Answers(Position position)
    {
        var frame = position.State.Frames[^1];
        var ask = (AskState)dialog.States[frame.State];
        var type = dialog.Memory[ask.Into.Name].Type!;
        var typed = ask.Choices is null ? SampleValues.Answers(type) : ask.Otherwise is null ? ["?"] : new[] { "?", "beras dua kilo" };
        IEnumerable<Answer> sent = ask.Picture is null ? [] : [new PictureAnswer("AgAC", "")];
        return frame.Options.Select(option => (Answer)new PickAnswer(option.Key)).Concat(typed.Select(text => new TextAnswer(text))).Concat(sent);
    }

    private List<string> DeadEnds()
    {
        if (!isComplete)
        {
            return [];
        }

        var open = new Stack<Position>(positions.Values.Where(position => position.Ends));
        var able = new HashSet<Position>();
        while (open.TryPop(out var position))
        {
            if (!able.Add(position))
            {
                continue;
            }

            foreach (var before in position.CameFrom)
            {
                open.Push(before);
            }
        }

        return [.. positions.Values.Where(position => !able.Contains(position)).Select(position => position.Question).Distinct()];
    }

    private string Key(Frame frame, SampleWorld world)
    {
        var counts = dialog.States[frame.State] is AskState { Limits.Attempts: not null };
        var key = new StringBuilder(frame.State).Append('|').Append(counts ? frame.Attempts : 0).Append('|').Append(world.Number);
        key.Append('|').AppendJoin(',', frame.Options.Select(option => option.Key));
        foreach (var (slot, value) in frame.Memory.OrderBy(held => held.Key, StringComparer.Ordinal))
        {
            key.Append('|').Append(slot).Append('=').Append(deciding.Contains(slot) ? JsonSerializer.Serialize(value) : "");
        }

        return key.ToString();
    }

    /// <summary>The slots whose values make a difference: compared, offered as choices, or a limit of an answer.</summary>
    private static HashSet<string> Deciding(Dialog dialog)
    {
        var paths = dialog.States.Values.SelectMany(DialogParts.Conditions).OfType<Comparison>()
            .SelectMany(comparison => new[] { comparison.Left, (comparison.Right as PathOperand)?.Path })
            .Concat(dialog.States.Values.OfType<AskState>().SelectMany(ask => new[]
            {
                (ask.Limits.Min as PathOperand)?.Path,
                (ask.Limits.Max as PathOperand)?.Path,
                (ask.Choices as ListedChoices)?.From,
            }));
        return [.. paths.OfType<NamePath>().Select(path => path.Root)];
    }

    private static TurnContext ContextOf(SampleWorld world) => new(world.Facts, Now);

    private sealed class Position(ConversationState state, SampleWorld world, Position? first)
    {
        public ConversationState State { get; } = state;

        public SampleWorld World { get; } = world;

        public HashSet<Position> CameFrom { get; } = [];

        public bool Ends { get; set; }

        public string Question => State.Frames[^1].State;

        public IReadOnlyList<string> Way()
        {
            var way = new List<string>();
            for (var at = this; at is not null; at = at.First)
            {
                way.Insert(0, at.Question);
            }

            return way;
        }

        private Position? First { get; } = first;
    }
}
