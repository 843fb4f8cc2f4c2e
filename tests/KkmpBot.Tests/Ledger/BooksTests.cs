using KkmpBot.Ledger;
using KkmpBot.Tests.Data;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Tests.Ledger;

public sealed class BooksTests
{
    [Fact]
    public Task Savings_and_a_sale() => LedgerTable.RunAsync(
        """
        balance    3101   -                        0
        book a     1101   3101    100000   7       1
        book b     1101   3102    10000    7       2
        book c     1101   3102    20000    8       3
        book d     1301   1101    50000    -       4
        balance    3101   7                        100000
        balance    3102   7                        10000
        balance    3102   8                        20000
        balance    3102   -                        30000
        balance    1101   -                        80000
        balance    1301   -                        50000
        entries                                    4
        """);

    [Fact]
    public Task The_same_act_is_booked_once() => LedgerTable.RunAsync(
        """
        book a     1101   3101    100000   7       1
        book a     1101   3101    100000   7       1
        book b     1101   3101    100000   7       2
        balance    3101   7                        200000
        entries                                    2
        """);

    [Fact]
    public Task An_entry_is_reversed_once_and_stays() => LedgerTable.RunAsync(
        """
        book a       1101   3101    100000   7     1
        book b       1101   3102    10000    7     2
        reverse c    1                             3
        reverse c    1                             3
        reverse d    1                             AlreadyReversed
        reverse e    3                             IsReversal
        reverse f    9                             NotFound
        balance      3101   7                      0
        balance      3102   7                      10000
        balance      1101   -                      10000
        entries                                    3
        """);

    [Fact]
    public Task A_withdrawal_leaves_the_usual_side() => LedgerTable.RunAsync(
        """
        book a     1101   2102    5000     7       1
        book b     2102   1101    8000     7       2
        balance    2102   7                        -3000
        balance    1101   -                        -3000
        """);

    [Fact]
    public async Task A_draft_that_does_not_balance_is_a_bug()
    {
        await using var test = await TestDatabase.CreateAsync();
        var caller = await test.PersonAsync();
        await test.TurnAsync(caller, async turn =>
        {
            var lopsided = EntryDraft.For(turn, 1, "test").Debit(Account.Cash, 100).Credit(Account.Pokok, 99, 7);
            await Assert.ThrowsAsync<InvalidOperationException>(() => Books.PostAsync(turn.Db, lopsided, CancellationToken.None));
            var single = EntryDraft.For(turn, 1, "test").Debit(Account.Cash, 100);
            await Assert.ThrowsAsync<InvalidOperationException>(() => Books.PostAsync(turn.Db, single, CancellationToken.None));
            Assert.Throws<ArgumentOutOfRangeException>(() => EntryDraft.For(turn, 1, "test").Debit(Account.Cash, 0));
            Assert.Throws<ArgumentOutOfRangeException>(() => EntryDraft.For(turn, 1, "test").Debit(Account.Cash, EntryDraft.MaxRupiah + 1));
            Assert.Equal(0, await turn.Db.Set<JournalEntry>().CountAsync());
        });
    }

    [Fact]
    public async Task One_act_key_cannot_book_two_different_things()
    {
        await using var test = await TestDatabase.CreateAsync();
        var caller = await test.PersonAsync();
        await test.TurnAsync(caller, async turn =>
        {
            await Books.PostAsync(turn.Db, EntryDraft.For(turn, 1, "test").Debit(Account.Cash, 100).Credit(Account.Pokok, 100, 7), CancellationToken.None);
            var other = EntryDraft.For(turn, 1, "test").Debit(Account.Cash, 200).Credit(Account.Pokok, 200, 7);
            await Assert.ThrowsAsync<InvalidOperationException>(() => Books.PostAsync(turn.Db, other, CancellationToken.None));
        });
    }

    [Fact]
    public async Task Each_cooperative_counts_its_own_entries()
    {
        await using var test = await TestDatabase.CreateAsync();
        var caller = await test.PersonAsync();
        foreach (int cooperative in (int[])[5, 9, 5, 177])
        {
            await test.TurnAsync(caller, async turn =>
            {
                var draft = EntryDraft.For(turn, cooperative, "test").Debit(Account.Cash, 100).Credit(Account.Grants, 100);
                await Books.PostAsync(turn.Db, draft, CancellationToken.None);
            });
        }
        await test.TurnAsync(caller, async turn => Assert.Equal(
            [(5, 1), (5, 2), (9, 1), (177, 1)],
            (await turn.Db.Set<JournalEntry>().ToListAsync()).Select(entry => (entry.CooperativeId, entry.Number)).Order()));
    }

    [Fact]
    public async Task What_a_rolled_back_turn_booked_never_was()
    {
        await using var test = await TestDatabase.CreateAsync();
        var caller = await test.PersonAsync();
        await Assert.ThrowsAsync<TimeoutException>(() => test.TurnAsync(caller, async turn =>
        {
            await Books.PostAsync(turn.Db, EntryDraft.For(turn, 1, "test").Debit(Account.Cash, 1).Credit(Account.Grants, 1), CancellationToken.None);
            throw new TimeoutException();
        }));
        await test.TurnAsync(caller, async turn =>
        {
            var entry = await Books.PostAsync(
                turn.Db, EntryDraft.For(turn, 1, "test").Debit(Account.Cash, 1).Credit(Account.Grants, 1), CancellationToken.None);
            Assert.Equal(1, entry.Number);
            Assert.Equal(EntryHash.Genesis, entry.PreviousHash);
        });
    }
}
