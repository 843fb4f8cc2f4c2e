using System.Globalization;
using Microsoft.Data.Sqlite;

namespace KkmpBot.Load;

/// <summary>
/// Members who are only there: rows in the tables that every turn looks into, so many that a query which grows with them shows. What is sealed in
/// them is random, since no turn opens it; their indexes are as long and as scattered as real ones.
/// </summary>
internal static class Crowd
{
    // Beyond every id that the prepared people have.
    private const long FirstId = 10_000_000;

    private static readonly string[] Statements =
    [
        "INSERT INTO people (id, nickname, phone, phone_index, created_utc) SELECT n, randomblob(40), randomblob(42), randomblob(16), '2026-11-01 00:00:00' FROM crowd",
        "INSERT INTO channel_addresses (channel, address_index, address, person_id, last_seen_utc, blocked) SELECT 'telegram', randomblob(16), randomblob(39), n, '2026-11-20 00:00:00', 0 FROM crowd",
        "INSERT INTO conversations (id, turn_number, open_dialog, open_state, state, updated_utc) SELECT n, 12, NULL, NULL, randomblob(200), '2026-11-20 00:00:00' FROM crowd",
        """
        INSERT INTO members (person_id, cooperative_id, number, status, full_name, nik, nik_index, phone, address, is_civil_servant, applied_utc, active_utc)
        SELECT n, 1 + n % 177, n, 'active', randomblob(45), randomblob(45), randomblob(16), randomblob(42), randomblob(45), 0, '2026-11-01 00:00:00', '2026-11-02 00:00:00' FROM crowd
        """,
        "INSERT INTO consents (person_id, purpose, text_version, given, at_utc, channel) SELECT n, 'membership', 'membership-2026-11', 1, '2026-11-01 00:00:00', 'telegram' FROM crowd",
    ];

    /// <summary>Writes them into a prepared database of the service.</summary>
    /// <param name="state">The prepared folder.</param>
    /// <param name="members">How many.</param>
    public static async Task AddAsync(string state, int members)
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(state, "data", "kkmp.db")};Pooling=False");
        await connection.OpenAsync();
        await ExecuteAsync(connection, "PRAGMA synchronous=OFF; PRAGMA cache_size=-400000;");
        await ExecuteAsync(connection, "BEGIN");
        var last = (FirstId + members - 1).ToString(CultureInfo.InvariantCulture);
        foreach (var statement in Statements)
        {
            await ExecuteAsync(connection, $"WITH RECURSIVE crowd (n) AS (SELECT {FirstId} UNION ALL SELECT n + 1 FROM crowd WHERE n < {last}) {statement}");
        }

        await ExecuteAsync(connection, "COMMIT");
        await ExecuteAsync(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
    }

    private static async Task ExecuteAsync(SqliteConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandTimeout = 0;
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }
}
