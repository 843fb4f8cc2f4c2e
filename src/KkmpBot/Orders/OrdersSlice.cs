using KkmpBot.Conversations;
using KkmpBot.Dialogs.Model;

namespace KkmpBot.Orders;

/// <summary>Carts and orders, from the choice of an article to the counter.</summary>
public static class OrdersSlice
{
    /// <summary>What the dialogs may use of it.</summary>
    public static Slice Slice { get; } = new()
    {
        Types = [CartRecord.Line, CartRecord.Lines, CartRecord.Type, OrderRecord.Type, OrderRecord.ListType],
        Capabilities =
        [
            new ShowCart(), new ListCartProducts(), new CheckPurchase(), new PutInCart(), new RemoveFromCart(),
            new ClearCart(), new PlaceOrder(),
            new ListMyOrders(), new ShowMyOrder(), new CancelOrder(),
            new ListOrdersToHandOver(), new FindOrderToHandOver(), new HandOverOrder(),
        ],
        Notices = new Dictionary<string, DialogType?>
        {
            [ExpireOrder.Notice] = OrderRecord.News,
            [HandOverOrder.Notice] = OrderRecord.News,
        },
        TimedActs = new Dictionary<string, RunTimedAct> { [ExpireOrder.Kind] = ExpireOrder.RunAsync },
    };
}
