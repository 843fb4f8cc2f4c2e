using System.Globalization;
using KkmpBot.Auditing;
using KkmpBot.Conversations;
using KkmpBot.Dialogs.Model;
using KkmpBot.Ledger;
using KkmpBot.Members;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Catalog;

/// <summary>
/// The differences of the open count become true: goods that are not there leave the book, goods that are there enter it, both with their
/// money. What belongs to orders cannot be missing: then nothing is booked, and the officer is told which.
/// </summary>
public sealed class BookCount : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("counts.book")
        .Gives("booked", CountBook.Type)
        .Gives("promised", CountBook.Type)
        .Gives("nothing");

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (!OfficerRole.MayMoveGoods(turn.Caller) || turn.Caller.CooperativeId is not { } cooperativeId)
            return new Outcome("nothing");
        var lines = (await CountBook.LinesAsync(turn, cooperativeId, ct)).Where(line => line.DifferenceMilli != 0).OrderBy(line => line.Product.Id).ToList();
        if (lines.Count == 0)
            return new Outcome("nothing");
        var promised = new List<string>();
        foreach (var line in lines.Where(line => line.DifferenceMilli < 0))
        {
            await StockQueue.TakeBackAsync(turn, line.Product, -line.DifferenceMilli, ct);
            var level = await turn.Db.Set<StockLevel>().AsNoTracking().SingleAsync(row => row.ProductId == line.Product.Id, ct);
            if (level.OnHandMilli - level.ReservedMilli < -line.DifferenceMilli)
                promised.Add(line.Product.Name);
        }

        if (promised.Count > 0)
            return new Outcome("promised", CountBook.Record(lines, string.Join(", ", promised)));
        return new Outcome("booked", await BookAsync(turn, cooperativeId, lines, ct));
    }

    private static async Task<RecordValue> BookAsync(Turn turn, int cooperativeId, List<CountedLine> lines, CancellationToken ct)
    {
        var (lost, found) = (0L, 0L);
        foreach (var line in lines)
        {
            if (line.DifferenceMilli < 0)
            {
                lost += await Stock.MissAsync(turn, line.Product, -line.DifferenceMilli, ct)
                    ?? throw new InvalidOperationException($"Product {line.Product.Id} went while its row was held.");
            }
            else
            {
                await Stock.PutAsync(turn, line.Product, new Arrival(MovementKind.Count, line.DifferenceMilli, line.DifferenceRupiah), ct);
                found += line.DifferenceRupiah;
            }
        }

        var count = await CountBook.OpenAsync(turn, cooperativeId, ct);
        count.ClosedUtc = turn.UtcNow;
        await Audit.RecordAsync(turn, "counts.book", string.Create(CultureInfo.InvariantCulture, $"articles:{lines.Count}"), ct);
        var entry = EntryDraft.For(turn, cooperativeId, "stock_count");
        if (lost > 0)
            entry.Debit(Account.StockLosses, lost).Credit(Account.Stock, lost);
        if (found > 0)
            entry.Debit(Account.Stock, found).Credit(Account.StockLosses, found);
        GoodsAct.Note(turn, "counts.book", entry.Lines.Count > 0 ? await Books.PostAsync(turn.Db, entry, ct) : null, count.Id);
        return CountBook.Record(lines, "");
    }
}

/// <summary>A counted article with its difference: negative when goods are missing. Money at the average purchase price.</summary>
internal sealed record CountedLine(Product Product, long CountedMilli, long BookMilli, long DifferenceRupiah)
{
    public long DifferenceMilli => CountedMilli - BookMilli;
}

/// <summary>The open count of a cooperative.</summary>
internal static class CountBook
{
    // A message holds no more; the sums are of all.
    private const int MaxShown = 20;

    /// <summary>One article that differs: what the book says, what was found, and the difference in money (without sign).</summary>
    private static readonly DialogType Line = DialogType.Record(
        "count_line",
        ("name", DialogType.TextOf(Product.MaxNameLength)),
        ("unit", DialogType.TextOf(10)),
        ("book", DialogType.Quantity),
        ("counted", DialogType.TextOf(12)),
        ("money", DialogType.Money));

