using KkmpBot.Catalog;
using KkmpBot.Conversations;
using KkmpBot.Dialogs.Model;

namespace KkmpBot.Orders;

/// <summary>
/// Puts an amount of an article into the caller's cart, in place of what was there of it, when rules and stock allow. The amount comes
/// as typed, since only the article knows what "10 kg" or "selusin" is. Goods that were said before and not asked about yet are asked about next.
/// </summary>
public sealed class PutInCart : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("orders.put")
        .Takes("product", DialogType.Text)
        .Takes("quantity", DialogType.Text)
        .Gives("put", CartRecord.Type)
        .Gives("how_many", CartRecord.Type)
        .Gives("which", CartRecord.Type)
        .Gives(QuantityProblem.Unclear, CartRecord.Type)
        .Gives(QuantityProblem.OtherUnit, CartRecord.Type)
        .Gives(QuantityProblem.NotInParts, CartRecord.Type)
        .Gives("short", CartRecord.Type)
        .Gives("sold_out", CartRecord.Type)
        .Gives("over_limit", CartRecord.Type)
        .Gives("refused", CartRecord.Type);

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        var cart = await Cart.OpenAsync(turn, ct);
        if (cart is null || await Wanted.FindAsync(turn, cart.Member.CooperativeId, call.Text("product"), ct) is not { } item)
            return new Outcome("refused", Cart.NoRecord(turn, Refusal.Unnamed(CheckPurchase.NotOnSale)));
        if (!item.OnSale)
            return new Outcome("refused", cart.Record(Refusal.Of(item.Product, CheckPurchase.NotOnSale)));
        var (milli, problem) = SaidQuantity.Read(call.Text("quantity"), item.Product);
        if (problem is not null)
            return new Outcome(problem, cart.Record(Refusal.Of(item.Product, leftMilli: item.Product.StepMilli)));
        if (await PurchaseRules.ObjectionAsync(turn, cart, item, milli, ct) is { } objection)
            return new Outcome(objection.Outcome, cart.Record(objection.Refusal));

        await cart.PutAsync(item, milli, ct);
        var next = await AskedLater.NextAsync(turn, cart, notes: null, ct);
        await turn.Db.SaveChangesAsync(ct);
        return next ?? new Outcome("put", cart.Record());
    }
}
