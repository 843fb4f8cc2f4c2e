using KkmpBot.Dialogs.Flow;
using KkmpBot.Dialogs.Model;

namespace KkmpBot.Dialogs.Walking;

/// <summary>One way the world may be for a dialog: which guards hold, and what the facts are.</summary>
/// <param name="Number">Tells it from the others.</param>
/// <param name="Machine">The dialogs, with these guards.</param>
/// <param name="Facts">The facts.</param>
internal sealed record SampleWorld(int Number, DialogMachine Machine, Facts Facts);

/// <summary>Makes the worlds that a dialog could tell apart: each of its guards holding and not, each fact it compares differing.</summary>
internal static class SampleWorlds
{
    /// <summary>Worlds looked at, at most: six guards and a fact or two.</summary>
    public const int MaxWorlds = 256;

    /// <summary>Guards of one dialog that are tried both ways; the others never hold.</summary>
    public const int MaxGuards = 8;

    /// <summary>The worlds for a dialog.</summary>
    public static IReadOnlyList<SampleWorld> For(DialogCatalog catalog, Dialog dialog, SampleValues samples)
    {
        var conditions = dialog.States.Values.SelectMany(DialogParts.Conditions).ToList();
        var guards = conditions.OfType<GuardCondition>().Select(guard => guard.Guard)
            .Concat(dialog.Requires.Select(line => line.Guard))
            .Distinct()
            .ToList();
        var facts = FactsFor(catalog, samples, conditions.OfType<Comparison>().SelectMany(Roots).ToHashSet());
        return
        [
            .. Choices(guards).Select(holding => With(catalog, holding))
                .SelectMany(machine => facts.Select(known => (Machine: machine, Facts: known)))
                .Take(MaxWorlds)
                .Select((world, i) => new SampleWorld(i, world.Machine, world.Facts)),
        ];
    }

    private static IEnumerable<string> Roots(Comparison comparison) =>
        comparison.Right is PathOperand right ? [comparison.Left.Root, right.Path.Root] : [comparison.Left.Root];

    private static IEnumerable<HashSet<string>> Choices(IReadOnlyList<string> guards) =>
        Enumerable.Range(0, 1 << Math.Min(guards.Count, MaxGuards))
            .Select(bits => guards.Where((_, i) => (bits >> i & 1) == 1).ToHashSet());

    private static DialogMachine With(DialogCatalog catalog, HashSet<string> holding) => new(catalog with
    {
        // A sample answer stands for any: it must not be read as a wish for another dialog.
        Openings = new Dictionary<string, (Dialog, Opening)>(),
        Vocabulary = catalog.Vocabulary with
        {
            Guards = catalog.Vocabulary.Guards.ToDictionary(guard => guard.Key, guard => guard.Value with { Holds = _ => holding.Contains(guard.Key) }),
        },
    });

    // Facts that no condition reads are the same in every world.
    private static List<Facts> FactsFor(DialogCatalog catalog, SampleValues samples, HashSet<string> compared)
    {
        var all = new List<Facts> { new(new Dictionary<string, RecordValue>()) };
        foreach (var (name, type) in catalog.Vocabulary.Facts)
        {
            var values = samples.Of(type, name).Take(compared.Contains(name) ? SampleValues.MaxVariants : 1).Cast<RecordValue>().ToList();
            all = [.. all.SelectMany(facts => values.Select(value => new Facts(new Dictionary<string, RecordValue>(facts.Records) { [name] = value })))];
        }

        return all;
    }
}
