using KkmpBot.Dialogs.Loading;
using KkmpBot.Dialogs.Model;

namespace KkmpBot.Dialogs.Checks.Names;

/// <summary>A call names a capability, gives what it takes and handles all it gives: D030 to D033.</summary>
internal static class CallChecks
{
    public static void Check(LoadedFiles files, ErrorList errors)
    {
        var known = files.Catalog.Vocabulary.Capabilities.Keys;
        foreach (var dialog in files.Catalog.Dialogs.Values)
        {
            foreach (var call in dialog.States.Values.OfType<DoState>())
            {
                if (call.Capability is not { } capability)
                {
                    errors.Add(
                        call.CallSpot,
                        "D030",
                        $"there is no capability '{call.CapabilityName}'{NearestName.Hint(call.CapabilityName, known)}");
                    continue;
                }

                CheckArguments(dialog, capability, call.With, call.CallSpot, errors);
                CheckOutcomes(call, capability, errors);
                CheckInto(dialog, call, capability, errors);
            }
        }
    }

    /// <summary>Holds arguments against what a capability takes.</summary>
    public static void CheckArguments(
        Dialog dialog, CapabilityDescription capability, IReadOnlyList<Argument> with, Spot call, ErrorList errors)
    {
        var parameters = capability.Parameters.ToDictionary(parameter => parameter.Name);
        foreach (var argument in with)
        {
            if (!parameters.TryGetValue(argument.Name, out var parameter))
            {
                errors.Add(
                    argument.Spot,
                    "D031",
                    $"'{capability.Name}' takes no '{argument.Name}'{NearestName.Hint(argument.Name, parameters.Keys)}");
            }
            else if (Typing.Mismatch(argument.Operand, parameter.Type, dialog.Scope, errors) is { } mismatch)
            {
                errors.Add(argument.Spot, "D031", mismatch);
            }
        }

        var needed = capability.Parameters.Where(parameter => !parameter.Optional);
        foreach (var missing in needed.Where(parameter => with.All(given => given.Name != parameter.Name)))
        {
            errors.Add(call, "D031", $"'{capability.Name}' needs '{missing.Name}' ({missing.Type.Name}) under 'with'");
        }
    }

    private static void CheckOutcomes(DoState call, CapabilityDescription capability, ErrorList errors)
    {
        var declared = capability.Outcomes.Select(outcome => outcome.Name).ToList();
        foreach (var missing in declared.Where(name => call.Outcomes.All(route => route.Outcome != name)))
        {
            errors.Add(
                call.CallSpot,
                "D032",
                $"'{capability.Name}' can end with '{missing}', which is not handled; add it under 'outcomes'");
        }

        foreach (var route in call.Outcomes.Where(route => !declared.Contains(route.Outcome)))
        {
            errors.Add(
                route.Spot,
                "D032",
                $"'{capability.Name}' never ends with '{route.Outcome}'{NearestName.Hint(route.Outcome, declared)}");
        }
    }

    private static void CheckInto(Dialog dialog, DoState call, CapabilityDescription capability, ErrorList errors)
    {
        if (call.Into is not { } into || Typing.SlotOf(into, dialog, errors)?.Type is not { } type)
        {
            return;
        }

        var carrying = capability.Outcomes.Where(outcome => outcome.Carries is not null).ToList();
        if (carrying.Count == 0)
        {
            errors.Add(into.Spot, "D033", $"no outcome of '{capability.Name}' carries anything; take 'into' away");
        }

        foreach (var outcome in carrying.Where(outcome => !type.Accepts(outcome.Carries!)))
        {
            errors.Add(into.Spot, "D033", $"'{into.Name}' is of type {type.Name}, and '{outcome.Name}' carries {outcome.Carries!.Name}");
        }
    }
}
