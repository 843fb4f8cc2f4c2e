namespace KkmpBot.Conversations;

/// <summary>What a person may still do in this minute.</summary>
public enum BudgetLeft
{
    /// <summary>Turns are left.</summary>
    Some,
    /// <summary>None is left, and they are to be told so once.</summary>
    OneWord,
    /// <summary>They were told: nothing more is said until the minute is over.</summary>
    Silence,
}

/// <summary>
/// Turns of each person in the minute that runs, in memory and for this copy of the program alone: looked at in a turn, counted after its
/// commit, so that a turn may be run again. A loop between two bots is a conversation faster than anybody types. Safe for concurrent use.
/// </summary>
/// <param name="settings">How many turns a minute has.</param>
public sealed class TurnBudget(TurnSettings settings)
{
    /// <summary>Turns of a minute: one a second, for a whole minute.</summary>
    public const int DefaultPerMinute = 60;

    /// <summary>People counted; beyond that nobody else is until the minute is over.</summary>
    public const int MaxPeople = 200_000;

    private readonly Lock gate = new();
    private readonly Dictionary<long, int> spent = [];
    private long minute;

    /// <summary>What is left; changes nothing.</summary>
    /// <param name="personId">The person.</param>
    /// <param name="utcNow">The time of the turn.</param>
    public BudgetLeft Look(long personId, DateTime utcNow)
    {
        if (settings.PerPersonPerMinute <= 0)
            return BudgetLeft.Some;
        lock (gate)
        {
            var turns = MinuteOf(utcNow) == minute ? spent.GetValueOrDefault(personId) : 0;
            return turns < settings.PerPersonPerMinute ? BudgetLeft.Some
                : turns == settings.PerPersonPerMinute ? BudgetLeft.OneWord
                : BudgetLeft.Silence;
        }
    }

    /// <summary>Counts a committed turn.</summary>
    /// <param name="personId">The person.</param>
    /// <param name="utcNow">When.</param>
    public void Spend(long personId, DateTime utcNow)
    {
        if (settings.PerPersonPerMinute <= 0)
            return;
        lock (gate)
        {
            var now = MinuteOf(utcNow);
            if (now != minute)
            {
                spent.Clear();
                minute = now;
            }
            if (spent.Count < MaxPeople || spent.ContainsKey(personId))
                spent[personId] = spent.GetValueOrDefault(personId) + 1;
        }
    }

    private static long MinuteOf(DateTime utcNow) => utcNow.Ticks / TimeSpan.TicksPerMinute;
}
