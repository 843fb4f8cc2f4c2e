using KkmpBot.Conversations;
using KkmpBot.Cooperatives;
using KkmpBot.Dialogs.Model;
using KkmpBot.Payments;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Orders;

/// <summary>Sends the caller again what their order needs: the pick-up code as a picture, or the QRIS code while it is not paid.</summary>
public sealed class SendCode : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("orders.send_code")
        .Takes("order", DialogType.Text)
        .Gives("pickup", OrderRecord.Type)
        .Gives("qris", OrderRecord.Type)
        .Gives("not_waiting");

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        var number = RunningNumber.Read(call.Text("order"));
        var order = await turn.Db.Set<Order>().AsNoTracking()
            .Where(row => row.PersonId == turn.Caller.PersonId && row.Number == number && row.Status == OrderStatus.Placed)
            .FirstOrDefaultAsync(ct);
        if (order is null)
            return new Outcome("not_waiting");
        var record = OrderRecord.Of(order, await OrderBook.LinesAsync(turn.Db, order.Id, ct), buyer: "");
        if (order is { Payment: PaymentWay.Qris, PaidRupiah: 0 })
        {
            var payment = await turn.Db.Set<Payment>().AsNoTracking().SingleAsync(row => row.OrderId == order.Id, ct);
            turn.Attach(await Prepayments.PictureAsync(turn, payment, ct));
            return new Outcome("qris", record);
        }

        turn.Attach(PickupCode.Picture(order.Number!.Value, order.Code!));
        return new Outcome("pickup", record);
    }
}
