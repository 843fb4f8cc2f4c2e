using KkmpBot.Data;
using KkmpBot.Ledger;

namespace KkmpBot.Closing;

/// <summary>An account with what a statement says of it.</summary>
/// <param name="Account">The account.</param>
/// <param name="Rupiah">Positive when it stands on its usual side.</param>
public sealed record StatementLine(Account Account, long Rupiah);

/// <summary>Neraca: what a cooperative has and owes at the end of a day. Both sides are equal; the year's result so far stands with the equity.</summary>
/// <param name="Day">The day.</param>
/// <param name="Assets">What it has.</param>
/// <param name="Liabilities">What it owes.</param>
/// <param name="Equity">What its members and past years put in.</param>
/// <param name="RunningResult">Income less expenses that no year has closed yet.</param>
public sealed record BalanceSheet(
    DateOnly Day, IReadOnlyList<StatementLine> Assets, IReadOnlyList<StatementLine> Liabilities, IReadOnlyList<StatementLine> Equity, long RunningResult)
{
    /// <summary>The sum of the assets.</summary>
    public long TotalAssets => Assets.Sum(line => line.Rupiah);

    /// <summary>The sum of the liabilities.</summary>
    public long TotalLiabilities => Liabilities.Sum(line => line.Rupiah);

    /// <summary>The sum of the equity with the running result.</summary>
    public long TotalEquity => Equity.Sum(line => line.Rupiah) + RunningResult;

    /// <summary>Reads it from the ledger.</summary>
    /// <param name="db">A context.</param>
    /// <param name="cooperativeId">Whose.</param>
    /// <param name="day">At the end of which day.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task<BalanceSheet> OnAsync(KkmpDbContext db, int cooperativeId, DateOnly day, CancellationToken ct)
    {
        var sums = await Books.SumsUpToAsync(db, cooperativeId, day, ct);
        return new BalanceSheet(day, Of(AccountKind.Asset), Of(AccountKind.Liability), Of(AccountKind.Equity), IncomeStatement.Result(sums));

        List<StatementLine> Of(AccountKind kind) =>
            [.. sums.Where(sum => sum.Account.Kind == kind && sum.BalanceRupiah != 0).Select(sum => new StatementLine(sum.Account, sum.BalanceRupiah))];
    }
}

/// <summary>Perhitungan hasil usaha: what was earned and spent from one day to another.</summary>
/// <param name="From">The first day.</param>
/// <param name="To">The last day.</param>
/// <param name="Income">What was earned.</param>
/// <param name="Expenses">What it cost.</param>
public sealed record IncomeStatement(DateOnly From, DateOnly To, IReadOnlyList<StatementLine> Income, IReadOnlyList<StatementLine> Expenses)
{
    /// <summary>Income less expenses: SHU when positive.</summary>
    public long ResultRupiah => Income.Sum(line => line.Rupiah) - Expenses.Sum(line => line.Rupiah);

    /// <summary>Reads it from the ledger; the entry that closes a year is left out.</summary>
    /// <param name="db">A context.</param>
    /// <param name="cooperativeId">Whose.</param>
    /// <param name="from">The first day.</param>
    /// <param name="to">The last day.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task<IncomeStatement> OfAsync(KkmpDbContext db, int cooperativeId, DateOnly from, DateOnly to, CancellationToken ct)
    {
        var sums = await Books.SumsAsync(db, cooperativeId, from, to, ct);
        return new IncomeStatement(from, to, Of(AccountKind.Income), Of(AccountKind.Expense));

        List<StatementLine> Of(AccountKind kind) =>
            [.. sums.Where(sum => sum.Account.Kind == kind && sum.BalanceRupiah != 0).Select(sum => new StatementLine(sum.Account, sum.BalanceRupiah))];
    }

    /// <summary>Income less expenses of a trial balance.</summary>
    /// <param name="sums">The sums of all accounts.</param>
    internal static long Result(IReadOnlyList<AccountSums> sums) =>
        sums.Where(sum => sum.Account.Kind == AccountKind.Income).Sum(sum => sum.BalanceRupiah)
        - sums.Where(sum => sum.Account.Kind == AccountKind.Expense).Sum(sum => sum.BalanceRupiah);
}
