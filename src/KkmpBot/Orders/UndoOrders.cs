using KkmpBot.Catalog;
using KkmpBot.Conversations;
using KkmpBot.Cooperatives;
using KkmpBot.Corrections;
using KkmpBot.Data;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Orders;

/// <summary>How goods that went over the counter, either way, are taken back a moment later.</summary>
internal static class UndoOrders
{
    /// <summary>A handing over, whole or in part: the goods are kept for the order again.</summary>
    /// <param name="subject">As <see cref="GoodsAct.Note"/> wrote it, with the order's id and what was taken of its prepayment.</param>
    /// <param name="turn">The officer's turn.</param>
    /// <param name="ct">Cancelled only when the process stops.</param>
    public static async ValueTask<string?> OfHandingAsync(string subject, Turn turn, CancellationToken ct)
    {
        var act = GoodsAct.Read(subject);
        var order = await HoldAsync(turn, act.Detail[0], ct);
        // A rest that was cancelled or not fetched in time closes an order without an officer.
        var stands = order.Status == OrderStatus.Placed || (order.Status == OrderStatus.HandedOver && order.HandedOverBy == turn.Caller.PersonId);
        if (!stands || order.KeptUntilUtc <= turn.UtcNow)
            return null;
        var moved = await act.MovedAsync(turn, ct);
        var lines = await OrderBook.LinesAsync(turn.Db, order.Id, ct);
        var parts = moved.Select(row => (lines.Single(line => line.Product.Id == row.Product.Id).Line, Milli: -row.Movement.QuantityMilli)).ToList();
        if (parts.Exists(part => part.Line.HandedMilli - part.Milli < part.Line.ReturnedMilli) || !await act.TakeBackAsync(turn, moved, isKept: true, ct))
            return null;
        foreach (var (line, milli) in parts)
            line.HandedMilli -= milli;
        order.UsedRupiah -= act.Detail[1];
        (order.Status, order.ClosedUtc, order.HandedOverBy) = (OrderStatus.Placed, null, null);
        return $"Penyerahan pesanan {RunningNumber.Text(order.Number!.Value)}";
    }

    /// <summary>A sale at the counter: as if it had not been.</summary>
    /// <param name="subject">As <see cref="GoodsAct.Note"/> wrote it, with the sale's id.</param>
    /// <param name="turn">The officer's turn.</param>
    /// <param name="ct">Cancelled only when the process stops.</param>
    public static async ValueTask<string?> OfSaleAsync(string subject, Turn turn, CancellationToken ct)
    {
        var act = GoodsAct.Read(subject);
        var order = await HoldAsync(turn, act.Detail[0], ct);
        var lines = await OrderBook.LinesAsync(turn.Db, order.Id, ct);
        if (lines.Exists(line => line.Line.ReturnedMilli > 0) || !await act.TakeBackAsync(turn, await act.MovedAsync(turn, ct), isKept: false, ct))
            return null;
        foreach (var line in lines)
            line.Line.HandedMilli = 0;
        (order.Status, order.ClosedUtc) = (OrderStatus.Cancelled, turn.UtcNow);
        return $"Penjualan {RunningNumber.Text(order.Number!.Value)}, {Dialogs.Texts.Rupiah.Write(order.TotalRupiah)}";
    }

    /// <summary>Goods that were brought back and paid back: the buyer has them again.</summary>
    /// <param name="subject">As <see cref="GoodsAct.Note"/> wrote it, with the order's id, the line's, and how much.</param>
    /// <param name="turn">The officer's turn.</param>
    /// <param name="ct">Cancelled only when the process stops.</param>
    public static async ValueTask<string?> OfReturnAsync(string subject, Turn turn, CancellationToken ct)
    {
        var act = GoodsAct.Read(subject);
        var order = await HoldAsync(turn, act.Detail[0], ct);
        var (line, product) = (await OrderBook.LinesAsync(turn.Db, order.Id, ct)).Single(row => row.Line.Id == act.Detail[1]);
        var milli = act.Detail[2];
        if (line.ReturnedMilli < milli || await HasOrderedAsync(turn, order, ct) || !await act.TakeBackAsync(turn, await act.MovedAsync(turn, ct), isKept: false, ct))
            return null;
        line.ReturnedMilli -= milli;
        return $"Barang kembali {Quantities.Text(milli)} {product.Unit} {product.Name}";
    }

    /// <summary>An exchange: the sound goods are on the shelf again.</summary>
    /// <param name="subject">As <see cref="GoodsAct.Note"/> wrote it.</param>
    /// <param name="turn">The officer's turn.</param>
    /// <param name="ct">Cancelled only when the process stops.</param>
    public static async ValueTask<string?> OfExchangeAsync(string subject, Turn turn, CancellationToken ct)
    {
        var act = GoodsAct.Read(subject);
        var moved = await act.MovedAsync(turn, ct);
        return await act.TakeBackAsync(turn, moved, isKept: false, ct) ? $"Tukar barang {UndoStock.Words(moved[0].Movement, moved[0].Product)}" : null;
    }

    // What was brought back may be bought again at once, up to the person's limit: both together could exceed it.
    private static Task<bool> HasOrderedAsync(Turn turn, Order order, CancellationToken ct)
    {
        var since = turn.UtcNow - UndoLastAct.Window;
        return turn.Db.Set<Order>().AnyAsync(row => row.NikIndex == order.NikIndex && row.NikIndex != null && row.Id != order.Id && row.PlacedUtc >= since, ct);
    }

    /// <summary>An order, locked and tracked.</summary>
    /// <param name="turn">The officer's turn.</param>
    /// <param name="orderId">Which.</param>
    /// <param name="ct">Cancelled only when the process stops.</param>
    public static async Task<Order> HoldAsync(Turn turn, long orderId, CancellationToken ct)
    {
        await turn.Db.LockAsync<Order>(orderId, ct);
        return await turn.Db.Set<Order>().SingleAsync(row => row.Id == orderId, ct);
    }
}
