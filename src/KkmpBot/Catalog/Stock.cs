using System.Globalization;
using KkmpBot.Alerts;
using KkmpBot.Conversations;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Catalog;

/// <summary>
/// The stock of articles: the only way in which levels change. Each change is one conditional statement on the article's row, so that
/// two buyers at the same instant can never both have the last sack, on any database. Callers with several articles go by rising id,
/// so that they cannot wait for each other in a circle.
/// </summary>
public static class Stock
{
    private const string UndoMark = ":undo:";

    /// <summary>Holds an article's row until the turn ends: whoever reads its queue first must see what others did to it.</summary>
    /// <param name="turn">The turn.</param>
    /// <param name="productId">The article.</param>
    /// <param name="ct">Cancelled only when the process stops.</param>
    public static Task HoldAsync(Turn turn, long productId, CancellationToken ct) =>
        turn.Db.Set<StockLevel>().Where(level => level.ProductId == productId)
            .ExecuteUpdateAsync(set => set.SetProperty(level => level.ReservedMilli, level => level.ReservedMilli), ct);

    /// <summary>Keeps goods for an order, when so much is free.</summary>
    /// <param name="turn">The turn.</param>
    /// <param name="product">The article.</param>
    /// <param name="milli">Thousandths of its unit.</param>
    /// <param name="ct">Cancelled only when the process stops.</param>
    /// <returns>False when there is not enough; nothing is kept then.</returns>
    public static async Task<bool> ReserveAsync(Turn turn, Product product, long milli, CancellationToken ct)
    {
        var rows = await turn.Db.Set<StockLevel>()
            .Where(level => level.ProductId == product.Id && level.OnHandMilli - level.ReservedMilli >= milli)
            .ExecuteUpdateAsync(set => set.SetProperty(level => level.ReservedMilli, level => level.ReservedMilli + milli), ct);
        if (rows == 1)
        {
            await LowStock.WatchAsync(turn, product, milli, ct);
            await TellAsync(turn, product.Id, -milli, ct);
        }
        return rows == 1;
    }

    /// <summary>Frees goods that were kept. Whoever frees them for good offers them to the queue afterwards.</summary>
    /// <param name="turn">The turn.</param>
    /// <param name="productId">The article.</param>
    /// <param name="milli">Thousandths of its unit, as reserved.</param>
    /// <param name="ct">Cancelled only when the process stops.</param>
    public static async Task ReleaseAsync(Turn turn, long productId, long milli, CancellationToken ct)
    {
        var rows = await turn.Db.Set<StockLevel>()
            .Where(level => level.ProductId == productId && level.ReservedMilli >= milli)
            .ExecuteUpdateAsync(set => set.SetProperty(level => level.ReservedMilli, level => level.ReservedMilli - milli), ct);
        Require(rows, productId, "more is released than was reserved");
        await TellAsync(turn, productId, milli, ct);
    }

    /// <summary>Gives reserved goods to their buyer.</summary>
    /// <param name="turn">The officer's turn.</param>
    /// <param name="product">The article.</param>
    /// <param name="milli">Thousandths of its unit, as reserved.</param>
    /// <param name="orderId">The order.</param>
    /// <param name="ct">Cancelled only when the process stops.</param>
    /// <returns>What the goods had cost the cooperative, in rupiah, by the moving average; 0 when no purchase price was noted.</returns>
    public static async Task<long> SellAsync(Turn turn, Product product, long milli, long orderId, CancellationToken ct)
    {
        var rows = await turn.Db.Set<StockLevel>()
            .Where(level => level.ProductId == product.Id && level.ReservedMilli >= milli && level.OnHandMilli >= milli)
            .ExecuteUpdateAsync(
                set => set
                    .SetProperty(level => level.OnHandMilli, level => level.OnHandMilli - milli)
                    .SetProperty(level => level.ReservedMilli, level => level.ReservedMilli - milli),
                ct);
        Require(rows, product.Id, "more is sold than was reserved");
        return await WentAsync(turn, product, MovementKind.Sale, milli, orderId, ct);
    }

    /// <summary>Sells goods over the counter that nobody had reserved.</summary>
    /// <param name="turn">The officer's turn.</param>
    /// <param name="product">The article.</param>
    /// <param name="milli">Thousandths of its unit.</param>
    /// <param name="orderId">The sale.</param>
    /// <param name="ct">Cancelled only when the process stops.</param>
    /// <returns>What the goods had cost, as with <see cref="SellAsync"/>; null when less than that is free, and nothing was taken.</returns>
    public static Task<long?> SellFreeAsync(Turn turn, Product product, long milli, long orderId, CancellationToken ct) =>
        TakeFreeAsync(turn, product, MovementKind.Sale, milli, orderId, ct);

