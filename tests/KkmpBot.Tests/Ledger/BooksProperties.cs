using FsCheck;
using FsCheck.Fluent;
using KkmpBot.Data;
using KkmpBot.Ledger;
using KkmpBot.Tests.Data;

namespace KkmpBot.Tests.Ledger;

/// <summary>Whatever is booked and taken back, in whatever order: debits equal credits, and a balance is the sum of its lines.</summary>
public sealed class BooksProperties
{
    private const int Sequences = 20;
    private const int Members = 4;
    private static readonly Account[] Accounts = [.. Account.Chart.Values];

    /// <summary>Books when <see cref="Reverses"/> is null, else takes back that entry of those booked so far.</summary>
    private sealed record Act(int Debit, int Credit, int Rupiah, int Member, int? Reverses);

    [Fact]
    public async Task Balances_are_sums_and_the_chain_holds()
    {
        await using var test = await TestDatabase.CreateAsync();
        await using var connection = await test.Database.OpenAsync(CancellationToken.None);
        int cooperative = 0;
        var sequences = Acts().ArrayOf();
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(Sequences),
            Prop.ForAll(sequences.ToArbitrary(), acts => HoldsAsync(test, connection, ++cooperative, acts).GetAwaiter().GetResult()));
        Assert.Empty((await LedgerVerifier.VerifyAsync(test.Database, CancellationToken.None)).Faults);
    }

    private static Gen<Act> Acts()
    {
        var booking =
            from debit in Gen.Choose(0, Accounts.Length - 1)
            from credit in Gen.Choose(0, Accounts.Length - 1)
            from rupiah in Gen.Choose(1, 10_000_000)
            from member in Gen.Choose(1, Members)
            select new Act(debit, credit, rupiah, member, null);
        var reversal = from number in Gen.Choose(1, 20) select new Act(0, 0, 0, 0, number);
        return Gen.Frequency((4, booking), (1, reversal));
    }

    private static async Task<bool> HoldsAsync(TestDatabase test, System.Data.Common.DbConnection connection, int cooperative, Act[] acts)
    {
        var expected = new Dictionary<(string Account, long Member), long>();
        var booked = new List<(Act Act, bool IsTakenBack)>();
        await using var db = test.Database.Context(connection);
        for (int i = 0; i < acts.Length; i++)
        {
            if (acts[i].Reverses is { } number)
                await ReverseAsync(db, cooperative, number, $"{cooperative}:{i}", booked, expected);
            else
                await BookAsync(db, cooperative, acts[i], $"{cooperative}:{i}", booked, expected);
        }
        var sums = await Books.TrialBalanceAsync(db, cooperative, CancellationToken.None);
        bool balanced = sums.Sum(sum => sum.DebitRupiah) == sums.Sum(sum => sum.CreditRupiah);
        foreach (var ((account, member), rupiah) in expected)
        {
            var chart = Account.Chart[account];
            balanced &= chart.Balance(rupiah, 0) == await Books.BalanceAsync(db, cooperative, chart, member, CancellationToken.None);
        }
        return balanced;
    }

    private static async Task BookAsync(
        KkmpDbContext db, int cooperative, Act act, string key, List<(Act Act, bool IsTakenBack)> booked, Dictionary<(string Account, long Member), long> expected)
    {
        var draft = new EntryDraft(cooperative, "test", key, TestDatabase.Now, null)
            .Debit(Accounts[act.Debit], act.Rupiah, act.Member)
            .Credit(Accounts[act.Credit], act.Rupiah, act.Member);
        var entry = await Books.PostAsync(db, draft, CancellationToken.None);
        while (booked.Count < entry.Number)
            booked.Add((act, false));
        Count(expected, act, 1);
    }

    private static async Task ReverseAsync(
        KkmpDbContext db, int cooperative, int number, string key, List<(Act Act, bool IsTakenBack)> booked, Dictionary<(string Account, long Member), long> expected)
    {
        var (result, entry) = await Books.ReverseAsync(db, cooperative, number, key, TestDatabase.Now, null, CancellationToken.None);
        var should = number > booked.Count ? ReversalResult.NotFound
            : booked[number - 1].Act.Reverses is not null ? ReversalResult.IsReversal
            : booked[number - 1].IsTakenBack ? ReversalResult.AlreadyReversed
            : ReversalResult.Reversed;
        Assert.Equal(should, result);
        if (entry is null)
            return;
        var (act, _) = booked[number - 1];
        booked[number - 1] = (act, true);
        booked.Add((act with { Reverses = number }, false));
        Count(expected, act, -1);
    }

    // Debits minus credits of each member's part of an account.
    private static void Count(Dictionary<(string Account, long Member), long> expected, Act act, int sign)
    {
        foreach (var (account, side) in new[] { (Accounts[act.Debit], 1), (Accounts[act.Credit], -1) })
        {
            var key = (account.Code, (long)act.Member);
            expected[key] = expected.GetValueOrDefault(key) + (sign * side * act.Rupiah);
        }
    }
}
