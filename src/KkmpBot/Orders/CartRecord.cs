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
/// <param name="Asked">The article's key, or the kind of goods, that the next question is about.</param>
internal sealed record Refusal(string Name, string Words = "", long LeftMilli = 0, string Unit = "", string Asked = "")
{
    public static Refusal None { get; } = new("");

    public static Refusal Unnamed(string words) => new("Barang itu", words);

    public static Refusal Of(Product product, string words = "", long leftMilli = 0) =>
        new(product.Name, words, leftMilli, product.Unit, product.Id.ToString(CultureInfo.InvariantCulture));
}

/// <summary>All that the dialogs show of a cart, or of an order just placed.</summary>
/// <param name="Lines">Its lines.</param>
/// <param name="Until">The last day on which it would be, or is, kept.</param>
internal sealed record CartView(IReadOnlyList<NamedLine> Lines, DateOnly Until)
{
    public Refusal Refusal { get; init; } = Refusal.None;

    public CartNotes Notes { get; init; } = new();

    public int? Number { get; init; }

    public string Code { get; init; } = "";

    public PickupTime? Time { get; init; }

    public string Payment { get; init; } = PaymentWay.Cash;

    /// <summary>The member it is for, when that is not the one who talks.</summary>
    public string? For { get; init; }

    /// <summary>The place in a queue.</summary>
    public int Place { get; init; }
}

/// <summary>How something is paid, as lists of one or no item: a text writes its sentence for the one way that is true, in any language.</summary>
internal static class PaymentMark
{
    /// <summary>A list of one or no item.</summary>
    public static DialogType Type { get; } = DialogType.List("payment_mark", DialogType.Record("mark", ("key", DialogType.TextOf(10))), 1);

    /// <summary>The list for one way.</summary>
    /// <param name="payment">How it is paid.</param>
    /// <param name="way">The way that the list stands for.</param>
    public static ListValue Of(string payment, string way) => Of(payment == way, way);

    /// <summary>A list that has its item when something is true.</summary>
    /// <param name="isSo">Whether.</param>
    /// <param name="key">The item's key.</param>
    public static ListValue Of(bool isSo, string key) => new(isSo ? [RecordValue.Of(("key", new TextValue(key)))] : []);
}

/// <summary>A cart, and an order, as the dialogs know them.</summary>
internal static class CartRecord
{
    /// <summary>More articles than this in one order is a shop's business, not a household's.</summary>
    public const int MaxLines = 10;

    /// <summary>The longest name of a member that is shown.</summary>
    public const int MaxNameLength = 24;

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

    /// <summary>A time to fetch: its day, its hours ("08.00-10.00"), both in short ("24/11 08.00-10.00"), and how many places it has.</summary>
    public static DialogType Time { get; } = DialogType.Record(
        "pickup_time",
        ("key", DialogType.TextOf(20)),
        ("short", DialogType.TextOf(18)),
        ("day", DialogType.Date),
        ("hours", DialogType.TextOf(11)),
        ("left", DialogType.Whole));

    /// <summary>Times to choose from.</summary>
    public static DialogType Times { get; } = DialogType.List("pickup_times", Time, PickupSlots.MaxListed);

    /// <summary>A member of the household: the name as the chat shows it.</summary>
    public static DialogType Person { get; } = DialogType.Record("household_member", ("key", DialogType.TextOf(20)), ("name", DialogType.TextOf(MaxNameLength)));

    private static readonly DialogType OneTime = DialogType.List("one_pickup_time", Time, 1);
    private static readonly DialogType OnePerson = DialogType.List("one_household_member", Person, 1);

    /// <summary>
    /// The cart: its lines and total, until which day it would be kept, when it is fetched (<c>times</c>, one or none), for whom
    /// (<c>others</c>, one or none), how it is paid (one of <c>by_cash</c>, <c>by_sukarela</c>, <c>by_qris</c> has an item), its number and code once it is placed. With a refusal also the article
    /// (<c>name</c>, and <c>asked</c>, its key), the reason (<c>words</c>), and how much would be possible (<c>left</c>, <c>unit</c>);
    /// <c>place</c> is the place in the queue for it. What of a sentence could not be done stands in the lists of <see cref="CartNotes"/>.
    /// </summary>
    public static DialogType Type { get; } = DialogType.Record("cart", [
        ("lines", Lines),
        ("total", DialogType.Money),
        ("until", DialogType.Date),
        ("times", OneTime),
        ("others", OnePerson),
        ("by_cash", PaymentMark.Type),
        ("by_sukarela", PaymentMark.Type),
        ("by_qris", PaymentMark.Type),
        ("no", DialogType.TextOf(10)),
        ("code", DialogType.TextOf(PickupCode.MaxLength)),
        ("name", DialogType.TextOf(Product.MaxNameLength)),
        ("asked", DialogType.TextOf(80)),
        ("words", DialogType.TextOf(GoodsRule.MaxWordsLength)),
        ("left", DialogType.Quantity),
        ("unit", DialogType.TextOf(10)),
        ("place", DialogType.Whole),
        .. CartNotes.Fields]);

