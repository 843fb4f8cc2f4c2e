using System.Globalization;
using KkmpBot.Auditing;
using KkmpBot.Conversations;
using KkmpBot.Cooperatives;
using KkmpBot.Data;
using KkmpBot.Dialogs.Model;
using KkmpBot.Ledger;
using KkmpBot.Members;
using KkmpBot.Programs.Partners;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Corrections;

/// <summary>
/// Taking an entry back: its opposite is booked today with the reason, and every member whose account it touched is told. The first
/// entry stays as it is.
/// </summary>
public static class TakeBack
{
    /// <summary>Tells a member that an entry of theirs was taken back; filled with <see cref="News"/>.</summary>
    public const string Notice = "entry_taken_back";

    /// <summary>Why one word sufficed.</summary>
    public const string UndoneReason = "Dibatalkan petugas sesaat setelah dicatat";

    // Beyond the entries of a year's SHU, none touches so many.
    private const int MaxTold = 200;

    // These move more than money: goods, memberships, years. Each is put right where it was done.
    private static readonly HashSet<string> Elsewhere =
    [
        "sale", "sale_returned", "stock_in", "stock_loss", "stock_count", "prepaid_from_sukarela", "prepaid_returned", "prepaid_refunded", "qris_received",
        "member_left", "year_closed", "shu_shared", "opening", "cash_difference",
        "waste_received", "waste_used", "waste_sold", "delivery_received", "partner_settled", "assistance_grant", "assistance_loan", "assistance_repaid",
    ];

    /// <summary>What the member is told.</summary>
    internal static DialogType News { get; } = DialogType.Record(
        "taken_back_news",
        ("code", DialogType.TextOf(ReceiptCode.MaxLength)),
        ("what", DialogType.TextOf(EntryWords.MaxLength)),
        ("amount", DialogType.Money),
        ("reason", DialogType.TextOf(EntryNote.MaxLength)));

    /// <summary>Whether an entry whose other effects the caller puts right by itself could be taken back now.</summary>
    /// <param name="turn">The officer's turn.</param>
    /// <param name="cooperativeId">Whose books.</param>
    /// <param name="number">The entry.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task<bool> MayAsync(Turn turn, int cooperativeId, int number, CancellationToken ct) =>
        (await FindAsync(turn, cooperativeId, number, isOwnUndo: true, ct)).Refusal is null;

    /// <summary>Takes an entry back.</summary>
    /// <param name="turn">The officer's turn.</param>
    /// <param name="cooperativeId">Whose books.</param>
    /// <param name="number">The entry.</param>
    /// <param name="reason">In the officer's words.</param>
    /// <param name="isOwnUndo">True when the caller puts right by itself what the entry moved besides money.</param>
    /// <param name="ct">Gives up.</param>
    /// <returns>The entry that was taken back; or why it was not.</returns>
    public static async Task<(JournalEntry? Entry, string? Refusal)> RunAsync(
        Turn turn, int cooperativeId, int number, string reason, bool isOwnUndo, CancellationToken ct)
    {
        var (entry, refusal) = await FindAsync(turn, cooperativeId, number, isOwnUndo, ct);
        if (entry is null)
            return (null, refusal);
        if (entry.Kind == "pokok_received" && !await LeaveRegisterAsync(turn.Db, entry, ct))
            return (null, "built_on");
        await Audit.RecordAsync(turn, "ledger.reverse", string.Create(CultureInfo.InvariantCulture, $"entry:{number}"), ct);
        var (result, reversing) = await Books.ReverseAsync(
            turn.Db, cooperativeId, number, $"{turn.ActKey}:reversal:{number}", turn.UtcNow, turn.Caller.PersonId, ct);
        if (reversing is null)
            throw new InvalidOperationException($"An entry that stood a moment ago could not be reversed: {result}.");
        turn.Db.Add(new EntryNote { CooperativeId = cooperativeId, Number = reversing.Number, Text = turn.Vault.Seal(Cut(reason)) });
        await ConsignedSales.TakeBackAsync(turn, entry, ct);
        await TellAsync(turn, entry, Cut(reason), ct);
        return (entry, null);
    }

