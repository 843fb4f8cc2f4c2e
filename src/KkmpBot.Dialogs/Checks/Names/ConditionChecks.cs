using KkmpBot.Dialogs.Flow;
using KkmpBot.Dialogs.Loading;
using KkmpBot.Dialogs.Model;

namespace KkmpBot.Dialogs.Checks.Names;

/// <summary>A condition is one comparison of like with like, or a guard: D021, D034, D035, D036.</summary>
internal static class ConditionChecks
{
    public static void Check(LoadedFiles files, ErrorList errors)
    {
        var guards = files.Catalog.Vocabulary.Guards.Keys;
        foreach (var dialog in files.Catalog.Dialogs.Values)
        {
            foreach (var line in dialog.Requires)
            {
                CheckGuard(line.Guard, line.Spot, dialog, guards, errors);
            }

            if (dialog.HearsWhen is { } hears)
            {
                CheckGuard(hears.Guard, hears.Spot, dialog, guards, errors);
            }

            foreach (var condition in dialog.States.Values.SelectMany(DialogParts.Conditions))
            {
                CheckCondition(condition, dialog, guards, errors);
            }
        }
    }

    private static void CheckCondition(Condition condition, Dialog dialog, IEnumerable<string> guards, ErrorList errors)
    {
        switch (condition)
        {
            case MalformedCondition malformed:
                errors.Add(
                    malformed.Spot,
                    "D035",
                    $"'{malformed.Text}' is not one comparison such as 'cart.total >= 5000'; anything cleverer is a guard in C#");
                break;
            case GuardCondition guard:
                CheckGuard(guard.Guard, guard.Spot, dialog, guards, errors);
                break;
            case Comparison comparison:
                CheckComparison(comparison, dialog, errors);
                break;
            default:
                throw new InvalidOperationException($"A dialog cannot hold a {condition.GetType().Name}.");
        }
    }

    private static void CheckGuard(string guard, Spot spot, Dialog dialog, IEnumerable<string> guards, ErrorList errors)
    {
        if (guards.Contains(guard))
        {
            return;
        }

        var hint = dialog.Memory.TryGetValue(guard, out var slot) && slot.Type?.Kind == TypeKind.YesNo
            ? $"; write '{guard} == true'"
            : NearestName.Hint(guard, guards);
        errors.Add(spot, "D034", $"there is no guard '{guard}'{hint}");
    }

    private static void CheckComparison(Comparison comparison, Dialog dialog, ErrorList errors)
    {
        if (Typing.Of(comparison.Left, dialog.Scope, errors) is not { } type)
        {
            return;
        }

        if (type.Kind is TypeKind.Record or TypeKind.List)
        {
            errors.Add(comparison.Spot, "D021", $"'{comparison.Left}' is of type {type.Name}; compare one of its fields");
        }
        else if (comparison.Comparator is not (Comparator.Equal or Comparator.NotEqual) && !Typing.IsOrdered(type))
        {
            errors.Add(comparison.Spot, "D021", $"values of type {type.Name} can only be compared with == or !=");
        }
        else if (type.Kind == TypeKind.Choice && comparison.Right is LiteralOperand { Value: TextValue })
        {
            errors.Add(comparison.Spot, "D021", "a choice is compared with its bare key, without quotes");
        }
        else if (comparison.Right is KeyOperand key)
        {
            CheckKey(key, comparison.Left, dialog, errors);
        }
        else if (Typing.Mismatch(comparison.Right, type, dialog.Scope, errors) is { } mismatch)
        {
            errors.Add(comparison.Spot, "D021", mismatch);
        }
    }

    private static void CheckKey(KeyOperand key, NamePath slot, Dialog dialog, ErrorList errors)
    {
        // What a capability puts into a slot, only the capability knows.
        var name = slot.ToString();
        if (!dialog.Memory.ContainsKey(name) || dialog.States.Values.OfType<DoState>().Any(call => call.Into?.Name == name))
        {
            return;
        }

        var asks = dialog.States.Values.OfType<AskState>().ToList();
        var known = asks.Where(ask => ask.Into.Name == name || ask.PickInto?.Name == name)
            .SelectMany(ask => DialogParts.Picks(ask.Choices))
            .Select(pick => pick.Key)
            .Concat(asks.Any(ask => ask.PickInto?.Name == name) ? [ListedChoices.Item] : [])
            .ToList();
        if (!known.Contains(key.Key))
        {
            errors.Add(key.Spot, "D036", $"'{key.Key}' is no choice of '{name}'{NearestName.Hint(key.Key, known)}");
        }
    }
}
