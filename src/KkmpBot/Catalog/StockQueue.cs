using System.Globalization;
using KkmpBot.Conversations;
using KkmpBot.Data;
using KkmpBot.Dialogs.Model;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Catalog;

/// <summary>
/// The queue for what is sold out, first come, first served. What becomes free is kept at once for whoever waits longest, and they are
/// told; it is reserved for them until they order or their time is over, so that nobody walks past them.
/// </summary>
public static class StockQueue
{
    /// <summary>The timed act that ends an offer.</summary>
    public const string LapseKind = "catalog.offer_lapses";

    /// <summary>The notice that it is there again.</summary>
    internal const string Notice = "stock_back";

    /// <summary>The notice that it is gone after all: a count found less.</summary>
    internal const string GoneNotice = "stock_gone_again";

    /// <summary>So long it is kept for somebody who was told.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromHours(24);

    // More at once are told when the next one is freed.
    private const int MaxOffersAtOnce = 100;

    /// <summary>What the notices say: the article, how much is kept, and until which day.</summary>
    internal static DialogType News { get; } = DialogType.Record(
        "offer_news",
        ("name", DialogType.TextOf(Product.MaxNameLength)),
        ("quantity", DialogType.Quantity),
        ("unit", DialogType.TextOf(10)),
        ("until", DialogType.Date),
        ("hour", DialogType.TextOf(5)));

    /// <summary>Puts the caller into the queue, or changes how much they wait for.</summary>
    /// <param name="turn">The turn.</param>
    /// <param name="product">The article.</param>
    /// <param name="milli">How much they want.</param>
    /// <param name="ct">Cancelled only when the process stops.</param>
    /// <returns>Their place, from 1.</returns>
    public static async Task<int> JoinAsync(Turn turn, Product product, long milli, CancellationToken ct)
    {
        var waits = turn.Db.Set<StockWait>();
        await Stock.HoldAsync(turn, product.Id, ct);
        var own = await waits.SingleOrDefaultAsync(
            wait => wait.ProductId == product.Id && wait.PersonId == turn.Caller.PersonId
                && (wait.Status == WaitStatus.Waiting || wait.Status == WaitStatus.Offered), ct);
        if (own is null)
        {
            own = new StockWait { ProductId = product.Id, PersonId = turn.Caller.PersonId, AskedUtc = turn.UtcNow };
            turn.Db.Add(own);
        }

        own.WantedMilli = milli;
        await turn.Db.SaveChangesAsync(ct);
        // Something may have been freed between the refusal and this answer.
        await OfferAsync(turn, product, ct);
        return 1 + await waits.CountAsync(wait => wait.ProductId == product.Id && wait.Status == WaitStatus.Waiting && wait.Id < own.Id, ct);
    }

    /// <summary>Keeps what is free for those who wait longest, and tells them.</summary>
    /// <param name="turn">The turn.</param>
    /// <param name="product">The article.</param>
    /// <param name="ct">Cancelled only when the process stops.</param>
    public static async Task OfferAsync(Turn turn, Product product, CancellationToken ct)
    {
        var waiting = await turn.Db.Set<StockWait>()
            .Where(wait => wait.ProductId == product.Id && wait.Status == WaitStatus.Waiting)
            .OrderBy(wait => wait.Id).Take(MaxOffersAtOnce).ToListAsync(ct);
        foreach (var wait in waiting)
        {
            var level = await turn.Db.Set<StockLevel>().AsNoTracking().SingleAsync(row => row.ProductId == product.Id, ct);
            var free = level.OnHandMilli - level.ReservedMilli;
            var offer = Math.Min(wait.WantedMilli, free - (free % product.StepMilli));
            if (offer <= 0 || !await Stock.ReserveAsync(turn, product, offer, ct))
                return;
            wait.Status = WaitStatus.Offered;
            wait.OfferedMilli = offer;
            wait.OfferedUntilUtc = turn.UtcNow + Kept;
            await turn.Db.SaveChangesAsync(ct);
            // Whoever asks at this moment is answered by the dialog.
            if (wait.PersonId != turn.Caller.PersonId)
                turn.Notify(wait.PersonId, Notice, NewsOf(product, offer, wait.OfferedUntilUtc.Value));
            var subject = wait.Id.ToString(CultureInfo.InvariantCulture);
            turn.Schedule(new TimedAct(LapseKind, wait.OfferedUntilUtc.Value, wait.PersonId, subject));
        }
    }

