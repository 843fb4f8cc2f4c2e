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
        return await Cart.OpenAsync(turn, ct) is { } cart ? await OfAsync(turn, cart, ct) : new Outcome("empty");
    }

    /// <summary>The outcome that shows a cart.</summary>
    /// <param name="turn">The turn.</param>
    /// <param name="cart">The caller's cart.</param>
    /// <param name="ct">Cancelled only when the process stops.</param>
    internal static async Task<Outcome> OfAsync(Turn turn, Cart cart, CancellationToken ct)
    {
        cart.Reprice(await Shelf.LookUpAsync(turn.Db, cart.Lines.Select(line => line.Product.Id), turn.UtcNow, ct));
        await turn.Db.SaveChangesAsync(ct);
        return cart.Lines.Count == 0 ? new Outcome("empty") : new Outcome("filled", cart.Record());
    }
}

/// <summary>Goes on with what the caller had said they want and was not asked about yet; the cart when there is nothing of that.</summary>
public sealed class GoOnAsking : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("orders.go_on")
        .Gives("how_many", CartRecord.Type)
        .Gives("which", CartRecord.Type)
        .Gives("filled", CartRecord.Type)
        .Gives("empty");

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (await Cart.OpenAsync(turn, ct) is not { } cart)
            return new Outcome("empty");
        if (await AskedLater.NextAsync(turn, cart, notes: null, ct) is not { } next)
            return await ShowCart.OfAsync(turn, cart, ct);
        await turn.Db.SaveChangesAsync(ct);
        return next;
    }
}
