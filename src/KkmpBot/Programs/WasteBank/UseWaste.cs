using KkmpBot.Catalog;
using KkmpBot.Conversations;
using KkmpBot.Cooperatives;
using KkmpBot.Data;
using KkmpBot.Dialogs.Model;
using KkmpBot.Ledger;
using KkmpBot.Members;
using KkmpBot.Orders;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Programs.WasteBank;

/// <summary>The caller's placed orders that wait for cash.</summary>
public sealed class ListPayableOrders : ICapability
{
    private const int MaxListed = 9;

    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("waste.orders").Gives("listed", ListType);

    /// <summary>An order to be paid.</summary>
    internal static DialogType Type { get; } = DialogType.Record(
        "payable_order", ("key", DialogType.TextOf(10)), ("no", DialogType.TextOf(10)), ("total", DialogType.Money), ("day", DialogType.Date));

    /// <summary>The latest of them.</summary>
    internal static DialogType ListType { get; } = DialogType.List("payable_orders", Type, MaxListed);

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        var orders = await turn.Db.Set<Order>().AsNoTracking()
            .Where(row => row.PersonId == turn.Caller.PersonId && row.MemberId == turn.Caller.MemberId
                && row.Status == OrderStatus.Placed && row.Payment == PaymentWay.Cash && row.PaidRupiah == 0)
            .OrderByDescending(row => row.PlacedUtc).Take(MaxListed).ToListAsync(ct);
        return new Outcome("listed", new ListValue([.. orders.Select(order => RecordValue.Of(
            ("key", new TextValue(RunningNumber.Text(order.Number!.Value))),
            ("no", new TextValue(RunningNumber.Text(order.Number!.Value))),
            ("total", new MoneyValue(order.TotalRupiah)),
            ("day", new DateValue(Wib.Day(order.PlacedUtc!.Value)))))]));
    }
}

/// <summary>The caller pays one of their placed orders with what they were credited for waste.</summary>
public sealed class UseWaste : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("waste.use")
        .Takes("order", DialogType.Text)
        .Gives("used")
        .Gives("too_little")
        .Gives("at_counter")
        .Gives("gone");

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (await ByNumber.CallerAsync(turn, ct) is not { } member)
            return new Outcome("gone");
        var number = RunningNumber.Read(call.Text("order"));
        var orders = turn.Db.Set<Order>().Where(row => row.CooperativeId == member.CooperativeId && row.Number == number && row.MemberId == member.Id);
        // The order's row first, as everywhere: whoever closes the order holds it too.
        await orders.ExecuteUpdateAsync(set => set.SetProperty(row => row.Status, row => row.Status), ct);
        var order = await orders.SingleOrDefaultAsync(ct);
        if (order is not { Status: OrderStatus.Placed, Payment: PaymentWay.Cash, PaidRupiah: 0 }
            || await turn.Db.Set<OrderLine>().AnyAsync(line => line.OrderId == order.Id && line.HandedMilli > 0, ct))
            return new Outcome("gone");
        if (await IsPaidAtCounterAsync(turn, order, ct))
            return new Outcome("at_counter");
        await turn.Db.LockAsync<Member>(member.Id, ct);
        if (await WasteWeighing.BalanceAsync(turn, member, ct) < order.TotalRupiah)
            return new Outcome("too_little");
        order.Payment = PaymentWay.Waste;
        order.PaidRupiah = order.TotalRupiah;
        var taken = EntryDraft.For(turn, order.CooperativeId, "waste_used", RunningNumber.Text(order.Number!.Value))
            .Debit(Account.WasteSavings, order.TotalRupiah, member.Id)
            .Credit(Account.Prepayments, order.TotalRupiah, member.Id);
        await Books.PostAsync(turn.Db, taken, ct);
        return new Outcome("used");
    }

    // Minyakita may be reserved here, but is sold and paid at the outlet (SE Kemendag 3/2023).
    private static async Task<bool> IsPaidAtCounterAsync(Turn turn, Order order, CancellationToken ct)
    {
        var goods = await turn.Db.Set<OrderLine>().Where(line => line.OrderId == order.Id)
            .Join(turn.Db.Set<Product>(), line => line.ProductId, product => product.Id, (_, product) => product.Goods).Distinct().ToListAsync(ct);
        var rules = await GoodsRules.InForceAsync(turn.Db, goods, turn.UtcNow, ct);
        return goods.Exists(kind => rules.Find(kind, RuleKind.NoBundling) is not null);
    }
}