    /// <summary>What is kept for a person from the queue, by article, in thousandths of its unit.</summary>
    /// <param name="db">The turn's database.</param>
    /// <param name="personId">Who.</param>
    /// <param name="ct">Cancelled only when the process stops.</param>
    public static async Task<IReadOnlyDictionary<long, long>> OffersOfAsync(KkmpDbContext db, long personId, CancellationToken ct) =>
        await db.Set<StockWait>()
            .Where(wait => wait.PersonId == personId && wait.Status == WaitStatus.Offered)
            .ToDictionaryAsync(wait => wait.ProductId, wait => wait.OfferedMilli, ct);

    /// <summary>
    /// Reserves goods for an order of a person, with what the queue keeps for them: their offer is used up with it. Nothing changes when
    /// there is not enough.
    /// </summary>
    /// <param name="turn">The turn.</param>
    /// <param name="personId">Who.</param>
    /// <param name="product">The article.</param>
    /// <param name="milli">Thousandths of its unit.</param>
    /// <param name="ct">Cancelled only when the process stops.</param>
    public static async Task<bool> ReserveAsync(Turn turn, long personId, Product product, long milli, CancellationToken ct)
    {
        var offers = turn.Db.Set<StockWait>()
            .Where(wait => wait.PersonId == personId && wait.ProductId == product.Id && wait.Status == WaitStatus.Offered);
        if (!await offers.AnyAsync(ct))
            return await Stock.ReserveAsync(turn, product, milli, ct);
        await Stock.HoldAsync(turn, product.Id, ct);
        if (await offers.SingleOrDefaultAsync(ct) is not { } offer)
            return await Stock.ReserveAsync(turn, product, milli, ct);
        await Stock.ReleaseAsync(turn, product.Id, offer.OfferedMilli, ct);
        if (!await Stock.ReserveAsync(turn, product, milli, ct))
        {
            await KeepAgainAsync(turn, product, offer, ct);
            return false;
        }

        Close(offer, WaitStatus.Taken);
        await turn.Db.SaveChangesAsync(ct);
        await OfferAsync(turn, product, ct);
        return true;
    }

    /// <summary>Ends an offer that was not taken in time; the next ones are told.</summary>
    /// <param name="act">Its subject is the place's id.</param>
    /// <param name="turn">The turn.</param>
    /// <param name="ct">Cancelled only when the process stops.</param>
    public static async ValueTask LapseAsync(TimedAct act, Turn turn, CancellationToken ct)
    {
        var id = long.Parse(act.Subject, CultureInfo.InvariantCulture);
        var productId = await turn.Db.Set<StockWait>().Where(row => row.Id == id).Select(row => row.ProductId).SingleAsync(ct);
        await Stock.HoldAsync(turn, productId, ct);
        var wait = await turn.Db.Set<StockWait>().SingleAsync(row => row.Id == id, ct);
        if (wait.Status == WaitStatus.Offered && wait.OfferedUntilUtc <= turn.UtcNow)
            await EndAsync(turn, wait, WaitStatus.Lapsed, ct);
    }

    /// <summary>The caller does not want to wait any more; what was kept for them goes to the next.</summary>
    /// <param name="turn">The turn.</param>
    /// <param name="productId">The article.</param>
    /// <param name="ct">Cancelled only when the process stops.</param>
    public static async Task LeaveAsync(Turn turn, long productId, CancellationToken ct)
    {
        await Stock.HoldAsync(turn, productId, ct);
        var own = await turn.Db.Set<StockWait>().SingleOrDefaultAsync(
            wait => wait.ProductId == productId && wait.PersonId == turn.Caller.PersonId
                && (wait.Status == WaitStatus.Waiting || wait.Status == WaitStatus.Offered), ct);
        if (own is not null)
            await EndAsync(turn, own, WaitStatus.Left, ct);
    }

