using KkmpBot.Conversations;

namespace KkmpBot.Catalog;

/// <summary>The goods of the cooperatives: what there is, how much of it, and the rules about it.</summary>
public static class CatalogSlice
{
    /// <summary>What the dialogs may use of it.</summary>
    public static Slice Slice { get; } = new()
    {
        Types = [ProductRecord.Type, ProductRecord.ListType],
        Capabilities = [new ListInStock(), new ListArticles(), new ReceiveStock(), new WriteOffStock(), new SwitchSale()],
    };
}
