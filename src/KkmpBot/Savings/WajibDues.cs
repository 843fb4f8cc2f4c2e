using KkmpBot.Cooperatives;

namespace KkmpBot.Savings;

/// <summary>
/// What a member owes as simpanan wajib: one amount a month from the month in which membership began, each at the rate of its first day.
/// What was paid covers the months in order. Pure: the same books give the same dues.
/// </summary>
public sealed class WajibDues
{
    /// <summary>Months that may be paid at once, past and ahead.</summary>
    public const int MaxMonthsAtOnce = 24;

    // A hundred years: a rate of zero cannot keep us counting.
    private const int MaxMonths = 1200;

    private readonly IReadOnlyList<SavingsRate> rates;
    private readonly long remainder;

    private WajibDues(IReadOnlyList<SavingsRate> rates, DateOnly? lastPaid, DateOnly firstUnpaid, long remainder, DateOnly today)
    {
        this.rates = rates;
        LastPaid = lastPaid;
        this.remainder = remainder;
        FirstUnpaid = firstUnpaid;
        ThisMonth = FirstOf(today);
    }

    /// <summary>The first day of the last month that is paid in full; null before the first.</summary>
    public DateOnly? LastPaid { get; }

    /// <summary>The first day of the first month that is not paid in full.</summary>
    public DateOnly FirstUnpaid { get; }

    /// <summary>The first day of the current month.</summary>
    public DateOnly ThisMonth { get; }

    /// <summary>Months before this one that are not paid.</summary>
    public int ArrearsMonths => Math.Max(0, MonthsBetween(FirstUnpaid, ThisMonth));

    /// <summary>What those months cost, less what was paid towards the first of them.</summary>
    public long ArrearsRupiah => Cost(ArrearsMonths);

    /// <summary>What settles everything up to and with this month; 0 when it is paid.</summary>
    public long DueRupiah => IsPaidThisMonth ? 0 : Cost(ArrearsMonths + 1);

    /// <summary>True when this month and all before it are paid.</summary>
    public bool IsPaidThisMonth => FirstUnpaid > ThisMonth;

    /// <summary>Counts.</summary>
    /// <param name="activeFrom">The day membership began, WIB.</param>
    /// <param name="rates">As read by <see cref="SavingsRate.AllAsync"/>.</param>
    /// <param name="paidRupiah">The member's balance of simpanan wajib.</param>
    /// <param name="today">Today, WIB.</param>
    public static WajibDues Count(DateOnly activeFrom, IReadOnlyList<SavingsRate> rates, long paidRupiah, DateOnly today)
    {
        var month = FirstOf(activeFrom);
        for (int months = 0; months < MaxMonths; months++)
        {
            long due = SavingsRate.On(rates, month);
            // A month that costs nothing is paid when it has come, not for all time ahead.
            if (due > paidRupiah || (due == 0 && month > today))
                break;
            paidRupiah -= due;
            month = month.AddMonths(1);
        }
        DateOnly? lastPaid = month > FirstOf(activeFrom) ? month.AddMonths(-1) : null;
        return new WajibDues(rates, lastPaid, month, paidRupiah, today);
    }

    /// <summary>What the next unpaid months cost, less what was paid towards the first of them.</summary>
    /// <param name="months">How many, from <see cref="FirstUnpaid"/> on.</param>
    public long Cost(int months) =>
        months <= 0 ? 0 : Enumerable.Range(0, months).Sum(ahead => SavingsRate.On(rates, FirstUnpaid.AddMonths(ahead))) - remainder;

    private static DateOnly FirstOf(DateOnly day) => new(day.Year, day.Month, 1);

    /// <summary>Months from one to another; 0 for the same.</summary>
    /// <param name="from">Any day of the first.</param>
    /// <param name="to">Any day of the other.</param>
    public static int MonthsBetween(DateOnly from, DateOnly to) => ((to.Year - from.Year) * 12) + to.Month - from.Month;
}