    private static async Task<(JournalEntry? Entry, string? Refusal)> FindAsync(
        Turn turn, int cooperativeId, int number, bool isOwnUndo, CancellationToken ct)
    {
        await turn.Db.LockAsync<Cooperative>(cooperativeId, ct);
        var entry = await turn.Db.Set<JournalEntry>().AsNoTracking().Include(row => row.Lines)
            .SingleOrDefaultAsync(row => row.CooperativeId == cooperativeId && row.Number == number, ct);
        if (entry is null)
            return (null, "not_found");
        if (entry.Reverses is not null || (!isOwnUndo && Elsewhere.Contains(entry.Kind)))
            return (null, "elsewhere");
        if (await turn.Db.Set<JournalEntry>().AnyAsync(row => row.CooperativeId == cooperativeId && row.Reverses == number, ct))
            return (null, "before");
        return await FallsShortAsync(turn.Db, entry, ct) ? (null, "built_on") : (entry, null);
    }

    /// <summary>The words of what was taken back: "Setoran simpanan wajib Rp10.000".</summary>
    /// <param name="entry">The entry.</param>
    public static string Words(JournalEntry entry) =>
        $"{EntryWords.Of(entry.Kind)} {Dialogs.Texts.Rupiah.Write(EntryWords.RupiahOf(entry))}";

    private static string Cut(string reason) => reason.Length <= EntryNote.MaxLength ? reason : reason[..EntryNote.MaxLength];

    // Money that has gone on from there cannot be taken back from there: the drawer, a member's savings, a debt.
    private static async Task<bool> FallsShortAsync(KkmpDbContext db, JournalEntry entry, CancellationToken ct)
    {
        foreach (var line in entry.Lines)
        {
            var account = Account.Chart[line.Account];
            bool shrinks = account.Balance(line.DebitRupiah, line.CreditRupiah) > 0;
            bool mayNotFall = account.Kind is AccountKind.Liability or AccountKind.Equity || account == Account.Cash || account == Account.Bank;
            if (!shrinks || !mayNotFall)
                continue;
            long balance = line.MemberId is { } member
                ? await Books.BalanceAsync(db, entry.CooperativeId, account, member, ct)
                : await Books.BalanceAsync(db, entry.CooperativeId, account, ct);
            if (balance < line.DebitRupiah + line.CreditRupiah)
                return true;
        }
        return false;
    }

    // Whoever became a member by this pokok waits for it again; with savings beyond it they have gone on as a member.
    private static async Task<bool> LeaveRegisterAsync(KkmpDbContext db, JournalEntry entry, CancellationToken ct)
    {
        var line = entry.Lines.Single(line => line.Account == Account.Pokok.Code);
        var member = await db.Set<Member>().SingleAsync(row => row.Id == line.MemberId, ct);
        if (member.Status == MemberStatus.Approved)
            return true;
        if (member.Status != MemberStatus.Active
            || await Books.BalanceAsync(db, entry.CooperativeId, Account.Wajib, member.Id, ct) != 0
            || await Books.BalanceAsync(db, entry.CooperativeId, Account.Sukarela, member.Id, ct) != 0)
            return false;
        member.Status = MemberStatus.Approved;
        member.Number = null;
        member.ActiveUtc = null;
        await db.SaveChangesAsync(ct);
        return true;
    }

    private static async Task TellAsync(Turn turn, JournalEntry entry, string reason, CancellationToken ct)
    {
        var members = entry.Lines.Select(line => line.MemberId).OfType<long>().Distinct().Take(MaxTold).ToList();
        var people = await turn.Db.Set<Member>().Where(row => members.Contains(row.Id)).Select(row => row.PersonId).Distinct().ToListAsync(ct);
        foreach (long person in people)
        {
            turn.Notify(person, Notice, RecordValue.Of(
                ("code", new TextValue(ReceiptCode.Of(entry))),
                ("what", new TextValue(EntryWords.Of(entry.Kind))),
                ("amount", new MoneyValue(EntryWords.RupiahOf(entry))),
                ("reason", new TextValue(reason))));
        }
    }
}
