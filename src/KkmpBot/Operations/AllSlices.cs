using KkmpBot.Catalog;
using KkmpBot.Complaints;
using KkmpBot.Conversations;
using KkmpBot.Cooperatives;
using KkmpBot.Counter;
using KkmpBot.Handovers;
using KkmpBot.Members;
using KkmpBot.Orders;
using KkmpBot.Payments;
using KkmpBot.Prices;
using KkmpBot.Savings;

namespace KkmpBot.Operations;

/// <summary>The table of what the cooperative can do: one line a folder.</summary>
public static class AllSlices
{
    /// <summary>All slices.</summary>
    public static Slices Create() => new(
    [
        new Slice { Capabilities = [new SetLanguage()] },
        CooperativesSlice.Slice,
        MembersSlice.Slice,
        SavingsSlice.Slice,
        CatalogSlice.Slice,
        PricesSlice.Slice,
        OrdersSlice.Slice,
        PaymentsSlice.Slice,
        CounterSlice.Slice,
        ComplaintsSlice.Slice,
        HandoversSlice.Slice,
    ]);
}
