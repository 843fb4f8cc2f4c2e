using KkmpBot.Auditing;
using KkmpBot.Catalog;
using KkmpBot.Conversations;
using KkmpBot.Dialogs.Model;

namespace KkmpBot.Prices;

/// <summary>
/// An officer sets the price of an article for a tier from now on. Dearer than the ceiling of the state (HET) is refused, with the rule
/// named; dearer than a reference price (HAP) only goes through when the officer is <c>sure</c>. Placed orders keep their price.
/// </summary>
public sealed class SetPrice : ICapability
{
    private const string DecidedBy = "pengurus koperasi";

    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("prices.set")
        .Takes("product", DialogType.Text)
        .Takes("tier", DialogType.Choice)
        .Takes("price", DialogType.Money)
        .MayTake("sure", DialogType.YesNo)
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
        var isSure = call.Arguments.ContainsKey("sure") && call.YesNo("sure");
        if (!isSure && reference is not null && rupiah > GoodsRules.RupiahPerUnit(reference, item.Product))
            return new Outcome("above_reference", Record(item.Product, rupiah, reference));

        var tier = call.Text("tier");
        turn.Db.Add(new Price
        {
            ProductId = item.Product.Id,
            Tier = PriceTier.All.Contains(tier) ? tier : throw new InvalidOperationException($"There is no price tier '{tier}'."),
            Rupiah = rupiah,
            FromUtc = turn.UtcNow,
            Source = DecidedBy,
            SetBy = turn.Caller.PersonId,
        });
        await turn.Db.SaveChangesAsync(ct);
        await Audit.RecordAsync(turn, Description.Name, item.Product.Subject, ct);
        return new Outcome("set", Record(item.Product, rupiah, ceiling));
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
