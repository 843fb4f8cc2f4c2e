using KkmpBot.Dialogs.Model;
using KkmpBot.Dialogs.Texts;

namespace KkmpBot.Dialogs.Turns;

/// <summary>Holds an answer against the least and the most that its question allows.</summary>
internal static class Limiting
{
    /// <summary>The phrase that says what is allowed; null when the answer is within its limits.</summary>
    public static (string Phrase, RecordValue Values)? Problem(Walk walk, AskState ask, DialogType type, Value answer)
    {
        var min = Limit(ask.Limits.Min, type, walk);
        var max = Limit(ask.Limits.Max, type, walk);
        if ((min is null || Values.Compare(answer, min) >= 0) && (max is null || Values.Compare(answer, max) <= 0))
        {
            return null;
        }

        var phrase = (min, max) switch
        {
            (not null, not null) => MachinePhrases.RetryRange,
            (not null, null) => MachinePhrases.RetryMin,
            _ => MachinePhrases.RetryMax,
        };
        return (phrase, RecordValue.Of(("min", Written(min, type, walk)), ("max", Written(max, type, walk))));
    }

    private static Value? Limit(Operand? limit, DialogType type, Walk walk) => limit is null ? null : Values.Of(limit, type, walk.Names);

    private static TextValue Written(Value? limit, DialogType type, Walk walk) =>
        new(limit is null ? "" : ValueFormat.Write(type, limit, null, walk.Language));
}
