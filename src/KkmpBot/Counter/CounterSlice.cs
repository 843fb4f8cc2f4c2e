using KkmpBot.Conversations;
using KkmpBot.Dialogs.Model;
using KkmpBot.Orders;

namespace KkmpBot.Counter;

/// <summary>What happens at the counter without an order, and how the day went.</summary>
public static class CounterSlice
{
    /// <summary>What the dialogs may use of it.</summary>
    public static Slice Slice { get; } = new()
    {
        Types = [CounterQuote.Type, SummariseDay.Type],
        Capabilities = [new QuoteSale(), new SellAtCounter(), new SummariseDay()],
        Notices = new Dictionary<string, DialogType?> { [SellAtCounter.Notice] = OrderRecord.News, [ReportDay.Notice] = SummariseDay.Type },
        TimedActs = new Dictionary<string, RunTimedAct> { [ReportDay.Kind] = ReportDay.RunAsync },
        Undos = new Dictionary<string, UndoAct> { ["counter.sell"] = UndoOrders.OfSaleAsync },
    };
}
