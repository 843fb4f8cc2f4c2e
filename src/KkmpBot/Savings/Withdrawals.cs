using System.Globalization;
using KkmpBot.Auditing;
using KkmpBot.Conversations;
using KkmpBot.Cooperatives;
using KkmpBot.Corrections;
using KkmpBot.Data;
using KkmpBot.Dialogs.Model;
using KkmpBot.Ledger;
using KkmpBot.Members;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Savings;

/// <summary>Withdrawals as the officers' dialogs see them.</summary>
internal static class Withdrawals
{
    /// <summary>More than this are shown when these are decided.</summary>
    public const int MaxListed = 50;

    /// <summary>A withdrawal that waits.</summary>
    public static DialogType Type { get; } = DialogType.Record(
        "withdrawal",
        ("key", DialogType.TextOf(19)),
        ("name", DialogType.TextOf(24)),
        ("kind", DialogType.TextOf(24)),
        ("amount", DialogType.Money),
        ("day", DialogType.Date));

    /// <summary>Those that wait, oldest first.</summary>
    public static DialogType ListType { get; } = DialogType.List("withdrawals", Type, MaxListed);

    /// <summary>What officers and members read of one.</summary>
    public static DialogType News { get; } = DialogType.Record("withdrawal_news", ("name", DialogType.TextOf(24)), ("amount", DialogType.Money));

    /// <summary>Where the money of a kind stands.</summary>
    public static Account AccountOf(string kind) => kind switch
    {
        "shu" => Account.MemberShu,
        "waste" => Account.WasteSavings,
        _ => Account.Sukarela,
    };

    /// <summary>The withdrawal that a dialog's key names, if it waits in the caller's cooperative; tracked.</summary>
    public static async Task<Withdrawal?> FindWaitingAsync(Turn turn, string key, CancellationToken ct)
    {
        if (!OfficerRole.MayTakeMoney(turn.Caller) || !long.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out long id))
            return null;
        // Two officers at once: the second reads what the first has decided.
        await turn.Db.LockAsync<Withdrawal>(id, ct);
        return await turn.Db.Set<Withdrawal>().SingleOrDefaultAsync(
            row => row.Id == id && row.CooperativeId == turn.Caller.CooperativeId && row.Status == Withdrawal.Waiting, ct);
    }
}

/// <summary>The withdrawals that wait for a second officer, oldest first.</summary>
public sealed class ListWithdrawals : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("savings.withdrawals").Gives("listed", Withdrawals.ListType);

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (!OfficerRole.MayTakeMoney(turn.Caller))
            return new Outcome("listed", new ListValue([]));
        var waiting = await turn.Db.Set<Withdrawal>().AsNoTracking()
            .Where(row => row.CooperativeId == turn.Caller.CooperativeId && row.Status == Withdrawal.Waiting)
            .OrderBy(row => row.Id).Take(Withdrawals.MaxListed)
            .Join(turn.Db.Set<Member>(), row => row.MemberId, member => member.Id, (row, member) => new { row, member.FullName })
            .ToListAsync(ct);
        if (waiting.Count > 0)
            await Audit.RecordAsync(turn, Description.Name, string.Join(' ', waiting.Select(pair => MemberRegister.Subject(pair.row.MemberId))), ct);
        return new Outcome("listed", new ListValue([.. waiting.Select(pair => RecordValue.Of(
            ("key", new TextValue(pair.row.Id.ToString(CultureInfo.InvariantCulture))),
            ("name", new TextValue(Claims.Short(turn.Vault.Open(pair.FullName)))),
            ("kind", new TextValue(Withdrawals.AccountOf(pair.row.Kind).Name)),
            ("amount", new MoneyValue(pair.row.Rupiah)),
            ("day", new DateValue(Wib.Day(pair.row.AtUtc)))))]));
    }
}

/// <summary>The first officer notes that a member wants money out of sukarela, their SHU or what they were credited for waste; nothing moves before a second one agrees.</summary>
public sealed class PrepareWithdrawal : ICapability
{
    /// <summary>Tells the other officers who take money.</summary>
    public const string Notice = "withdrawal_waiting";

    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("savings.prepare_withdrawal")
        .Takes("payer", DialogType.Text)
        .Takes("kind", DialogType.Choice)
        .Takes("amount", DialogType.Money)
        .Gives("prepared")
        .Gives("too_much")
        .Gives("waiting_already");

