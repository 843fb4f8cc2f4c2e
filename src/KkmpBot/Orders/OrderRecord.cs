using KkmpBot.Catalog;
using KkmpBot.Conversations;
using KkmpBot.Cooperatives;
using KkmpBot.Dialogs.Model;
using KkmpBot.Members;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Orders;

/// <summary>A placed order as the dialogs and the news know it.</summary>
internal static class OrderRecord
{
    /// <summary>The most orders that one list shows, youngest or most urgent first.</summary>
    public const int MaxListed = 30;

    /// <summary>The longest name of a buyer that an officer is shown.</summary>
    public const int MaxBuyerLength = 40;

    private static readonly DialogType Codes = DialogType.List(
        "pickup_codes", DialogType.Record("pickup_code", ("code", DialogType.TextOf(PickupCode.MaxLength))), 1);

    /// <summary>
    /// An order: <c>key</c> and <c>no</c> are its number, <c>placed</c> the day of ordering, <c>until</c> the last day it is kept,
    /// <c>buyer</c> the member's name (empty in the member's own list), <c>code</c> what the member shows (in <c>codes</c> too, unless it waits for money by QRIS), <c>due</c> what is still to be
    /// paid; one of <c>to_pay</c> (cash), <c>paid</c> and <c>unpaid_qris</c> has an item.
    /// </summary>
    public static DialogType Type { get; } = DialogType.Record(
        "order",
        ("key", DialogType.TextOf(10)),
        ("no", DialogType.TextOf(10)),
        ("buyer", DialogType.TextOf(MaxBuyerLength)),
        ("total", DialogType.Money),
        ("due", DialogType.Money),
        ("to_pay", PaymentMark.Type),
        ("paid", PaymentMark.Type),
        ("unpaid_qris", PaymentMark.Type),
        ("code", DialogType.TextOf(PickupCode.MaxLength)),
        ("codes", Codes),
        ("placed", DialogType.Date),
        ("until", DialogType.Date),
        ("lines", CartRecord.Lines));

    /// <summary>Orders.</summary>
    public static DialogType ListType { get; } = DialogType.List("orders", Type, MaxListed);

    /// <summary>What news about an order say of it.</summary>
    public static DialogType News { get; } = DialogType.Record(
        "order_news",
        ("no", DialogType.TextOf(10)),
        ("total", DialogType.Money),
        ("code", DialogType.TextOf(PickupCode.MaxLength)),
        ("until", DialogType.Date));

    /// <summary>The record of a placed order.</summary>
    /// <param name="order">The order.</param>
    /// <param name="lines">Its lines.</param>
    /// <param name="buyer">The member's name, for officers.</param>
    public static RecordValue Of(Order order, IReadOnlyList<NamedLine> lines, string buyer) => Of(order, CartRecord.LinesOf(lines), buyer, DueOf(order), CodeOf(order));

    /// <summary>The record of what is still to be handed over, for an officer: without the code, which only the member tells.</summary>
    /// <param name="order">The order.</param>
    /// <param name="lines">The lines of which something is left.</param>
    /// <param name="buyer">The member's name.</param>
    public static RecordValue ToHandOver(Order order, IReadOnlyList<NamedLine> lines, string buyer)
    {
        var rest = lines.Select(line => (line.Product, Milli: line.Line.QuantityMilli - line.Line.HandedMilli, Price: line.Line.PriceRupiah,
            Rupiah: line.SubtotalRupiah - Quantities.Cost(line.Line.PriceRupiah, line.Line.HandedMilli))).ToList();
        var due = Math.Max(0, rest.Sum(line => line.Rupiah) - (order.PaidRupiah - order.UsedRupiah));
        var list = new ListValue([.. rest.Select(line => CartRecord.LineOf(line.Product, line.Milli, line.Price, line.Rupiah))]);
        return Of(order, list, buyer, due, code: "");
    }

