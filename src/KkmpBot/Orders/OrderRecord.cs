using KkmpBot.Cooperatives;
using KkmpBot.Dialogs.Model;

namespace KkmpBot.Orders;

/// <summary>A placed order as the dialogs and the news know it.</summary>
internal static class OrderRecord
{
    /// <summary>The most orders that one list shows, youngest or most urgent first.</summary>
    public const int MaxListed = 30;

    /// <summary>The longest name of a buyer that an officer is shown.</summary>
    public const int MaxBuyerLength = 40;

    /// <summary>
    /// An order: <c>key</c> and <c>no</c> are its number, <c>placed</c> the day of ordering, <c>until</c> the last day it is kept,
    /// <c>buyer</c> the member's name (empty in the member's own list).
    /// </summary>
    public static DialogType Type { get; } = DialogType.Record(
        "order",
        ("key", DialogType.TextOf(10)),
        ("no", DialogType.TextOf(10)),
        ("buyer", DialogType.TextOf(MaxBuyerLength)),
        ("total", DialogType.Money),
        ("placed", DialogType.Date),
        ("until", DialogType.Date),
        ("lines", CartRecord.Lines));

    /// <summary>Orders.</summary>
    public static DialogType ListType { get; } = DialogType.List("orders", Type, MaxListed);

    /// <summary>What news about an order say of it.</summary>
    public static DialogType News { get; } = DialogType.Record("order_news", ("no", DialogType.TextOf(10)), ("total", DialogType.Money));

    /// <summary>The record of a placed order.</summary>
    /// <param name="order">The order.</param>
    /// <param name="lines">Its lines.</param>
    /// <param name="buyer">The member's name, for officers.</param>
    public static RecordValue Of(Order order, IReadOnlyList<NamedLine> lines, string buyer) => RecordValue.Of(
        ("key", new TextValue(RunningNumber.Text(order.Number!.Value))),
        ("no", new TextValue(RunningNumber.Text(order.Number!.Value))),
        ("buyer", new TextValue(buyer.Length <= MaxBuyerLength ? buyer : buyer[..MaxBuyerLength])),
        ("total", new MoneyValue(order.TotalRupiah)),
        ("placed", new DateValue(Wib.Day(order.PlacedUtc!.Value))),
        ("until", new DateValue(OrderBook.LastDay(order.PlacedUtc!.Value))),
        ("lines", CartRecord.LinesOf(lines)));

    /// <summary>The record of news about an order.</summary>
    /// <param name="order">The order.</param>
    public static RecordValue NewsOf(Order order) => RecordValue.Of(
        ("no", new TextValue(RunningNumber.Text(order.Number!.Value))),
        ("total", new MoneyValue(order.TotalRupiah)));
}
