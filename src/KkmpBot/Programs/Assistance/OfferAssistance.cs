using System.Globalization;
using KkmpBot.Auditing;
using KkmpBot.Conversations;
using KkmpBot.Cooperatives;
using KkmpBot.Data;
using KkmpBot.Dialogs.Model;
using KkmpBot.Ledger;
using KkmpBot.Members;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Programs.Assistance;

/// <summary>Assistance as the dialogs see it.</summary>
internal static class AssistanceRecord
{
    private const int MaxListed = 20;

    /// <summary>One: its terms, and what is still owed.</summary>
    public static DialogType Type { get; } = DialogType.Record(
        "assistance",
        ("key", DialogType.TextOf(20)),
        ("cooperative", DialogType.TextOf(24)),
        ("kind", DialogType.TextOf(10)),
        ("status", DialogType.Choice),
        ("amount", DialogType.Money),
        ("months", DialogType.Whole),
        ("instalment", DialogType.Money),
        ("owed", DialogType.Money));

    /// <summary>Several, the youngest first.</summary>
    public static DialogType ListType { get; } = DialogType.List("assistances", Type, MaxListed);

    /// <summary>The records of some.</summary>
    public static async Task<ListValue> ListAsync(Turn turn, IQueryable<CapitalAssistance> some, CancellationToken ct)
    {
        var rows = await some.AsNoTracking().OrderByDescending(row => row.Id).Take(MaxListed)
            .Join(turn.Db.Set<Cooperative>(), row => row.CooperativeId, place => place.Id, (row, place) => new { row, place.Kelurahan }).ToListAsync(ct);
        return new ListValue([.. rows.OrderByDescending(pair => pair.row.Id).Select(pair => Of(pair.row, pair.Kelurahan))]);
    }

    /// <summary>The record of one.</summary>
    public static RecordValue Of(CapitalAssistance row, string kelurahan) => RecordValue.Of(
        ("key", new TextValue(row.Id.ToString(CultureInfo.InvariantCulture))),
        ("cooperative", new TextValue(kelurahan)),
        ("kind", new TextValue(row.Kind == CapitalAssistance.Loan ? "pinjaman" : "hibah")),
        ("status", new TextValue(row.Status)),
        ("amount", new MoneyValue(row.Rupiah)),
        ("months", new WholeValue(row.Months)),
        ("instalment", new MoneyValue(Math.Min(row.InstalmentRupiah, row.OwedRupiah == 0 ? row.InstalmentRupiah : row.OwedRupiah))),
        ("owed", new MoneyValue(row.OwedRupiah)));

    /// <summary>One of the officer's cooperative, held until the turn ends.</summary>
    public static async Task<CapitalAssistance?> FindAsync(Turn turn, string key, string status, CancellationToken ct)
    {
        if (!OfficerRole.MayTakeMoney(turn.Caller) || turn.Caller.CooperativeId is not { } cooperativeId
            || !long.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out long id))
            return null;
        await turn.Db.LockAsync<Cooperative>(cooperativeId, ct);
        await turn.Db.LockAsync<CapitalAssistance>(id, ct);
        return await turn.Db.Set<CapitalAssistance>().SingleOrDefaultAsync(row => row.Id == id && row.CooperativeId == cooperativeId && row.Status == status, ct);
    }
}

/// <summary>The city promises a cooperative a grant, or a loan with its term; the treasurer and chair are told.</summary>
public sealed class OfferAssistance : ICapability
{
    /// <summary>Tells those who take money.</summary>
    internal const string Notice = "assistance_offered";

    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("assistance.offer")
        .Takes("kelurahan", DialogType.Text)
        .Takes("kind", DialogType.Choice)
        .Takes("amount", DialogType.Money)
        .Takes("months", DialogType.Whole)
        .Gives("offered", AssistanceRecord.Type)
        .Gives("not_allowed");

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        var code = call.Text("kelurahan");
        bool isLoan = call.Text("kind") == CapitalAssistance.Loan;
        if (!OfficerRole.MayServeCity(turn.Caller) || call.Rupiah("amount") is <= 0 or > EntryDraft.MaxRupiah
            || (isLoan && call.Whole("months") is < 1 or > CapitalAssistance.MaxMonths)
            || await turn.Db.Set<Cooperative>().AsNoTracking().SingleOrDefaultAsync(row => row.Code == code, ct) is not { } cooperative)
            return new Outcome("not_allowed");
        var row = new CapitalAssistance
        {
            CooperativeId = cooperative.Id,
            Kind = isLoan ? CapitalAssistance.Loan : CapitalAssistance.Grant,
            Rupiah = call.Rupiah("amount"),
            Months = isLoan ? (int)call.Whole("months") : 0,
            OfferedBy = turn.Caller.PersonId,
        };
        turn.Db.Add(row);
        await turn.Db.SaveChangesAsync(ct);
        await Audit.RecordAsync(turn.Db, cooperative.Id, turn.UtcNow, turn.Caller.PersonId, Description.Name, row.Subject, ct);
        var record = AssistanceRecord.Of(row, cooperative.Kelurahan);
        foreach (long officer in await Colleagues.WithMoneyAsync(turn, cooperative.Id, ct))
            turn.Notify(officer, Notice, record);
        return new Outcome("offered", record);
    }
}

