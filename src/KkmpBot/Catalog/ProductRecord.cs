using System.Globalization;
using KkmpBot.Conversations;
using KkmpBot.Dialogs.Model;

namespace KkmpBot.Catalog;

/// <summary>An article as the dialogs know it: <c>product</c>, and the list <c>products</c>.</summary>
public static class ProductRecord
{
    /// <summary>
    /// The record. <c>goods</c> is the kind of goods as the lexicon names it; <c>pack</c> is what one unit is ("pak 5 kg", "kg"); <c>stock</c> what belongs to no order; <c>step</c> the smallest
    /// part sold; <c>on_sale</c> whether members may order it; <c>spoils</c> whether deliveries have a last day; <c>has_note</c> whether a rule has words for the buyer: the <c>note</c>.
    /// </summary>
    public static DialogType Type { get; } = DialogType.Record(
        "product",
        ("key", DialogType.TextOf(20)),
        ("name", DialogType.TextOf(Product.MaxNameLength)),
        ("goods", DialogType.TextOf(24)),
        ("unit", DialogType.TextOf(10)),
        ("pack", DialogType.TextOf(20)),
        ("step", DialogType.Quantity),
        ("price", DialogType.Money),
        ("stock", DialogType.Quantity),
        ("on_sale", DialogType.YesNo),
        ("spoils", DialogType.YesNo),
        ("has_note", DialogType.YesNo),
        ("note", DialogType.TextOf(2 * GoodsRule.MaxWordsLength)));

    /// <summary>Articles, by name.</summary>
    public static DialogType ListType { get; } = DialogType.List("products", Type, Shelf.MaxArticles);

    /// <summary>The record of an article.</summary>
    /// <param name="item">The article with stock and price; a missing price reads as 0.</param>
    /// <param name="rules">The rules in force for its goods.</param>
    public static RecordValue Of(ShelfItem item, GoodsRules rules)
    {
        var note = Note(item.Product, rules);
        return RecordValue.Of(
            ("key", new TextValue(item.Product.Id.ToString(CultureInfo.InvariantCulture))),
            ("name", new TextValue(item.Product.Name)),
            ("goods", new TextValue(item.Product.Goods)),
            ("unit", new TextValue(item.Product.Unit)),
            ("pack", new TextValue(Pack(item.Product))),
            ("step", new QuantityValue(Quantities.FromMilli(item.Product.StepMilli))),
            ("price", new MoneyValue(item.PriceRupiah ?? 0)),
            ("stock", new QuantityValue(Quantities.FromMilli(item.FreeMilli))),
            ("on_sale", new YesNoValue(item.OnSale)),
            ("spoils", new YesNoValue(item.Product.TracksExpiry)),
            ("has_note", new YesNoValue(note.Length > 0)),
            ("note", new TextValue(note)));
    }

    /// <summary>The record of an article as it stands after the changes of this turn.</summary>
    /// <param name="turn">The turn.</param>
    /// <param name="product">The article.</param>
    /// <param name="ct">Cancelled only when the process stops.</param>
    public static async Task<RecordValue> NowAsync(Turn turn, Product product, CancellationToken ct)
    {
        var items = await Shelf.LookUpAsync(turn.Db, [product.Id], turn.UtcNow, ct);
        return Of(items[product.Id], await GoodsRules.InForceAsync(turn.Db, [product.Goods], turn.UtcNow, ct));
    }

    /// <summary>What one unit is: "kg", or "pak 5 kg" for packs.</summary>
    /// <param name="product">The article.</param>
    public static string Pack(Product product) => product.Unit == product.BaseUnit
        ? product.Unit
        : $"{product.Unit} {Quantities.Text(product.BaseMilli)} {product.BaseUnit}";

    // A buyer wants to know what limits the purchase before naming an amount; ceilings are the seller's business.
    private static string Note(Product product, GoodsRules rules) => string.Join(
        ' ', rules.For(product.Goods).Where(rule => rule.Kind is RuleKind.Limit or RuleKind.NoBundling).Select(rule => rule.Words));
}
