using System.Globalization;
using KkmpBot.Data;
using KkmpBot.Ledger;
using KkmpBot.Members;
using KkmpBot.Tests.Data;

namespace KkmpBot.Tests.Office;

/// <summary>Fills the demo cooperative with members, numbered from 9000, who all paid so many months of wajib.</summary>
internal static class ManyMembers
{
    public const int CooperativeId = 159;
    private const long WajibRupiah = 10_000;

    public static async Task AddAsync(OfficeUnderTest office, int members, int months = 0)
    {
        await using var connection = await office.Database.OpenAsync(CancellationToken.None);
        await using var transaction = await connection.BeginTransactionAsync();
        var person = await BulkRows.NextIdAsync(connection, transaction, "people", CancellationToken.None);
        var member = await BulkRows.NextIdAsync(connection, transaction, "members", CancellationToken.None);
        var entry = await BulkRows.NextIdAsync(connection, transaction, "journal_entries", CancellationToken.None);
        var cipher = office.Vault.Seal("Anggota Nomor").Cipher;
        await BulkRows.WriteAsync(
            connection, "people", ["id", "created_utc"], Enumerable.Range(0, members).Select(n => new object?[] { person + n, TestDatabase.Now }), CancellationToken.None);
        await BulkRows.WriteAsync(
            connection, "members",
            ["id", "person_id", "cooperative_id", "number", "status", "full_name", "nik", "nik_index", "phone", "address", "is_civil_servant", "applied_utc", "active_utc"],
            Enumerable.Range(0, members).Select(n => new object?[]
            {
                member + n, person + n, CooperativeId, 9000 + n, MemberStatus.Active, cipher, cipher, office.Vault.Index("test", n.ToString(CultureInfo.InvariantCulture)),
                cipher, cipher, false, TestDatabase.Now, TestDatabase.Now,
            }), CancellationToken.None);
        var payments = Enumerable.Range(0, members * months);
        await BulkRows.WriteAsync(
            connection, "journal_entries", ["id", "cooperative_id", "number", "at_utc", "booked_on", "kind", "act_key", "previous_hash", "hash"],
            payments.Select(n => new object?[]
            {
                entry + n, CooperativeId, 100_000 + n, TestDatabase.Now, Month(n / members), "wajib_received", string.Create(CultureInfo.InvariantCulture, $"many:{n}"),
                EntryHash.Genesis, EntryHash.Genesis,
            }), CancellationToken.None);
        await BulkRows.WriteAsync(
            connection, "journal_lines", ["entry_id", "position", "cooperative_id", "account", "member_id", "debit_rupiah", "credit_rupiah"],
            payments.SelectMany(n => new[]
            {
                new object?[] { entry + n, 1, CooperativeId, Account.Cash.Code, null, WajibRupiah, 0L },
                [entry + n, 2, CooperativeId, Account.Wajib.Code, member + (n % members), 0L, WajibRupiah],
            }), CancellationToken.None);
        for (var month = 0; month < months; month++)
        {
            var moved = new SavingsMonth { CooperativeId = CooperativeId, Account = Account.Wajib.Code, Month = ClosedMonth.Of(Month(month)), Rupiah = members * WajibRupiah };
            await moved.AddAsync(connection, transaction, CancellationToken.None);
        }
        foreach (var table in new[] { "people", "members", "journal_entries" })
            await BulkRows.CountOnAsync(connection, transaction, table, CancellationToken.None);
        await transaction.CommitAsync();
    }

    // Two years back, a day of each month; none of them in the last days, which have their own chart.
    private static DateOnly Month(int month) => new DateOnly(2024, 10, 10).AddMonths(month);
}
