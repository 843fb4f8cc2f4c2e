using System.Globalization;
using KkmpBot.Conversations;
using KkmpBot.Cooperatives;
using KkmpBot.Dialogs.Model;
using KkmpBot.Members;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Savings;

/// <summary>A deposit before it is booked: repeated to the officer in numbers, and priced again when it is.</summary>
internal static class DepositQuote
{
    /// <summary>As dialogs see it. <c>months</c> is 0 for pokok; <c>left</c> is what stays owed of the same kind.</summary>
    public static DialogType Type { get; } = DialogType.Record(
        "deposit_quote",
        ("payer", DialogType.TextOf(19)),
        ("kind", DialogType.Choice),
        ("name", DialogType.TextOf(ReadName.MaxLength)),
        ("number", DialogType.TextOf(10)),
        ("what", DialogType.TextOf(Deposit.MaxTextLength)),
        ("months", DialogType.Whole),
        ("amount", DialogType.Money),
        ("left", DialogType.Money));

    /// <summary>The applicant or member behind a dialog's key, if the caller may take their money; tracked.</summary>
    /// <param name="turn">The officer's turn.</param>
    /// <param name="key">The id as text.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task<Member?> FindPayerAsync(Turn turn, string key, CancellationToken ct) =>
        OfficerRole.MayTakeMoney(turn.Caller) && long.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out long id)
            ? await turn.Db.Set<Member>().SingleOrDefaultAsync(row => row.Id == id && row.CooperativeId == turn.Caller.CooperativeId, ct)
            : null;

    /// <summary>An amount towards simpanan pokok, with what stays owed; null when it is more than that.</summary>
    /// <param name="turn">The officer's turn.</param>
    /// <param name="member">The applicant.</param>
    /// <param name="rupiah">The amount.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task<(Deposit Deposit, long LeftRupiah)?> PokokAsync(Turn turn, Member member, long rupiah, CancellationToken ct)
    {
        long owed = await Deposits.PokokOwedAsync(turn.Db, member, Wib.Day(turn.UtcNow), ct);
        return rupiah > 0 && rupiah <= owed ? (new Deposit(SavingsRate.Pokok, rupiah, 0, default), owed - rupiah) : null;
    }

    /// <summary>The next months of simpanan wajib, with what stays owed up to this month; null when they cannot be taken.</summary>
    /// <param name="turn">The officer's turn.</param>
    /// <param name="member">The member.</param>
    /// <param name="months">How many; at most <see cref="WajibDues.MaxMonthsAtOnce"/>.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task<(Deposit Deposit, long LeftRupiah)?> WajibAsync(Turn turn, Member member, long months, CancellationToken ct)
    {
        var dues = await Deposits.WajibDuesAsync(turn.Db, member, Wib.Day(turn.UtcNow), ct);
        if (dues is null || months is not (> 0 and <= WajibDues.MaxMonthsAtOnce) || dues.Cost((int)months) is not (> 0 and var cost))
            return null;
        return (new Deposit(SavingsRate.Wajib, cost, (int)months, dues.FirstUnpaid), Math.Max(0, dues.DueRupiah - cost));
    }

    /// <summary>The record of a quote.</summary>
    /// <param name="turn">The officer's turn.</param>
    /// <param name="member">Whose.</param>
    /// <param name="quote">As priced.</param>
    public static RecordValue Record(Turn turn, Member member, (Deposit Deposit, long LeftRupiah) quote) => RecordValue.Of(
        ("payer", new TextValue(member.Id.ToString(CultureInfo.InvariantCulture))),
        ("kind", new TextValue(quote.Deposit.Kind)),
        ("name", new TextValue(turn.Vault.Open(member.FullName))),
        ("number", new TextValue(member.Number is null ? "-" : MemberRegister.Text(member.Number))),
        ("what", new TextValue(quote.Deposit.Text)),
        ("months", new WholeValue(quote.Deposit.Months)),
        ("amount", new MoneyValue(quote.Deposit.Rupiah)),
        ("left", new MoneyValue(quote.LeftRupiah)));
}
