using System.Globalization;
using KkmpBot.Conversations;
using KkmpBot.Dialogs.Model;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Alerts;

/// <summary>The caller's alerts, the oldest first.</summary>
public sealed class ListAlerts : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("alerts.mine").Gives("listed", AlertRecord.Items);

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        var alerts = await turn.Db.Set<Alert>().AsNoTracking()
            .Where(alert => alert.PersonId == turn.Caller.PersonId).OrderBy(alert => alert.Id).Take(AlertRules.MaxPerPerson).ToListAsync(ct);
        var watched = await WatchedPrices.ReadAsync(turn.Db, alerts, turn.UtcNow, ct);
        return new Outcome("listed", new ListValue([.. alerts.Select(alert => AlertRecord.ItemOf(
            alert, watched.GetValueOrDefault(alert.Subject) ?? new Watched(AlertRecord.Short(Prices.MarketFile.NameOf(alert.Goods)), "-", 0)))]));
    }
}

/// <summary>Makes an alert of the caller quiet, or lets it speak again.</summary>
public sealed class PauseAlert : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("alerts.pause")
        .Takes("alert", DialogType.Text).Gives("paused").Gives("resumed").Gives("gone");

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (await OwnAlert.FindAsync(call, turn, ct) is not { } alert)
            return new Outcome("gone");
        if (alert.State != AlertState.Paused)
        {
            (alert.State, alert.DueUtc) = (AlertState.Paused, null);
            return new Outcome("paused");
        }
        await AlertRules.ResumeAsync(turn.Db, alert, turn.UtcNow, ct);
        // Whoever wants one alert again wants alerts again.
        await Members.Consents.GiveAsync(turn, Members.ConsentPurpose.Alerts, SetAlert.TextVersion, ct);
        return new Outcome("resumed");
    }
}

/// <summary>Takes an alert of the caller away; one that is gone already is as good.</summary>
public sealed class RemoveAlert : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("alerts.remove").Takes("alert", DialogType.Text).Gives("removed");

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (await OwnAlert.FindAsync(call, turn, ct) is { } alert)
            turn.Db.Remove(alert);
        return new Outcome("removed");
    }
}

/// <summary>Takes all alerts of the caller away.</summary>
public sealed class RemoveAllAlerts : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("alerts.remove_all").Gives("removed");

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        await turn.Db.Set<Alert>().Where(alert => alert.PersonId == turn.Caller.PersonId).ExecuteDeleteAsync(ct);
        return new Outcome("removed");
    }
}

/// <summary>Finds the alert that a call names, of the caller only.</summary>
internal static class OwnAlert
{
    public static async Task<Alert?> FindAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        var id = long.Parse(call.Text("alert"), CultureInfo.InvariantCulture);
        return await turn.Db.Set<Alert>().SingleOrDefaultAsync(alert => alert.Id == id && alert.PersonId == turn.Caller.PersonId, ct);
    }
}
