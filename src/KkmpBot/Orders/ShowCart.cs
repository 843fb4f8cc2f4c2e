using KkmpBot.Catalog;
using KkmpBot.Conversations;
using KkmpBot.Dialogs.Model;

namespace KkmpBot.Orders;

/// <summary>What the caller has in their cart, at the prices of now.</summary>
public sealed class ShowCart : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("orders.show_cart")
        .Gives("filled", CartRecord.Type)
        .Gives("empty");

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (await Cart.OpenAsync(turn, ct) is not { Lines.Count: > 0 } cart)
            return new Outcome("empty");
        cart.Reprice(await Shelf.LookUpAsync(turn.Db, cart.Lines.Select(line => line.Product.Id), turn.UtcNow, ct));
        await turn.Db.SaveChangesAsync(ct);
        return new Outcome("filled", cart.Record());
    }
}
