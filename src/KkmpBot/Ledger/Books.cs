using KkmpBot.Data;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Ledger;

/// <summary>Why an entry could not be reversed, or that it was.</summary>
public enum ReversalResult
{
    /// <summary>The reversing entry is booked.</summary>
    Reversed,
    /// <summary>There is no entry of that number.</summary>
    NotFound,
    /// <summary>It was reversed before.</summary>
    AlreadyReversed,
    /// <summary>It is itself a reversal; book anew instead.</summary>
    IsReversal,
}

/// <summary>The sums of an account.</summary>
/// <param name="Account">The account.</param>
/// <param name="DebitRupiah">Sum of the debits.</param>
/// <param name="CreditRupiah">Sum of the credits.</param>
public sealed record AccountSums(Account Account, long DebitRupiah, long CreditRupiah)
{
    /// <summary>Positive when the account stands on its usual side.</summary>
    public long BalanceRupiah => Account.Balance(DebitRupiah, CreditRupiah);
}

/// <summary>
/// The books of the cooperatives: the only way in and out of the ledger. Everything is double entry; a balance is the sum of the
/// entries and nothing else.
/// </summary>
public static class Books
{
    /// <summary>The kind of the entry that moves a year's result.</summary>
    public const string YearClosed = "year_closed";

    /// <summary>
    /// Books an entry. Call it at the end of an operation: what the operation changed is saved first, so that the head of the
    /// cooperative's chain is the last row locked. The same act booked again returns the entry of the first time.
    /// </summary>
    /// <param name="db">The turn's context, inside its transaction.</param>
    /// <param name="draft">
    /// Balanced; anything else throws <see cref="InvalidOperationException"/>. For a day of an open month: whoever booked looked before, so a closed
    /// one was closed meanwhile, and <see cref="TurnConflictException"/> has the turn look again.
    /// </param>
    /// <param name="ct">Gives up.</param>
    public static async Task<JournalEntry> PostAsync(KkmpDbContext db, EntryDraft draft, CancellationToken ct)
    {
        draft.Check();
        var before = await db.Set<JournalEntry>().AsNoTracking().Include(entry => entry.Lines)
            .SingleOrDefaultAsync(entry => entry.ActKey == draft.ActKey, ct);
        if (before is not null)
            return IsSame(before, draft) ? before : throw new InvalidOperationException($"Two entries of kind {draft.Kind} share one act key.");

        await db.SaveChangesAsync(ct);
        var head = db.Set<LedgerHead>().Where(row => row.CooperativeId == draft.CooperativeId);
        // Counting up locks the row on PostgreSQL; the number and hash read after it are nobody else's, and nobody closes a month meanwhile.
        await head.ExecuteUpdateAsync(set => set.SetProperty(row => row.Number, row => row.Number + 1), ct);
        var month = ClosedMonth.Of(draft.BookedOn);
        var closed = db.Set<ClosedMonth>().Where(row => row.CooperativeId == draft.CooperativeId && row.Month == month);
        var locked = await head.Select(row => new { row.Number, row.Hash, IsClosed = closed.Any() }).SingleAsync(ct);
        if (locked.IsClosed && draft.Kind != YearClosed)
            throw new TurnConflictException($"An entry of kind {draft.Kind} is for a month that is closed.");
        var entry = Entry(draft, locked.Number, locked.Hash);
        db.Add(entry);
        await db.SaveChangesAsync(ct);
        await head.ExecuteUpdateAsync(set => set.SetProperty(row => row.Hash, entry.Hash), ct);
        await SavingsMonth.CountAsync(db, entry, ct);
        return entry;
    }

    /// <summary>
    /// Waits until nobody is booking, and lets nobody book until the transaction ends. Whoever closes a period does this before it counts what lies
    /// in it, after every other lock.
    /// </summary>
    /// <param name="db">The turn's context, inside its transaction.</param>
    /// <param name="cooperativeId">Whose books.</param>
    /// <param name="ct">Gives up.</param>
    public static Task HoldAsync(KkmpDbContext db, int cooperativeId, CancellationToken ct) => db.LockAsync<LedgerHead>(cooperativeId, ct);

