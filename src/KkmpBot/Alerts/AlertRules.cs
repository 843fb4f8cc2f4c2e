using KkmpBot.Conversations;
using KkmpBot.Data;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Alerts;

/// <summary>What holds for every alert: how many there may be, when one speaks, and how it starts.</summary>
public static class AlertRules
{
    /// <summary>Alerts of one person: more would be a newspaper.</summary>
    public const int MaxPerPerson = 10;

    /// <summary>The least change in percent that may be watched.</summary>
    public const int MinPercent = 1;

    /// <summary>The largest.</summary>
    public const int MaxPercent = 90;

    /// <summary>True when a price is one that the alert speaks at.</summary>
    /// <param name="alert">The alert.</param>
    /// <param name="rupiah">The price.</param>
    public static bool IsReached(Alert alert, long rupiah) => rupiah <= alert.FiresAtMost || rupiah >= alert.FiresAtLeast;

    /// <summary>Makes an alert wait for what it was asked for, from a price on. What is so already was said when it was made: it is spent until it is not.</summary>
    /// <param name="alert">With its kind, price and percent.</param>
    /// <param name="now">The price now; for stock 1 or 0.</param>
    public static void Arm(Alert alert, long now)
    {
        (long? AtMost, long? AtLeast) fires = alert.Kind switch
        {
            AlertKind.Below => (alert.Rupiah - 1, null),
            AlertKind.AtMost => (alert.Rupiah, null),
            AlertKind.Above => (null, alert.Rupiah + 1),
            AlertKind.AtLeast => (null, alert.Rupiah),
            AlertKind.InStock => (null, 1),
            AlertKind.Change when alert.Percent is { } percent => (now * (100 - percent) / 100, ((now * (100 + percent)) + 99) / 100),
            _ => throw new InvalidOperationException($"There is no alert '{alert.Kind}'."),
        };
        (alert.FiresAtMost, alert.FiresAtLeast) = fires;
        alert.ReferenceRupiah = alert.Kind == AlertKind.Change ? now : 0;
        alert.State = IsReached(alert, now) ? AlertState.Spent : AlertState.Armed;
        (alert.DueUtc, alert.WasRupiah) = (null, 0);
    }

    /// <summary>Makes all alerts of a person quiet, at once: what waits to be told is not told.</summary>
    /// <param name="turn">The person's turn.</param>
    /// <param name="ct">Gives up.</param>
    /// <returns>How many.</returns>
    public static Task<int> PauseAllAsync(Turn turn, CancellationToken ct) =>
        turn.Db.Set<Alert>().Where(alert => alert.PersonId == turn.Caller.PersonId && alert.State != AlertState.Paused)
            .ExecuteUpdateAsync(set => set.SetProperty(alert => alert.State, AlertState.Paused).SetProperty(alert => alert.DueUtc, (DateTime?)null), ct);

    /// <summary>Lets all quiet alerts of a person speak again.</summary>
    /// <param name="turn">The person's turn.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task ResumeAllAsync(Turn turn, CancellationToken ct)
    {
        foreach (var alert in await turn.Db.Set<Alert>().Where(row => row.PersonId == turn.Caller.PersonId && row.State == AlertState.Paused).ToListAsync(ct))
            await ResumeAsync(turn.Db, alert, turn.UtcNow, ct);
    }

    /// <summary>Lets a quiet alert speak again, from the price of today on.</summary>
    /// <param name="db">The turn's database.</param>
    /// <param name="alert">The alert, tracked.</param>
    /// <param name="utcNow">The time of the turn.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task ResumeAsync(KkmpDbContext db, Alert alert, DateTime utcNow, CancellationToken ct)
    {
        var known = await WatchedPrices.ReadAsync(db, [alert], utcNow, ct);
        // What is no longer sold and priced is armed again by its next price.
        if (known.TryGetValue(alert.Subject, out var watched))
            Arm(alert, watched.Rupiah);
    }
}
