using System.Globalization;
using KkmpBot.Conversations;
using KkmpBot.Corrections;
using KkmpBot.Ledger;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Catalog;

/// <summary>
/// What an officer did to goods, as <c>urungkan</c> finds it: the movements and the entry it wrote. It is taken back by their opposites, and only while
/// nobody has moved the same goods since: then stock, money and batches stand exactly where they stood.
/// </summary>
/// <param name="EntryNumber">The entry in the books; null when no money was booked.</param>
/// <param name="Movements">The lines of the stock book.</param>
/// <param name="Detail">What else its undo wants to know, numbers with colons between them.</param>
internal sealed record GoodsAct(int? EntryNumber, IReadOnlyList<long> Movements, IReadOnlyList<long> Detail)
{
    // A minute holds no more; beyond that nobody can say what was built on what.
    private const int MostSince = 50;

    /// <summary>Notes the act of this call, once everything it wrote is saved.</summary>
    /// <param name="turn">The officer's turn.</param>
    /// <param name="kind">How it is taken back: a key of <see cref="Slice.Undos"/>.</param>
    /// <param name="entry">What was booked; null for nothing.</param>
    /// <param name="detail">What else its undo wants to know.</param>
    public static void Note(Turn turn, string kind, JournalEntry? entry, params long[] detail)
    {
        var own = turn.Db.Set<StockMovement>().Local.Where(row => row.ActKey?.StartsWith($"{turn.ActKey}:", StringComparison.Ordinal) == true);
        OfficerAct.Note(turn, kind, string.Create(CultureInfo.InvariantCulture, $"{entry?.Number}|{string.Join(',', own.Select(row => row.Id))}|{string.Join(':', detail)}"));
    }

    /// <summary>Reads what <see cref="Note"/> wrote.</summary>
    /// <param name="subject">The noted text.</param>
    public static GoodsAct Read(string subject)
    {
        var parts = subject.Split('|');
        return new GoodsAct(Numbers(parts[0], ',') is [var entry] ? (int)entry : null, Numbers(parts[1], ','), Numbers(parts[2], ':'));
    }

    /// <summary>The movements with their articles, by article.</summary>
    /// <param name="turn">The officer's turn.</param>
    /// <param name="ct">Cancelled only when the process stops.</param>
    public async Task<IReadOnlyList<(StockMovement Movement, Product Product)>> MovedAsync(Turn turn, CancellationToken ct)
    {
        var rows = await (
            from movement in turn.Db.Set<StockMovement>()
            where Movements.Contains(movement.Id)
            join product in turn.Db.Set<Product>() on movement.ProductId equals product.Id
            orderby product.Id
            select new { movement, product }).AsNoTracking().ToListAsync(ct);
        return [.. rows.Select(row => (row.movement, row.product))];
    }

    /// <summary>Takes goods and money back, all of it or nothing. Rows of its own the caller holds and checks before.</summary>
    /// <param name="turn">The officer's turn.</param>
    /// <param name="moved">As <see cref="MovedAsync"/> says.</param>
    /// <param name="isKept">True when what went is kept for its order again.</param>
    /// <param name="ct">Cancelled only when the process stops.</param>
    /// <returns>False when somebody has built on it.</returns>
    public async Task<bool> TakeBackAsync(Turn turn, IReadOnlyList<(StockMovement Movement, Product Product)> moved, bool isKept, CancellationToken ct)
    {
        foreach (var (movement, product) in moved)
        {
            if (!await MayAsync(turn, movement, product, ct))
                return false;
        }

        var cooperativeId = turn.Caller.CooperativeId!.Value;
        if (EntryNumber is { } number && !await Corrections.TakeBack.MayAsync(turn, cooperativeId, number, ct))
            return false;
        foreach (var (movement, product) in moved)
        {
            if (movement.QuantityMilli > 0)
                await StockQueue.TakeBackAsync(turn, product, movement.QuantityMilli, ct);
            await Stock.UndoAsync(turn, movement, isKept, ct);
            if (movement.QuantityMilli < 0 && !isKept)
                await StockQueue.OfferAsync(turn, product, ct);
        }

        if (EntryNumber is { } booked)
            await Corrections.TakeBack.RunAsync(turn, cooperativeId, booked, Corrections.TakeBack.UndoneReason, isOwnUndo: true, ct);
        return true;
    }

    private static async Task<bool> MayAsync(Turn turn, StockMovement movement, Product product, CancellationToken ct)
    {
        await Stock.HoldAsync(turn, product.Id, ct);
        var since = await turn.Db.Set<StockMovement>().AsNoTracking()
            .Where(row => row.ProductId == product.Id && row.Id > movement.Id).Take(MostSince + 1).ToListAsync(ct);
        // What was done since and taken back again is as if it had not been.
        var undone = since.Select(Stock.UndoneBy).OfType<long>().ToHashSet();
        if (since.Count > MostSince || since.Exists(row => Stock.UndoneBy(row) is null && !undone.Contains(row.Id)))
            return false;
        return movement.QuantityMilli < 0 || await StockQueue.UnorderedMilliAsync(turn, product.Id, ct) >= movement.QuantityMilli;
    }

    private static long[] Numbers(string text, char between) =>
        [.. text.Split(between, StringSplitOptions.RemoveEmptyEntries).Select(number => long.Parse(number, NumberStyles.None, CultureInfo.InvariantCulture))];
}

/// <summary>How deliveries, losses and counts are taken back.</summary>
internal static class UndoStock
{
    /// <summary>A delivery, or goods written off.</summary>
    /// <param name="subject">As <see cref="GoodsAct.Note"/> wrote it.</param>
    /// <param name="turn">The officer's turn.</param>
    /// <param name="ct">Cancelled only when the process stops.</param>
    public static async ValueTask<string?> OfArticleAsync(string subject, Turn turn, CancellationToken ct)
    {
        var act = GoodsAct.Read(subject);
        var moved = await act.MovedAsync(turn, ct);
        if (!await act.TakeBackAsync(turn, moved, isKept: false, ct))
            return null;
        return $"{(moved[0].Movement.QuantityMilli > 0 ? "Barang masuk" : "Barang rusak atau hilang")} {Words(moved[0].Movement, moved[0].Product)}";
    }

    /// <summary>A count: its differences are gone, and it can be gone on with.</summary>
    /// <param name="subject">As <see cref="GoodsAct.Note"/> wrote it, with the count's id.</param>
    /// <param name="turn">The officer's turn.</param>
    /// <param name="ct">Cancelled only when the process stops.</param>
    public static async ValueTask<string?> OfCountAsync(string subject, Turn turn, CancellationToken ct)
    {
        var act = GoodsAct.Read(subject);
        var moved = await act.MovedAsync(turn, ct);
        if (!await act.TakeBackAsync(turn, moved, isKept: false, ct))
            return null;
        var counts = turn.Db.Set<StockCount>().Where(row => row.CooperativeId == turn.Caller.CooperativeId);
        if (!await counts.AnyAsync(row => row.ClosedUtc == null, ct))
            (await counts.SingleAsync(row => row.Id == act.Detail[0], ct)).ClosedUtc = null;
        return string.Create(CultureInfo.InvariantCulture, $"Hitungan stok, selisih {moved.Count} barang");
    }

    /// <summary>"2,5 kg Gula pasir".</summary>
    /// <param name="movement">How much.</param>
    /// <param name="product">Of what.</param>
    public static string Words(StockMovement movement, Product product) =>
        $"{Quantities.Text(Math.Abs(movement.QuantityMilli))} {product.Unit} {product.Name}";
}
