using System.Globalization;
using KkmpBot.Data;
using KkmpBot.Ledger;
using KkmpBot.Tests.Data;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Tests.Ledger;

/// <summary>
/// Ten thousand random acts of a counter, seeded: deposits, withdrawals, sales, purchases, costs, acts repeated and entries taken back. After each one
/// the books balance, and every account, month and member stands where a plain addition in memory has them.
/// </summary>
public sealed class RandomActsTests
{
    private const int Acts = 10_000;
    private const int ActsAGroup = 250;

    [Theory]
    [InlineData(1)]
    public async Task Books_balance_after_every_act(int seed)
    {
        await using var test = await TestDatabase.CreateAsync();
        await using var connection = await test.Database.OpenAsync(CancellationToken.None);
        var random = new Random(seed);
        var counter = new RandomCounter(random);
        for (int first = 0; first < Acts; first += ActsAGroup)
        {
            await using var transaction = await connection.BeginTransactionAsync();
            await using var db = test.Database.Context(connection, transaction);
            for (int act = first; act < first + ActsAGroup; act++)
            {
                await counter.ActAsync(db, act);
                db.ChangeTracker.Clear();
            }
            await transaction.CommitAsync();
        }
        var report = await LedgerVerifier.VerifyAsync(test.Database, CancellationToken.None);
        Assert.Empty(report.Faults);
        Assert.Equal(counter.Entries, report.Entries);
    }
}

/// <summary>A counter that does anything, and adds up beside the books.</summary>
internal sealed class RandomCounter(Random random)
{
    private const int Cooperatives = 40;
    private const int Members = 5;

    private static readonly (Account Debit, Account Credit, bool OfMember)[] Kinds =
    [
        (Account.Cash, Account.Pokok, true), (Account.Cash, Account.Wajib, true), (Account.Cash, Account.Sukarela, true),
        (Account.Sukarela, Account.Cash, true), (Account.Bank, Account.Wajib, true), (Account.Cash, Account.MemberSales, true),
        (Account.CostOfGoods, Account.Stock, false), (Account.Stock, Account.Payables, false), (Account.Payables, Account.Cash, false),
        (Account.RunningCosts, Account.Cash, false), (Account.Cash, Account.PartnerMoney, false), (Account.Result, Account.MemberShu, true),
    ];

    private readonly Dictionary<(int Cooperative, string Account, long Member), long> expected = [];
    private readonly List<(int Cooperative, int Number, EntryDraft Draft, bool IsTakenBack)> booked = [];

    public int Entries { get; private set; }

    public async Task ActAsync(KkmpDbContext db, int act)
    {
        int cooperative = random.Next(1, Cooperatives + 1);
        switch (random.Next(10))
        {
            case 0 when booked.Count > 0:
                cooperative = await TakeBackAsync(db, act);
                break;
            case 1 when booked.Count > 0:
                var again = booked[random.Next(booked.Count)];
                cooperative = again.Cooperative;
                Assert.Equal(again.Number, (await Books.PostAsync(db, again.Draft, CancellationToken.None)).Number);
                break;
            default:
                await BookAsync(db, cooperative, act);
                break;
        }
        await CheckAsync(db, cooperative);
    }

    private async Task BookAsync(KkmpDbContext db, int cooperative, int act)
    {
        var (debit, credit, ofMember) = Kinds[random.Next(Kinds.Length)];
        long? member = ofMember ? random.Next(1, Members + 1) : null;
        long rupiah = random.NextInt64(1, random.Next(50) == 0 ? EntryDraft.MaxRupiah : 1_000_000);
        var draft = new EntryDraft(cooperative, "test", act.ToString(CultureInfo.InvariantCulture), TestDatabase.Now, null)
            .Debit(debit, rupiah, member).Credit(credit, rupiah, member);
        var entry = await Books.PostAsync(db, draft, CancellationToken.None);
        booked.Add((cooperative, entry.Number, draft, false));
        Entries++;
        Count(draft, 1);
    }

    private async Task<int> TakeBackAsync(KkmpDbContext db, int act)
    {
        int at = random.Next(booked.Count);
        var (cooperative, number, draft, isTakenBack) = booked[at];
        string key = act.ToString(CultureInfo.InvariantCulture);
        var (result, _) = await Books.ReverseAsync(db, cooperative, number, key, TestDatabase.Now, null, CancellationToken.None);
        Assert.Equal(isTakenBack ? ReversalResult.AlreadyReversed : ReversalResult.Reversed, result);
        if (isTakenBack)
            return cooperative;
        booked[at] = (cooperative, number, draft, true);
        Entries++;
        Count(draft, -1);
        return cooperative;
    }

    private void Count(EntryDraft draft, int sign)
    {
        foreach (var line in draft.Lines)
        {
            var key = (draft.CooperativeId, line.Account, line.MemberId ?? 0);
            expected[key] = expected.GetValueOrDefault(key) + (sign * (line.DebitRupiah - line.CreditRupiah));
        }
    }

    private async Task CheckAsync(KkmpDbContext db, int cooperative)
    {
        var sums = await Books.TrialBalanceAsync(db, cooperative, CancellationToken.None);
        Assert.Equal(sums.Sum(sum => sum.DebitRupiah), sums.Sum(sum => sum.CreditRupiah));
        foreach (var sum in sums)
        {
            long all = expected.Where(pair => pair.Key.Cooperative == cooperative && pair.Key.Account == sum.Account.Code).Sum(pair => pair.Value);
            Assert.Equal(all, sum.DebitRupiah - sum.CreditRupiah);
        }
        int member = random.Next(1, Members + 1);
        long wajib = await Books.BalanceAsync(db, cooperative, Account.Wajib, member, CancellationToken.None);
        Assert.Equal(-expected.GetValueOrDefault((cooperative, Account.Wajib.Code, member)), wajib);
        foreach (var month in await SavingsMonth.Of(db, cooperative).ToListAsync())
            Assert.Equal(-expected.Where(pair => (pair.Key.Cooperative, pair.Key.Account) == (cooperative, month.Account)).Sum(pair => pair.Value), month.Rupiah);
    }
}
