using System.Globalization;
using KkmpBot.Auditing;
using KkmpBot.Conversations;
using KkmpBot.Cooperatives;
using KkmpBot.Dialogs.Model;
using KkmpBot.Ledger;
using KkmpBot.Members;
using KkmpBot.Orders;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Payments;

/// <summary>A payment by QRIS, or money to be given back, as an officer sees it.</summary>
internal static class PaymentRecord
{
    /// <summary>What one list shows; the rest follows when these are settled.</summary>
    public const int MaxListed = 30;

    /// <summary>The record: the order's number, its buyer, the amount, the reference in the code.</summary>
    public static DialogType Type { get; } = DialogType.Record(
        "payment",
        ("key", DialogType.TextOf(20)),
        ("no", DialogType.TextOf(10)),
        ("buyer", DialogType.TextOf(30)),
        ("amount", DialogType.Money),
        ("reference", DialogType.TextOf(20)));

    /// <summary>All of them, oldest first.</summary>
    public static DialogType ListType { get; } = DialogType.List("payments", Type, MaxListed);

    /// <summary>The records of orders.</summary>
    /// <param name="turn">The officer's turn.</param>
    /// <param name="rows">Order, amount and reference.</param>
    /// <param name="ct">Cancelled only when the process stops.</param>
    public static async Task<ListValue> OfAsync(Turn turn, IReadOnlyList<(Order Order, long Rupiah, string Reference)> rows, CancellationToken ct)
    {
        var buyers = await OrderRecord.BuyersAsync(turn, [.. rows.Select(row => row.Order)], ct);
        return new ListValue([.. rows.Zip(buyers, (row, buyer) => RecordValue.Of(
            ("key", new TextValue(row.Order.Id.ToString(CultureInfo.InvariantCulture))),
            ("no", new TextValue(RunningNumber.Text(row.Order.Number!.Value))),
            ("buyer", new TextValue(CartRecord.Shortened(buyer, 30))),
            ("amount", new MoneyValue(row.Rupiah)),
            ("reference", new TextValue(row.Reference))))]);
    }
}

/// <summary>The QRIS payments of the officer's cooperative that nobody has seen in the statement yet.</summary>
public sealed class ListWaitingPayments : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("payments.waiting").Gives("listed", PaymentRecord.ListType);

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (!OfficerRole.MayTakeMoney(turn.Caller))
            return new Outcome("listed", new ListValue([]));
        var rows = await turn.Db.Set<Payment>().AsNoTracking()
            .Where(payment => payment.CooperativeId == turn.Caller.CooperativeId && payment.Status == PaymentStatus.Waiting)
            .OrderBy(payment => payment.Id)
            .Take(PaymentRecord.MaxListed)
            .Join(turn.Db.Set<Order>(), payment => payment.OrderId, order => order.Id, (payment, order) => new { payment, order })
            .ToListAsync(ct);
        var listed = rows.OrderBy(row => row.payment.Id).Select(row => (row.order, row.payment.Rupiah, row.payment.Reference));
        return new Outcome("listed", await PaymentRecord.OfAsync(turn, [.. listed], ct));
    }
}

/// <summary>An officer found a QRIS payment in the account's statement: it is paid and booked, and the member gets the pick-up code.</summary>
public sealed class ConfirmQris : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("payments.confirm")
        .Takes("payment", DialogType.Text)
        .Gives("paid")
        .Gives("settled_before");

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        var orderId = long.Parse(call.Text("payment"), CultureInfo.InvariantCulture);
        var payment = await turn.Db.Set<Payment>().AsNoTracking().SingleOrDefaultAsync(
            row => row.OrderId == orderId && row.CooperativeId == turn.Caller.CooperativeId && row.Status == PaymentStatus.Waiting, ct);
        if (payment is null || !OfficerRole.MayTakeMoney(turn.Caller))
            return new Outcome("settled_before");
        await Audit.RecordAsync(turn, Description.Name, $"payment:{payment.Id.ToString(CultureInfo.InvariantCulture)}", ct);
        if (await Prepayments.SettleAsync(turn, payment, $"{turn.ActKey}:qris_received", ct) is not { } entry)
            return new Outcome("settled_before");
        UndoPayments.Note(turn, Description.Name, orderId, entry);
        return new Outcome("paid");
    }
}

/// <summary>Money that came by QRIS for goods that were never fetched: it waits to be given back at the counter.</summary>
public sealed class ListRefunds : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("payments.refunds").Gives("listed", PaymentRecord.ListType);

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (!OfficerRole.MayTakeMoney(turn.Caller))
            return new Outcome("listed", new ListValue([]));
        var orders = await turn.Db.Set<Order>().AsNoTracking()
            .Where(order => order.CooperativeId == turn.Caller.CooperativeId && order.Status != OrderStatus.Placed && order.PaidRupiah > order.UsedRupiah)
            .OrderBy(order => order.Id).Take(PaymentRecord.MaxListed).ToListAsync(ct);
        return new Outcome("listed", await PaymentRecord.OfAsync(turn, [.. orders.Select(order => (order, order.PaidRupiah - order.UsedRupiah, ""))], ct));
    }
}

/// <summary>An officer gives such money back in cash.</summary>
public sealed class PayRefund : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("payments.refund")
        .Takes("payment", DialogType.Text)
        .Gives("refunded")
        .Gives("settled_before");

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        var id = long.Parse(call.Text("payment"), CultureInfo.InvariantCulture);
        var due = turn.Db.Set<Order>().Where(row => row.Id == id && row.CooperativeId == turn.Caller.CooperativeId && row.Status != OrderStatus.Placed);
        await due.ExecuteUpdateAsync(set => set.SetProperty(row => row.Status, row => row.Status), ct);
        if (!OfficerRole.MayTakeMoney(turn.Caller) || await due.SingleOrDefaultAsync(row => row.PaidRupiah > row.UsedRupiah, ct) is not { } order)
            return new Outcome("settled_before");
        var rupiah = order.PaidRupiah - order.UsedRupiah;
        order.UsedRupiah = order.PaidRupiah;
        await turn.Db.SaveChangesAsync(ct);
        await Audit.RecordAsync(turn, Description.Name, order.Subject, ct);
        var paid = EntryDraft.For(turn, order.CooperativeId, "prepaid_refunded", RunningNumber.Text(order.Number!.Value))
            .Debit(Account.Prepayments, rupiah, order.MemberId)
            .Credit(Account.Cash, rupiah);
        UndoPayments.Note(turn, Description.Name, order.Id, await Books.PostAsync(turn.Db, paid, ct));
        return new Outcome("refunded");
    }
}
