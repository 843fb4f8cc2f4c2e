using KkmpBot.Catalog;
using KkmpBot.Conversations;
using KkmpBot.Cooperatives;
using KkmpBot.Dialogs.Model;
using KkmpBot.Ledger;
using KkmpBot.Orders;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Payments;

/// <summary>How a cart may be paid. Cash always; the others where the cooperative has them and no rule wants the goods paid at the counter.</summary>
internal static class PaymentWays
{
    /// <summary>What may be chosen beside cash, and what stands in the member's sukarela.</summary>
    public static DialogType Type { get; } = DialogType.Record(
        "payment_ways", ("sukarela", DialogType.YesNo), ("qris", DialogType.YesNo), ("balance", DialogType.Money));

    /// <summary>True when a cart may be paid so.</summary>
    /// <param name="turn">The turn.</param>
    /// <param name="cart">The cart.</param>
    /// <param name="way">One of <see cref="PaymentWay"/>.</param>
    /// <param name="ct">Cancelled only when the process stops.</param>
    public static async Task<bool> MayAsync(Turn turn, Cart cart, string way, CancellationToken ct) => way switch
    {
        PaymentWay.Cash => true,
        PaymentWay.Sukarela => await MayAheadAsync(turn, cart, ct) && await BalanceAsync(turn, cart, ct) is { } balance && balance >= Total(cart),
        PaymentWay.Qris => await MayAheadAsync(turn, cart, ct)
            && await turn.Db.Set<QrisCode>().AnyAsync(code => code.CooperativeId == cart.Member.CooperativeId, ct),
        _ => false,
    };

    /// <summary>The member's simpanan sukarela; null where the cooperative takes none, or the order is for somebody else.</summary>
    /// <param name="turn">The turn.</param>
    /// <param name="cart">The cart.</param>
    /// <param name="ct">Cancelled only when the process stops.</param>
    public static async Task<long?> BalanceAsync(Turn turn, Cart cart, CancellationToken ct)
    {
        var (memberId, cooperativeId) = (cart.Member.Id, cart.Member.CooperativeId);
        return memberId == turn.Caller.MemberId && await turn.Db.Set<Cooperative>().AnyAsync(row => row.Id == cooperativeId && row.TakesSukarela, ct)
            ? await Books.BalanceAsync(turn.Db, cooperativeId, Account.Sukarela, memberId, ct)
            : null;
    }

    private static long Total(Cart cart) => cart.Lines.Sum(line => line.SubtotalRupiah);

    // Minyakita may be reserved here, but is sold and paid at the outlet (SE Kemendag 3/2023).
    private static async Task<bool> MayAheadAsync(Turn turn, Cart cart, CancellationToken ct)
    {
        var rules = await GoodsRules.InForceAsync(turn.Db, cart.Lines.Select(line => line.Product.Goods), turn.UtcNow, ct);
        return cart.Lines.All(line => rules.Find(line.Product.Goods, RuleKind.NoBundling) is null);
    }
}

/// <summary>How the caller's cart may be paid.</summary>
public sealed class ListPaymentWays : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("payments.ways")
        .Gives("several", PaymentWays.Type)
        .Gives("only_cash");

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (await Cart.OpenAsync(turn, ct) is not { } cart)
            return new Outcome("only_cash");
        var (sukarela, qris) = (await PaymentWays.MayAsync(turn, cart, PaymentWay.Sukarela, ct), await PaymentWays.MayAsync(turn, cart, PaymentWay.Qris, ct));
        return sukarela || qris
            ? new Outcome("several", RecordValue.Of(
                ("sukarela", new YesNoValue(sukarela)),
                ("qris", new YesNoValue(qris)),
                ("balance", new MoneyValue(await PaymentWays.BalanceAsync(turn, cart, ct) ?? 0))))
            : new Outcome("only_cash");
    }
}

/// <summary>The caller chooses how their cart is paid: <c>cash</c>, <c>sukarela</c> or <c>qris</c>.</summary>
public sealed class ChoosePayment : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("payments.choose")
        .Takes("way", DialogType.Choice)
        .Gives("chosen");

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        // A way that stopped working meanwhile is found by the next step, which shows cash again.
        if (await Cart.OpenAsync(turn, ct) is { Lines.Count: > 0 } cart && await PaymentWays.MayAsync(turn, cart, call.Text("way"), ct))
            await cart.PayByAsync(call.Text("way"), ct);
        await turn.Db.SaveChangesAsync(ct);
        return new Outcome("chosen");
    }
}