/// <summary>What the officer's cooperative was promised or given; the city sees all.</summary>
public sealed class ListAssistance : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("assistance.list").Gives("listed", AssistanceRecord.ListType);

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        var all = turn.Db.Set<CapitalAssistance>();
        return new Outcome("listed", OfficerRole.MayServeCity(turn.Caller) ? await AssistanceRecord.ListAsync(turn, all, ct)
            : OfficerRole.MayLook(turn.Caller) ? await AssistanceRecord.ListAsync(turn, all.Where(row => row.CooperativeId == turn.Caller.CooperativeId), ct)
            : new ListValue([]));
    }
}

/// <summary>
/// The treasurer notes that promised money is in the account: a grant is equity, a loan a debt. More than a quarter of the assets needs a
/// decision of the members' meeting (Juklak Menkop 1/2025).
/// </summary>
public sealed class ReceiveAssistance : ICapability
{
    // The meeting has to decide on more than one part in so many.
    private const int PartOfAssets = 4;

    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("assistance.receive")
        .Takes("assistance", DialogType.Text)
        .Takes("meeting", DialogType.YesNo)
        .Gives("received", AssistanceRecord.Type)
        .Gives("needs_meeting")
        .Gives("gone");

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (await AssistanceRecord.FindAsync(turn, call.Text("assistance"), CapitalAssistance.Offered, ct) is not { } row)
            return new Outcome("gone");
        var sums = await Books.TrialBalanceAsync(turn.Db, row.CooperativeId, ct);
        var assets = sums.Where(sum => sum.Account.Kind == AccountKind.Asset).Sum(sum => sum.BalanceRupiah);
        if (!call.YesNo("meeting") && row.Rupiah > assets / PartOfAssets)
            return new Outcome("needs_meeting");
        bool isLoan = row.Kind == CapitalAssistance.Loan;
        (row.Status, row.ReceivedUtc) = (CapitalAssistance.Received, turn.UtcNow);
        await Audit.RecordAsync(turn, call.YesNo("meeting") ? "assistance.receive_by_meeting" : Description.Name, row.Subject, ct);
        var entry = EntryDraft.For(turn, row.CooperativeId, isLoan ? "assistance_loan" : "assistance_grant", row.Subject)
            .Debit(Account.Bank, row.Rupiah).Credit(isLoan ? Account.LongLoans : Account.Grants, row.Rupiah);
        await Books.PostAsync(turn.Db, entry, ct);
        if (isLoan)
            LoanReminder.Begin(turn, row);
        return new Outcome("received", AssistanceRecord.Of(row, ""));
    }
}

/// <summary>The treasurer notes a repayment of a loan, out of the account or the drawer.</summary>
public sealed class RepayAssistance : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("assistance.repay")
        .Takes("assistance", DialogType.Text)
        .Takes("amount", DialogType.Money)
        .Takes("via", DialogType.Choice)
        .Gives("repaid", AssistanceRecord.Type)
        .Gives("too_much")
        .Gives("short")
        .Gives("gone");

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (await AssistanceRecord.FindAsync(turn, call.Text("assistance"), CapitalAssistance.Received, ct) is not { Kind: CapitalAssistance.Loan } row)
            return new Outcome("gone");
        var amount = call.Rupiah("amount");
        if (amount <= 0 || amount > row.OwedRupiah)
            return new Outcome("too_much");
        var from = call.Text("via") == "bank" ? Account.Bank : Account.Cash;
        if (amount > await Books.BalanceAsync(turn.Db, row.CooperativeId, from, ct))
            return new Outcome("short");
        row.RepaidRupiah += amount;
        await Audit.RecordAsync(turn, Description.Name, row.Subject, ct);
        await Books.PostAsync(
            turn.Db, EntryDraft.For(turn, row.CooperativeId, "assistance_repaid", row.Subject).Debit(Account.LongLoans, amount).Credit(from, amount), ct);
        return new Outcome("repaid", AssistanceRecord.Of(row, ""));
    }
}

/// <summary>Reminds treasurer and chair of a loan's instalment, a month after each other, until it is paid back.</summary>
internal static class LoanReminder
{
    /// <summary>The timed act; its subject is the loan.</summary>
    public const string Kind = "assistance.due";

    /// <summary>Tells those who take money.</summary>
    public const string Notice = "assistance_due";

    /// <summary>Puts the first one off.</summary>
    /// <param name="turn">The turn that received the money.</param>
    /// <param name="row">The loan.</param>
    public static void Begin(Turn turn, CapitalAssistance row) =>
        turn.Schedule(new TimedAct(Kind, turn.UtcNow.AddMonths(1), turn.Caller.PersonId, row.Id.ToString(CultureInfo.InvariantCulture)));

    /// <summary>Reminds, and puts the next one off.</summary>
    public static async ValueTask RunAsync(TimedAct act, Turn turn, CancellationToken ct)
    {
        var id = long.Parse(act.Subject, CultureInfo.InvariantCulture);
        var row = await turn.Db.Set<CapitalAssistance>().AsNoTracking().SingleAsync(found => found.Id == id, ct);
        if (row.OwedRupiah == 0)
            return;
        var officers = await turn.Db.Set<Officer>()
            .Where(officer => officer.CooperativeId == row.CooperativeId && (officer.Role == OfficerRole.Chair || officer.Role == OfficerRole.Treasurer))
            .OrderBy(officer => officer.Id).Select(officer => officer.PersonId).ToListAsync(ct);
        foreach (long officer in officers)
            turn.Notify(officer, Notice, AssistanceRecord.Of(row, ""));
        turn.Schedule(act with { DueUtc = act.DueUtc.AddMonths(1) });
    }
}
