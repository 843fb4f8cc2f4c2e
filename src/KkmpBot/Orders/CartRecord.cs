using System.Globalization;
using KkmpBot.Catalog;
using KkmpBot.Cooperatives;
using KkmpBot.Dialogs.Model;

namespace KkmpBot.Orders;

/// <summary>A line of a cart or an order with its article.</summary>
/// <param name="Line">The line.</param>
/// <param name="Product">The article it names.</param>
internal sealed record NamedLine(OrderLine Line, Product Product)
{
    public long SubtotalRupiah => Quantities.Cost(Line.PriceRupiah, Line.QuantityMilli);
}

/// <summary>Why something did not go into the cart, in words that the dialog puts into its sentence.</summary>
/// <param name="Name">The article.</param>
/// <param name="Words">The reason; empty where the outcome says it all.</param>
/// <param name="LeftMilli">How much would be possible, in thousandths of the unit.</param>
/// <param name="Unit">The article's unit.</param>
internal sealed record Refusal(string Name, string Words = "", long LeftMilli = 0, string Unit = "")
{
    public static Refusal None { get; } = new("");

    public static Refusal Unnamed(string words) => new("Barang itu", words);

    public static Refusal Of(Product product, string words = "", long leftMilli = 0) => new(product.Name, words, leftMilli, product.Unit);
}

/// <summary>A cart, and an order, as the dialogs know them.</summary>
internal static class CartRecord
{
    /// <summary>More articles than this in one order is a shop's business, not a household's.</summary>
    public const int MaxLines = 10;

    /// <summary>One line: quantity in the unit, price of one, and both multiplied.</summary>
    public static DialogType Line { get; } = DialogType.Record(
        "order_line",
        ("key", DialogType.TextOf(20)),
        ("name", DialogType.TextOf(Product.MaxNameLength)),
        ("quantity", DialogType.Quantity),
        ("unit", DialogType.TextOf(10)),
        ("price", DialogType.Money),
        ("subtotal", DialogType.Money));

    /// <summary>The lines of one cart or order.</summary>
    public static DialogType Lines { get; } = DialogType.List("order_lines", Line, MaxLines);

    /// <summary>
    /// The cart: its lines and total, until which day it would be kept, and its number once it is placed. With a refusal also the
    /// article (<c>name</c>), the reason (<c>words</c>), and how much would be possible (<c>left</c>, <c>unit</c>).
    /// </summary>
    public static DialogType Type { get; } = DialogType.Record(
        "cart",
        ("lines", Lines),
        ("total", DialogType.Money),
        ("until", DialogType.Date),
        ("no", DialogType.TextOf(10)),
        ("name", DialogType.TextOf(Product.MaxNameLength)),
        ("words", DialogType.TextOf(GoodsRule.MaxWordsLength)),
        ("left", DialogType.Quantity),
        ("unit", DialogType.TextOf(10)));

    /// <summary>The record of a cart.</summary>
    /// <param name="lines">Its lines.</param>
    /// <param name="until">The last day on which it would be, or is, kept.</param>
    /// <param name="refusal">What was refused, or <see cref="Refusal.None"/>.</param>
    /// <param name="number">The order's number, once placed.</param>
    public static RecordValue Of(IReadOnlyList<NamedLine> lines, DateOnly until, Refusal refusal, int? number = null) => RecordValue.Of(
        ("lines", LinesOf(lines)),
        ("total", new MoneyValue(lines.Sum(line => line.SubtotalRupiah))),
        ("until", new DateValue(until)),
        ("no", new TextValue(number is { } given ? RunningNumber.Text(given) : "")),
        ("name", new TextValue(refusal.Name)),
        ("words", new TextValue(refusal.Words)),
        ("left", new QuantityValue(Quantities.FromMilli(refusal.LeftMilli))),
        ("unit", new TextValue(refusal.Unit)));

    /// <summary>The lines as a list of records.</summary>
    /// <param name="lines">In the order shown.</param>
    public static ListValue LinesOf(IReadOnlyList<NamedLine> lines) => new([.. lines.Select(line => RecordValue.Of(
        ("key", new TextValue(line.Product.Id.ToString(CultureInfo.InvariantCulture))),
        ("name", new TextValue(line.Product.Name)),
        ("quantity", new QuantityValue(Quantities.FromMilli(line.Line.QuantityMilli))),
        ("unit", new TextValue(line.Product.Unit)),
        ("price", new MoneyValue(line.Line.PriceRupiah)),
        ("subtotal", new MoneyValue(line.SubtotalRupiah))))]);
}
