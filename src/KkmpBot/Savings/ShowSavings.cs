using KkmpBot.Conversations;
using KkmpBot.Cooperatives;
using KkmpBot.Dialogs.Model;
using KkmpBot.Ledger;
using KkmpBot.Members;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Savings;

/// <summary>A member's own savings: pokok, wajib with its arrears, sukarela. The outcome says what is still to pay.</summary>
public sealed class ShowSavings : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("savings.overview")
        .Gives("paid_up", Overview)
        .Gives("due_now", Overview)
        .Gives("in_arrears", Overview)
        .Gives("nothing_paid", Overview)
        .Gives("pokok_owed", Overview)
        .Gives("no_member");

    /// <summary>Savings beside pokok and wajib, where the cooperative takes them.</summary>
    internal static DialogType OtherSavings { get; } = DialogType.Record(
        "other_savings", ("name", DialogType.TextOf(20)), ("balance", DialogType.Money));

    /// <summary>At most sukarela, today.</summary>
    internal static DialogType OtherSavingsList { get; } = DialogType.List("other_savings_list", OtherSavings, 1);

    /// <summary>
    /// The savings of one member. <c>paid_until</c> is the last month of wajib that is paid, "-" before the first; <c>arrears</c> counts the months before
    /// this one; <c>to_pay</c> is what settles everything up to and with this month.
    /// </summary>
    internal static DialogType Overview { get; } = DialogType.Record(
        "savings_overview",
        ("pokok", DialogType.Money),
        ("pokok_owed", DialogType.Money),
        ("wajib", DialogType.Money),
        ("others", OtherSavingsList),
        ("total", DialogType.Money),
        ("paid_until", DialogType.TextOf(14)),
        ("this_month", DialogType.TextOf(14)),
        ("arrears_months", DialogType.Whole),
        ("arrears", DialogType.Money),
        ("to_pay", DialogType.Money),
        ("day", DialogType.Date));

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (turn.Caller.MemberId is not { } id)
            return new Outcome("no_member");
        var member = await turn.Db.Set<Member>().AsNoTracking().SingleAsync(row => row.Id == id, ct);
        if (member.Status is not (MemberStatus.Approved or MemberStatus.Active))
            return new Outcome("no_member");
        var today = Wib.Day(turn.UtcNow);
        long owed = await Deposits.PokokOwedAsync(turn.Db, member, today, ct);
        var dues = await Deposits.WajibDuesAsync(turn.Db, member, today, ct);
        return new Outcome(Standing(dues), await OverviewAsync(turn, member, owed, dues, today, ct));
    }

    private static string Standing(WajibDues? dues) => dues switch
    {
        null => "pokok_owed",
        { LastPaid: null } => "nothing_paid",
        { ArrearsMonths: > 0 } => "in_arrears",
        { IsPaidThisMonth: true } => "paid_up",
        _ => "due_now",
    };

    private static async Task<RecordValue> OverviewAsync(
        Turn turn, Member member, long owed, WajibDues? dues, DateOnly today, CancellationToken ct)
    {
        long pokok = await Books.BalanceAsync(turn.Db, member.CooperativeId, Account.Pokok, member.Id, ct);
        long wajib = await Books.BalanceAsync(turn.Db, member.CooperativeId, Account.Wajib, member.Id, ct);
        long sukarela = await Books.BalanceAsync(turn.Db, member.CooperativeId, Account.Sukarela, member.Id, ct);
        bool takesSukarela = await turn.Db.Set<Cooperative>().AnyAsync(row => row.Id == member.CooperativeId && row.TakesSukarela, ct);
        return RecordValue.Of(
            ("pokok", new MoneyValue(pokok)),
            ("pokok_owed", new MoneyValue(owed)),
            ("wajib", new MoneyValue(wajib)),
            ("others", new ListValue(takesSukarela || sukarela != 0 ? [Other(Account.Sukarela, sukarela)] : [])),
            ("total", new MoneyValue(pokok + wajib + sukarela)),
            ("paid_until", new TextValue(Months.Text(dues?.LastPaid))),
            ("this_month", new TextValue(Months.Text(today))),
            ("arrears_months", new WholeValue(dues?.ArrearsMonths ?? 0)),
            ("arrears", new MoneyValue(dues?.ArrearsRupiah ?? 0)),
            ("to_pay", new MoneyValue(dues?.DueRupiah ?? 0)),
            ("day", new DateValue(today)));
    }

    private static RecordValue Other(Account account, long balance) =>
        RecordValue.Of(("name", new TextValue(account.Name)), ("balance", new MoneyValue(balance)));
}