    /// <summary>The differences of a count: the lines, what is missing and what is too much in rupiah, and articles that are promised to orders.</summary>
    public static DialogType Type { get; } = DialogType.Record(
        "count_result",
        ("lines", DialogType.List("count_lines", Line, MaxShown)),
        ("missing", DialogType.Money),
        ("surplus", DialogType.Money),
        ("names", DialogType.TextOf(200)));

    /// <summary>The open count, begun now when there is none.</summary>
    /// <param name="turn">The officer's turn.</param>
    /// <param name="cooperativeId">Whose.</param>
    /// <param name="ct">Cancelled only when the process stops.</param>
    public static async Task<StockCount> OpenAsync(Turn turn, int cooperativeId, CancellationToken ct)
    {
        var open = await turn.Db.Set<StockCount>().SingleOrDefaultAsync(count => count.CooperativeId == cooperativeId && count.ClosedUtc == null, ct);
        if (open is not null)
            return open;
        turn.Db.Add(open = new StockCount { CooperativeId = cooperativeId, PersonId = turn.Caller.PersonId, StartedUtc = turn.UtcNow });
        await turn.Db.SaveChangesAsync(ct);
        return open;
    }

    /// <summary>Closes the open count, if there is one.</summary>
    /// <param name="turn">The officer's turn.</param>
    /// <param name="ct">Cancelled only when the process stops.</param>
    public static Task CloseAsync(Turn turn, CancellationToken ct) => turn.Db.Set<StockCount>()
        .Where(count => count.CooperativeId == turn.Caller.CooperativeId && count.ClosedUtc == null)
        .ExecuteUpdateAsync(set => set.SetProperty(count => count.ClosedUtc, turn.UtcNow), ct);

    /// <summary>What was counted so far.</summary>
    /// <param name="turn">The officer's turn.</param>
    /// <param name="cooperativeId">Whose.</param>
    /// <param name="ct">Cancelled only when the process stops.</param>
    public static async Task<IReadOnlyList<CountedLine>> LinesAsync(Turn turn, int cooperativeId, CancellationToken ct)
    {
        var rows = await (
            from count in turn.Db.Set<StockCount>()
            where count.CooperativeId == cooperativeId && count.ClosedUtc == null
            join line in turn.Db.Set<StockCountLine>() on count.Id equals line.CountId
            join product in turn.Db.Set<Product>() on line.ProductId equals product.Id
            join level in turn.Db.Set<StockLevel>() on line.ProductId equals level.ProductId
            orderby product.Name
            select new { product, line.CountedMilli, line.BookMilli, level.OnHandMilli, level.ValueRupiah }).AsNoTracking().ToListAsync(ct);
        return [.. rows.Select(row => new CountedLine(
            row.product, row.CountedMilli, row.BookMilli, Money(Math.Abs(row.CountedMilli - row.BookMilli), row.OnHandMilli, row.ValueRupiah)))];
    }

    /// <summary>The record of differences.</summary>
    /// <param name="lines">Those that differ.</param>
    /// <param name="names">Articles that are promised to orders.</param>
    public static RecordValue Record(IReadOnlyList<CountedLine> lines, string names) => RecordValue.Of(
        ("lines", new ListValue([.. lines.OrderByDescending(line => line.DifferenceRupiah).Take(MaxShown).Select(line => RecordValue.Of(
            ("name", new TextValue(line.Product.Name)),
            ("unit", new TextValue(line.Product.Unit)),
            ("book", new QuantityValue(Quantities.FromMilli(line.BookMilli))),
            ("counted", new TextValue(Quantities.Text(line.CountedMilli))),
            ("money", new MoneyValue(line.DifferenceRupiah))))])),
        ("missing", new MoneyValue(lines.Where(line => line.DifferenceMilli < 0).Sum(line => line.DifferenceRupiah))),
        ("surplus", new MoneyValue(lines.Where(line => line.DifferenceMilli > 0).Sum(line => line.DifferenceRupiah))),
        ("names", new TextValue(names.Length <= 200 ? names : names[..200])));

    private static long Money(long milli, long onHandMilli, long valueRupiah) =>
        onHandMilli == 0 ? 0 : (long)((Int128)valueRupiah * milli / onHandMilli);
}
