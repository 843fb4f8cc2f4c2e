using System.Globalization;
using KkmpBot.Catalog;
using KkmpBot.Dialogs.Model;
using KkmpBot.Prices;

namespace KkmpBot.Alerts;

/// <summary>Alerts as the dialogs and the news know them.</summary>
internal static class AlertRecord
{
    /// <summary>Goods that can be watched at once: what the cooperative sells, and what only the market has.</summary>
    public const int MaxGoods = Shelf.MaxArticles + 40;

    /// <summary>The longest name of what is watched: an article, or goods "di pasar …".</summary>
    public const int MaxNameLength = 24;

    private const int MaxWhatLength = 40;
    private const int MaxNoteLength = 100;
    private const int MaxLineNameLength = 60;

    /// <summary>Goods in one message; what is beyond comes in the next.</summary>
    public const int MaxTold = 6;

    private static readonly DialogType Bound = DialogType.Record(
        "alert_bound", ("name", DialogType.TextOf(MaxNameLength)), ("price", DialogType.Money), ("pack", DialogType.TextOf(20)), ("percent", DialogType.Whole));

    private static readonly DialogType Bounds = DialogType.List("alert_bounds", Bound, 1);

    /// <summary>Goods to watch: an article of ours, or goods that only the market has.</summary>
    public static DialogType Goods { get; } = DialogType.Record(
        "alert_goods",
        ("key", DialogType.TextOf(WatchedPrice.MaxLength)), ("name", DialogType.TextOf(MaxNameLength)), ("goods", DialogType.TextOf(PriceRecord.MaxSourceLength)),
        ("price", DialogType.Money), ("pack", DialogType.TextOf(20)));

    /// <summary>Goods to watch, ours first.</summary>
    public static DialogType GoodsList { get; } = DialogType.List("alert_goods_list", Goods, MaxGoods);

    /// <summary>
    /// An alert that is not yet made. Of its lists exactly one of <c>below</c>, <c>at_most</c>, <c>above</c>, <c>at_least</c>, <c>change</c> and <c>stock</c> has an item:
    /// what it waits for. <c>reached</c> has one when that is so already, <c>now</c> where there is a price; <c>has_market</c> says that the market's
    /// price of the same goods can be watched in its place.
    /// </summary>
    public static DialogType Offer { get; } = DialogType.Record(
        "alert_offer",
        ("subject", DialogType.TextOf(WatchedPrice.MaxLength)), ("kind", DialogType.TextOf(10)), ("rupiah", DialogType.Money), ("percent", DialogType.Whole),
        ("below", Bounds), ("at_most", Bounds), ("above", Bounds), ("at_least", Bounds), ("change", Bounds), ("stock", Bounds),
        ("reached", Bounds), ("now", Bounds), ("per_unit", Bounds), ("has_market", DialogType.YesNo));

    /// <summary>An alert of the caller; <c>what</c> is what it waits for in signs, and <c>paused</c> says that it is quiet.</summary>
    public static DialogType Item { get; } = DialogType.Record(
        "alert_item",
        ("key", DialogType.TextOf(20)), ("name", DialogType.TextOf(MaxNameLength)), ("goods", DialogType.TextOf(PriceRecord.MaxSourceLength)),
        ("what", DialogType.TextOf(MaxWhatLength)), ("paused", DialogType.YesNo));

    /// <summary>The caller's alerts.</summary>
    public static DialogType Items { get; } = DialogType.List("alert_items", Item, AlertRules.MaxPerPerson);

    private static readonly DialogType Line = DialogType.Record(
        "alert_line", ("name", DialogType.TextOf(MaxLineNameLength)), ("price", DialogType.Money),
        ("pack", DialogType.TextOf(20)), ("note", DialogType.TextOf(MaxNoteLength)));

    private static readonly DialogType Lines = DialogType.List("alert_lines", Line, MaxTold);

    /// <summary>What a person is told at once: goods that fell, rose, or are there again.</summary>
    public static DialogType News { get; } = DialogType.Record("alert_news", ("down", Lines), ("up", Lines), ("back", Lines));

    /// <summary>What is said of a market beside our price.</summary>
    public static DialogType MarketNews { get; } = DialogType.Record(
        "alert_market", ("price", DialogType.Money), ("unit", DialogType.TextOf(10)), ("market", DialogType.TextOf(PriceRecord.MaxSourceLength)), ("day", DialogType.Date));

    /// <summary>How goods of a market are named.</summary>
    public static DialogType PlaceNews { get; } = DialogType.Record(
        "alert_place", ("name", DialogType.TextOf(MaxNameLength)), ("market", DialogType.TextOf(PriceRecord.MaxSourceLength)));

