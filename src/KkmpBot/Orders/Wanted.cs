using KkmpBot.Catalog;
using KkmpBot.Conversations;

namespace KkmpBot.Orders;

/// <summary>Articles as the person who orders may have them: with what the queue keeps for them.</summary>
internal static class Wanted
{
    /// <summary>One article of a cooperative; null when it has none of that key.</summary>
    /// <param name="turn">The turn.</param>
    /// <param name="cooperativeId">Whose.</param>
    /// <param name="key">The article's key.</param>
    /// <param name="ct">Cancelled only when the process stops.</param>
    public static async Task<ShelfItem?> FindAsync(Turn turn, int cooperativeId, string key, CancellationToken ct)
    {
        var item = await Shelf.FindAsync(turn.Db, cooperativeId, key, turn.UtcNow, ct);
        return item is null ? null : (await WithOffersAsync(turn, [item], ct))[0];
    }

    /// <summary>Articles with what the queue keeps for the caller.</summary>
    /// <param name="turn">The turn.</param>
    /// <param name="items">The articles.</param>
    /// <param name="ct">Cancelled only when the process stops.</param>
    public static async Task<IReadOnlyList<ShelfItem>> WithOffersAsync(Turn turn, IReadOnlyList<ShelfItem> items, CancellationToken ct)
    {
        var offers = await StockQueue.OffersOfAsync(turn.Db, turn.Caller.PersonId, ct);
        return offers.Count == 0 ? items : [.. items.Select(item => item with { OfferedMilli = offers.GetValueOrDefault(item.Product.Id) })];
    }
}