    /// <summary>
    /// Takes offers back, the youngest first, until so much is free: goods turned out to be broken or missing. Their people wait on, in
    /// their old places, and are told.
    /// </summary>
    /// <param name="turn">The officer's turn.</param>
    /// <param name="product">The article.</param>
    /// <param name="milli">How much has to be free.</param>
    /// <param name="ct">Cancelled only when the process stops.</param>
    public static async Task TakeBackAsync(Turn turn, Product product, long milli, CancellationToken ct)
    {
        await Stock.HoldAsync(turn, product.Id, ct);
        if (await UnorderedMilliAsync(turn, product.Id, ct) < milli)
            return;
        var offered = await turn.Db.Set<StockWait>()
            .Where(wait => wait.ProductId == product.Id && wait.Status == WaitStatus.Offered)
            .OrderByDescending(wait => wait.Id).ToListAsync(ct);
        var free = await FreeMilliAsync(turn, product.Id, ct);
        foreach (var wait in offered.TakeWhile(_ => free < milli))
        {
            await Stock.ReleaseAsync(turn, product.Id, wait.OfferedMilli, ct);
            free += wait.OfferedMilli;
            turn.Notify(wait.PersonId, GoneNotice, NewsOf(product, wait.OfferedMilli, turn.UtcNow));
            Close(wait, WaitStatus.Waiting);
            await turn.Db.SaveChangesAsync(ct);
        }
    }

    /// <summary>How much of an article is free or only offered; its row is held.</summary>
    /// <param name="turn">The turn.</param>
    /// <param name="productId">The article.</param>
    /// <param name="ct">Cancelled only when the process stops.</param>
    public static async Task<long> UnorderedMilliAsync(Turn turn, long productId, CancellationToken ct) =>
        await FreeMilliAsync(turn, productId, ct) + await turn.Db.Set<StockWait>()
            .Where(wait => wait.ProductId == productId && wait.Status == WaitStatus.Offered).SumAsync(wait => wait.OfferedMilli, ct);

    private static Task<long> FreeMilliAsync(Turn turn, long productId, CancellationToken ct) =>
        turn.Db.Set<StockLevel>().Where(row => row.ProductId == productId).Select(row => row.OnHandMilli - row.ReservedMilli).SingleAsync(ct);

    private static async Task EndAsync(Turn turn, StockWait wait, string status, CancellationToken ct)
    {
        var kept = wait.OfferedMilli;
        Close(wait, status);
        await turn.Db.SaveChangesAsync(ct);
        if (kept == 0)
            return;
        await Stock.ReleaseAsync(turn, wait.ProductId, kept, ct);
        await OfferAsync(turn, await turn.Db.Set<Product>().AsNoTracking().SingleAsync(row => row.Id == wait.ProductId, ct), ct);
    }

    // What was released a moment ago is still there: the statement that released it holds the row.
    private static async Task KeepAgainAsync(Turn turn, Product product, StockWait offer, CancellationToken ct)
    {
        if (!await Stock.ReserveAsync(turn, product, offer.OfferedMilli, ct))
            throw new InvalidOperationException($"Product {product.Id}: an offer of the queue was lost.");
    }

    private static void Close(StockWait wait, string status)
    {
        wait.Status = status;
        wait.OfferedMilli = 0;
        wait.OfferedUntilUtc = null;
    }

    private static RecordValue NewsOf(Product product, long milli, DateTime untilUtc) => RecordValue.Of(
        ("name", new TextValue(product.Name)),
        ("quantity", new QuantityValue(Quantities.FromMilli(milli))),
        ("unit", new TextValue(product.Unit)),
        ("until", new DateValue(Wib.Day(untilUtc))),
        ("hour", new TextValue(Wib.Clock(untilUtc))));
}