    /// <summary>Takes an entry back by booking its opposite. The first entry stays as it is.</summary>
    /// <param name="db">The turn's context, inside its transaction.</param>
    /// <param name="cooperativeId">Whose books.</param>
    /// <param name="number">The entry's number there.</param>
    /// <param name="actKey">The business act.</param>
    /// <param name="atUtc">When.</param>
    /// <param name="byPersonId">The officer; null for the system.</param>
    /// <param name="ct">Gives up.</param>
    /// <returns>What happened, with the reversing entry when there is one.</returns>
    public static async Task<(ReversalResult Result, JournalEntry? Entry)> ReverseAsync(
        KkmpDbContext db, int cooperativeId, int number, string actKey, DateTime atUtc, long? byPersonId, CancellationToken ct)
    {
        var entries = db.Set<JournalEntry>().AsNoTracking().Where(row => row.CooperativeId == cooperativeId);
        var entry = await entries.Include(row => row.Lines).SingleOrDefaultAsync(row => row.Number == number, ct);
        if (entry is null)
            return (ReversalResult.NotFound, null);
        if (entry.Reverses is not null)
            return (ReversalResult.IsReversal, null);
        if (await entries.AnyAsync(row => row.Reverses == number && row.ActKey != actKey, ct))
            return (ReversalResult.AlreadyReversed, null);
        var draft = new EntryDraft(cooperativeId, "reversal", actKey, atUtc, byPersonId) { Reference = entry.Reference, Reverses = number };
        foreach (var line in entry.Lines.OrderBy(line => line.Position))
        {
            if (line.DebitRupiah > 0)
                draft.Credit(Account.Chart[line.Account], line.DebitRupiah, line.MemberId);
            else
                draft.Debit(Account.Chart[line.Account], line.CreditRupiah, line.MemberId);
        }
        return (ReversalResult.Reversed, await PostAsync(db, draft, ct));
    }

    /// <summary>What stands in an account of a cooperative now, in rupiah.</summary>
    /// <param name="db">The turn's context.</param>
    /// <param name="cooperativeId">Whose books.</param>
    /// <param name="account">The account.</param>
    /// <param name="ct">Gives up.</param>
    public static Task<long> BalanceAsync(KkmpDbContext db, int cooperativeId, Account account, CancellationToken ct) =>
        BalanceAsync(db.Set<JournalLine>().Where(line => line.CooperativeId == cooperativeId && line.Account == account.Code), account, ct);

    /// <summary>A member's part of an account now, in rupiah, e.g. their simpanan wajib.</summary>
    /// <param name="db">The turn's context.</param>
    /// <param name="cooperativeId">Whose books.</param>
    /// <param name="account">The account.</param>
    /// <param name="memberId">The member.</param>
    /// <param name="ct">Gives up.</param>
    public static Task<long> BalanceAsync(KkmpDbContext db, int cooperativeId, Account account, long memberId, CancellationToken ct) =>
        BalanceAsync(
            db.Set<JournalLine>().Where(line => line.CooperativeId == cooperativeId && line.Account == account.Code && line.MemberId == memberId),
            account,
            ct);

    /// <summary>The trial balance of a cooperative: every account that was ever used, by code. Debits and credits sum to the same.</summary>
    /// <param name="db">The turn's context.</param>
    /// <param name="cooperativeId">Whose books.</param>
    /// <param name="ct">Gives up.</param>
    public static Task<IReadOnlyList<AccountSums>> TrialBalanceAsync(KkmpDbContext db, int cooperativeId, CancellationToken ct) =>
        SumsAsync(db.Set<JournalLine>().Where(line => line.CooperativeId == cooperativeId), ct);

