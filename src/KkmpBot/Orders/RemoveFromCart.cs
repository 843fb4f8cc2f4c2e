using System.Globalization;
using KkmpBot.Conversations;
using KkmpBot.Dialogs.Model;

namespace KkmpBot.Orders;

/// <summary>Takes one article out of the caller's cart.</summary>
public sealed class RemoveFromCart : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("orders.remove")
        .Takes("product", DialogType.Text)
        .Gives("filled", CartRecord.Type)
        .Gives("empty");

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (await Cart.OpenAsync(turn, ct) is not { } cart)
            return new Outcome("empty");
        if (long.TryParse(call.Text("product"), NumberStyles.None, CultureInfo.InvariantCulture, out var productId))
            cart.Remove(productId);
        await turn.Db.SaveChangesAsync(ct);
        return cart.Lines.Count == 0 ? new Outcome("empty") : new Outcome("filled", cart.Record());
    }
}
