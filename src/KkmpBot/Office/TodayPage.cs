using KkmpBot.Catalog;
using KkmpBot.Cooperatives;
using KkmpBot.Dialogs.Model;
using KkmpBot.Handovers;
using KkmpBot.Ledger;
using KkmpBot.Members;
using KkmpBot.Office.Pages;
using KkmpBot.Orders;
using KkmpBot.Savings;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Office;

/// <summary>The office's first page: what waits, how the day went, where it leads.</summary>
/// <param name="Summary">The day, as <c>counter.today</c> tells it in the chat.</param>
/// <param name="Applications">Applications that wait.</param>
/// <param name="Orders">Orders to hand over.</param>
/// <param name="People">People who wait for an answer.</param>
/// <param name="Arrears">Members with unpaid months; null where there are too many members to count them on a page.</param>
/// <param name="Sales">Sales of the last days.</param>
/// <param name="Savings">Savings at the end of the last months.</param>
/// <param name="StockDays">For how long the goods last.</param>
public sealed record TodayModel(
    RecordValue Summary, int Applications, int Orders, int People, int? Arrears,
    IReadOnlyList<ChartBar> Sales, IReadOnlyList<ChartBar> Savings, IReadOnlyList<ChartBar> StockDays);

/// <summary>The page "Hari ini".</summary>
internal static class TodayPage
{
    private const int MostCounted = 2_000;
    private const int SalesDays = 7;
    private const int SavingsMonths = 6;
    private const int MostGoods = 8;
    private const int PaceDays = 30;
    private const int WeakDays = 7;

    /// <summary>Shows it.</summary>
    public static async Task ShowAsync(OfficeCall call)
    {
        int cooperativeId = call.CooperativeId;
        var summary = await call.DoAsync("counter.today");
        var model = new TodayModel(
            summary.Record(),
            await call.Db.Set<Member>().CountAsync(row => row.CooperativeId == cooperativeId && row.Status == MemberStatus.Pending, call.Gone),
            await call.Db.Set<Order>().CountAsync(row => row.CooperativeId == cooperativeId && row.Status == OrderStatus.Placed, call.Gone),
            await call.Db.Set<Handover>().CountAsync(row => row.CooperativeId == cooperativeId && row.ClosedUtc == null, call.Gone),
            await ArrearsAsync(call), await SalesAsync(call), await SavingsAsync(call), await StockDaysAsync(call));
        await call.PageAsync<TodayView, TodayModel>("Hari ini", model);
    }

    private static async Task<int?> ArrearsAsync(OfficeCall call)
    {
        var members = await call.Db.Set<Member>()
            .Where(row => row.CooperativeId == call.CooperativeId && row.Status == MemberStatus.Active && row.ActiveUtc != null)
            .OrderBy(row => row.Number).Take(MostCounted + 1).Select(row => new { row.Id, ActiveUtc = row.ActiveUtc!.Value }).ToListAsync(call.Gone);
        if (members.Count > MostCounted)
            return null;
        var rates = await SavingsRate.AllAsync(call.Db, call.CooperativeId, SavingsRate.Wajib, call.Gone);
        var paid = await call.Db.Set<JournalLine>()
            .Where(line => line.CooperativeId == call.CooperativeId && line.Account == Account.Wajib.Code && line.MemberId != null)
            .GroupBy(line => line.MemberId!.Value)
            .Select(group => new { group.Key, Rupiah = group.Sum(line => line.CreditRupiah - line.DebitRupiah) })
            .ToDictionaryAsync(row => row.Key, row => row.Rupiah, call.Gone);
        return members.Count(row => WajibDues.Count(Wib.Day(row.ActiveUtc), rates, paid.GetValueOrDefault(row.Id), call.Today).ArrearsMonths > 0);
    }

    private static async Task<IReadOnlyList<ChartBar>> SalesAsync(OfficeCall call)
    {
        var since = call.Today.AddDays(1 - SalesDays);
        string[] income = [Account.MemberSales.Code, Account.OtherSales.Code];
        var sums = await call.Db.Set<JournalEntry>().Where(entry => entry.CooperativeId == call.CooperativeId && entry.BookedOn >= since)
            .Join(
                call.Db.Set<JournalLine>(), entry => entry.Id, line => line.EntryId,
                (entry, line) => new { entry.BookedOn, line.Account, Rupiah = line.CreditRupiah - line.DebitRupiah })
            .Where(row => income.Contains(row.Account))
            .GroupBy(row => row.BookedOn).Select(group => new { group.Key, Rupiah = group.Sum(row => row.Rupiah) })
            .ToDictionaryAsync(row => row.Key, row => row.Rupiah, call.Gone);
        return
        [
            .. Enumerable.Range(0, SalesDays).Select(n => since.AddDays(n))
                .Select(day => new ChartBar(Written.Day(day), sums.GetValueOrDefault(day), Written.Rp(sums.GetValueOrDefault(day)))),
        ];
    }

    private static async Task<IReadOnlyList<ChartBar>> SavingsAsync(OfficeCall call)
    {
        var now = new DateOnly(call.Today.Year, call.Today.Month, 1);
        DateOnly[] months = [.. Enumerable.Range(1 - SavingsMonths, SavingsMonths).Select(now.AddMonths)];
        var ends = await SavingsMonth.EndsAsync(call.Db, call.CooperativeId, months, call.Gone);
        return [.. months.Zip(ends, (month, rupiah) => new ChartBar(Written.Month(month), rupiah, Written.RpShort(rupiah)))];
    }

    private static async Task<IReadOnlyList<ChartBar>> StockDaysAsync(OfficeCall call)
    {
        var sinceUtc = call.UtcNow.AddDays(-PaceDays);
        var shelf = await Shelf.ListAsync(call.Db, call.CooperativeId, call.UtcNow, call.Gone);
        long[] ids = [.. shelf.Select(item => item.Product.Id)];
        var sold = await call.Db.Set<StockMovement>().Where(row => ids.Contains(row.ProductId) && row.Kind == MovementKind.Sale && row.AtUtc >= sinceUtc)
            .GroupBy(row => row.ProductId).Select(group => new { group.Key, Milli = -group.Sum(row => row.QuantityMilli) })
            .ToDictionaryAsync(row => row.Key, row => row.Milli, call.Gone);
        return
        [
            .. shelf.Where(item => item.Product.Active && sold.GetValueOrDefault(item.Product.Id) > 0)
                .Select(item => (item.Product.Name, Days: item.OnHandMilli * PaceDays / sold[item.Product.Id]))
                .OrderBy(row => row.Days).Take(MostGoods)
                .Select(row => new ChartBar(row.Name, row.Days, $"{Written.Number(row.Days)} hari", row.Days < WeakDays)),
        ];
    }
}
