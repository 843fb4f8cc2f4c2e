using KkmpBot.Conversations;
using KkmpBot.Dialogs.Model;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Orders;

/// <summary>The caller's orders: those that wait first, then the last ones, youngest first.</summary>
public sealed class ListMyOrders : ICapability
{
    /// <summary>A person looks for a recent order; older ones are the office's business.</summary>
    private const int MaxMine = 8;

    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("orders.mine").Gives("listed", OrderRecord.ListType);

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        var orders = await turn.Db.Set<Order>().AsNoTracking()
            .Where(order => order.PersonId == turn.Caller.PersonId && order.Status != OrderStatus.Draft)
            .OrderByDescending(order => order.Status == OrderStatus.Placed).ThenByDescending(order => order.PlacedUtc)
            .Take(MaxMine)
            .ToListAsync(ct);
        return new Outcome("listed", new ListValue([.. orders.Select(order => OrderRecord.Of(order, [], buyer: ""))]));
    }
}
