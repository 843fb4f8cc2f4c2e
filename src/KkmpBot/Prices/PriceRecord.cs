using KkmpBot.Catalog;
using KkmpBot.Dialogs.Model;

namespace KkmpBot.Prices;

/// <summary>A price as the dialogs know it: <c>price</c>, one article in detail, and <c>price_check</c>, what became of a new price.</summary>
public static class PriceRecord
{
    /// <summary>The longest name of a source or a market that is shown.</summary>
    public const int MaxSourceLength = 60;

    private const int MaxDifferenceLength = 24;

    /// <summary>
    /// One article in detail: what we ask, since when and by whose decision, and with <c>market_*</c> what a market asks (for one
    /// <c>base_unit</c>); the market's fields are empty when the outcome says that there is no comparison. <c>per_base</c> is our price for one
    /// base unit, <c>difference</c> how it differs from the market's ("-Rp1.500 (-11%)"), <c>trend</c> how it differs from that of four weeks ago, and
    /// <c>line</c> the last eight weeks in small bars.
    /// </summary>
    public static DialogType Type { get; } = DialogType.Record(
        "price",
        ("name", DialogType.TextOf(Product.MaxNameLength)),
        ("pack", DialogType.TextOf(20)),
        ("price", DialogType.Money),
        ("since", DialogType.Date),
        ("source", DialogType.TextOf(MaxSourceLength)),
        ("base_unit", DialogType.TextOf(10)),
        ("market_price", DialogType.Money),
        ("market", DialogType.TextOf(MaxSourceLength)),
        ("market_source", DialogType.TextOf(MaxSourceLength)),
        ("market_day", DialogType.Date),
        ("per_base", DialogType.Money),
        ("difference", DialogType.TextOf(MaxDifferenceLength)),
        ("trend", DialogType.TextOf(MaxDifferenceLength)),
        ("line", DialogType.TextOf(8)));

    /// <summary>
    /// What became of a new price: the price now; with a refusal the highest that is allowed, the rule's words and where it stands.
    /// </summary>
    public static DialogType Check { get; } = DialogType.Record(
        "price_check",
        ("name", DialogType.TextOf(Product.MaxNameLength)),
        ("pack", DialogType.TextOf(20)),
        ("price", DialogType.Money),
        ("highest", DialogType.Money),
        ("words", DialogType.TextOf(GoodsRule.MaxWordsLength)),
        ("source", DialogType.TextOf(MaxSourceLength)));
}
