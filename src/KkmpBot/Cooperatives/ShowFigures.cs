using KkmpBot.Conversations;
using KkmpBot.Dialogs.Model;
using KkmpBot.Ledger;
using KkmpBot.Members;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Cooperatives;

/// <summary>What every member may know of their cooperative: how many they are, and what its books say, as of now.</summary>
public sealed class ShowFigures : ICapability
{
    private static readonly Account[] Sales = [Account.MemberSales, Account.OtherSales];

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
        var stands = await Books.BalancesAsync(turn.Db, cooperativeId, [Account.Stock, Account.Cash, Account.Bank], ct);
        var sold = await Books.MovedAsync(turn.Db, cooperativeId, Sales, yearStart, today, ct);
        // Lines of savings are as many as members pay months, which the months' sums hold already.
        var saved = await SavingsMonth.BalancesAsync(turn.Db, cooperativeId, ct);
        int members = await turn.Db.Set<Member>().CountAsync(row => row.CooperativeId == cooperativeId && row.Status == MemberStatus.Active, ct);
        return new Outcome("shown", RecordValue.Of(
            ("members", new WholeValue(members)),
            ("capital", Money(saved, Account.Pokok, Account.Wajib)),
            ("turnover", Money(sold, Sales)),
            ("year", new WholeValue(today.Year)),
            ("stock", Money(stands, Account.Stock)),
            ("money", Money(stands, Account.Cash, Account.Bank)),
            ("day", new DateValue(today))));
    }

    private static MoneyValue Money(IReadOnlyDictionary<string, long> sums, params Account[] accounts) =>
        new(accounts.Sum(account => sums.GetValueOrDefault(account.Code)));
}
