using KkmpBot.Conversations;

namespace KkmpBot.Charges;

/// <summary>What messages cost the cooperatives, and how they reached people.</summary>
public static class ChargesSlice
{
    /// <summary>What the dialogs may use of it.</summary>
    public static Slice Slice { get; } = new()
    {
        Types = [MessageCharges.Month, ListHandOvers.Type, ListHandOvers.ListType],
        Capabilities = [new ShowMessageMonth(), new SetMessageBudget(), new ListHandOvers()],
    };
}
