using KkmpBot.Catalog;
using KkmpBot.Conversations;
using KkmpBot.Dialogs.Model;

namespace KkmpBot.Orders;

/// <summary>
/// Puts an amount of an article into the caller's cart, in place of what was there of it, when rules and stock allow. The amount comes
/// as typed, since only the article knows what "10 kg" or "selusin" is.
/// </summary>
public sealed class PutInCart : ICapability
{
    private const string Full = "Keranjangnya sudah penuh.";
    private const string SoldOut = "Stoknya baru saja habis.";

    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("orders.put")
        .Takes("product", DialogType.Text)
        .Takes("quantity", DialogType.Text)
        .Gives("put", CartRecord.Type)
        .Gives(QuantityProblem.Unclear, CartRecord.Type)
        .Gives(QuantityProblem.OtherUnit, CartRecord.Type)
        .Gives(QuantityProblem.NotInParts, CartRecord.Type)
        .Gives("short", CartRecord.Type)
        .Gives("over_limit", CartRecord.Type)
        .Gives("refused", CartRecord.Type);

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        var cart = await Cart.OpenAsync(turn, ct);
        if (cart is null || await Shelf.FindAsync(turn.Db, cart.Member.CooperativeId, call.Text("product"), turn.UtcNow, ct) is not { } item)
            return new Outcome("refused", Cart.NoRecord(turn, Refusal.Unnamed(CheckPurchase.NotOnSale)));
        if (!item.OnSale)
            return new Outcome("refused", cart.Record(Refusal.Of(item.Product, CheckPurchase.NotOnSale)));
        var (milli, problem) = SaidQuantity.Read(call.Text("quantity"), item.Product);
        if (problem is not null)
            return new Outcome(problem, cart.Record(Refusal.Of(item.Product, leftMilli: item.Product.StepMilli)));
        if (await RefusalAsync(turn, cart, item, milli, ct) is { } refusal)
            return refusal;

        await cart.PutAsync(item, milli, ct);
        await turn.Db.SaveChangesAsync(ct);
        return new Outcome("put", cart.Record());
    }

    private static async Task<Outcome?> RefusalAsync(Turn turn, Cart cart, ShelfItem item, long milli, CancellationToken ct)
    {
        var product = item.Product;
        var rules = await GoodsRules.InForceAsync(turn.Db, [product.Goods], turn.UtcNow, ct);
        if (PurchaseRules.Forbids(rules, product, cart.Member) is { } forbidding)
            return new Outcome("refused", cart.Record(Refusal.Of(product, forbidding.Words)));
        if (rules.Find(product.Goods, RuleKind.Limit) is { } limit)
        {
            var left = await PurchaseRules.LeftMilliAsync(turn.Db, limit, product, cart, turn.UtcNow, ct);
            if (left == 0)
                return new Outcome("refused", cart.Record(Refusal.Of(product, limit.Words)));
            if (milli > left)
                return new Outcome("over_limit", cart.Record(Refusal.Of(product, limit.Words, left)));
        }

        if (item.FreeMilli < product.StepMilli)
            return new Outcome("refused", cart.Record(Refusal.Of(product, SoldOut)));
        if (milli > item.FreeMilli)
            return new Outcome("short", cart.Record(Refusal.Of(product, leftMilli: item.FreeMilli)));
        return cart.Lines.Count >= CartRecord.MaxLines && cart.Lines.All(line => line.Product.Id != product.Id)
            ? new Outcome("refused", cart.Record(Refusal.Of(product, Full)))
            : null;
    }
}
