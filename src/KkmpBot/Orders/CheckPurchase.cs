using KkmpBot.Catalog;
using KkmpBot.Conversations;
using KkmpBot.Dialogs.Model;

namespace KkmpBot.Orders;

/// <summary>Whether the caller may order an article at all: asked before the quantity, so that nobody answers in vain.</summary>
public sealed class CheckPurchase : ICapability
{
    /// <summary>Said of an article that cannot be ordered now.</summary>
    internal const string NotOnSale = "Barang ini sedang tidak dijual.";

    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("orders.may_buy")
        .Takes("product", DialogType.Text)
        .Gives("may", CartRecord.Type)
        .Gives("may_with_note", CartRecord.Type)
        .Gives("sold_out", CartRecord.Type)
        .Gives("refused", CartRecord.Type);

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        var cart = await Cart.OpenAsync(turn, ct);
        if (cart is null || await Wanted.FindAsync(turn, cart.Member.CooperativeId, call.Text("product"), ct) is not { OnSale: true } item)
            return new Outcome("refused", Cart.NoRecord(turn, Refusal.Unnamed(NotOnSale)));
        if (await PurchaseRules.ObjectionAsync(turn, cart, item, item.Product.StepMilli, ct) is { } objection)
            return new Outcome(objection.Outcome == "sold_out" ? "sold_out" : "refused", cart.Record(objection.Refusal));
        var rules = await GoodsRules.InForceAsync(turn.Db, [item.Product.Goods], turn.UtcNow, ct);
        var noted = rules.For(item.Product.Goods).Any(rule => rule.Kind is RuleKind.Limit or RuleKind.NoBundling);
        return new Outcome(noted ? "may_with_note" : "may", cart.Record());
    }
}