    /// <summary>What stands in some accounts of a cooperative now, in rupiah, by code; one that was never used is left out.</summary>
    /// <param name="db">The turn's context.</param>
    /// <param name="cooperativeId">Whose books.</param>
    /// <param name="accounts">Which.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task<IReadOnlyDictionary<string, long>> BalancesAsync(
        KkmpDbContext db, int cooperativeId, IReadOnlyList<Account> accounts, CancellationToken ct) =>
        Balances(await SumsAsync(Lines(db, cooperativeId, accounts), ct));

    /// <summary>What some accounts moved in the days from one to another, as <see cref="SumsAsync(KkmpDbContext, int, DateOnly, DateOnly, CancellationToken)"/>.</summary>
    /// <param name="db">The turn's context.</param>
    /// <param name="cooperativeId">Whose books.</param>
    /// <param name="accounts">Which.</param>
    /// <param name="from">The first day.</param>
    /// <param name="to">The last day.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task<IReadOnlyDictionary<string, long>> MovedAsync(
        KkmpDbContext db, int cooperativeId, IReadOnlyList<Account> accounts, DateOnly from, DateOnly to, CancellationToken ct) =>
        Balances(await SumsAsync(
            Lines(db, cooperativeId, accounts).Join(
                db.Set<JournalEntry>().Where(entry => entry.BookedOn >= from && entry.BookedOn <= to && entry.Kind != YearClosed),
                line => line.EntryId, entry => entry.Id, (line, _) => line),
            ct));

    /// <summary>
    /// What was booked for the days from one to another, both included, by account. The entries that close a year are left out: they move
    /// its result and are none.
    /// </summary>
    /// <param name="db">The turn's context.</param>
    /// <param name="cooperativeId">Whose books.</param>
    /// <param name="from">The first day.</param>
    /// <param name="to">The last day.</param>
    /// <param name="ct">Gives up.</param>
    public static Task<IReadOnlyList<AccountSums>> SumsAsync(
        KkmpDbContext db, int cooperativeId, DateOnly from, DateOnly to, CancellationToken ct) =>
        SumsAsync(db, db.Set<JournalEntry>().Where(entry =>
            entry.CooperativeId == cooperativeId && entry.BookedOn >= from && entry.BookedOn <= to && entry.Kind != YearClosed), ct);

    /// <summary>Everything booked for the days up to one, by account: what the balance sheet of that day says.</summary>
    /// <param name="db">The turn's context.</param>
    /// <param name="cooperativeId">Whose books.</param>
    /// <param name="to">The last day.</param>
    /// <param name="ct">Gives up.</param>
    public static Task<IReadOnlyList<AccountSums>> SumsUpToAsync(KkmpDbContext db, int cooperativeId, DateOnly to, CancellationToken ct) =>
        SumsAsync(db, db.Set<JournalEntry>().Where(entry => entry.CooperativeId == cooperativeId && entry.BookedOn <= to), ct);

    private static Task<IReadOnlyList<AccountSums>> SumsAsync(KkmpDbContext db, IQueryable<JournalEntry> entries, CancellationToken ct) =>
        SumsAsync(entries.Join(db.Set<JournalLine>(), entry => entry.Id, line => line.EntryId, (_, line) => line), ct);

    private static async Task<IReadOnlyList<AccountSums>> SumsAsync(IQueryable<JournalLine> lines, CancellationToken ct)
    {
        var sums = await lines.GroupBy(line => line.Account)
            .Select(group => new { Code = group.Key, Debit = group.Sum(line => line.DebitRupiah), Credit = group.Sum(line => line.CreditRupiah) })
            .OrderBy(sum => sum.Code)
            .ToListAsync(ct);
        return [.. sums.Select(sum => new AccountSums(Account.Chart[sum.Code], sum.Debit, sum.Credit))];
    }

    private static IQueryable<JournalLine> Lines(KkmpDbContext db, int cooperativeId, IReadOnlyList<Account> accounts)
    {
        string[] codes = [.. accounts.Select(account => account.Code)];
        return db.Set<JournalLine>().Where(line => line.CooperativeId == cooperativeId && codes.Contains(line.Account));
    }

    private static Dictionary<string, long> Balances(IReadOnlyList<AccountSums> sums) => sums.ToDictionary(sum => sum.Account.Code, sum => sum.BalanceRupiah);

    private static async Task<long> BalanceAsync(IQueryable<JournalLine> lines, Account account, CancellationToken ct)
    {
        var sums = await lines.GroupBy(_ => 1)
            .Select(group => new { Debit = group.Sum(line => line.DebitRupiah), Credit = group.Sum(line => line.CreditRupiah) })
            .SingleOrDefaultAsync(ct);
        return sums is null ? 0 : account.Balance(sums.Debit, sums.Credit);
    }

    private static JournalEntry Entry(EntryDraft draft, int number, byte[]? previousHash)
    {
        var entry = new JournalEntry
        {
            CooperativeId = draft.CooperativeId,
            Number = number,
            AtUtc = draft.AtUtc,
            BookedOn = draft.BookedOn,
            Kind = draft.Kind,
            Reference = draft.Reference,
            ByPersonId = draft.ByPersonId,
            Reverses = draft.Reverses,
            ActKey = draft.ActKey,
            PreviousHash = previousHash ?? EntryHash.Genesis,
            Lines = [.. draft.Lines],
        };
        entry.Hash = EntryHash.Of(entry);
        return entry;
    }

    private static bool IsSame(JournalEntry entry, EntryDraft draft) =>
        entry.CooperativeId == draft.CooperativeId && entry.Kind == draft.Kind && entry.Reverses == draft.Reverses
        && entry.Lines.OrderBy(line => line.Position).Select(Content).SequenceEqual(draft.Lines.Select(Content));

    private static (string Account, long? MemberId, long Debit, long Credit) Content(JournalLine line) =>
        (line.Account, line.MemberId, line.DebitRupiah, line.CreditRupiah);
}
