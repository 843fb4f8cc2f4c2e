using KkmpBot.Dialogs.Flow;
using KkmpBot.Dialogs.Loading;
using KkmpBot.Dialogs.Model;

namespace KkmpBot.Dialogs.Checks.Names;

/// <summary>A question's slot can hold its answers, and its limits are of the answer's type: D020, D021, D030, D031, D033.</summary>
internal static class AskChecks
{
    public static void Check(LoadedFiles files, ErrorList errors)
    {
        foreach (var dialog in files.Catalog.Dialogs.Values)
        {
            CheckSentence(dialog, dialog.Said, errors);
            foreach (var ask in dialog.States.Values.OfType<AskState>())
            {
                CheckAsk(dialog, ask, files.Catalog.Vocabulary, errors);
            }
        }
    }

    private static void CheckAsk(Dialog dialog, AskState ask, Vocabulary vocabulary, ErrorList errors)
    {
        if (ask.Choices is ListedChoices listed)
        {
            CheckList(dialog, listed, vocabulary, errors);
        }

        if (Typing.SlotOf(ask.Into, dialog, errors)?.Type is { } type)
        {
            CheckInto(dialog, ask, type, errors);
            CheckLimit(dialog, ask.Limits.Min, type, errors);
            CheckLimit(dialog, ask.Limits.Max, type, errors);
        }

        CheckSentence(dialog, ask.Otherwise?.Into, errors);
        CheckSentence(dialog, ask.Picture?.Into, errors);
        if (ask.PickInto is { } pickInto && Typing.SlotOf(pickInto, dialog, errors)?.Type is { } picked)
        {
            if (picked.Kind != TypeKind.Choice)
            {
                errors.Add(pickInto.Spot, "D033", $"'{pickInto.Name}' is of type {picked.Name}; pick_into needs a slot of type choice");
            }

            if (ask.Choices is not ListedChoices { Add.Count: > 0 })
            {
                errors.Add(pickInto.Spot, "D033", "pick_into tells what was chosen beside a list; without 'add' there is nothing to tell");
            }
        }
    }

    private static void CheckSentence(Dialog dialog, SlotName? into, ErrorList errors)
    {
        if (into is not null && Typing.SlotOf(into, dialog, errors)?.Type is { Kind: not TypeKind.Text } type)
        {
            errors.Add(into.Spot, "D033", $"'{into.Name}' is of type {type.Name}; a sentence or a picture needs a slot of type text");
        }
    }

    private static void CheckInto(Dialog dialog, AskState ask, DialogType type, ErrorList errors)
    {
        var problem = ask.Choices switch
        {
            FixedChoices when type.Kind != TypeKind.Choice => $"is of type {type.Name}, and picks put a choice there",
            ListedChoices listed when DialogParts.ListType(dialog, listed)?.Element is { } element && !type.Accepts(element) =>
                $"is of type {type.Name}, and the list puts a {element.Name} there",
            null when type.Kind is TypeKind.Choice or TypeKind.Record or TypeKind.List =>
                $"is of type {type.Name}, which can only be chosen; give 'choices'",
            _ when ask.Contact && type.Kind != TypeKind.Phone => $"is of type {type.Name}; 'contact: true' needs a slot of type phone",
            _ => null,
        };
        if (problem is not null)
        {
            errors.Add(ask.Into.Spot, "D033", $"'{ask.Into.Name}' {problem}");
        }
    }

    private static void CheckLimit(Dialog dialog, Operand? limit, DialogType type, ErrorList errors)
    {
        if (limit is null)
        {
            return;
        }

        if (!Typing.IsOrdered(type))
        {
            errors.Add(limit.Spot, "D021", $"an answer of type {type.Name} has no least or most");
        }
        else if (Typing.Mismatch(limit, type, dialog.Scope, errors) is { } mismatch)
        {
            errors.Add(limit.Spot, "D021", mismatch);
        }
    }

    private static void CheckList(Dialog dialog, ListedChoices listed, Vocabulary vocabulary, ErrorList errors)
    {
        if (listed.Capability is { } capability)
        {
            CallChecks.CheckArguments(dialog, capability, listed.With, listed.Spot, errors);
        }
        else if (listed.With.Count > 0)
        {
            errors.Add(listed.With[0].Spot, "D031", "a list in memory takes no arguments");
        }

        var list = DialogParts.ListType(dialog, listed);
        if (list is null && listed.Capability is null && dialog.Scope.TypeOf(listed.From) is null)
        {
            var known = dialog.Memory.Keys.Concat(vocabulary.Capabilities.Keys);
            errors.Add(
                listed.Spot,
                "D030",
                $"there is no list or capability '{listed.From}'{NearestName.Hint(listed.From.ToString(), known)}");
        }
        else if (list is null || (listed.Capability is { Outcomes.Count: not 1 }))
        {
            errors.Add(
                listed.Spot,
                "D030",
                $"'{listed.From}' gives no list; it must be one, or a capability whose only outcome is '{ListedChoices.Listed}' with one");
        }
        else if (list.Element!.Fields.GetValueOrDefault("key")?.Kind is not (TypeKind.Text or TypeKind.Choice))
        {
            errors.Add(
                listed.Spot,
                "D030",
                $"a {list.Element.Name} has no text field 'key' to tell it from the others, so it cannot be offered");
        }
    }
}