    /// <summary>Takes broken, spoilt or lost goods off the shelf; those that belong to orders stay.</summary>
    /// <param name="turn">The officer's turn.</param>
    /// <param name="product">The article.</param>
    /// <param name="milli">Thousandths of its unit.</param>
    /// <param name="orderId">The order that it replaces goods of; null for none.</param>
    /// <param name="ct">Cancelled only when the process stops.</param>
    /// <returns>What the goods had cost the cooperative, in rupiah; null when less than that is free, and nothing was taken.</returns>
    public static Task<long?> WriteOffAsync(Turn turn, Product product, long milli, long? orderId, CancellationToken ct) =>
        TakeFreeAsync(turn, product, MovementKind.Damage, milli, orderId, ct);

    /// <summary>Gives goods on consignment back to the partner whose they are; those that belong to orders stay.</summary>
    /// <param name="turn">The officer's turn.</param>
    /// <param name="product">The article.</param>
    /// <param name="milli">Thousandths of its unit.</param>
    /// <param name="ct">Cancelled only when the process stops.</param>
    /// <returns>What the goods had cost: 0; null when less than that is free, and nothing was taken.</returns>
    public static Task<long?> GiveBackAsync(Turn turn, Product product, long milli, CancellationToken ct) =>
        TakeFreeAsync(turn, product, MovementKind.Back, milli, orderId: null, ct);

    /// <summary>Takes off the shelf what a count did not find.</summary>
    /// <param name="turn">The officer's turn.</param>
    /// <param name="product">The article.</param>
    /// <param name="milli">Thousandths of its unit.</param>
    /// <param name="ct">Cancelled only when the process stops.</param>
    /// <returns>What the goods had cost; null when less than that is free, and nothing was taken.</returns>
    public static Task<long?> MissAsync(Turn turn, Product product, long milli, CancellationToken ct) =>
        TakeFreeAsync(turn, product, MovementKind.Count, milli, orderId: null, ct);

    /// <summary>Puts goods on the shelf: delivered, found by a count, or brought back by a buyer.</summary>
    /// <param name="turn">The officer's turn.</param>
    /// <param name="product">The article.</param>
    /// <param name="arrival">What came.</param>
    /// <param name="ct">Cancelled only when the process stops.</param>
    public static async Task PutAsync(Turn turn, Product product, Arrival arrival, CancellationToken ct)
    {
        var rows = await turn.Db.Set<StockLevel>()
            .Where(level => level.ProductId == product.Id)
            .ExecuteUpdateAsync(
                set => set
                    .SetProperty(level => level.OnHandMilli, level => level.OnHandMilli + arrival.Milli)
                    .SetProperty(level => level.ValueRupiah, level => level.ValueRupiah + arrival.ValueRupiah),
                ct);
        Require(rows, product.Id, "there is no stock level");
        var line = Line(turn, product.Id, arrival.Kind, arrival.Milli, arrival.ValueRupiah, arrival.OrderId);
        line.Batches = await StockBatches.AddAsync(turn, product, arrival.Milli, arrival.ExpiresOn, ct);
        turn.Db.Add(line);
        await turn.Db.SaveChangesAsync(ct);
        await TellAsync(turn, product.Id, arrival.Milli, ct);
        await StockQueue.OfferAsync(turn, product, ct);
    }

