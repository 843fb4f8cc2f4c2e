using System.Globalization;
using KkmpBot.Conversations;
using KkmpBot.Data;
using KkmpBot.Ledger;
using KkmpBot.Tests.Data;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Tests.Ledger;

/// <summary>
/// Runs a ledger written in plain lines, so that a bookkeeper can read the tests. After every line the books must balance.
/// <code>
/// act        debit  credit  rupiah   member   expected
/// book a     1101   3101    100000   7        1
/// again a    1101   3101    100000   7        1          (the same act: the same entry)
/// reverse b  1                                2          (entry 1 taken back by entry 2)
/// balance    3101                    7        0
/// </code>
/// Columns are apart by two spaces or more; empty ones are written as a dash.
/// </summary>
internal static class LedgerTable
{
    private const int CooperativeId = 159;

    /// <summary>Runs every line in a turn of its own.</summary>
    public static async Task RunAsync(string table)
    {
        await using var test = await TestDatabase.CreateAsync();
        var caller = await test.PersonAsync();
        foreach (string line in table.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            string[] cells = line.Split("  ", StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            await test.TurnAsync(caller, async turn =>
            {
                string given = await ActAsync(turn, cells);
                Assert.True(cells[^1] == given, $"{line}\n   gave {given}");
                var sums = await Books.TrialBalanceAsync(turn.Db, CooperativeId, CancellationToken.None);
                Assert.Equal(sums.Sum(sum => sum.DebitRupiah), sums.Sum(sum => sum.CreditRupiah));
            });
        }
        Assert.Empty((await LedgerVerifier.VerifyAsync(test.Database, CancellationToken.None)).Faults);
    }

    private static async Task<string> ActAsync(Turn turn, string[] cells)
    {
        string[] act = cells[0].Split(' ');
        return act[0] switch
        {
            "book" => Number((await BookAsync(turn, act[1], cells)).Number),
            "reverse" => await ReverseAsync(turn.Db, act[1], Count(cells[1])),
            "balance" => Number(cells[2] == "-"
                ? await Books.BalanceAsync(turn.Db, CooperativeId, Account.Chart[cells[1]], CancellationToken.None)
                : await Books.BalanceAsync(turn.Db, CooperativeId, Account.Chart[cells[1]], Count(cells[2]), CancellationToken.None)),
            "entries" => Number(await turn.Db.Set<JournalEntry>().CountAsync()),
            _ => throw new FormatException($"The table has no act '{act[0]}'."),
        };
    }

    private static Task<JournalEntry> BookAsync(Turn turn, string key, string[] cells)
    {
        long? member = cells[4] == "-" ? null : Count(cells[4]);
        long rupiah = long.Parse(cells[3], CultureInfo.InvariantCulture);
        var draft = new EntryDraft(CooperativeId, "test", key, turn.UtcNow, turn.Caller.PersonId)
            .Debit(Account.Chart[cells[1]], rupiah, member)
            .Credit(Account.Chart[cells[2]], rupiah, member);
        return Books.PostAsync(turn.Db, draft, CancellationToken.None);
    }

    private static async Task<string> ReverseAsync(KkmpDbContext db, string key, int number)
    {
        var (result, entry) = await Books.ReverseAsync(db, CooperativeId, number, key, TestDatabase.Now, null, CancellationToken.None);
        return entry is null ? result.ToString() : Number(entry.Number);
    }

    private static int Count(string cell) => int.Parse(cell, CultureInfo.InvariantCulture);

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