    /// <summary>Where a market's price comes from.</summary>
    public static DialogType SourceNews { get; } = DialogType.Record(
        "alert_source", ("source", DialogType.TextOf(PriceRecord.MaxSourceLength)), ("day", DialogType.Date));

    /// <summary>The record of an alert that is not yet made.</summary>
    /// <param name="alert">The alert.</param>
    /// <param name="watched">What it watches.</param>
    /// <param name="hasMarket">True when the market's price can be watched in its place.</param>
    public static RecordValue OfferOf(Alert alert, Watched watched, bool hasMarket)
    {
        var bound = RecordValue.Of(
            ("name", new TextValue(watched.Name)), ("price", new MoneyValue(alert.Rupiah)), ("pack", new TextValue(watched.Pack)), ("percent", new WholeValue(alert.Percent ?? 0)));
        ListValue When(bool holds, RecordValue? item = null) => new(holds ? [item ?? bound] : []);
        var now = RecordValue.Of(
            ("name", new TextValue(watched.Name)), ("price", new MoneyValue(watched.Rupiah)), ("pack", new TextValue(watched.Pack)), ("percent", new WholeValue(0)));
        return RecordValue.Of(
            ("subject", new TextValue(alert.Subject)), ("kind", new TextValue(alert.Kind)), ("rupiah", new MoneyValue(alert.Rupiah)),
            ("percent", new WholeValue(alert.Percent ?? 0)),
            ("below", When(alert.Kind == AlertKind.Below)), ("at_most", When(alert.Kind == AlertKind.AtMost)), ("above", When(alert.Kind == AlertKind.Above)),
            ("at_least", When(alert.Kind == AlertKind.AtLeast)), ("change", When(alert.Kind == AlertKind.Change)), ("stock", When(alert.Kind == AlertKind.InStock)),
            ("reached", When(AlertRules.IsReached(alert, watched.Rupiah), now)), ("now", When(alert.Kind != AlertKind.InStock, now)),
            ("per_unit", PerUnit(alert, watched)), ("has_market", new YesNoValue(hasMarket)));
    }

    // Who said 12.000 for a kilogram has to find it again where packs of five are sold.
    private static ListValue PerUnit(Alert alert, Watched watched) =>
        alert.Rupiah == 0 || watched.Product is not { } product || product.BaseMilli == Quantities.Milli
            ? new ListValue([])
            : new ListValue(
            [
                RecordValue.Of(
                    ("name", new TextValue(watched.Name)), ("price", new MoneyValue(alert.Rupiah * Quantities.Milli / product.BaseMilli)),
                    ("pack", new TextValue(product.BaseUnit)), ("percent", new WholeValue(0))),
            ]);

    /// <summary>The record of an alert.</summary>
    /// <param name="alert">The alert.</param>
    /// <param name="watched">What it watches.</param>
    public static RecordValue ItemOf(Alert alert, Watched watched) => RecordValue.Of(
        ("key", new TextValue(alert.Id.ToString(CultureInfo.InvariantCulture))),
        ("name", new TextValue(watched.Name)),
        ("goods", new TextValue(alert.Goods)),
        ("what", new TextValue(What(alert, watched))),
        ("paused", new YesNoValue(alert.State == AlertState.Paused)));

    /// <summary>A line of news.</summary>
    /// <param name="name">Of what.</param>
    /// <param name="price">The price now.</param>
    /// <param name="pack">For how much.</param>
    /// <param name="note">The market beside it, or where it comes from; may be empty.</param>
    public static RecordValue LineOf(string name, long price, string pack, string note) => RecordValue.Of(
        ("name", new TextValue(name)), ("price", new MoneyValue(price)), ("pack", new TextValue(pack)), ("note", new TextValue(note)));

    /// <summary>A name as lists show it.</summary>
    /// <param name="name">Of any length.</param>
    public static string Short(string name) => name.Length <= MaxNameLength ? name : name[..MaxNameLength];

    private static string What(Alert alert, Watched watched)
    {
        var price = $"{KkmpBot.Dialogs.Texts.Rupiah.Write(alert.Rupiah)} / {watched.Pack}";
        return alert.Kind switch
        {
            AlertKind.Below => $"< {price}",
            AlertKind.AtMost => $"≤ {price}",
            AlertKind.Above => $"> {price}",
            AlertKind.AtLeast => $"≥ {price}",
            AlertKind.Change => string.Create(CultureInfo.InvariantCulture, $"± {alert.Percent}%"),
            _ => "stok",
        };
    }
}
