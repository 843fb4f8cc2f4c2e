using System.Globalization;
using KkmpBot.Conversations;
using KkmpBot.Cooperatives;
using KkmpBot.Corrections;
using KkmpBot.Dialogs.Texts;
using KkmpBot.Ledger;
using KkmpBot.Orders;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Payments;

/// <summary>How an officer's word about money for orders is taken back: a payment that was found in the statement, and money that was given back.</summary>
internal static class UndoPayments
{
    /// <summary>Notes either act, so that <c>urungkan</c> finds it.</summary>
    /// <param name="turn">The officer's turn.</param>
    /// <param name="kind">How it is taken back: a key of <see cref="Slice.Undos"/>.</param>
    /// <param name="orderId">The order.</param>
    /// <param name="entry">What was booked.</param>
    public static void Note(Turn turn, string kind, long orderId, JournalEntry entry) =>
        OfficerAct.Note(turn, kind, string.Create(CultureInfo.InvariantCulture, $"{orderId}:{entry.Number}:{entry.Lines.Sum(line => line.DebitRupiah)}"));

    /// <summary>A payment by QRIS: it waits for the statement again, and the order for its money.</summary>
    /// <param name="subject">As <see cref="Note"/> wrote it.</param>
    /// <param name="turn">The officer's turn.</param>
    /// <param name="ct">Cancelled only when the process stops.</param>
    public static async ValueTask<string?> OfConfirmationAsync(string subject, Turn turn, CancellationToken ct)
    {
        var (order, entry, rupiah) = await HoldAsync(subject, turn, ct);
        var payment = await turn.Db.Set<Payment>().SingleAsync(row => row.OrderId == order.Id, ct);
        // Goods that went for it, or money that was given back, are built on it.
        if (payment.Status != PaymentStatus.Paid || order.PaidRupiah - order.UsedRupiah < rupiah || !await TakeBackAsync(turn, order, entry, ct))
            return null;
        order.PaidRupiah -= rupiah;
        var waits = order.Status == OrderStatus.Placed;
        (payment.Status, payment.SettledUtc, payment.SettledBy) = (waits ? PaymentStatus.Waiting : PaymentStatus.Void, waits ? null : turn.UtcNow, null);
        return $"Pembayaran QRIS pesanan {RunningNumber.Text(order.Number!.Value)}, {Rupiah.Write(rupiah)}";
    }

    /// <summary>Money that was given back: it waits at the counter again.</summary>
    /// <param name="subject">As <see cref="Note"/> wrote it.</param>
    /// <param name="turn">The officer's turn.</param>
    /// <param name="ct">Cancelled only when the process stops.</param>
    public static async ValueTask<string?> OfRefundAsync(string subject, Turn turn, CancellationToken ct)
    {
        var (order, entry, rupiah) = await HoldAsync(subject, turn, ct);
        if (order.UsedRupiah < rupiah || !await TakeBackAsync(turn, order, entry, ct))
            return null;
        order.UsedRupiah -= rupiah;
        return $"Pengembalian uang pesanan {RunningNumber.Text(order.Number!.Value)}, {Rupiah.Write(rupiah)}";
    }

    private static async Task<(Order Order, int Entry, long Rupiah)> HoldAsync(string subject, Turn turn, CancellationToken ct)
    {
        long[] noted = [.. subject.Split(':').Select(part => long.Parse(part, NumberStyles.None, CultureInfo.InvariantCulture))];
        return (await UndoOrders.HoldAsync(turn, noted[0], ct), (int)noted[1], noted[2]);
    }

    private static async Task<bool> TakeBackAsync(Turn turn, Order order, int entry, CancellationToken ct) =>
        (await TakeBack.RunAsync(turn, order.CooperativeId, entry, TakeBack.UndoneReason, isOwnUndo: true, ct)).Entry is not null;
}
