using KkmpBot.Conversations;
using KkmpBot.Data;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Catalog;

/// <summary>
/// The stock of articles: the only way in which levels change. Each change is one conditional statement on the article's row, so that
/// two buyers at the same instant can never both have the last sack, on any database. Callers with several articles go by rising id,
/// so that they cannot wait for each other in a circle.
/// </summary>
public static class Stock
{
    /// <summary>Keeps goods for an order, when so much is free.</summary>
    /// <param name="db">The turn's database.</param>
    /// <param name="productId">The article.</param>
    /// <param name="milli">Thousandths of its unit.</param>
    /// <param name="ct">Cancelled only when the process stops.</param>
    /// <returns>False when there is not enough; nothing is kept then.</returns>
    public static async Task<bool> ReserveAsync(KkmpDbContext db, long productId, long milli, CancellationToken ct) =>
        await db.Set<StockLevel>()
            .Where(level => level.ProductId == productId && level.OnHandMilli - level.ReservedMilli >= milli)
            .ExecuteUpdateAsync(set => set.SetProperty(level => level.ReservedMilli, level => level.ReservedMilli + milli), ct) == 1;

    /// <summary>Frees goods that were kept.</summary>
    /// <param name="db">The turn's database.</param>
    /// <param name="productId">The article.</param>
    /// <param name="milli">Thousandths of its unit, as reserved.</param>
    /// <param name="ct">Cancelled only when the process stops.</param>
    public static async Task ReleaseAsync(KkmpDbContext db, long productId, long milli, CancellationToken ct)
    {
        var rows = await db.Set<StockLevel>()
            .Where(level => level.ProductId == productId && level.ReservedMilli >= milli)
            .ExecuteUpdateAsync(set => set.SetProperty(level => level.ReservedMilli, level => level.ReservedMilli - milli), ct);
        if (rows != 1)
            throw new InvalidOperationException($"Product {productId}: more is released than was reserved.");
    }

    /// <summary>Gives reserved goods to their buyer.</summary>
    /// <param name="turn">The officer's turn.</param>
    /// <param name="productId">The article.</param>
    /// <param name="milli">Thousandths of its unit, as reserved.</param>
    /// <param name="orderId">The order.</param>
    /// <param name="ct">Cancelled only when the process stops.</param>
    /// <returns>What the goods had cost the cooperative, in rupiah, by the moving average; 0 when no purchase price was noted.</returns>
    public static async Task<long> SellAsync(Turn turn, long productId, long milli, long orderId, CancellationToken ct)
    {
        var rows = await turn.Db.Set<StockLevel>()
            .Where(level => level.ProductId == productId && level.ReservedMilli >= milli && level.OnHandMilli >= milli)
            .ExecuteUpdateAsync(
                set => set
                    .SetProperty(level => level.OnHandMilli, level => level.OnHandMilli - milli)
                    .SetProperty(level => level.ReservedMilli, level => level.ReservedMilli - milli),
                ct);
        if (rows != 1)
            throw new InvalidOperationException($"Product {productId}: more is sold than was reserved.");
        var cost = await TakeValueAsync(turn.Db, productId, milli, ct);
        turn.Db.Add(Line(turn, productId, MovementKind.Sale, -milli, -cost, orderId));
        return cost;
    }

    /// <summary>Puts delivered goods on the shelf.</summary>
    /// <param name="turn">The officer's turn.</param>
    /// <param name="productId">The article.</param>
    /// <param name="milli">Thousandths of its unit.</param>
    /// <param name="valueRupiah">What was paid for all of it; 0 when not known.</param>
    /// <param name="ct">Cancelled only when the process stops.</param>
    public static async Task ReceiveAsync(Turn turn, long productId, long milli, long valueRupiah, CancellationToken ct)
    {
        var rows = await turn.Db.Set<StockLevel>()
            .Where(level => level.ProductId == productId)
            .ExecuteUpdateAsync(
                set => set
                    .SetProperty(level => level.OnHandMilli, level => level.OnHandMilli + milli)
                    .SetProperty(level => level.ValueRupiah, level => level.ValueRupiah + valueRupiah),
                ct);
        if (rows != 1)
            throw new InvalidOperationException($"Product {productId} has no stock level.");
        turn.Db.Add(Line(turn, productId, MovementKind.In, milli, valueRupiah, orderId: null));
    }

    /// <summary>Takes broken, spoilt or lost goods off the shelf; those that belong to orders stay.</summary>
    /// <param name="turn">The officer's turn.</param>
    /// <param name="productId">The article.</param>
    /// <param name="milli">Thousandths of its unit.</param>
    /// <param name="ct">Cancelled only when the process stops.</param>
    /// <returns>What the goods had cost the cooperative, in rupiah; null when less than that is free, and nothing was taken.</returns>
    public static async Task<long?> WriteOffAsync(Turn turn, long productId, long milli, CancellationToken ct)
    {
        var rows = await turn.Db.Set<StockLevel>()
            .Where(level => level.ProductId == productId && level.OnHandMilli - level.ReservedMilli >= milli)
            .ExecuteUpdateAsync(set => set.SetProperty(level => level.OnHandMilli, level => level.OnHandMilli - milli), ct);
        if (rows != 1)
            return null;
        var cost = await TakeValueAsync(turn.Db, productId, milli, ct);
        turn.Db.Add(Line(turn, productId, MovementKind.Damage, -milli, -cost, orderId: null));
        return cost;
    }

    // The goods have left already, and the statement that took them holds the row: nobody can change the level between these two.
    private static async Task<long> TakeValueAsync(KkmpDbContext db, long productId, long milli, CancellationToken ct)
    {
        var left = await db.Set<StockLevel>().AsNoTracking().SingleAsync(level => level.ProductId == productId, ct);
        var cost = left.OnHandMilli == 0 ? left.ValueRupiah : (long)((Int128)left.ValueRupiah * milli / (left.OnHandMilli + milli));
        if (cost > 0)
        {
            await db.Set<StockLevel>()
                .Where(level => level.ProductId == productId)
                .ExecuteUpdateAsync(set => set.SetProperty(level => level.ValueRupiah, level => level.ValueRupiah - cost), ct);
        }

        return cost;
    }

    private static StockMovement Line(Turn turn, long productId, string kind, long milli, long valueRupiah, long? orderId) => new()
    {
        ProductId = productId,
        Kind = kind,
        QuantityMilli = milli,
        ValueRupiah = valueRupiah,
        OrderId = orderId,
        PersonId = turn.Caller.PersonId,
        AtUtc = turn.UtcNow,
        ActKey = orderId is null ? $"{turn.ActKey}:{kind}:{productId}" : null,
    };
}
