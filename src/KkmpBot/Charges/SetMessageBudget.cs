using System.Globalization;
using KkmpBot.Auditing;
using KkmpBot.Conversations;
using KkmpBot.Data;
using KkmpBot.Dialogs.Model;
using KkmpBot.Members;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Charges;

/// <summary>Sets what the cooperative may spend on messages a month.</summary>
public sealed class SetMessageBudget : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } =
        new CapabilityDescription("charges.set_budget").Takes("budget", DialogType.Money).Gives("set").Gives("not_allowed");

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (!OfficerRole.MayTakeMoney(turn.Caller) || turn.Caller.CooperativeId is not { } cooperativeId)
            return new Outcome("not_allowed");
        var budget = await turn.Db.Set<MessageBudget>().SingleOrDefaultAsync(row => row.CooperativeId == cooperativeId, ct);
        if (budget is null)
            turn.Db.Add(budget = new MessageBudget { CooperativeId = cooperativeId });
        (budget.MonthlyRupiah, budget.ChangedBy, budget.ChangedUtc) = (call.Rupiah("budget"), turn.Caller.PersonId, turn.UtcNow);
        await Audit.RecordAsync(turn, Description.Name, string.Create(CultureInfo.InvariantCulture, $"rupiah:{budget.MonthlyRupiah}"), ct);
        return new Outcome("set");
    }
}
