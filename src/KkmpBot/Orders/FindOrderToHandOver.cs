using KkmpBot.Auditing;
using KkmpBot.Conversations;
using KkmpBot.Cooperatives;
using KkmpBot.Dialogs.Model;
using KkmpBot.Members;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Orders;

/// <summary>One waiting order of the officer's cooperative with its lines, to check goods and money before handing over.</summary>
public sealed class FindOrderToHandOver : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("orders.find_to_hand_over")
        .Takes("order", DialogType.Text)
        .Gives("found", OrderRecord.Type)
        .Gives("not_waiting");

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (!OfficerRole.MayLook(turn.Caller) || turn.Caller.CooperativeId is not { } cooperativeId)
            return new Outcome("not_waiting");
        var number = RunningNumber.Read(call.Text("order"));
        var order = await turn.Db.Set<Order>().AsNoTracking().SingleOrDefaultAsync(
            row => row.CooperativeId == cooperativeId && row.Number == number && row.Status == OrderStatus.Placed, ct);
        if (order is null)
            return new Outcome("not_waiting");
        var member = await turn.Db.Set<Member>().AsNoTracking().SingleAsync(row => row.Id == order.MemberId, ct);
        var lines = await OrderBook.LinesAsync(turn.Db, order.Id, ct);
        await Audit.RecordAsync(turn, Description.Name, order.Subject, ct);
        return new Outcome("found", OrderRecord.Of(order, lines, turn.Vault.Open(member.FullName)));
    }
}
