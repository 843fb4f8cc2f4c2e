using KkmpBot.Auditing;
using KkmpBot.Conversations;
using KkmpBot.Dialogs.Model;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Orders;

/// <summary>The chair plans pick-up times: so many orders for each two hours; 0 for no planned times.</summary>
public sealed class PlanPickup : ICapability
{
    private const int SlotMinutes = 120;

    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("hours.plan")
        .Takes("capacity", DialogType.Whole)
        .Gives("planned")
        .Gives("free");

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (turn.Caller is not { OfficerRole: "chair", CooperativeId: { } cooperativeId })
            throw new InvalidOperationException("Pick-up times are planned by the chair.");
        var plan = await turn.Db.Set<PickupPlan>().SingleOrDefaultAsync(row => row.CooperativeId == cooperativeId, ct);
        var capacity = (int)call.Whole("capacity");
        if (capacity == 0 && plan is not null)
            turn.Db.Remove(plan);
        if (capacity > 0)
        {
            if (plan is null)
                turn.Db.Add(plan = new PickupPlan { CooperativeId = cooperativeId });
            (plan.SlotMinutes, plan.Capacity) = (SlotMinutes, capacity);
        }

        await turn.Db.SaveChangesAsync(ct);
        await Audit.RecordAsync(turn, Description.Name, "pickup_plan", ct);
        return new Outcome(capacity > 0 ? "planned" : "free");
    }
}
