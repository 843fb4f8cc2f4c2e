using KkmpBot.Conversations;
using KkmpBot.Dialogs.Model;

namespace KkmpBot.Orders;

/// <summary>Takes everything out of the caller's cart.</summary>
public sealed class ClearCart : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("orders.clear").Gives("cleared");

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        var cart = await Cart.OpenAsync(turn, ct);
        cart?.Clear();
        await turn.Db.SaveChangesAsync(ct);
        return new Outcome("cleared");
    }
}
