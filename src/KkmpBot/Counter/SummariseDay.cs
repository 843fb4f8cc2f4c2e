using System.Globalization;
using KkmpBot.Catalog;
using KkmpBot.Conversations;
using KkmpBot.Dialogs.Model;
using KkmpBot.Ledger;
using KkmpBot.Members;
using KkmpBot.Orders;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Counter;

/// <summary>The day at the counter in one message: sales, money by where it lies, orders, and what needs attention.</summary>
public sealed class SummariseDay : ICapability
{
    private const int MaxTextLength = 300;

    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("counter.today")
        .Gives("shown", Type);

    /// <summary>
    /// The summary: sales to members and others (less returns), what came into the drawer and the account today, orders placed, fetched and
    /// waiting, articles that run low, batches that expire soon; <c>-</c> for none.
    /// </summary>
    internal static DialogType Type { get; } = DialogType.Record(
        "day_summary",
        ("day", DialogType.Date),
        ("member_sales", DialogType.Money),
        ("other_sales", DialogType.Money),
        ("cash", DialogType.Money),
        ("bank", DialogType.Money),
        ("placed", DialogType.Whole),
        ("fetched", DialogType.Whole),
        ("waiting", DialogType.Whole),
        ("low", DialogType.TextOf(MaxTextLength)),
        ("expiring", DialogType.TextOf(MaxTextLength)));

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (!OfficerRole.MayLook(turn.Caller) || turn.Caller.CooperativeId is not { } cooperativeId)
            throw new InvalidOperationException("The day is summarised for officers.");
        return new Outcome("shown", await OfAsync(turn, cooperativeId, Wib.Day(turn.UtcNow), ct));
    }

    /// <summary>The summary of a day.</summary>
    /// <param name="turn">The turn.</param>
    /// <param name="cooperativeId">Whose.</param>
    /// <param name="day">Today, or yesterday when it is late.</param>
    /// <param name="ct">Cancelled only when the process stops.</param>
    internal static async Task<RecordValue> OfAsync(Turn turn, int cooperativeId, DateOnly day, CancellationToken ct)
    {
        var (sinceUtc, untilUtc) = (Wib.StartUtc(day), Wib.StartUtc(day.AddDays(1)));
        var orders = turn.Db.Set<Order>().Where(order => order.CooperativeId == cooperativeId);
        var sums = await SumsAsync(turn, cooperativeId, day, ct);
        return RecordValue.Of(
            ("day", new DateValue(day)),
            ("member_sales", new MoneyValue(sums(Account.MemberSales))),
            ("other_sales", new MoneyValue(sums(Account.OtherSales))),
            ("cash", new MoneyValue(sums(Account.Cash))),
            ("bank", new MoneyValue(sums(Account.Bank))),
            ("placed", new WholeValue(await orders.CountAsync(order => order.Source == OrderSource.Chat && order.PlacedUtc >= sinceUtc && order.PlacedUtc < untilUtc, ct))),
            ("fetched", new WholeValue(await orders.CountAsync(
                order => order.Source == OrderSource.Chat && order.Status == OrderStatus.HandedOver && order.ClosedUtc >= sinceUtc && order.ClosedUtc < untilUtc, ct))),
            ("waiting", new WholeValue(await orders.CountAsync(order => order.Status == OrderStatus.Placed, ct))),
            ("low", new TextValue(await LowAsync(turn, cooperativeId, ct))),
            ("expiring", new TextValue(await ExpiringAsync(turn, cooperativeId, day, ct))));
    }

    private static async Task<Func<Account, long>> SumsAsync(Turn turn, int cooperativeId, DateOnly day, CancellationToken ct)
    {
        var sums = await (
            from entry in turn.Db.Set<JournalEntry>()
            where entry.CooperativeId == cooperativeId && entry.BookedOn == day
            join line in turn.Db.Set<JournalLine>() on entry.Id equals line.EntryId
            group line by line.Account into lines
            select new { lines.Key, Debit = lines.Sum(line => line.DebitRupiah), Credit = lines.Sum(line => line.CreditRupiah) }).ToListAsync(ct);
        return account => sums.Where(sum => sum.Key == account.Code).Sum(sum => account.Balance(sum.Debit, sum.Credit));
    }

    private static async Task<string> LowAsync(Turn turn, int cooperativeId, CancellationToken ct)
    {
        var items = await Shelf.ListAsync(turn.Db, cooperativeId, turn.UtcNow, ct);
        return Listed(items.Where(item => item.Product.Active && item.FreeMilli < item.Product.LowMilli)
            .Select(item => $"{item.Product.Name} {Quantities.Text(item.FreeMilli)} {item.Product.Unit}"));
    }

    private static async Task<string> ExpiringAsync(Turn turn, int cooperativeId, DateOnly today, CancellationToken ct)
    {
        var batches = await StockBatches.ExpiringAsync(turn.Db, cooperativeId, today.AddDays(StockBatches.DaysOfWarning), ct);
        return Listed(batches.Select(row => string.Create(
            CultureInfo.InvariantCulture, $"{row.Product.Name} {Quantities.Text(row.Batch.LeftMilli)} {row.Product.Unit} ({row.Batch.ExpiresOn:d/M})")));
    }

    private static string Listed(IEnumerable<string> parts)
    {
        var text = string.Join(", ", parts);
        return text.Length == 0 ? "-" : CartRecord.Shortened(text, MaxTextLength);
    }
}
