using KkmpBot.Dialogs;
using KkmpBot.Dialogs.Model;

namespace KkmpBot.Tests.Dialogs;

/// <summary>A small cooperative for the tests of the dialog language: its words, its goods, and dialogs to talk about them.</summary>
internal sealed class Market
{
    private static readonly DialogType Product = DialogType.Record(
        "product",
        ("key", DialogType.TextOf(20)),
        ("name", DialogType.TextOf(20)),
        ("price", DialogType.Money),
        ("unit", DialogType.TextOf(6)),
        ("stock", DialogType.Quantity));

    private static readonly DialogType Line = DialogType.Record(
        "cart_line",
        ("key", DialogType.TextOf(20)),
        ("name", DialogType.TextOf(14)),
        ("quantity", DialogType.Quantity),
        ("subtotal", DialogType.Money));

    private static readonly DialogType Cart = DialogType.Record(
        "cart",
        ("total", DialogType.Money),
        ("lines", DialogType.List("cart_lines", Line, 10)));

    public static readonly Vocabulary Vocabulary = new(
        new Dictionary<string, DialogType>
        {
            ["product"] = Product,
            ["cart"] = Cart,
            ["cart_line"] = Line,
            ["products"] = DialogType.List("products", Product, 40),
        },
        new[]
        {
            new CapabilityDescription("catalog.in_stock").Gives("listed", DialogType.List("products", Product, 40)),
            new CapabilityDescription("orders.price")
                .Takes("product", Product)
                .Takes("quantity", DialogType.Quantity)
                .MayTake("kind", DialogType.Text)
                .Gives("priced", Cart)
                .Gives("out_of_stock"),
            new CapabilityDescription("orders.place").Takes("cart", Cart).Gives("placed", DialogType.Text).Gives("refused"),
            new CapabilityDescription("handover.request").Gives("queued"),
        }.ToDictionary(capability => capability.Name),
        new[] { new GuardDescription("active_member", facts => facts["member", "status"] is TextValue { Text: "active" }) }
            .ToDictionary(guard => guard.Name),
        new Dictionary<string, DialogType>
        {
            ["member"] = DialogType.Record(
                "member_fact",
                ("nickname", DialogType.TextOf(12)),
                ("status", DialogType.TextOf(10)),
                ("voluntary", DialogType.Money)),
        },
        new Dictionary<string, DialogType?>
        {
            ["unreadable_photo"] = null,
            ["order_ready"] = DialogType.Record("order_ready", ("order_no", DialogType.TextOf(10)), ("total", DialogType.Money)),
        });

    /// <summary>The files of the market by path; a test adds, replaces or removes some.</summary>
    public Dictionary<string, string> Files { get; } = new()
    {
        ["interruptions.yaml"] = MarketFiles.Interruptions,
        ["phrases.yaml"] = MarketFiles.Phrases,
        ["menu.yaml"] = MarketFiles.Menu,
        ["savings.yaml"] = MarketFiles.Savings,
        ["order.yaml"] = MarketFiles.Order,
        ["handover.yaml"] = MarketFiles.Handover,
    };

    /// <summary>Facts, which a test may change between messages.</summary>
    public Facts Facts { get; set; } = FactsOf("active", 150_000);

    /// <summary>What is on the shelf: key, name, price, stock.</summary>
    public List<RecordValue> Shelf { get; } = [Goods("beras", "Beras medium", 14_000, 12), Goods("gula", "Gula pasir", 17_500, 3)];

    /// <summary>True when every price is refused, since the shelf emptied a moment ago.</summary>
    public bool SoldOut { get; set; }

    public static Facts FactsOf(string status, long voluntary) => new(new Dictionary<string, RecordValue>
    {
        ["member"] = RecordValue.Of(
            ("nickname", new TextValue("Bu Ani")),
            ("status", new TextValue(status)),
            ("voluntary", new MoneyValue(voluntary))),
    });

    public static RecordValue Goods(string key, string name, long price, decimal stock) => RecordValue.Of(
        ("key", new TextValue(key)),
        ("name", new TextValue(name)),
        ("price", new MoneyValue(price)),
        ("unit", new TextValue("kg")),
        ("stock", new QuantityValue(stock)));

    public CatalogLoad Load() => DialogCatalog.Parse("dialogs", Files, Vocabulary);

    public DialogCatalog Catalog()
    {
        var load = Load();
        Assert.True(load.Catalog is not null, string.Join('\n', load.Errors));
        return load.Catalog;
    }

    public Chat Open() => new(new DialogMachine(Catalog()), Facts, Capabilities());

    /// <summary>Opens a chat over the market with one dialog more.</summary>
    public Chat OpenWith(string dialog)
    {
        Files[$"{dialog.Split('\n')[0]["dialog: ".Length..].Trim()}.yaml"] = dialog;
        return Open();
    }

    private Dictionary<string, Func<CapabilityCall, Outcome>> Capabilities() => new()
    {
        ["catalog.in_stock"] = _ => new Outcome("listed", new ListValue([.. Shelf])),
        ["orders.price"] = Price,
        ["orders.place"] = _ => new Outcome("placed", new TextValue("0001")),
        ["handover.request"] = _ => new Outcome("queued"),
    };

    private Outcome Price(CapabilityCall call)
    {
        var product = call.Record("product");
        var quantity = call.Quantity("quantity");
        var total = new MoneyValue((long)(((MoneyValue)product.Fields["price"]).Rupiah * quantity));
        return SoldOut || quantity > ((QuantityValue)product.Fields["stock"]).Amount
            ? new Outcome("out_of_stock")
            : new Outcome("priced", RecordValue.Of(
                ("total", total),
                ("lines", new ListValue([RecordValue.Of(
                    ("key", product.Fields["key"]),
                    ("name", product.Fields["name"]),
                    ("quantity", new QuantityValue(quantity)),
                    ("subtotal", total))]))));
    }
}
