using KkmpBot.Dialogs.Loading;
using KkmpBot.Dialogs.Model;
using KkmpBot.Dialogs.Turns;

namespace KkmpBot.Dialogs.Checks.Names;

/// <summary>Finds the types of what files write, and reports names that mean nothing.</summary>
internal static class Typing
{
    /// <summary>The kinds that have an order.</summary>
    public static bool IsOrdered(DialogType type) => type.Kind is TypeKind.Whole or TypeKind.Quantity or TypeKind.Money or TypeKind.Date;

    /// <summary>The type of a path; null when it means nothing, which is then reported as D020.</summary>
    public static DialogType? Of(NamePath path, NameScope scope, ErrorList errors)
    {
        if (scope.TypeOf(path) is { } type)
        {
            return type;
        }

        var known = scope.NamesInsteadOf(path, out var unknown);
        var whole = path.Segments.Count > 1 ? $" in '{path}'" : "";
        errors.Add(path.Spot, "D020", $"'{unknown}'{whole} is no slot, fact or field{NearestName.Hint(unknown, known)}");
        return null;
    }

    /// <summary>The slot that a state writes; null when there is none of that name, which is then reported as D020.</summary>
    public static Slot? SlotOf(SlotName name, Dialog dialog, ErrorList errors)
    {
        if (dialog.Memory.TryGetValue(name.Name, out var slot))
        {
            return slot;
        }

        errors.Add(name.Spot, "D020", $"'{name.Name}' is not declared under memory{NearestName.Hint(name.Name, dialog.Memory.Keys)}");
        return null;
    }

    /// <summary>What is wrong with a value where a type is wanted; null when nothing is, or when its name is unknown (D020).</summary>
    public static string? Mismatch(Operand operand, DialogType wanted, NameScope scope, ErrorList errors) => operand switch
    {
        PathOperand path when Of(path.Path, scope, errors) is { } type && !wanted.Accepts(type) =>
            $"'{path.Path}' is of type {type.Name}, where {wanted.Name} is wanted",
        LiteralOperand literal when !Values.Fits(wanted, Values.As(wanted, literal.Value)) =>
            $"{Flow.Comparisons.Text(literal)} is not of type {wanted.Name}",
        _ => null,
    };
}