    /// <summary>
    /// Books the opposite of a movement, to the gram and the rupiah. The article's row is held, nobody has moved goods of it since, and what came
    /// is free.
    /// </summary>
    /// <param name="turn">The officer's turn.</param>
    /// <param name="movement">What is taken back.</param>
    /// <param name="isKept">True when what went is kept for its order again.</param>
    /// <param name="ct">Cancelled only when the process stops.</param>
    public static async Task UndoAsync(Turn turn, StockMovement movement, bool isKept, CancellationToken ct)
    {
        var (milli, value) = (-movement.QuantityMilli, -movement.ValueRupiah);
        var kept = isKept ? milli : 0;
        var rows = await turn.Db.Set<StockLevel>()
            .Where(level => level.ProductId == movement.ProductId && level.OnHandMilli + milli >= level.ReservedMilli + kept && level.ValueRupiah + value >= 0)
            .ExecuteUpdateAsync(
                set => set
                    .SetProperty(level => level.OnHandMilli, level => level.OnHandMilli + milli)
                    .SetProperty(level => level.ReservedMilli, level => level.ReservedMilli + kept)
                    .SetProperty(level => level.ValueRupiah, level => level.ValueRupiah + value),
                ct);
        Require(rows, movement.ProductId, "what is taken back is not there");
        await StockBatches.UndoAsync(turn.Db, movement, ct);
        var line = Line(turn, movement.ProductId, movement.Kind, milli, value, movement.OrderId);
        line.ActKey = string.Create(CultureInfo.InvariantCulture, $"{turn.ActKey}{UndoMark}{movement.Id}");
        line.Batches = movement.Batches;
        turn.Db.Add(line);
        await turn.Db.SaveChangesAsync(ct);
    }

    /// <summary>The movement that a line of the stock book takes back; null for every other line.</summary>
    /// <param name="line">The line.</param>
    public static long? UndoneBy(StockMovement line) => line.ActKey?.LastIndexOf(UndoMark, StringComparison.Ordinal) is { } at and >= 0
        ? long.Parse(line.ActKey.AsSpan(at + UndoMark.Length), NumberStyles.None, CultureInfo.InvariantCulture)
        : null;

    private static async Task<long?> TakeFreeAsync(
        Turn turn, Product product, string kind, long milli, long? orderId, CancellationToken ct)
    {
        var rows = await turn.Db.Set<StockLevel>()
            .Where(level => level.ProductId == product.Id && level.OnHandMilli - level.ReservedMilli >= milli)
            .ExecuteUpdateAsync(set => set.SetProperty(level => level.OnHandMilli, level => level.OnHandMilli - milli), ct);
        if (rows != 1)
            return null;
        var cost = await WentAsync(turn, product, kind, milli, orderId, ct);
        await LowStock.WatchAsync(turn, product, milli, ct);
        await TellAsync(turn, product.Id, -milli, ct);
        return cost;
    }

    // The goods have left already, and the statement that took them holds the row: nobody can change the level between these two.
    private static async Task<long> WentAsync(Turn turn, Product product, string kind, long milli, long? orderId, CancellationToken ct)
    {
        var left = await turn.Db.Set<StockLevel>().AsNoTracking().SingleAsync(level => level.ProductId == product.Id, ct);
        var cost = left.OnHandMilli == 0 ? left.ValueRupiah : (long)((Int128)left.ValueRupiah * milli / (left.OnHandMilli + milli));
        if (cost > 0)
        {
            await turn.Db.Set<StockLevel>()
                .Where(level => level.ProductId == product.Id)
                .ExecuteUpdateAsync(set => set.SetProperty(level => level.ValueRupiah, level => level.ValueRupiah - cost), ct);
        }

        var line = Line(turn, product.Id, kind, -milli, -cost, orderId);
        line.Batches = await StockBatches.TakeAsync(turn.Db, product, milli, ct);
        turn.Db.Add(line);
        return cost;
    }

    // Sold out, or there again: whoever watches it is told.
    private static async Task TellAsync(Turn turn, long productId, long changeMilli, CancellationToken ct)
    {
        var level = await turn.Db.Set<StockLevel>().AsNoTracking().SingleAsync(row => row.ProductId == productId, ct);
        await PriceEvents.AddStockAsync(turn.Db, productId, level.OnHandMilli - level.ReservedMilli, changeMilli, turn.UtcNow, ct);
    }

    private static void Require(int rows, long productId, string otherwise)
    {
        if (rows != 1)
            throw new InvalidOperationException($"Product {productId}: {otherwise}.");
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
        ActKey = $"{turn.ActKey}:{kind}:{productId}",
    };
}

/// <summary>Goods that come onto the shelf.</summary>
/// <param name="Kind">One of <see cref="MovementKind"/>.</param>
/// <param name="Milli">Thousandths of the article's unit.</param>
/// <param name="ValueRupiah">What all of it cost the cooperative; 0 when not known.</param>
public sealed record Arrival(string Kind, long Milli, long ValueRupiah)
{
    /// <summary>The last day of goods that spoil, when noted.</summary>
    public DateOnly? ExpiresOn { get; init; }

    /// <summary>The order they come back from.</summary>
    public long? OrderId { get; init; }
}
