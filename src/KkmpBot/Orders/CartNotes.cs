using KkmpBot.Catalog;
using KkmpBot.Dialogs.Model;

namespace KkmpBot.Orders;

/// <summary>
/// What is said about a sentence before the cart is shown or the next question asked: what of it could not be done, sorted by why, so that every
/// language says it in a sentence of its own. Each kind is a list of one item, or of none: the articles by name.
/// </summary>
internal sealed class CartNotes
{
    /// <summary>More names than fit are cut short.</summary>
    public const int MaxNamesLength = 120;

    /// <summary>Goods that are not sold here.</summary>
    public const string NotHere = "not_here";

    /// <summary>Amounts that cannot be sold, with what is: "Gula pasir per kg".</summary>
    public const string NoAmount = "no_amount";

    /// <summary>Articles that are sold out.</summary>
    public const string SoldOut = "gone";

    /// <summary>What is left of articles: "Gula pasir 3 kg".</summary>
    public const string Few = "few";

    /// <summary>What a rule still allows: "Beras SPHP 2 pak".</summary>
    public const string Limited = "limited";

    /// <summary>Rules, in their own words, that forbid an article.</summary>
    public const string Forbidden = "forbidden";

    /// <summary>Rules, in their own words, that limit an article.</summary>
    public const string Why = "why";

    /// <summary>Goods to be taken out that are not in.</summary>
    public const string NotInCart = "not_in_cart";

    /// <summary>Goods of which there are several kinds.</summary>
    public const string Several = "several";

    /// <summary>The time that was said is not to be had; this is the nearest.</summary>
    public const string OtherTime = "other_time";

    private static readonly DialogType Names = ListOf("cart_note", MaxNamesLength);
    private static readonly DialogType Rules = ListOf("cart_rule", GoodsRule.MaxWordsLength);

    private readonly Dictionary<string, List<string>> said = [];

    /// <summary>The kinds, as fields of the cart's record.</summary>
    public static (string Name, DialogType Type)[] Fields { get; } =
    [
        (NotHere, Names), (NoAmount, Names), (SoldOut, Names), (Few, Names), (Limited, Names), (Why, Rules), (Forbidden, Rules), (NotInCart, Names),
        (Several, Names), (OtherTime, DialogType.List("other_time", CartRecord.Time, 1)), ("question", DialogType.Choice),
    ];

    /// <summary>The time that was chosen in place of the one that was said; null when none was.</summary>
    public PickupTime? Time { get; set; }

    /// <summary>What is asked next: <c>how_many</c>, <c>which</c>, or <c>none</c>.</summary>
    public string Question { get; set; } = "none";

    /// <summary>True when everything could be done.</summary>
    public bool IsEmpty => said.Count == 0 && Time is null;

    /// <summary>True when there is nothing to say but that one article is sold out.</summary>
    public bool IsOnlySoldOut => Time is null && said is { Count: 1 } && said.TryGetValue(SoldOut, out var names) && names.Count == 1;

    /// <summary>Adds what there is to say.</summary>
    /// <param name="kind">One of the kinds.</param>
    /// <param name="name">The article, or the words.</param>
    public void Add(string kind, string name)
    {
        if (!said.TryGetValue(kind, out var names))
            said[kind] = names = [];
        if (!names.Contains(name))
            names.Add(name);
    }

    /// <summary>The fields of the cart's record.</summary>
    public IEnumerable<(string Name, Value Value)> Values()
    {
        foreach (var (kind, type) in Fields.Where(field => field.Type == Names || field.Type == Rules))
        {
            // Rules are sentences already.
            var (between, most) = type == Rules ? (" ", GoodsRule.MaxWordsLength) : (", ", MaxNamesLength);
            yield return (kind, new ListValue(said.TryGetValue(kind, out var names)
                ? [RecordValue.Of(("names", new TextValue(CartRecord.Shortened(string.Join(between, names), most))))]
                : []));
        }

        yield return (OtherTime, new ListValue(Time is { } time ? [CartRecord.TimeOf(time)] : []));
        yield return ("question", new TextValue(Question));
    }

    private static DialogType ListOf(string name, int length) =>
        DialogType.List(name, DialogType.Record($"{name}_said", ("names", DialogType.TextOf(length))), 1);
}
