using KkmpBot.Conversations;
using KkmpBot.Cooperatives;
using KkmpBot.Dialogs.Model;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Orders;

/// <summary>How one of the caller's orders stands, with its lines.</summary>
public sealed class ShowMyOrder : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("orders.show")
        .Takes("order", DialogType.Text)
        .Gives("waiting", OrderRecord.Type)
        .Gives("fetched", OrderRecord.Type)
        .Gives("cancelled", OrderRecord.Type)
        .Gives("expired", OrderRecord.Type);

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        // The number comes from the caller's own list: an order once placed is never removed.
        var number = RunningNumber.Read(call.Text("order"));
        var order = await turn.Db.Set<Order>().AsNoTracking()
            .Where(row => row.PersonId == turn.Caller.PersonId && row.Number == number)
            .OrderByDescending(row => row.PlacedUtc)
            .FirstAsync(ct);
        var record = OrderRecord.Of(order, await OrderBook.LinesAsync(turn.Db, order.Id, ct), buyer: "");
        return order.Status switch
        {
            OrderStatus.Placed => new Outcome("waiting", record),
            OrderStatus.HandedOver => new Outcome("fetched", record),
            OrderStatus.Cancelled => new Outcome("cancelled", record),
            OrderStatus.Expired => new Outcome("expired", record),
            _ => throw new InvalidOperationException($"Order {order.Id} has the unknown status '{order.Status}'."),
        };
    }
}
