using System.Data.Common;
using System.Security.Cryptography;
using KkmpBot.Data;
using KkmpBot.Operations;
using KkmpBot.Tests.Ledger;
using Npgsql;

namespace KkmpBot.Tests.Operations;

/// <summary>
/// What a city's year leaves in the database: its books, its members, and of its turns what retention keeps, with one day more that is to go.
/// </summary>
internal static class YearOfACity
{
    private const int Entries = 1_000_000;
    private const int Turns = 5_000_000;
    private const int Members = 88_500;
    private const int DaysOfYear = 365;
    private const int PayloadBytes = 400;
    private const int StateBytes = 250;

    // Far from the ids of the demo's people.
    private const long FirstPerson = 1_000_000;

    /// <summary>Writes it beside what is there.</summary>
    /// <param name="database">Migrated.</param>
    /// <param name="utcNow">The year ends now.</param>
    /// <param name="share">1 for the whole, 0.1 for a tenth.</param>
    public static async Task FillAsync(Database database, DateTime utcNow, double share)
    {
        await LargeLedger.FillAsync(database, (int)(Entries * share));
        await using var connection = await database.OpenAsync(CancellationToken.None);
        await using var transaction = await connection.BeginTransactionAsync();
        int people = (int)(Members * share);
        await WriteAsync(connection, transaction, people, """
            INSERT INTO people (id, created_utc) SELECT @first + i, @now FROM n
            """, ("first", FirstPerson), ("now", utcNow));
        await WriteAsync(connection, transaction, people, $"""
            INSERT INTO members (person_id, cooperative_id, number, status, full_name, nik, nik_index, phone, address, is_civil_servant, applied_utc, active_utc)
            SELECT @first + i, 1 + i % {LargeLedger.Cooperatives}, 1000 + i, 'active', @sealed, @sealed, {Unique(connection)}, @sealed, @sealed, {False(connection)}, @now, @now FROM n
            """, ("first", FirstPerson), ("sealed", Bytes(60)), ("now", utcNow));
        await WriteAsync(connection, transaction, people, $"""
            INSERT INTO channel_addresses (id, channel, address_index, address, person_id, last_seen_utc, blocked)
            SELECT @first + i, 'telegram', {Unique(connection)}, @sealed, @first + i, @now, {False(connection)} FROM n
            """, ("first", FirstPerson), ("sealed", Bytes(40)), ("now", utcNow));
        await WriteAsync(connection, transaction, people, """
            INSERT INTO conversations (id, turn_number, state, updated_utc) SELECT @first + i, 57, @state, @now FROM n
            """, ("first", FirstPerson), ("state", Bytes(StateBytes)), ("now", utcNow));
        await WriteTurnsAsync(connection, transaction, people, TurnsPerDay(share), utcNow);
        await transaction.CommitAsync();
        await using var analyze = connection.CreateCommand();
        // As autovacuum does by itself.
        analyze.CommandText = connection is NpgsqlConnection ? "VACUUM ANALYZE" : "ANALYZE";
        await analyze.ExecuteNonQueryAsync();
    }

    /// <summary>Turns on each day of it.</summary>
    public static int TurnsPerDay(double share) => (int)(Turns * share / DaysOfYear);

    // A day more than is kept of each kind: what tonight's deletion finds.
    private static async Task WriteTurnsAsync(DbConnection connection, DbTransaction transaction, int people, int turnsPerDay, DateTime utcNow)
    {
        for (int day = 0; day <= KeptDays("received_updates"); day++)
        {
            await WriteAsync(connection, transaction, turnsPerDay, """
                INSERT INTO received_updates (channel, update_key, at_utc) SELECT 'telegram', CAST(@first + i AS TEXT), @day FROM n
                """, ("first", 500_000_000L + (day * 1_000_000L)), ("day", utcNow.AddDays(-day).AddMinutes(-1)));
        }
        for (int day = 0; day <= KeptDays("outbox"); day++)
        {
            await WriteAsync(connection, transaction, turnsPerDay, """
                INSERT INTO outbox (conversation_id, address_id, channel, kind, status, payload, attempts, leased_until_utc, created_utc, provider_message_id)
                SELECT @first + i % @people, @first + i % @people, 'telegram', 0, 1, @payload, 1, @day, @day, '4711' FROM n
                """, ("first", FirstPerson), ("people", people), ("payload", Bytes(PayloadBytes)), ("day", utcNow.AddDays(-day).AddMinutes(-1)));
        }
    }

    private static int KeptDays(string table) => (int)Retention.Times.Single(kind => kind.Table == table).Kept.TotalDays;

    private static async Task WriteAsync(DbConnection connection, DbTransaction transaction, int rows, string sql, params (string Name, object Value)[] values)
    {
        await using var command = connection.Command(
            transaction, $"WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < @rows) {sql}", [("rows", rows), .. values]);
        await command.ExecuteNonQueryAsync();
    }

    private static string Unique(DbConnection connection) => $"CAST('year-' || CAST(i AS TEXT) AS {(connection is NpgsqlConnection ? "BYTEA" : "BLOB")})";

    private static string False(DbConnection connection) => connection is NpgsqlConnection ? "FALSE" : "0";

    private static byte[] Bytes(int count) => RandomNumberGenerator.GetBytes(count);
}
