using KkmpBot.Conversations;
using KkmpBot.Dialogs.Model;
using KkmpBot.Payments;

namespace KkmpBot.Orders;

/// <summary>
/// Makes the caller's cart ready to be confirmed: with a time to fetch where the cooperative plans them (the first free one unless the
/// member chose), and a way of paying that works. <c>has_choices</c> when another way of paying exists.
/// </summary>
public sealed class PrepareOrder : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("orders.prepare")
        .Gives("ready", CartRecord.Type)
        .Gives("empty");

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (await Cart.OpenAsync(turn, ct) is not { Lines.Count: > 0 } cart)
            return new Outcome("empty");
        var times = await cart.FreeTimesAsync(ct);
        if (!times.Any(time => time.Day == cart.Draft.PickupDay && time.Minute == cart.Draft.PickupMinute))
            await cart.FetchAtAsync(times.Count > 0 ? times[0] : null, ct);
        if (!await PaymentWays.MayAsync(turn, cart, cart.Payment, ct))
            await cart.PayByAsync(PaymentWay.Cash, ct);
        await turn.Db.SaveChangesAsync(ct);
        return new Outcome("ready", cart.Record());
    }
}

/// <summary>The times at which the caller's cart could be fetched.</summary>
public sealed class ListPickupTimes : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("orders.pickup_times").Gives("listed", CartRecord.Times);

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (await Cart.OpenAsync(turn, ct) is not { } cart)
            return new Outcome("listed", new ListValue([]));
        return new Outcome("listed", new ListValue([.. (await cart.FreeTimesAsync(ct)).Take(PickupSlots.MaxListed).Select(CartRecord.TimeOf)]));
    }
}

/// <summary>The caller chooses when the cart is fetched.</summary>
public sealed class ChoosePickupTime : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("orders.choose_time")
        .Takes("time", DialogType.Text)
        .Gives("chosen")
        .Gives("gone");

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (await Cart.OpenAsync(turn, ct) is not { } cart
            || (await cart.FreeTimesAsync(ct)).FirstOrDefault(time => CartRecord.TimeOf(time).Key == call.Text("time")) is not { } chosen)
            return new Outcome("gone");
        await cart.FetchAtAsync(chosen, ct);
        await turn.Db.SaveChangesAsync(ct);
        return new Outcome("chosen");
    }
}
