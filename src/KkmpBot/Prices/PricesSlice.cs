using KkmpBot.Conversations;

namespace KkmpBot.Prices;

/// <summary>What things cost: our prices with their history, and what a market asks.</summary>
public static class PricesSlice
{
    /// <summary>What the dialogs may use of it.</summary>
    public static Slice Slice { get; } = new()
    {
        Types = [PriceRecord.Type, PriceRecord.Check],
        Capabilities = [new ListPrices(), new ShowPrice(), new SetPrice(), new SetPriceAnyway()],
        Undos = new Dictionary<string, UndoAct> { ["prices.set"] = SetPrice.UndoAsync },
    };
}
