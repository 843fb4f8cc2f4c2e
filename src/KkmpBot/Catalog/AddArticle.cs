using KkmpBot.Auditing;
using KkmpBot.Conversations;
using KkmpBot.Dialogs.Answers;
using KkmpBot.Dialogs.Model;
using KkmpBot.Members;
using KkmpBot.Prices;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Catalog;

/// <summary>
/// An officer adds an article to the catalogue, with its price. A package of several goods is refused when a rule forbids to bundle one of
/// them, and so is a price above a ceiling; both with the rule named.
/// </summary>
public sealed class AddArticle : ICapability
{
    private const long KilogramStepMilli = 250;
    private const string DecidedBy = "pengurus koperasi";
    private static readonly string[] BundleWords = ["paket", "bonus", "gratis", "bundel", "bundling", "plus"];

    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("catalog.add")
        .Takes("name", DialogType.Text)
        .Takes("unit", DialogType.Choice)
        .Takes("holds", DialogType.Text)
        .Takes("supplier", DialogType.Choice)
        .Takes("spoils", DialogType.YesNo)
        .Takes("price", DialogType.Money)
        .Gives("added", PriceRecord.Check)
        .Gives("known")
        .Gives("full")
        .Gives("unclear")
        .Gives("bundled", PriceRecord.Check)
        .Gives("too_dear", PriceRecord.Check);

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (!OfficerRole.MayMoveGoods(turn.Caller) || turn.Caller.CooperativeId is not { } cooperativeId || Read(call, turn, cooperativeId) is not { } product)
            return new Outcome("unclear");
        var own = turn.Db.Set<Product>().Where(row => row.CooperativeId == cooperativeId);
        if (await own.AnyAsync(row => row.Name == product.Name, ct))
            return new Outcome("known");
        if (await own.CountAsync(ct) >= Shelf.MaxArticles)
            return new Outcome("full");
        var named = turn.Goods?.Named(product.Name) ?? [];
        var rules = await GoodsRules.InForceAsync(turn.Db, [.. named, product.Goods], turn.UtcNow, ct);
        if (IsBundle(product.Name, named) && named.Select(goods => rules.Find(goods, RuleKind.NoBundling)).FirstOrDefault(rule => rule is not null) is { } forbidden)
            return new Outcome("bundled", SetPrice.Record(product, call.Rupiah("price"), forbidden));
        if (rules.Find(product.Goods, RuleKind.Ceiling) is { } ceiling && call.Rupiah("price") > GoodsRules.RupiahPerUnit(ceiling, product))
            return new Outcome("too_dear", SetPrice.Record(product, call.Rupiah("price"), ceiling));

        turn.Db.Add(product);
        await turn.Db.SaveChangesAsync(ct);
        turn.Db.Add(new StockLevel { ProductId = product.Id });
        turn.Db.Add(new Price { ProductId = product.Id, Rupiah = call.Rupiah("price"), FromUtc = turn.UtcNow, Source = DecidedBy, SetBy = turn.Caller.PersonId });
        await turn.Db.SaveChangesAsync(ct);
        await Audit.RecordAsync(turn, Description.Name, product.Subject, ct);
        return new Outcome("added", SetPrice.Record(product, call.Rupiah("price"), null));
    }

    // A name of several goods, or with a gift, is a package; it has no rules of one of them.
    private static bool IsBundle(string name, IReadOnlyList<string> named) =>
        named.Count > 1 || TypedText.Fold(name).Split(' ').Any(BundleWords.Contains);

    private static Product? Read(CapabilityCall call, Turn turn, int cooperativeId)
    {
        var (name, unit) = (call.Text("name"), call.Text("unit"));
        if (name.Length > Product.MaxNameLength)
            return null;
        if (QuantityReader.Read(call.Text("holds")) is not { } holds || Quantities.ToMilli(holds.Amount) is not { } baseMilli)
            return null;
        var named = turn.Goods?.Named(name) ?? [];
        return new Product
        {
            CooperativeId = cooperativeId,
            Goods = IsBundle(name, named) ? "paket" : named.Count == 1 ? named[0] : "lain",
            Name = name,
            Unit = unit,
            StepMilli = unit is "kg" or "l" ? KilogramStepMilli : Quantities.Milli,
            BaseUnit = holds.Unit ?? unit,
            BaseMilli = baseMilli,
            SupplierKind = SupplierKind.All.Contains(call.Text("supplier")) ? call.Text("supplier") : null,
            TracksExpiry = call.YesNo("spoils"),
            Active = true,
        };
    }
}
