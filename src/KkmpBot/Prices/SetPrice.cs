using KkmpBot.Alerts;
using KkmpBot.Auditing;
using KkmpBot.Catalog;
using KkmpBot.Conversations;
using KkmpBot.Dialogs.Model;

namespace KkmpBot.Prices;

/// <summary>
/// An officer sets the price of an article for a tier from now on. Dearer than the ceiling of the state (HET) is refused, with the rule
/// named; dearer than a reference price (HAP) is asked again first. Placed orders keep their price.
/// </summary>
public sealed class SetPrice : ICapability
{
    private const string DecidedBy = "pengurus koperasi";

    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("prices.set")
        .Takes("product", DialogType.Text)
        .Takes("tier", DialogType.Choice)
        .Takes("price", DialogType.Money)
        .Gives("set", PriceRecord.Check)
        .Gives("too_dear", PriceRecord.Check)
        .Gives("above_reference", PriceRecord.Check)
        .Gives("not_allowed");

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (await OfficersArticle.FindAsync(call, turn, ct) is not { } item)
            return new Outcome("not_allowed");
        var rupiah = call.Rupiah("price");
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rupiah, Price.MaxRupiah, nameof(call));
        var rules = await GoodsRules.InForceAsync(turn.Db, [item.Product.Goods], turn.UtcNow, ct);
        var ceiling = rules.Find(item.Product.Goods, RuleKind.Ceiling);
        if (ceiling is not null && rupiah > GoodsRules.RupiahPerUnit(ceiling, item.Product))
            return new Outcome("too_dear", Record(item.Product, rupiah, ceiling));

        var reference = rules.Find(item.Product.Goods, RuleKind.Reference);
        if (reference is not null && rupiah > GoodsRules.RupiahPerUnit(reference, item.Product))
            return new Outcome("above_reference", Record(item.Product, rupiah, reference));

        await WriteAsync(turn, item.Product, call.Text("tier"), rupiah, ct);
        return new Outcome("set", Record(item.Product, rupiah, ceiling));
    }

    /// <summary>Writes a price that was checked.</summary>
    internal static async Task WriteAsync(Turn turn, Product product, string tier, long rupiah, CancellationToken ct)
    {
        turn.Db.Add(new Price
        {
            ProductId = product.Id,
            Tier = PriceTier.All.Contains(tier) ? tier : throw new InvalidOperationException($"There is no price tier '{tier}'."),
            Rupiah = rupiah,
            FromUtc = turn.UtcNow,
            Source = DecidedBy,
            SetBy = turn.Caller.PersonId,
        });
        // Whoever watches it is told later: their number must not make this turn longer.
        if (tier == PriceTier.Member)
            PriceEvents.Add(turn.Db, WatchedPrice.OfProduct(product), rupiah, turn.UtcNow);
        await turn.Db.SaveChangesAsync(ct);
        await Audit.RecordAsync(turn, "prices.set", product.Subject, ct);
    }

    /// <summary>What became of a price, with the rule that speaks about it.</summary>
    internal static RecordValue Record(Product product, long rupiah, GoodsRule? ceiling) => RecordValue.Of(
        ("name", new TextValue(product.Name)),
        ("pack", new TextValue(ProductRecord.Pack(product))),
        ("price", new MoneyValue(rupiah)),
        ("highest", new MoneyValue(ceiling is null ? 0 : GoodsRules.RupiahPerUnit(ceiling, product))),
        ("words", new TextValue(ceiling?.Words ?? "")),
        ("source", new TextValue(ceiling?.Source ?? "")));
}

/// <summary>
/// The officer sets a price above the reference price (HAP) all the same: it is no ceiling. The call before it refused what no answer can
/// allow.
/// </summary>
public sealed class SetPriceAnyway : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("prices.set_anyway")
        .Takes("product", DialogType.Text)
        .Takes("tier", DialogType.Choice)
        .Takes("price", DialogType.Money)
        .Gives("set", PriceRecord.Check);

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        var item = await OfficersArticle.FindAsync(call, turn, ct) ?? throw new InvalidOperationException("A price is set that was not asked for.");
        var rules = await GoodsRules.InForceAsync(turn.Db, [item.Product.Goods], turn.UtcNow, ct);
        if (rules.Find(item.Product.Goods, RuleKind.Ceiling) is { } ceiling && call.Rupiah("price") > GoodsRules.RupiahPerUnit(ceiling, item.Product))
            throw new InvalidOperationException("A price above the ceiling passed for a question of the reference price.");
        await SetPrice.WriteAsync(turn, item.Product, call.Text("tier"), call.Rupiah("price"), ct);
        return new Outcome("set", SetPrice.Record(item.Product, call.Rupiah("price"), null));
    }
}
