using System.Data.Common;
using System.Globalization;
using KkmpBot.Data;
using KkmpBot.Ledger;
using KkmpBot.Tests.Data;

namespace KkmpBot.Tests.Ledger;

/// <summary>Years of a city's bookings, written row by row as <see cref="Books"/> would, in seconds.</summary>
internal static class LargeLedger
{
    public const int Cooperatives = 177;

    /// <summary>Books so many entries of two lines after those that are there, turn by turn in all cooperatives.</summary>
    public static async Task FillAsync(Database database, int entries)
    {
        await using var connection = await database.OpenAsync(CancellationToken.None);
        await using var transaction = await connection.BeginTransactionAsync();
        await using var addEntry = Insert(connection, transaction, "journal_entries",
            "id", "cooperative_id", "number", "at_utc", "booked_on", "kind", "reference", "by_person_id", "reverses", "act_key", "previous_hash", "hash");
        await using var addLine = Insert(connection, transaction, "journal_lines",
            "entry_id", "position", "cooperative_id", "account", "member_id", "debit_rupiah", "credit_rupiah");
        await using var setHead = Command(
            connection, transaction, "UPDATE ledger_heads SET number = @number, hash = @hash WHERE cooperative_id = @cooperative", ["number", "hash", "cooperative"]);
        var heads = await HeadsAsync(connection, transaction);
        long before = await LastIdAsync(connection, transaction);
        for (int i = 1; i <= entries; i++)
        {
            var entry = Entry(i, heads);
            entry.Id = before + i;
            heads[entry.CooperativeId] = (entry.Number, entry.Hash);
            Write(addEntry, entry.Id, entry.CooperativeId, entry.Number, entry.AtUtc, entry.BookedOn, entry.Kind, entry.Reference,
                entry.ByPersonId, entry.Reverses, entry.ActKey, entry.PreviousHash, entry.Hash);
            foreach (var line in entry.Lines)
                Write(addLine, entry.Id, line.Position, line.CooperativeId, line.Account, line.MemberId, line.DebitRupiah, line.CreditRupiah);
        }
        for (int cooperative = 1; cooperative <= Cooperatives; cooperative++)
            Write(setHead, heads[cooperative].Number, heads[cooperative].Hash, cooperative);
        await transaction.CommitAsync();
    }

    private static async Task<(int Number, byte[] Hash)[]> HeadsAsync(DbConnection connection, DbTransaction transaction)
    {
        var heads = new (int Number, byte[] Hash)[Cooperatives + 1];
        Array.Fill(heads, (0, EntryHash.Genesis));
        await using var command = Command(connection, transaction, "SELECT cooperative_id, number, hash FROM ledger_heads WHERE number > 0", []);
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            heads[reader.GetInt32(0)] = (reader.GetInt32(1), reader.GetFieldValue<byte[]>(2));
        return heads;
    }

    private static async Task<long> LastIdAsync(DbConnection connection, DbTransaction transaction)
    {
        await using var command = Command(connection, transaction, "SELECT COALESCE(MAX(id), 0) FROM journal_entries", []);
        return Convert.ToInt64(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
    }

    private static JournalEntry Entry(int i, (int Number, byte[] Hash)[] heads)
    {
        int cooperative = (i % Cooperatives) + 1;
        var at = TestDatabase.Now.AddMilliseconds(i * 1_237L);
        var entry = new JournalEntry
        {
            CooperativeId = cooperative,
            Number = heads[cooperative].Number + 1,
            AtUtc = at,
            BookedOn = Wib.Day(at),
            Kind = i % 3 == 0 ? "sale" : "wajib_received",
            Reference = i % 3 == 0 ? i.ToString("0000", CultureInfo.InvariantCulture) : "2026-09+1",
            ByPersonId = (i % 5) + 1,
            ActKey = string.Create(CultureInfo.InvariantCulture, $"{i % 5}:{i}:0:act"),
            PreviousHash = heads[cooperative].Hash,
            Lines =
            [
                new JournalLine { Position = 1, CooperativeId = cooperative, Account = "1101", DebitRupiah = 10_000 + i },
                new JournalLine { Position = 2, CooperativeId = cooperative, Account = "3102", MemberId = i % 300, CreditRupiah = 10_000 + i },
            ],
        };
        entry.Hash = EntryHash.Of(entry);
        return entry;
    }

    private static DbCommand Insert(DbConnection connection, DbTransaction transaction, string table, params string[] columns) => Command(
        connection, transaction, $"INSERT INTO {table} ({string.Join(", ", columns)}) VALUES ({string.Join(", ", columns.Select(column => $"@{column}"))})", columns);

    private static DbCommand Command(DbConnection connection, DbTransaction transaction, string sql, string[] columns)
    {
        var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        foreach (string column in columns)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = column;
            command.Parameters.Add(parameter);
        }
        return command;
    }

    private static void Write(DbCommand command, params ReadOnlySpan<object?> values)
    {
        for (int i = 0; i < values.Length; i++)
            command.Parameters[i].Value = values[i] ?? DBNull.Value;
        command.ExecuteNonQuery();
    }
}
