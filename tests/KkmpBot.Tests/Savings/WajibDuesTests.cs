using System.Globalization;
using KkmpBot.Cooperatives;
using KkmpBot.Savings;

namespace KkmpBot.Tests.Savings;

public sealed class WajibDuesTests
{
    private static readonly SavingsRate[] Flat = [Rate("2025-07-01", 10_000)];
    private static readonly SavingsRate[] Raised = [Rate("2025-07-01", 10_000), Rate("2026-10-01", 15_000)];

    /// <summary>active since, paid, today: first unpaid month, months of arrears, arrears, what settles all with this month.</summary>
    [Theory]
    [InlineData("2026-04-10", 0, "2026-04-10", "2026-04", 0, 0, 10_000)]
    [InlineData("2026-04-30", 0, "2026-05-01", "2026-04", 1, 10_000, 20_000)]
    [InlineData("2026-04-10", 10_000, "2026-04-30", "2026-05", 0, 0, 0)]
    [InlineData("2026-04-10", 60_000, "2026-11-23", "2026-10", 1, 10_000, 20_000)]
    [InlineData("2026-04-10", 80_000, "2026-11-23", "2026-12", 0, 0, 0)]
    [InlineData("2026-04-10", 200_000, "2026-11-23", "2027-12", 0, 0, 0)]
    [InlineData("2026-04-10", 64_000, "2026-11-23", "2026-10", 1, 6_000, 16_000)]
    [InlineData("2025-11-01", 0, "2026-11-23", "2025-11", 12, 120_000, 130_000)]
    public void Counts_months(string active, long paid, string today, string firstUnpaid, int months, long arrears, long due)
    {
        var dues = WajibDues.Count(Day(active), Flat, paid, Day(today));
        Assert.Equal(Day($"{firstUnpaid}-01"), dues.FirstUnpaid);
        Assert.Equal((months, arrears, due), (dues.ArrearsMonths, dues.ArrearsRupiah, dues.DueRupiah));
    }

    [Fact]
    public void Each_month_costs_what_its_first_day_says()
    {
        var dues = WajibDues.Count(Day("2026-08-05"), Raised, 10_000, Day("2026-11-23"));
        Assert.Equal(Day("2026-09-01"), dues.FirstUnpaid);
        Assert.Equal(10_000 + 15_000, dues.ArrearsRupiah);
        Assert.Equal(10_000 + 15_000 + 15_000, dues.DueRupiah);
        Assert.Equal(10_000 + 15_000 + 15_000 + 15_000, dues.Cost(4));
    }

    [Fact]
    public void A_month_that_costs_nothing_is_no_endless_credit()
    {
        var dues = WajibDues.Count(Day("2026-08-05"), [Rate("2025-07-01", 0)], 0, Day("2026-11-23"));
        Assert.Equal((0, 0L, true), (dues.ArrearsMonths, dues.DueRupiah, dues.IsPaidThisMonth));
        Assert.Equal(Day("2026-12-01"), dues.FirstUnpaid);
    }

    [Theory]
    [InlineData("2026-09-01", 1, "September 2026")]
    [InlineData("2026-09-01", 3, "September–November 2026")]
    [InlineData("2026-12-01", 2, "Desember 2026–Januari 2027")]
    public void Months_read_well(string first, int months, string text) => Assert.Equal(text, Months.Span(Day(first), months));

    private static SavingsRate Rate(string from, long rupiah) => new() { Kind = SavingsRate.Wajib, FromDay = Day(from), Rupiah = rupiah };

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