    /// <summary>Takes a withdrawal back that nobody released yet.</summary>
    internal static async ValueTask<string?> UndoAsync(string subject, Turn turn, CancellationToken ct)
    {
        if (await Withdrawals.FindWaitingAsync(turn, subject, ct) is not { } row)
            return null;
        turn.Db.Remove(row);
        return $"Penarikan {Dialogs.Texts.Rupiah.Write(row.Rupiah)} yang disiapkan";
    }

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (await DepositQuote.FindPayerAsync(turn, call.Text("payer"), ct) is not { } member)
            return new Outcome("too_much");
        if (await turn.Db.Set<Withdrawal>().AnyAsync(row => row.MemberId == member.Id && row.Status == Withdrawal.Waiting, ct))
            return new Outcome("waiting_already");
        string kind = call.Text("kind");
        long amount = call.Rupiah("amount");
        if (amount <= 0 || amount > await Books.BalanceAsync(turn.Db, member.CooperativeId, Withdrawals.AccountOf(kind), member.Id, ct))
            return new Outcome("too_much");
        var row = new Withdrawal
        {
            CooperativeId = member.CooperativeId,
            MemberId = member.Id,
            Kind = kind,
            Rupiah = amount,
            PreparedBy = turn.Caller.PersonId,
            AtUtc = turn.UtcNow,
        };
        turn.Db.Add(row);
        await Audit.RecordAsync(turn, Description.Name, MemberRegister.Subject(member.Id), ct);
        OfficerAct.Note(turn, Description.Name, row.Id.ToString(CultureInfo.InvariantCulture));
        var news = RecordValue.Of(("name", new TextValue(Claims.Short(turn.Vault.Open(member.FullName)))), ("amount", new MoneyValue(amount)));
        foreach (long officer in await Colleagues.WithMoneyAsync(turn, member.CooperativeId, ct))
            turn.Notify(officer, Notice, news);
        return new Outcome("prepared");
    }
}

/// <summary>
/// The second officer decides on a withdrawal: with <c>yes</c> the money goes out of the drawer and is booked, with a receipt to both
/// sides. Who prepared it cannot release it.
/// </summary>
public sealed class DecideWithdrawal : ICapability
{
    /// <summary>Tells the member that the money is theirs; filled with a receipt.</summary>
    public const string PaidNotice = "withdrawal_paid";

    /// <summary>Tells the member that it was not released.</summary>
    public const string RefusedNotice = "withdrawal_refused";

    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("savings.decide_withdrawal")
        .Takes("withdrawal", DialogType.Text)
        .Takes("yes", DialogType.YesNo)
        .Gives("paid", ReceiveDeposit.Receipt)
        .Gives("refused")
        .Gives("own")
        .Gives("too_much")
        .Gives("gone");

    /// <summary>Puts a released withdrawal back: its entry is reversed and it waits again.</summary>
    internal static async ValueTask<string?> UndoAsync(string subject, Turn turn, CancellationToken ct)
    {
        string[] parts = subject.Split(':');
        var row = await turn.Db.Set<Withdrawal>().SingleAsync(row => row.Id == long.Parse(parts[0], CultureInfo.InvariantCulture), ct);
        if (await turn.Db.Set<Withdrawal>().AnyAsync(other => other.MemberId == row.MemberId && other.Status == Withdrawal.Waiting, ct))
            return null;
        var (entry, _) = await TakeBack.RunAsync(
            turn, row.CooperativeId, int.Parse(parts[1], CultureInfo.InvariantCulture), TakeBack.UndoneReason, isOwnUndo: true, ct);
        if (entry is null)
            return null;
        row.Status = Withdrawal.Waiting;
        row.DecidedBy = null;
        row.DecidedUtc = null;
        return TakeBack.Words(entry);
    }

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (await Withdrawals.FindWaitingAsync(turn, call.Text("withdrawal"), ct) is not { } row)
            return new Outcome("gone");
        if (row.PreparedBy == turn.Caller.PersonId)
            return new Outcome("own");
        await turn.Db.LockAsync<Cooperative>(row.CooperativeId, ct);
        await turn.Db.LockAsync<Member>(row.MemberId, ct);
        var member = await turn.Db.Set<Member>().SingleAsync(member => member.Id == row.MemberId, ct);
        var account = Withdrawals.AccountOf(row.Kind);
        if (call.YesNo("yes") && (row.Rupiah > await Books.BalanceAsync(turn.Db, row.CooperativeId, account, member.Id, ct)
            || row.Rupiah > await Books.BalanceAsync(turn.Db, row.CooperativeId, Account.Cash, ct)))
            return new Outcome("too_much");
        row.Status = call.YesNo("yes") ? Withdrawal.Paid : Withdrawal.Refused;
        row.DecidedBy = turn.Caller.PersonId;
        row.DecidedUtc = turn.UtcNow;
        await Audit.RecordAsync(turn, Description.Name, MemberRegister.Subject(member.Id), ct);
        if (!call.YesNo("yes"))
        {
            turn.Notify(member.PersonId, RefusedNotice, RecordValue.Of(
                ("name", new TextValue(Claims.Short(turn.Vault.Open(member.FullName)))), ("amount", new MoneyValue(row.Rupiah))));
            return new Outcome("refused");
        }
        var draft = EntryDraft.For(turn, row.CooperativeId, $"{row.Kind}_paid").Debit(account, row.Rupiah, member.Id).Credit(Account.Cash, row.Rupiah);
        var entry = await Books.PostAsync(turn.Db, draft, ct);
        OfficerAct.Note(turn, Description.Name, string.Create(CultureInfo.InvariantCulture, $"{row.Id}:{entry.Number}"));
        var receipt = await ReceiveDeposit.ReceiptAsync(turn, member, EntryWords.Of(entry.Kind), row.Rupiah, entry, ct);
        turn.Notify(member.PersonId, PaidNotice, receipt);
        return new Outcome("paid", receipt);
    }
}
