using System.Globalization;
using KkmpBot.Alerts;
using KkmpBot.Auditing;
using KkmpBot.Catalog;
using KkmpBot.Conversations;
using KkmpBot.Corrections;
using KkmpBot.Data;
using KkmpBot.Dialogs.Model;
using KkmpBot.Dialogs.Texts;
using Microsoft.EntityFrameworkCore;

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

        await NoteAsync(turn, item.Product, call.Text("tier"), rupiah, ct);
        return new Outcome("set", Record(item.Product, rupiah, ceiling));
    }

    /// <summary>Writes a price that was checked, to be taken back with one word.</summary>
    internal static async Task NoteAsync(Turn turn, Product product, string tier, long rupiah, CancellationToken ct)
    {
        var price = await WriteAsync(turn, product, tier, rupiah, ct);
        OfficerAct.Note(turn, "prices.set", price.Id.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>Puts the price before it in force again; what was asked in between stays to be seen.</summary>
    internal static async ValueTask<string?> UndoAsync(string subject, Turn turn, CancellationToken ct)
    {
        long id = long.Parse(subject, NumberStyles.None, CultureInfo.InvariantCulture);
        var price = await turn.Db.Set<Price>().AsNoTracking().SingleAsync(row => row.Id == id, ct);
        await turn.Db.LockAsync<Product>(price.ProductId, ct);
        var product = await turn.Db.Set<Product>().AsNoTracking().SingleAsync(row => row.Id == price.ProductId, ct);
        var prices = turn.Db.Set<Price>().Where(row => row.ProductId == product.Id);
        if (await prices.AnyAsync(row => row.Tier == price.Tier && row.Id > id, ct))
            return null;
        // A tier without a price of its own had the members'.
        var before = await prices.Where(row => row.Id < id && (row.Tier == price.Tier || row.Tier == PriceTier.Member))
            .OrderByDescending(row => row.Tier == price.Tier).ThenByDescending(row => row.FromUtc).ThenByDescending(row => row.Id).FirstOrDefaultAsync(ct);
        if (before is null)
            return null;
        await WriteAsync(turn, product, price.Tier, before.Rupiah, ct);
        return $"Harga {product.Name} {Rupiah.Write(price.Rupiah)}, kembali {Rupiah.Write(before.Rupiah)}";
    }

    private static async Task<Price> WriteAsync(Turn turn, Product product, string tier, long rupiah, CancellationToken ct)
    {
        var price = new Price
        {
            ProductId = product.Id,
            Tier = PriceTier.All.Contains(tier) ? tier : throw new InvalidOperationException($"There is no price tier '{tier}'."),
            Rupiah = rupiah,
            FromUtc = turn.UtcNow,
            Source = DecidedBy,
            SetBy = turn.Caller.PersonId,
        };
        turn.Db.Add(price);
        // Whoever watches it is told later: their number must not make this turn longer.
        if (tier == PriceTier.Member)
            PriceEvents.Add(turn.Db, WatchedPrice.OfProduct(product), rupiah, turn.UtcNow);
        await turn.Db.SaveChangesAsync(ct);
        await Audit.RecordAsync(turn, "prices.set", product.Subject, ct);
        return price;
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
        await SetPrice.NoteAsync(turn, item.Product, call.Text("tier"), call.Rupiah("price"), ct);
        return new Outcome("set", SetPrice.Record(item.Product, call.Rupiah("price"), null));
    }
}
