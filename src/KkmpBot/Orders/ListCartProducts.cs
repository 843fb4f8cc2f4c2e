using KkmpBot.Catalog;
using KkmpBot.Conversations;
using KkmpBot.Dialogs.Model;

namespace KkmpBot.Orders;

/// <summary>The articles in the caller's cart, to choose the one to change.</summary>
public sealed class ListCartProducts : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("orders.cart_products")
        .Gives("listed", ProductRecord.ListType);

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (await Cart.OpenAsync(turn, ct) is not { } cart)
            return new Outcome("listed", new ListValue([]));
        var items = await Shelf.LookUpAsync(turn.Db, cart.Lines.Select(line => line.Product.Id), turn.UtcNow, ct);
        var rules = await GoodsRules.InForceAsync(turn.Db, cart.Lines.Select(line => line.Product.Goods), turn.UtcNow, ct);
        return new Outcome("listed", new ListValue([.. cart.Lines.Select(line => ProductRecord.Of(items[line.Product.Id], rules))]));
    }
}
