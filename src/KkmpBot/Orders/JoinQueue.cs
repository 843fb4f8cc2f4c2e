using KkmpBot.Catalog;
using KkmpBot.Conversations;
using KkmpBot.Dialogs.Model;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Orders;

/// <summary>
/// The caller queues for an article that is sold out, for as much as stands in their cart or one of it. It leaves the cart, so that the
/// rest can be ordered.
/// </summary>
public sealed class JoinQueue : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("orders.wait")
        .Takes("product", DialogType.Text)
        .Gives("waiting", CartRecord.Type)
        .Gives("free_again", CartRecord.Type)
        .Gives("gone");

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (await Cart.OpenAsync(turn, ct) is not { } cart
            || await Wanted.FindAsync(turn, cart.Member.CooperativeId, call.Text("product"), ct) is not { OnSale: true } item)
            return new Outcome("gone");
        var product = item.Product;
        var milli = cart.Lines.FirstOrDefault(line => line.Product.Id == product.Id)?.Line.QuantityMilli ?? Math.Max(Quantities.Milli, product.StepMilli);
        var place = await StockQueue.JoinAsync(turn, product, milli, ct);
        var kept = await turn.Db.Set<StockWait>().AnyAsync(
            wait => wait.PersonId == turn.Caller.PersonId && wait.ProductId == product.Id && wait.Status == WaitStatus.Offered, ct);
        if (kept)
            return new Outcome("free_again", cart.Record(Refusal.Of(product)));
        cart.Remove(product.Id);
        await turn.Db.SaveChangesAsync(ct);
        return new Outcome("waiting", cart.Record(Refusal.Of(product), place));
    }
}

/// <summary>The caller does not want to wait for a sold-out article; it leaves the queue and the cart.</summary>
public sealed class LeaveQueue : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("orders.do_not_wait")
        .Takes("product", DialogType.Text)
        .Gives("left");

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (await Cart.OpenAsync(turn, ct) is { } cart
            && await Wanted.FindAsync(turn, cart.Member.CooperativeId, call.Text("product"), ct) is { } item)
        {
            cart.Remove(item.Product.Id);
            await StockQueue.LeaveAsync(turn, item.Product.Id, ct);
            await turn.Db.SaveChangesAsync(ct);
        }

        return new Outcome("left");
    }
}
