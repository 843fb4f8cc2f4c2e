using KkmpBot.Data;
using KkmpBot.Ledger;
using KkmpBot.Members;
using KkmpBot.Savings;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Office.City;

/// <summary>The city at the end of a month.</summary>
/// <param name="Day">The month's last day, or the day that was asked for.</param>
/// <param name="Members">Members then.</param>
/// <param name="CapitalRupiah">Simpanan pokok and wajib then, in rupiah.</param>
/// <param name="Operating">Cooperatives with a sale within thirty days.</param>
public sealed record MonthEnd(DateOnly Day, int Members, long CapitalRupiah, int Operating);

/// <summary>How the city's cooperatives grew, from month to month, by the definitions of <see cref="CityFigures"/>.</summary>
public static class CityGrowth
{
    /// <summary>Months that are shown.</summary>
    public const int Months = 12;

    /// <summary>The month ends before a day and the day itself, the earliest first; months before the first member are left out.</summary>
    /// <param name="db">A context.</param>
    /// <param name="asOf">The last day.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task<IReadOnlyList<MonthEnd>> ReadAsync(KkmpDbContext db, DateOnly asOf, CancellationToken ct)
    {
        var joined = await db.Set<Member>().Where(row => row.ActiveUtc != null).GroupBy(row => row.ActiveUtc!.Value.Date)
            .Select(group => new { group.Key, Count = group.Count() }).ToListAsync(ct);
        var left = await db.Set<Departure>().Where(row => row.SettledUtc != null).GroupBy(row => row.SettledUtc!.Value.Date)
            .Select(group => new { group.Key, Count = group.Count() }).ToListAsync(ct);
        string[] capital = [Account.Pokok.Code, Account.Wajib.Code];
        var paid = await db.Set<JournalEntry>().Where(row => row.BookedOn <= asOf)
            .Join(db.Set<JournalLine>(), entry => entry.Id, line => line.EntryId, (entry, line) => new { entry.BookedOn, line.Account, Rupiah = line.CreditRupiah - line.DebitRupiah })
            .Where(row => capital.Contains(row.Account))
            .GroupBy(row => row.BookedOn).Select(group => new { group.Key, Rupiah = group.Sum(row => row.Rupiah) }).ToListAsync(ct);
        string[] income = [Account.MemberSales.Code, Account.OtherSales.Code, Account.OtherIncome.Code];
        var sales = await db.Set<JournalEntry>()
            .Where(row => row.BookedOn <= asOf && row.Reverses == null && row.Lines.Any(line => income.Contains(line.Account) && line.CreditRupiah > 0))
            .Select(row => new { row.CooperativeId, row.BookedOn }).Distinct().ToListAsync(ct);
        var ends = Enumerable.Range(0, Months).Select(n => n == 0 ? asOf : new DateOnly(asOf.Year, asOf.Month, 1).AddMonths(1 - n).AddDays(-1)).Reverse();
        return
        [
            .. ends.Select(day => new MonthEnd(
                day,
                joined.Where(row => DateOnly.FromDateTime(row.Key) <= day).Sum(row => row.Count) - left.Where(row => DateOnly.FromDateTime(row.Key) <= day).Sum(row => row.Count),
                paid.Where(row => row.Key <= day).Sum(row => row.Rupiah),
                sales.Where(row => row.BookedOn <= day && row.BookedOn >= day.AddDays(-CityFigures.OperatingDays)).Select(row => row.CooperativeId).Distinct().Count()))
                .SkipWhile(end => end.Members == 0),
        ];
    }
}
