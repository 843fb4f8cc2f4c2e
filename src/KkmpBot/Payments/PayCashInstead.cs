using KkmpBot.Auditing;
using KkmpBot.Conversations;
using KkmpBot.Cooperatives;
using KkmpBot.Dialogs.Model;
using KkmpBot.Members;
using KkmpBot.Orders;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Payments;

/// <summary>A buyer who meant to pay by QRIS pays cash at the counter: the code no longer counts.</summary>
public sealed class PayCashInstead : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("payments.pay_cash")
        .Takes("order", DialogType.Text)
        .Gives("changed", OrderRecord.Type)
        .Gives("not_needed")
        .Gives("not_waiting")
        .Gives("not_allowed");

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (!OfficerRole.MayMoveGoods(turn.Caller) || turn.Caller.CooperativeId is not { } cooperativeId)
            return new Outcome("not_allowed");
        if (await OrderBook.HoldAsync(turn.Db, cooperativeId, RunningNumber.Read(call.Text("order")), ct) is not { } order)
            return new Outcome("not_waiting");
        if (order is not { Payment: PaymentWay.Qris, PaidRupiah: 0 })
            return new Outcome("not_needed");
        await turn.Db.Set<Payment>()
            .Where(payment => payment.OrderId == order.Id && payment.Status == PaymentStatus.Waiting)
            .ExecuteUpdateAsync(
                set => set
                    .SetProperty(payment => payment.Status, PaymentStatus.Void)
                    .SetProperty(payment => payment.SettledUtc, turn.UtcNow)
                    .SetProperty(payment => payment.SettledBy, turn.Caller.PersonId),
                ct);
        order.Payment = PaymentWay.Cash;
        await turn.Db.SaveChangesAsync(ct);
        await Audit.RecordAsync(turn, Description.Name, order.Subject, ct);
        var lines = await OrderBook.LinesAsync(turn.Db, order.Id, ct);
        var rest = lines.Where(line => line.Line.HandedMilli < line.Line.QuantityMilli).ToList();
        return new Outcome("changed", OrderRecord.ToHandOver(order, rest, await OrderRecord.BuyerAsync(turn, order, ct)));
    }
}
