using KkmpBot.Conversations;
using KkmpBot.Dialogs.Model;
using KkmpBot.Members;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Alerts;

/// <summary>
/// Makes an alert that the caller looked at. Saying yes is their consent to be sent alerts, recorded for itself; the same alert twice is one.
/// </summary>
public sealed class SetAlert : ICapability
{
    /// <summary>The version of the words that are agreed to, in the dialog's confirmation.</summary>
    public const string TextVersion = "alerts-1";

    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("alerts.set")
        .Takes("offer", AlertRecord.Offer).Gives("set").Gives("gone").Gives("too_many");

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        var offer = call.Record("offer");
        var (kind, percent) = (offer.Text("kind"), (int)((WholeValue)offer.Fields["percent"]).Number);
        var rupiah = ((MoneyValue)offer.Fields["rupiah"]).Rupiah;
        var subject = offer.Text("subject");
        // Read anew: the price may have moved between the question and the yes.
        var found = await PrepareAlert.FindAsync(turn, subject, kind, 0, percent == 0 ? null : percent, ct);
        if (found is not { } ready)
            return new Outcome("gone");
        var own = turn.Db.Set<Alert>().Where(row => row.PersonId == turn.Caller.PersonId);
        if (await own.CountAsync(ct) >= AlertRules.MaxPerPerson)
            return new Outcome("too_many");
        ready.Alert.Rupiah = rupiah;
        AlertRules.Arm(ready.Alert, ready.Watched.Rupiah);
        await Consents.GiveAsync(turn, ConsentPurpose.Alerts, TextVersion, ct);
        var same = await own.FirstOrDefaultAsync(
            row => row.Subject == ready.Alert.Subject && row.Kind == kind && row.Rupiah == rupiah && row.Percent == ready.Alert.Percent, ct);
        if (same is null)
            turn.Db.Add(ready.Alert);
        else
            AlertRules.Arm(same, ready.Watched.Rupiah);
        return new Outcome("set");
    }
}
