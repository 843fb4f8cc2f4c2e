using KkmpBot.Auditing;
using KkmpBot.Conversations;
using KkmpBot.Dialogs.Model;
using KkmpBot.Members;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Orders;

/// <summary>The orders that wait at the officer's counter, those that expire first on top; empty for anybody who is no officer.</summary>
public sealed class ListOrdersToHandOver : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("orders.to_hand_over").Gives("listed", OrderRecord.ListType);

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (!OfficerRole.MayLook(turn.Caller) || turn.Caller.CooperativeId is not { } cooperativeId)
            return new Outcome("listed", new ListValue([]));
        var rows = await turn.Db.Set<Order>().AsNoTracking()
            .Where(order => order.CooperativeId == cooperativeId && order.Status == OrderStatus.Placed)
            .OrderBy(order => order.KeptUntilUtc).ThenBy(order => order.Number)
            .Take(OrderRecord.MaxListed)
            .ToListAsync(ct);
        if (rows.Count > 0)
            await Audit.RecordAsync(turn, Description.Name, string.Join(' ', rows.Select(order => order.Subject)), ct);
        var buyers = await OrderRecord.BuyersAsync(turn, rows, ct);
        return new Outcome("listed", new ListValue([.. rows.Zip(buyers, (order, buyer) => OrderRecord.ToHandOver(order, [], buyer))]));
    }
}
