using System.Globalization;
using KkmpBot.Conversations;
using KkmpBot.Cooperatives;
using KkmpBot.Dialogs.Answers;
using KkmpBot.Dialogs.Model;
using KkmpBot.Ledger;
using KkmpBot.Members;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Savings;

/// <summary>What was said, priced.</summary>
/// <param name="Deposit">Null when it cannot be taken.</param>
/// <param name="LeftRupiah">What stays owed of the same kind.</param>
/// <param name="Problem">
/// unclear, too_much (more than is owed, or too many months), not_next (months paid already, or left out), sukarela_off; disagrees, with the deposit for
/// the months: the money said beside them is another.
/// </param>
internal readonly record struct Quoted(Deposit? Deposit, long LeftRupiah, string? Problem);

/// <summary>A deposit before it is booked: repeated to the officer in numbers, and priced again when it is.</summary>
internal static class DepositQuote
{
    private const string MonthForm = "yyyy-MM";
    private const int MostWordsOfAmount = 4;

    /// <summary>As dialogs see it. <c>months</c> is 0 and <c>from</c> "-" but for wajib; <c>left</c> is what stays owed of the same kind.</summary>
    public static DialogType Type { get; } = DialogType.Record(
        "deposit_quote",
        ("payer", DialogType.TextOf(19)),
        ("kind", DialogType.Choice),
        ("name", DialogType.TextOf(ReadName.MaxLength)),
        ("number", DialogType.TextOf(10)),
        ("what", DialogType.TextOf(Deposit.MaxTextLength)),
        ("months", DialogType.Whole),
        ("from", DialogType.TextOf(7)),
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

    /// <summary>
    /// Prices what somebody says they pay. An applicant pays pokok, a member wajib; "sukarela 50rb" says that it is neither. Wajib is said in
    /// months ("3", "jan-mar", "semua") or as the money that they cost.
    /// </summary>
    /// <param name="turn">The turn.</param>
    /// <param name="member">Whose deposit.</param>
    /// <param name="said">As typed.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task<Quoted> ReadAsync(Turn turn, Member member, string said, CancellationToken ct)
    {
        var today = Wib.Day(turn.UtcNow);
        bool isSukarela = said.Contains(Deposit.Sukarela, StringComparison.OrdinalIgnoreCase);
        string rest = Deposits.Without(said, Deposit.Sukarela, "simpanan", SavingsRate.Wajib, SavingsRate.Pokok, "iuran", "sudah", "setor", "bayar", "transfer");
        bool isPokok = said.Contains(SavingsRate.Pokok, StringComparison.OrdinalIgnoreCase);
        if (member.Status != MemberStatus.Active || isSukarela || isPokok)
        {
            string kind = isSukarela ? Deposit.Sukarela : SavingsRate.Pokok;
            return RupiahReader.Read(rest) is { } rupiah ? await AmountAsync(turn, member, kind, rupiah, ct) : new Quoted(null, 0, "unclear");
        }
        var dues = await Deposits.WajibDuesAsync(turn.Db, member, today, ct) ?? throw new InvalidOperationException("A member has no dues.");
        if (MonthsReader.ReadPaid(said, today) is ({ } months, var beside))
        {
            if (Count(months, dues) is not { Problem: null, Count: var count })
                return new Quoted(null, 0, "not_next");
            var quoted = Wajib(dues, count);
            return beside is { } rupiah && quoted.Deposit is { } deposit && deposit.Rupiah != rupiah ? quoted with { Problem = "disagrees" } : quoted;
        }
        // A long sentence is about more than an amount, perhaps about somebody else's.
        return rest.Split(' ').Length <= MostWordsOfAmount && RupiahReader.Read(rest) is { } money && MonthsFor(money, dues) is { } paid ? Wajib(dues, paid) : new Quoted(null, 0, "unclear");
    }

    /// <summary>Prices again what was confirmed, from the books of this moment.</summary>
    /// <param name="turn">The turn.</param>
    /// <param name="member">Whose deposit.</param>
    /// <param name="call">Carries <c>kind</c>, <c>months</c>, <c>from</c> and <c>amount</c> of a quote.</param>
    /// <param name="ct">Gives up.</param>
    /// <returns>Null when it would no longer be the same: other months, another price.</returns>
    public static Task<Deposit?> AgainAsync(Turn turn, Member member, CapabilityCall call, CancellationToken ct)
    {
        long months = call.Whole("months");
        bool hasMonth = DateOnly.TryParseExact(call.Text("from"), MonthForm, CultureInfo.InvariantCulture, DateTimeStyles.None, out var first);
        return months is < 0 or > WajibDues.MaxMonthsAtOnce
            ? Task.FromResult<Deposit?>(null)
            : AgainAsync(turn, member, new Deposit(call.Text("kind"), call.Rupiah("amount"), (int)months, hasMonth ? first : default), ct);
    }

    /// <summary>Prices again what was claimed, from the books of this moment.</summary>
    /// <param name="turn">The turn.</param>
    /// <param name="member">Whose deposit.</param>
    /// <param name="confirmed">As it was confirmed.</param>
    /// <param name="ct">Gives up.</param>
    /// <returns>Null when it would no longer be the same.</returns>
    public static async Task<Deposit?> AgainAsync(Turn turn, Member member, Deposit confirmed, CancellationToken ct)
    {
        var quoted = confirmed.Kind == SavingsRate.Wajib
            ? await Deposits.WajibDuesAsync(turn.Db, member, Wib.Day(turn.UtcNow), ct) is { } dues ? Wajib(dues, confirmed.Months) : default
            : await AmountAsync(turn, member, confirmed.Kind, confirmed.Rupiah, ct);
        return quoted.Deposit == confirmed ? confirmed : null;
    }

    private static async Task<Quoted> AmountAsync(Turn turn, Member member, string kind, long rupiah, CancellationToken ct)
    {
        if (rupiah is <= 0 or > EntryDraft.MaxRupiah)
            return new Quoted(null, 0, "unclear");
        if (kind == SavingsRate.Pokok)
        {
            long owed = await Deposits.PokokOwedAsync(turn.Db, member, Wib.Day(turn.UtcNow), ct);
            return rupiah <= owed ? new Quoted(new Deposit(kind, rupiah, 0, default), owed - rupiah, null) : new Quoted(null, 0, "too_much");
        }
        // Taking it as a business needs a savings unit with a permit (Permenkop UKM 8/2023).
        bool takes = await turn.Db.Set<Cooperative>().AnyAsync(row => row.Id == member.CooperativeId && row.TakesSukarela, ct);
        return takes && member.Status == MemberStatus.Active
            ? new Quoted(new Deposit(Deposit.Sukarela, rupiah, 0, default), 0, null)
            : new Quoted(null, 0, "sukarela_off");
    }

    private static Quoted Wajib(WajibDues dues, long months)
    {
        if (months is not (> 0 and <= WajibDues.MaxMonthsAtOnce) || dues.Cost((int)months) is not (> 0 and var cost))
            return new Quoted(null, 0, "too_much");
        return new Quoted(new Deposit(SavingsRate.Wajib, cost, (int)months, dues.FirstUnpaid), Math.Max(0, dues.DueRupiah - cost), null);
    }

    private static int? MonthsFor(long rupiah, WajibDues dues)
    {
        for (int months = 1; months <= WajibDues.MaxMonthsAtOnce; months++)
        {
            if (dues.Cost(months) == rupiah)
                return months;
        }
        return null;
    }

    // Months are paid in order, the oldest first: naming another than the next one is a mistake or a double payment.
    private static (long Count, string? Problem) Count(SaidMonths said, WajibDues dues)
    {
        if (said.All)
            return dues.IsPaidThisMonth ? (0, "not_next") : (dues.ArrearsMonths + 1, null);
        if (said.First is not { } first || said.Last is not { } last)
            return (said.Count, null);
        return first == dues.FirstUnpaid ? (WajibDues.MonthsBetween(first, last) + 1, null) : (0, "not_next");
    }

    /// <summary>The record of a quote.</summary>
    /// <param name="turn">The officer's turn.</param>
    /// <param name="member">Whose.</param>
    /// <param name="deposit">As priced.</param>
    /// <param name="leftRupiah">What stays owed of the same kind.</param>
    public static RecordValue Record(Turn turn, Member member, Deposit deposit, long leftRupiah) => RecordValue.Of(
        ("payer", new TextValue(member.Id.ToString(CultureInfo.InvariantCulture))),
        ("kind", new TextValue(deposit.Kind)),
        ("name", new TextValue(turn.Vault.Open(member.FullName))),
        ("number", new TextValue(member.Number is null ? "-" : MemberRegister.Text(member.Number))),
        ("what", new TextValue(deposit.Text)),
        ("months", new WholeValue(deposit.Months)),
        ("from", new TextValue(deposit.Months == 0 ? "-" : deposit.FirstMonth.ToString(MonthForm, CultureInfo.InvariantCulture))),
        ("amount", new MoneyValue(deposit.Rupiah)),
        ("left", new MoneyValue(leftRupiah)));
}
