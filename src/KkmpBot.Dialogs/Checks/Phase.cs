using KkmpBot.Dialogs.Checks.Graph;
using KkmpBot.Dialogs.Checks.Memory;
using KkmpBot.Dialogs.Checks.Names;
using KkmpBot.Dialogs.Checks.Texts;
using KkmpBot.Dialogs.Loading;

namespace KkmpBot.Dialogs.Checks;

/// <summary>The phases of checking after the shape is read. Each relies on what the one before it made sure of.</summary>
internal static class Phase
{
    /// <summary>Names (the types of memory before what uses them), graph, memory, texts.</summary>
    public static IReadOnlyList<Action<LoadedFiles, ErrorList>> InOrder { get; } =
    [
        Of(SlotChecks.Check),
        Of(TargetChecks.Check, AskChecks.Check, OpeningChecks.Check, CallChecks.Check, ConditionChecks.Check, PlaceholderChecks.Check, PhraseChecks.Check),
        Of(ReachChecks.Check, LoopChecks.Check, TransitionChecks.Check),
        Of(SetBeforeReadChecks.Check, UnreadChecks.Check),
        Of(TranslationChecks.Check, FormatChecks.Check, ChoiceChecks.Check, WordChecks.Check, LimitChecks.Check),
    ];

    private static Action<LoadedFiles, ErrorList> Of(params Action<LoadedFiles, ErrorList>[] checks) => (files, errors) =>
    {
        foreach (var check in checks)
        {
            check(files, errors);
        }
    };
}
