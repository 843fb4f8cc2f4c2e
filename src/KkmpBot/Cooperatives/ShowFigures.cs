using KkmpBot.Conversations;
using KkmpBot.Dialogs.Model;
using KkmpBot.Ledger;
using KkmpBot.Members;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Cooperatives;

/// <summary>What every member may know of their cooperative: how many they are, and what its books say, as of now.</summary>
public sealed class ShowFigures : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("cooperatives.figures").Gives("shown", Figures).Gives("no_member");

    /// <summary>Members, capital (pokok and wajib), this year's turnover, stock at cost, cash and bank.</summary>
    internal static DialogType Figures { get; } = DialogType.Record(
        "cooperative_figures",
        ("members", DialogType.Whole),
        ("capital", DialogType.Money),
        ("turnover", DialogType.Money),
        ("year", DialogType.Whole),
        ("stock", DialogType.Money),
        ("money", DialogType.Money),
        ("day", DialogType.Date));

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (turn.Caller.CooperativeId is not { } cooperativeId)
            return new Outcome("no_member");
        var today = Wib.Day(turn.UtcNow);
        var yearStart = new DateOnly(today.Year, 1, 1);
        var sums = (await Books.TrialBalanceAsync(turn.Db, cooperativeId, ct)).ToDictionary(sum => sum.Account.Code, sum => sum.BalanceRupiah);
        var year = (await Books.SumsAsync(turn.Db, cooperativeId, yearStart, today, ct)).ToDictionary(sum => sum.Account.Code, sum => sum.BalanceRupiah);
        int members = await turn.Db.Set<Member>().CountAsync(row => row.CooperativeId == cooperativeId && row.Status == MemberStatus.Active, ct);
        return new Outcome("shown", RecordValue.Of(
            ("members", new WholeValue(members)),
            ("capital", Money(sums, Account.Pokok, Account.Wajib)),
            ("turnover", Money(year, Account.MemberSales, Account.OtherSales)),
            ("year", new WholeValue(today.Year)),
            ("stock", Money(sums, Account.Stock)),
            ("money", Money(sums, Account.Cash, Account.Bank)),
            ("day", new DateValue(today))));
    }

    private static MoneyValue Money(Dictionary<string, long> sums, params Account[] accounts) =>
        new(accounts.Sum(account => sums.GetValueOrDefault(account.Code)));
}
