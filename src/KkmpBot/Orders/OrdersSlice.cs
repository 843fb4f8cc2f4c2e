using KkmpBot.Conversations;
using KkmpBot.Dialogs.Model;

namespace KkmpBot.Orders;

/// <summary>Carts and orders, from the choice of an article to the counter.</summary>
public static class OrdersSlice
{
    /// <summary>What the dialogs may use of it.</summary>
    public static Slice Slice { get; } = new()
    {
        Types =
        [
            CartRecord.Line, CartRecord.Lines, CartRecord.Type, CartRecord.Time, CartRecord.Times, CartRecord.Person,
            OrderRecord.Type, OrderRecord.ListType, HandedRecord.Type, ListHousehold.ListType,
        ],
        Capabilities =
        [
            new HearOrder(), new HearKind(), new ShowCart(), new GoOnAsking(), new ListCartProducts(), new CheckPurchase(), new PutInCart(), new RemoveFromCart(), new ClearCart(),
            new JoinQueue(), new LeaveQueue(), new PrepareOrder(), new ListPickupTimes(), new ChoosePickupTime(), new PlaceOrder(),
            new ListMyOrders(), new ShowMyOrder(), new SendCode(), new CancelOrder(),
            new ListOrdersToHandOver(), new FindOrderToHandOver(), new ShowOrderToHandOver(), new CheckPickupCode(), new VouchForBuyer(),
            new HandOverOrder(), new HandOverPart(), new FindFetchedOrder(), new TakeBackGoods(), new ListHousehold(), new BuyForMember(), new PlanPickup(),
        ],
        Notices = new Dictionary<string, DialogType?>
        {
            [ExpireOrder.Notice] = OrderRecord.News,
            [ExpireOrder.RefundNotice] = OrderRecord.News,
            [PickupReminders.RemindNotice] = OrderRecord.News,
            [PickupReminders.LateNotice] = OrderRecord.News,
            [HandOverOrder.Notice] = OrderRecord.News,
        },
        TimedActs = new Dictionary<string, RunTimedAct>
        {
            [ExpireOrder.Kind] = ExpireOrder.RunAsync,
            [PickupReminders.RemindKind] = PickupReminders.RemindAsync,
            [PickupReminders.LateKind] = PickupReminders.LateAsync,
        },
        Undos = new Dictionary<string, UndoAct>
        {
            ["orders.hand_over"] = UndoOrders.OfHandingAsync,
            ["orders.take_back"] = UndoOrders.OfReturnAsync,
            ["orders.exchange"] = UndoOrders.OfExchangeAsync,
        },
    };
}
