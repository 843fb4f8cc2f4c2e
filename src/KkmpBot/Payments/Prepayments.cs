using System.Globalization;
using KkmpBot.Channels;
using KkmpBot.Conversations;
using KkmpBot.Cooperatives;
using KkmpBot.Ledger;
using KkmpBot.Orders;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Payments;

/// <summary>
/// Money that comes before the goods go. It stands as a liability (titipan pembeli) until they are fetched: only then is it a sale. What
/// is left of it when an order closes goes back to the savings it came from at once, or waits at the counter when it came by QRIS.
/// </summary>
internal static class Prepayments
{
    /// <summary>The notice that a payment arrived; the pick-up code goes with it.</summary>
    public const string PaidNotice = "order_paid";

    /// <summary>Begins the payment of an order that was just placed, and sends what the member needs: a QRIS code, or the pick-up code.</summary>
    /// <param name="turn">The turn that placed it.</param>
    /// <param name="order">Tracked; payable in its way.</param>
    /// <param name="ct">Cancelled only when the process stops.</param>
    public static async Task BeginAsync(Turn turn, Order order, CancellationToken ct)
    {
        if (order.Payment == PaymentWay.Qris)
        {
            turn.Attach(await RequestAsync(turn, order, ct));
            return;
        }

        turn.Attach(PickupCode.Picture(order.Number!.Value, order.Code!));
        if (order.Payment != PaymentWay.Sukarela)
            return;
        order.PaidRupiah = order.TotalRupiah;
        var taken = EntryDraft.For(turn, order.CooperativeId, "prepaid_from_sukarela", Reference(order))
            .Debit(Account.Sukarela, order.TotalRupiah, order.MemberId)
            .Credit(Account.Prepayments, order.TotalRupiah, order.MemberId);
        await Books.PostAsync(turn.Db, taken, ct);
    }

    /// <summary>What an order closed unfetched leaves: the unused part goes back where it came from.</summary>
    /// <param name="turn">The turn.</param>
    /// <param name="order">Held and closed.</param>
    /// <param name="ct">Cancelled only when the process stops.</param>
    public static async Task ReturnAsync(Turn turn, Order order, CancellationToken ct)
    {
        if (order.Payment == PaymentWay.Qris)
        {
            await turn.Db.Set<Payment>()
                .Where(payment => payment.OrderId == order.Id && payment.Status == PaymentStatus.Waiting)
                .ExecuteUpdateAsync(
                    set => set.SetProperty(payment => payment.Status, PaymentStatus.Void).SetProperty(payment => payment.SettledUtc, turn.UtcNow), ct);
            return;
        }

        var unused = order.PaidRupiah - order.UsedRupiah;
        if (unused == 0)
            return;
        order.UsedRupiah = order.PaidRupiah;
        var back = new EntryDraft(order.CooperativeId, "prepaid_returned", $"{turn.ActKey}:prepaid_returned", turn.UtcNow, By(turn)) { Reference = Reference(order) }
            .Debit(Account.Prepayments, unused, order.MemberId)
            .Credit(order.Payment == PaymentWay.Waste ? Account.WasteSavings : Account.Sukarela, unused, order.MemberId);
        await Books.PostAsync(turn.Db, back, ct);
    }

    /// <summary>
    /// Money for an order has come into the account: somebody who can know it says so. It is booked once, and the member is told. For an
    /// order that was closed before, it waits to be given back.
    /// </summary>
    /// <param name="turn">The turn.</param>
    /// <param name="payment">Which payment.</param>
    /// <param name="actKey">The act that found it.</param>
    /// <param name="ct">Cancelled only when the process stops.</param>
    /// <returns>What was booked; null when it was settled before.</returns>
    public static async Task<JournalEntry?> SettleAsync(Turn turn, Payment payment, string actKey, CancellationToken ct)
    {
        // The order's row first, as everywhere: whoever closes the order holds it too.
        await turn.Db.Set<Order>().Where(row => row.Id == payment.OrderId)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Status, row => row.Status), ct);
        var settled = await turn.Db.Set<Payment>()
            .Where(row => row.Id == payment.Id && row.Status != PaymentStatus.Paid)
            .ExecuteUpdateAsync(
                set => set
                    .SetProperty(row => row.Status, PaymentStatus.Paid)
                    .SetProperty(row => row.SettledUtc, turn.UtcNow)
                    .SetProperty(row => row.SettledBy, By(turn)),
                ct);
        if (settled == 0)
            return null;
        var order = await turn.Db.Set<Order>().SingleAsync(row => row.Id == payment.OrderId, ct);
        order.PaidRupiah += payment.Rupiah;
        if (order is { Status: OrderStatus.Placed, PersonId: { } personId })
            turn.Notify(personId, PaidNotice, OrderRecord.NewsOf(order), PickupCode.Picture(order.Number!.Value, order.Code!));
        var received = new EntryDraft(order.CooperativeId, "qris_received", actKey, turn.UtcNow, By(turn)) { Reference = payment.Reference }
            .Debit(Account.Bank, payment.Rupiah)
            .Credit(Account.Prepayments, payment.Rupiah, order.MemberId);
        return await Books.PostAsync(turn.Db, received, ct);
    }

    /// <summary>The QRIS code of a waiting payment, as a picture.</summary>
    /// <param name="turn">The turn.</param>
    /// <param name="payment">The payment.</param>
    /// <param name="ct">Cancelled only when the process stops.</param>
    public static async Task<OutboundFile> PictureAsync(Turn turn, Payment payment, CancellationToken ct)
    {
        var code = await turn.Db.Set<QrisCode>().AsNoTracking().SingleAsync(row => row.CooperativeId == payment.CooperativeId, ct);
        var text = (Qris.Parse(code.Payload, out _) ?? throw new InvalidOperationException($"The QRIS code of cooperative {code.CooperativeId} cannot be read."))
            .For(payment.Rupiah, payment.Reference);
        return new OutboundFile($"qris-{payment.Reference}.png", "image/png", PickupCode.Draw(text));
    }

    private static async Task<OutboundFile> RequestAsync(Turn turn, Order order, CancellationToken ct)
    {
        var payment = new Payment
        {
            OrderId = order.Id,
            CooperativeId = order.CooperativeId,
            Reference = string.Create(CultureInfo.InvariantCulture, $"K{order.CooperativeId}-{order.Number:000000}"),
            Rupiah = order.TotalRupiah,
            CreatedUtc = turn.UtcNow,
        };
        turn.Db.Add(payment);
        await turn.Db.SaveChangesAsync(ct);
        return await PictureAsync(turn, payment, ct);
    }

    private static string Reference(Order order) => RunningNumber.Text(order.Number!.Value);

    // The provider's report is nobody's turn.
    private static long? By(Turn turn) => turn.Caller.PersonId == 0 ? null : turn.Caller.PersonId;
}
