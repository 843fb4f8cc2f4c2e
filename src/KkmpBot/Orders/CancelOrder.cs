using KkmpBot.Conversations;
using KkmpBot.Cooperatives;
using KkmpBot.Dialogs.Model;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Orders;

/// <summary>
/// The caller takes an order of theirs back; its goods are free again, and what was paid goes back. Too late once it was fetched or has
/// expired.
/// </summary>
public sealed class CancelOrder : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("orders.cancel")
        .Takes("order", DialogType.Text)
        .Gives("cancelled")
        .Gives("cancelled_returned")
        .Gives("cancelled_refund_due")
        .Gives("too_late");

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        var number = RunningNumber.Read(call.Text("order"));
        var orderId = await turn.Db.Set<Order>()
            .Where(row => row.PersonId == turn.Caller.PersonId && row.Number == number && row.Status == OrderStatus.Placed)
            .Select(row => (long?)row.Id)
            .FirstOrDefaultAsync(ct);
        if (orderId is not { } id || await OrderBook.HoldAsync(turn.Db, id, ct) is not { } order)
            return new Outcome("too_late");
        var wasPaid = order.PaidRupiah > order.UsedRupiah;
        await OrderBook.CloseUnfetchedAsync(turn, order, OrderStatus.Cancelled, ct);
        return new Outcome(!wasPaid ? "cancelled" : order.PaidRupiah == order.UsedRupiah ? "cancelled_returned" : "cancelled_refund_due");
    }
}
