using System.Data.Common;
using KkmpBot.Ledger;
using KkmpBot.Tests.Data;

namespace KkmpBot.Tests.Ledger;

/// <summary>Somebody with the database file and no shame: whatever they change, the first bad entry is named.</summary>
public sealed class LedgerVerifierTests
{
    private const int Entries = 5;

    [Fact]
    public async Task Untouched_books_are_trusted()
    {
        await using var test = await BookedAsync();
        var report = await TamperAndVerifyAsync(test, "SELECT 1");
        Assert.Equal((2 * Entries, 2), (report.Entries, report.Cooperatives));
        Assert.Empty(report.Faults);
    }

    [Theory]
    [InlineData("UPDATE journal_lines SET debit_rupiah = debit_rupiah + 1 WHERE entry_id = {3} AND position = 1", 3, "altered")]
    [InlineData("UPDATE journal_lines SET debit_rupiah = debit_rupiah * 2, credit_rupiah = credit_rupiah * 2 WHERE entry_id = {3}", 3, "altered")]
    [InlineData("UPDATE journal_lines SET member_id = 8 WHERE entry_id = {2} AND position = 2", 2, "altered")]
    [InlineData("UPDATE journal_lines SET account = '3102' WHERE entry_id = {2} AND position = 2", 2, "altered")]
    [InlineData("UPDATE journal_entries SET booked_on = '2020-01-01' WHERE id = {4}", 4, "altered")]
    [InlineData("UPDATE journal_entries SET at_utc = '2020-01-01 00:00:00' WHERE id = {4}", 4, "altered")]
    [InlineData("UPDATE journal_entries SET by_person_id = 99 WHERE id = {1}", 1, "altered")]
    [InlineData("UPDATE journal_entries SET reference = 'x' WHERE id = {1}", 1, "altered")]
    [InlineData("UPDATE journal_entries SET hash = {zeros} WHERE id = {5}", 5, "altered")]
    [InlineData("UPDATE journal_entries SET previous_hash = {zeros} WHERE id = {2}", 2, "out_of_chain")]
    [InlineData("DELETE FROM journal_lines WHERE entry_id = {3} AND position = 2", 3, "altered")]
    [InlineData("DELETE FROM journal_lines WHERE entry_id = {3}; DELETE FROM journal_entries WHERE id = {3}", 3, "missing")]
    [InlineData("DELETE FROM journal_lines WHERE entry_id = {1}; DELETE FROM journal_entries WHERE id = {1}", 1, "missing")]
    [InlineData("DELETE FROM journal_lines WHERE entry_id = {5}; DELETE FROM journal_entries WHERE id = {5}", 5, "missing")]
    [InlineData("DELETE FROM journal_lines WHERE cooperative_id = 9; DELETE FROM journal_entries WHERE cooperative_id = 9", 1, "missing")]
    [InlineData(
        "UPDATE journal_entries SET number = 99 WHERE id = {3}; UPDATE journal_entries SET number = 3 WHERE id = {4}; "
        + "UPDATE journal_entries SET number = 4 WHERE id = {3}", 3, "missing")]
    [InlineData("UPDATE journal_lines SET entry_id = 999 WHERE entry_id = {3}", 3, "altered")]
    [InlineData("INSERT INTO journal_lines VALUES (999, 1, 9, '1101', NULL, 5, 0)", 0, "line")]
    [InlineData("UPDATE ledger_heads SET hash = {zeros} WHERE cooperative_id = 9", 5, "head")]
    [InlineData("UPDATE ledger_heads SET number = 4 WHERE cooperative_id = 9", 5, "head")]
    public async Task The_first_bad_entry_is_named(string sql, int number, string what)
    {
        await using var test = await BookedAsync();
        // Cooperative 9 booked the even rows; {n} is the row of its n-th entry.
        for (int n = 1; n <= Entries; n++)
            sql = sql.Replace($"{{{n}}}", $"{2 * n}", StringComparison.Ordinal);
        sql = sql.Replace("{zeros}", DatabaseTemplate.Postgres is null ? "zeroblob(32)" : @"decode(repeat('00', 32), 'hex')", StringComparison.Ordinal);
        var report = await TamperAndVerifyAsync(test, sql);
        Assert.Equal(new LedgerFault(9, number, what), Assert.Single(report.Faults));
    }

    [Theory]
    [InlineData("UPDATE journal_entries SET kind = 'x'")]
    [InlineData("UPDATE journal_lines SET member_id = 8")]
    [InlineData("DELETE FROM journal_lines")]
    [InlineData("DELETE FROM journal_entries")]
    public async Task The_database_refuses_to_change_the_journal(string sql)
    {
        await using var test = await BookedAsync();
        await using var connection = await test.Database.OpenAsync(CancellationToken.None);
        var refused = await Assert.ThrowsAnyAsync<DbException>(() => ExecuteAsync(connection, sql));
        Assert.Contains("append-only", refused.Message, StringComparison.Ordinal);
    }

    private static async Task<TestDatabase> BookedAsync()
    {
        var test = await TestDatabase.CreateAsync();
        var caller = await test.PersonAsync();
        for (int entry = 1; entry <= Entries; entry++)
        {
            foreach (int cooperative in (int[])[5, 9])
            {
                await test.TurnAsync(caller, async turn => await Books.PostAsync(
                    turn.Db,
                    EntryDraft.For(turn, cooperative, "test").Debit(Account.Cash, 1000 * entry).Credit(Account.Pokok, 1000 * entry, 7),
                    CancellationToken.None));
            }
        }
        return test;
    }

    private static async Task<LedgerReport> TamperAndVerifyAsync(TestDatabase test, string sql)
    {
        // Triggers stand before both kinds of change; on PostgreSQL foreign keys are triggers too.
        await test.ExecuteAsync(
            "DROP TRIGGER journal_entries_no_update; DROP TRIGGER journal_entries_no_delete; "
            + $"DROP TRIGGER journal_lines_no_update; DROP TRIGGER journal_lines_no_delete; PRAGMA foreign_keys = OFF; {sql}",
            $"ALTER TABLE journal_entries DISABLE TRIGGER ALL; ALTER TABLE journal_lines DISABLE TRIGGER ALL; {sql}");
        return await LedgerVerifier.VerifyAsync(test.Database, CancellationToken.None);
    }

    private static async Task ExecuteAsync(DbConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }
}
