using KkmpBot.Dialogs.Answers;
using KkmpBot.Dialogs.Model;

namespace KkmpBot.Dialogs.Turns;

/// <summary>Leads a dialog from state to state until the person or the host has to answer, or it ends.</summary>
internal static class Advancing
{
    /// <summary>Opens a dialog in front of whatever is open.</summary>
    /// <param name="walk">The turn.</param>
    /// <param name="dialog">Which one.</param>
    /// <param name="said">The sentence that opens it; empty for a button.</param>
    /// <param name="heard">What the sentence answers beforehand, by question; null for nothing.</param>
    public static Step Start(Walk walk, Dialog dialog, string said = "", IReadOnlyDictionary<string, string>? heard = null)
    {
        Open(walk, dialog, said, heard);
        return GoOn(walk);
    }

    /// <summary>Opens a dialog whose first question is answered by what was said to nobody; the menu gives way to it.</summary>
    /// <param name="walk">The turn.</param>
    /// <param name="dialog">Which one.</param>
    /// <param name="answer">What was said.</param>
    public static Step Hear(Walk walk, Dialog dialog, TextAnswer answer)
    {
        walk.Frames.RemoveAll(frame => frame.Dialog == Dialog.Menu);
        Open(walk, dialog, said: "", heard: null);
        if (walk.State is not AskState { Choices: FixedChoices choices })
        {
            return GoOn(walk);
        }

        walk.Top = walk.Top with { Options = Offering.Fixed(walk, choices.Picks) };
        return Answering.Receive(walk, answer);
    }

    /// <summary>Goes where an answer or outcome leads.</summary>
    public static Step Follow(Walk walk, Target target)
    {
        Move(walk, target);
        return GoOn(walk);
    }

    /// <summary>Enters the state of the dialog in front again: after a detour, or after days.</summary>
    public static Step Reenter(Walk walk)
    {
        if (!Settling.Mend(walk))
        {
            return Settling.Restart(walk);
        }

        walk.Arrive();
        return GoOn(walk);
    }

    /// <summary>Begins the dialog in front again with what it remembers.</summary>
    public static Step Restart(Walk walk)
    {
        if (walk.Dialog.Said is { } said && !walk.Top.Memory.ContainsKey(said.Name))
        {
            walk.Remember(said.Name, new TextValue(""));
        }

        walk.MoveTo(Door(walk), throughDoor: true);
        return GoOn(walk);
    }

    /// <summary>Goes on after a capability: the outcome leads on, or its list is put before the person.</summary>
    public static Step GoOnAfter(Walk walk, Outcome outcome)
    {
        if (walk.State is AskState { Choices: ListedChoices { Capability: not null } listed })
        {
            var items = outcome is { Name: ListedChoices.Listed, Carried: ListValue list }
                ? list.Items
                : throw new InvalidOperationException($"'{listed.From}' must give a list, and ended with '{outcome.Name}'.");
            return Asking.PutBefore(walk, Offering.Listed(walk, listed, items)) ?? Follow(walk, listed.Empty!);
        }

        if (walk.State is not DoState call || call.Outcomes.FirstOrDefault(candidate => candidate.Outcome == outcome.Name) is not { } route)
        {
            throw new InvalidOperationException($"'{walk.Top.Dialog}' has no way on from '{walk.Top.State}' after '{outcome.Name}'.");
        }

        if (call.Into is { } into && outcome.Carried is { } carried)
        {
            walk.Remember(into.Name, carried);
        }

        if (route.Say is { } say)
        {
            walk.Say(say);
        }

        return Follow(walk, route.Target);
    }

    private static Step GoOn(Walk walk)
    {
        while (true)
        {
            switch (walk.State)
            {
                case AskState ask:
                    if (Asking.Ask(walk, ask) is { } step)
                    {
                        return step;
                    }

                    Move(walk, ((ListedChoices)ask.Choices!).Empty!);
                    break;
                case DoState call:
                    return walk.Calling(Call(walk, call.Capability!, call.With));
                case SayState say:
                    walk.Say(say.Text);
                    if (say.End is not null)
                    {
                        return Closing.End(walk, say);
                    }

                    Move(walk, Conditions.FirstThatHolds(walk, say.Next));
                    break;
                default:
                    throw new InvalidOperationException($"A {walk.State.GetType().Name} cannot be entered.");
            }
        }
    }

    /// <summary>The call of a capability with its arguments as they stand now.</summary>
    public static CapabilityCall Call(Walk walk, CapabilityDescription capability, IReadOnlyList<Argument> with)
    {
        var types = capability.Parameters.ToDictionary(parameter => parameter.Name, parameter => parameter.Type);
        return new CapabilityCall(
            capability.Name,
            with.ToDictionary(argument => argument.Name, argument => Values.Of(argument.Operand, types[argument.Name], walk.Names)));
    }

    private static void Move(Walk walk, Target target)
    {
        if (!target.LeavesDialog)
        {
            walk.MoveTo(target);
            return;
        }

        walk.Leave(target);
        walk.Frames.RemoveAt(walk.Frames.Count - 1);
        Open(walk, walk.Catalog.Dialogs[target.Name], said: "", heard: null);
    }

    private static void Open(Walk walk, Dialog dialog, string said, IReadOnlyDictionary<string, string>? heard)
    {
        walk.Offered = [];
        walk.Parked.RemoveAll(parked => parked.Dialog == dialog.Name);
        walk.Frames.Add(new Frame(dialog.Name, dialog.Version, dialog.Initial.Name, Opening(dialog, said), 0, [], 0, walk.Context.UtcNow) { Heard = heard });
        walk.MoveTo(Door(walk), throughDoor: true);
    }

    private static Dictionary<string, Value> Opening(Dialog dialog, string said) => dialog.Said is { } slot
        ? new Dictionary<string, Value> { [slot.Name] = new TextValue(FreeTextReader.Read(said) ?? "") }
        : [];

    private static Target Door(Walk walk) =>
        walk.Dialog.Requires.FirstOrDefault(line => !Conditions.Holds(walk, line.Guard))?.Otherwise ?? walk.Dialog.Initial;
}