    /// <summary>The record of a cart.</summary>
    /// <param name="view">What it shows.</param>
    public static RecordValue Of(CartView view) => RecordValue.Of([
        ("lines", LinesOf(view.Lines)),
        ("total", new MoneyValue(view.Lines.Sum(line => line.SubtotalRupiah))),
        ("until", new DateValue(view.Until)),
        ("times", new ListValue(view.Time is { } time ? [TimeOf(time)] : [])),
        ("others", new ListValue(view.For is { } name ? [PersonOf("", name)] : [])),
        ("by_cash", PaymentMark.Of(view.Payment, PaymentWay.Cash)),
        ("by_sukarela", PaymentMark.Of(view.Payment, PaymentWay.Sukarela)),
        ("by_qris", PaymentMark.Of(view.Payment, PaymentWay.Qris)),
        ("no", new TextValue(view.Number is { } given ? RunningNumber.Text(given) : "")),
        ("code", new TextValue(view.Code)),
        ("name", new TextValue(view.Refusal.Name)),
        ("asked", new TextValue(view.Refusal.Asked)),
        ("words", new TextValue(Shortened(view.Refusal.Words, GoodsRule.MaxWordsLength))),
        ("left", new QuantityValue(Quantities.FromMilli(view.Refusal.LeftMilli))),
        ("unit", new TextValue(view.Refusal.Unit)),
        ("place", new WholeValue(view.Place)),
        .. view.Notes.Values()]);

    /// <summary>The lines as a list of records.</summary>
    /// <param name="lines">In the order shown.</param>
    public static ListValue LinesOf(IReadOnlyList<NamedLine> lines) =>
        new([.. lines.Select(line => LineOf(line.Product, line.Line.QuantityMilli, line.Line.PriceRupiah, line.SubtotalRupiah))]);

    /// <summary>One line as a record.</summary>
    /// <param name="product">The article.</param>
    /// <param name="milli">Thousandths of its unit.</param>
    /// <param name="priceRupiah">For one unit.</param>
    /// <param name="subtotalRupiah">For all of it.</param>
    public static RecordValue LineOf(Product product, long milli, long priceRupiah, long subtotalRupiah) => RecordValue.Of(
        ("key", new TextValue(product.Id.ToString(CultureInfo.InvariantCulture))),
        ("name", new TextValue(product.Name)),
        ("quantity", new QuantityValue(Quantities.FromMilli(milli))),
        ("unit", new TextValue(product.Unit)),
        ("price", new MoneyValue(priceRupiah)),
        ("subtotal", new MoneyValue(subtotalRupiah)));

    /// <summary>How a line is named among others: its article's id.</summary>
    /// <param name="line">The line.</param>
    public static string KeyOf(NamedLine line) => line.Product.Id.ToString(CultureInfo.InvariantCulture);

    /// <summary>A time to fetch.</summary>
    /// <param name="time">The time.</param>
    public static RecordValue TimeOf(PickupTime time) => RecordValue.Of(
        ("key", new TextValue(string.Create(CultureInfo.InvariantCulture, $"{time.Day:yyyyMMdd}-{time.Minute}"))),
        ("short", new TextValue(string.Create(CultureInfo.InvariantCulture, $"{time.Day.Day}/{time.Day.Month} {time.Hours}"))),
        ("day", new DateValue(time.Day)),
        ("hours", new TextValue(time.Hours)),
        ("left", new WholeValue(time.Left)));

    /// <summary>A member of the household.</summary>
    /// <param name="key">The member's id as text.</param>
    /// <param name="name">The full name.</param>
    public static RecordValue PersonOf(string key, string name) =>
        RecordValue.Of(("key", new TextValue(key)), ("name", new TextValue(Shortened(name, MaxNameLength))));

    /// <summary>A text of at most so many characters.</summary>
    /// <param name="text">The text.</param>
    /// <param name="most">How many.</param>
    public static string Shortened(string text, int most) => text.Length <= most ? text : $"{text[..(most - 1)].TrimEnd()}…";
}