    /// <summary>The record of what could be brought back of a fetched order, for an officer.</summary>
    /// <param name="order">The order.</param>
    /// <param name="lines">The lines of which something is with the buyer.</param>
    /// <param name="buyer">The member's name.</param>
    public static RecordValue ToReturn(Order order, IReadOnlyList<NamedLine> lines, string buyer)
    {
        var list = lines.Select(line => CartRecord.LineOf(
            line.Product, Returning.LeftMilli(line), line.Line.PriceRupiah, Returning.PriceOf(line, Returning.LeftMilli(line))));
        return Of(order, new ListValue([.. list]), buyer, due: 0, code: "");
    }

    /// <summary>The record of news about an order.</summary>
    /// <param name="order">The order.</param>
    public static RecordValue NewsOf(Order order) => NewsOf(order, order.TotalRupiah);

    /// <summary>The record of news about a part of an order's money.</summary>
    /// <param name="order">The order.</param>
    /// <param name="rupiah">The money that the news are about.</param>
    public static RecordValue NewsOf(Order order, long rupiah) => RecordValue.Of(
        ("no", new TextValue(RunningNumber.Text(order.Number!.Value))),
        ("total", new MoneyValue(rupiah)),
        ("code", new TextValue(CodeOf(order))),
        ("until", new DateValue(OrderBook.LastDay(order))));

    /// <summary>The name of the member an order is for; "Pembeli umum" for a sale to somebody who is none.</summary>
    /// <param name="turn">The turn.</param>
    /// <param name="order">The order.</param>
    /// <param name="ct">Cancelled only when the process stops.</param>
    public static async Task<string> BuyerAsync(Turn turn, Order order, CancellationToken ct) => (await BuyersAsync(turn, [order], ct))[0];

    /// <summary>The same for several orders, in their order.</summary>
    /// <param name="turn">The turn.</param>
    /// <param name="orders">At most <see cref="MaxListed"/>.</param>
    /// <param name="ct">Cancelled only when the process stops.</param>
    public static async Task<IReadOnlyList<string>> BuyersAsync(Turn turn, IReadOnlyList<Order> orders, CancellationToken ct)
    {
        long[] members = [.. orders.Select(order => order.MemberId).OfType<long>().Distinct()];
        var names = members.Length == 0 ? [] : await turn.Db.Set<Member>()
            .Where(row => members.Contains(row.Id)).Select(row => new { row.Id, row.FullName }).ToDictionaryAsync(row => row.Id, row => row.FullName, ct);
        return [.. orders.Select(order => order.MemberId is { } memberId ? turn.Vault.Open(names[memberId]) : "Pembeli umum")];
    }

    /// <summary>True while an order waits for money by QRIS: its code is not told before.</summary>
    /// <param name="order">The order.</param>
    public static bool IsUnpaidQris(Order order) => order is { Status: OrderStatus.Placed, Payment: PaymentWay.Qris, PaidRupiah: 0 };

    private static string CodeOf(Order order) => order is { Number: { } number, Code: { } code } ? PickupCode.Text(number, code) : "";

    private static long DueOf(Order order) => order.Status == OrderStatus.Placed ? order.TotalRupiah - order.PaidRupiah : 0;

    private static RecordValue Of(Order order, ListValue lines, string buyer, long due, string code) => RecordValue.Of(
        ("key", new TextValue(RunningNumber.Text(order.Number!.Value))),
        ("no", new TextValue(RunningNumber.Text(order.Number!.Value))),
        ("buyer", new TextValue(CartRecord.Shortened(buyer, MaxBuyerLength))),
        ("total", new MoneyValue(order.TotalRupiah)),
        ("due", new MoneyValue(due)),
        ("to_pay", PaymentMark.Of(due > 0 && !IsUnpaidQris(order), "cash")),
        ("paid", PaymentMark.Of(due == 0, "paid")),
        ("unpaid_qris", PaymentMark.Of(IsUnpaidQris(order), "qris")),
        ("code", new TextValue(code)),
        ("codes", new ListValue(IsUnpaidQris(order) ? [] : [RecordValue.Of(("code", new TextValue(code)))])),
        ("placed", new DateValue(Wib.Day(order.PlacedUtc!.Value))),
        ("until", new DateValue(OrderBook.LastDay(order))),
        ("lines", lines));
}
