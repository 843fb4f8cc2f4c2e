using System.Globalization;
using KkmpBot.Conversations;
using KkmpBot.Cooperatives;
using KkmpBot.Dialogs.Model;
using KkmpBot.Members;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Savings;

/// <summary>What a deposit would come to, to be confirmed in numbers before it is booked.</summary>
public sealed class QuoteDeposit : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("savings.quote")
        .Takes("payer", DialogType.Text)
        .Takes("kind", DialogType.Choice)
        .MayTake("amount", DialogType.Money)
        .MayTake("months", DialogType.Whole)
        .Gives("quoted", Quote)
        .Gives("too_much")
        .Gives("not_owed")
        .Gives("not_allowed");

    /// <summary>A deposit before it is booked. <c>months</c> is 0 for pokok; <c>left</c> is what stays owed of the same kind.</summary>
    internal static DialogType Quote { get; } = DialogType.Record(
        "deposit_quote",
        ("payer", DialogType.TextOf(19)),
        ("kind", DialogType.Choice),
        ("name", DialogType.TextOf(ReadName.MaxLength)),
        ("number", DialogType.TextOf(10)),
        ("what", DialogType.TextOf(Deposit.MaxTextLength)),
        ("months", DialogType.Whole),
        ("amount", DialogType.Money),
        ("left", DialogType.Money));

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (!OfficerRole.MayTakeMoney(turn.Caller) || await FindAsync(turn, call.Text("payer"), ct) is not { } member)
            return new Outcome("not_allowed");
        long? amount = call.Arguments.ContainsKey("amount") ? call.Rupiah("amount") : null;
        long? months = call.Arguments.ContainsKey("months") ? call.Whole("months") : null;
        var (refusal, deposit, left) = await PriceAsync(turn, member, call.Text("kind"), amount, months, ct);
        return deposit is null
            ? new Outcome(refusal)
            : new Outcome("quoted", RecordValue.Of(
                ("payer", new TextValue(call.Text("payer"))),
                ("kind", new TextValue(deposit.Kind)),
                ("name", new TextValue(turn.Vault.Open(member.FullName))),
                ("number", new TextValue(member.Number is null ? "-" : MemberRegister.Text(member.Number))),
                ("what", new TextValue(deposit.Text)),
                ("months", new WholeValue(deposit.Months)),
                ("amount", new MoneyValue(deposit.Rupiah)),
                ("left", new MoneyValue(left))));
    }

    /// <summary>The applicant or member of the officer's own cooperative behind a dialog's key; tracked.</summary>
    internal static async Task<Member?> FindAsync(Turn turn, string key, CancellationToken ct) =>
        long.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out long id)
            ? await turn.Db.Set<Member>().SingleOrDefaultAsync(row => row.Id == id && row.CooperativeId == turn.Caller.CooperativeId, ct)
            : null;

    /// <summary>The deposit that an amount (pokok; all that is owed when null) or a number of months (wajib) comes to, from today's books.</summary>
    internal static async Task<(string Refusal, Deposit? Deposit, long LeftRupiah)> PriceAsync(
        Turn turn, Member member, string kind, long? amount, long? months, CancellationToken ct)
    {
        var today = Wib.Day(turn.UtcNow);
        if (kind == SavingsRate.Pokok)
        {
            long owed = await Deposits.PokokOwedAsync(turn.Db, member, today, ct);
            long rupiah = amount ?? owed;
            if (owed == 0)
                return ("not_owed", null, 0);
            return rupiah <= 0 || rupiah > owed ? ("too_much", null, 0) : ("", new Deposit(kind, rupiah, 0, default), owed - rupiah);
        }
        if (await Deposits.WajibDuesAsync(turn.Db, member, today, ct) is not { } dues)
            return ("not_owed", null, 0);
        if (months is not (> 0 and <= WajibDues.MaxMonthsAtOnce))
            return ("too_much", null, 0);
        long cost = dues.Cost((int)months);
        long dueNow = dues.IsPaidThisMonth ? 0 : dues.Cost(dues.ArrearsMonths + 1);
        return cost <= 0 ? ("not_owed", null, 0) : ("", new Deposit(kind, cost, (int)months, dues.FirstUnpaid), Math.Max(0, dueNow - cost));
    }
}
