using KkmpBot.Dialogs.Model;

namespace KkmpBot.Dialogs.Turns;

/// <summary>Decides conditions.</summary>
internal static class Conditions
{
    /// <summary>True when a condition holds in the dialog in front; no condition always holds.</summary>
    public static bool Holds(Walk walk, Condition? condition) => condition switch
    {
        null => true,
        GuardCondition guard => Holds(walk, guard.Guard),
        Comparison comparison => Holds(comparison, walk.Names),
        _ => throw new InvalidOperationException($"A {condition.GetType().Name} cannot be decided."),
    };

    /// <summary>True when a guard of the vocabulary holds.</summary>
    public static bool Holds(Walk walk, string guard) => walk.Catalog.Vocabulary.Guards[guard].Holds(walk.Context.Facts);

    /// <summary>The first line of <c>next</c> whose condition holds.</summary>
    public static Target FirstThatHolds(Walk walk, IReadOnlyList<Transition> lines) => lines.First(line => Holds(walk, line.When)).Target;

    private static bool Holds(Comparison comparison, LiveNames names)
    {
        var left = names.Resolve(comparison.Left);
        var order = Values.Compare(left.Value, Values.Of(comparison.Right, left.Type, names));
        return comparison.Comparator switch
        {
            Comparator.Equal => order == 0,
            Comparator.NotEqual => order != 0,
            Comparator.Less => order < 0,
            Comparator.AtMost => order <= 0,
            Comparator.Greater => order > 0,
            Comparator.AtLeast => order >= 0,
            _ => throw new InvalidOperationException($"{comparison.Comparator} is no comparison."),
        };
    }
}
