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

/// <summary>An officer notes that a member died or was dismissed by the meeting; it is settled like any other departure.</summary>
public sealed class NoteDeparture : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("savings.note_departure")
        .Takes("payer", DialogType.Text)
        .Takes("reason", DialogType.Choice)
        .MayTake("heir", DialogType.Text)
        .Gives("noted", Departures.Type)
        .Gives("waiting_already")
        .Gives("officer");

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (await DepositQuote.FindPayerAsync(turn, call.Text("payer"), ct) is not { } member
            || await turn.Db.Set<Officer>().AnyAsync(row => row.PersonId == member.PersonId, ct))
            return new Outcome("officer");
        if (await turn.Db.Set<Departure>().AnyAsync(row => row.MemberId == member.Id && row.Status == Departure.Waiting, ct))
            return new Outcome("waiting_already");
        var departure = new Departure
        {
            CooperativeId = member.CooperativeId,
            MemberId = member.Id,
            Reason = call.Text("reason"),
            Heir = call.TextOrNull("heir") is { } heir ? turn.Vault.Seal(heir) : null,
            AtUtc = turn.UtcNow,
        };
        turn.Db.Add(departure);
        await Audit.RecordAsync(turn, Description.Name, MemberRegister.Subject(member.Id), ct);
        return new Outcome("noted", await Departures.RecordAsync(turn, member, departure, ct));
    }
}

/// <summary>
/// The counter settles a departure: the money that the articles return is handed over and booked, the member leaves the register, and
/// whoever moves is an applicant in the other cooperative. <c>short</c>: the drawer has not got it.
/// </summary>
public sealed class SettleDeparture : ICapability
{
    /// <summary>Tells the one who left; filled with a receipt.</summary>
    public const string Notice = "member_left";

    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("savings.settle_departure")
        .Takes("departure", DialogType.Text)
        .Takes("total", DialogType.Money)
        .Gives("settled", Settled)
        .Gives("short")
        .Gives("changed")
        .Gives("gone");

    /// <summary>What was settled; <c>code</c> is "-" when there was nothing to return.</summary>
    internal static DialogType Settled { get; } = DialogType.Record(
        "settled_departure",
        ("name", DialogType.TextOf(ReadName.MaxLength)),
        ("cooperative", DialogType.TextOf(24)),
        ("code", DialogType.TextOf(ReceiptCode.MaxLength)),
        ("amount", DialogType.Money));

    /// <summary>Puts a settled departure back: the entry is reversed, the member is in the register again, and it waits.</summary>
    internal static async ValueTask<string?> UndoAsync(string subject, Turn turn, CancellationToken ct)
    {
        var departure = await turn.Db.Set<Departure>().SingleAsync(row => row.Id == long.Parse(subject, CultureInfo.InvariantCulture), ct);
        var member = await turn.Db.Set<Member>().SingleAsync(row => row.Id == departure.MemberId, ct);
        var later = await turn.Db.Set<Member>().Where(row => row.PersonId == member.PersonId && row.Id > member.Id).ToListAsync(ct);
        if (later.Exists(row => row.Status != MemberStatus.Pending))
            return null;
        turn.Db.RemoveRange(later);
        await turn.Db.SaveChangesAsync(ct);
        if (departure.EntryNumber is { } number
            && (await TakeBack.RunAsync(turn, departure.CooperativeId, number, TakeBack.UndoneReason, isOwnUndo: true, ct)).Entry is null)
            return null;
        member.Status = member.ActiveUtc is null ? MemberStatus.Approved : MemberStatus.Active;
        departure.Status = Departure.Waiting;
        departure.SettledBy = null;
        departure.SettledUtc = null;
        departure.EntryNumber = null;
        DuesReminder.Begin(turn.Db, member, turn.UtcNow);
        return $"Keluarnya anggota nomor {MemberRegister.Text(member.Number)}";
    }

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (await Departures.FindWaitingAsync(turn, call.Text("departure"), ct) is not { } departure)
            return new Outcome("gone");
        await turn.Db.LockAsync<Cooperative>(departure.CooperativeId, ct);
        await turn.Db.LockAsync<Member>(departure.MemberId, ct);
        var member = await turn.Db.Set<Member>().SingleAsync(row => row.Id == departure.MemberId, ct);
        var settlement = await Settlement.OfAsync(turn, member, ct);
        if (settlement.Total != call.Rupiah("total"))
            return new Outcome("changed");
        if (settlement.Total > await Books.BalanceAsync(turn.Db, member.CooperativeId, Account.Cash, ct))
            return new Outcome("short");
        departure.Status = Departure.Settled;
        departure.SettledUtc = turn.UtcNow;
        departure.SettledBy = turn.Caller.PersonId;
        member.Status = MemberStatus.Left;
        await turn.Db.SaveChangesAsync(ct);
        if (departure.MovesTo is { } elsewhere)
            turn.Db.Add(ApplicationElsewhere(member, elsewhere, turn.UtcNow));
        await Audit.RecordAsync(turn, Description.Name, MemberRegister.Subject(member.Id), ct);
        OfficerAct.Note(turn, Description.Name, departure.Id.ToString(CultureInfo.InvariantCulture));
        var entry = await BookAsync(turn, member, settlement, ct);
        departure.EntryNumber = entry?.Number;
        var receipt = await ReceiptAsync(turn, member, entry, settlement.Total, ct);
        turn.Notify(member.PersonId, Notice, receipt);
        return new Outcome("settled", receipt);
    }

    private static async Task<JournalEntry?> BookAsync(Turn turn, Member member, Settlement settlement, CancellationToken ct)
    {
        var draft = EntryDraft.For(turn, member.CooperativeId, "member_left");
        foreach (var account in (Account[])[Account.Pokok, Account.Wajib, Account.Sukarela, Account.WasteSavings, Account.MemberShu])
        {
            if (await Books.BalanceAsync(turn.Db, member.CooperativeId, account, member.Id, ct) is > 0 and var balance)
                draft.Debit(account, balance, member.Id);
        }
        if (settlement.Total > 0)
            draft.Credit(Account.Cash, settlement.Total);
        if (settlement.Kept > 0)
            draft.Credit(Account.Reserves, settlement.Kept);
        return draft.Lines.Count == 0 ? null : await Books.PostAsync(turn.Db, draft, ct);
    }

    private static Member ApplicationElsewhere(Member member, int cooperativeId, DateTime utcNow) => new()
    {
        PersonId = member.PersonId,
        CooperativeId = cooperativeId,
        FullName = member.FullName,
        Nik = member.Nik,
        NikIndex = member.NikIndex,
        Phone = member.Phone,
        Address = member.Address,
        IsCivilServant = member.IsCivilServant,
        Nip = member.Nip,
        NipIndex = member.NipIndex,
        AppliedUtc = utcNow,
    };

    private static async Task<RecordValue> ReceiptAsync(Turn turn, Member member, JournalEntry? entry, long total, CancellationToken ct)
    {
        var cooperative = await turn.Db.Set<Cooperative>().AsNoTracking().SingleAsync(row => row.Id == member.CooperativeId, ct);
        return RecordValue.Of(
            ("name", new TextValue(turn.Vault.Open(member.FullName))),
            ("cooperative", new TextValue(cooperative.Name)),
            ("code", new TextValue(entry is null ? "-" : ReceiptCode.Of(entry))),
            ("amount", new MoneyValue(total)));
    }
}
