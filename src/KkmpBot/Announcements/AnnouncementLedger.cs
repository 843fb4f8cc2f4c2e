using System.Data.Common;
using System.Globalization;
using KkmpBot.Data;

namespace KkmpBot.Announcements;

/// <summary>How many people of an announcement are where; each is in exactly one place.</summary>
public sealed record AnnouncementCount
{
    /// <summary>Wait in the table.</summary>
    public int Queued { get; init; }

    /// <summary>Are being handed over at this moment.</summary>
    public int Sending { get; init; }

    /// <summary>The platform has it, and has not told more; also what was given with the person's next word.</summary>
    public int Sent { get; init; }

    /// <summary>It is on their phone.</summary>
    public int Delivered { get; init; }

    /// <summary>They have seen it.</summary>
    public int Read { get; init; }

    /// <summary>The platform refused it, or it was given up.</summary>
    public int Failed { get; init; }

    /// <summary>They stopped the bot.</summary>
    public int Blocked { get; init; }

    /// <summary>Nobody knows whether it arrived; it is not sent again.</summary>
    public int Unknown { get; init; }

    /// <summary>Kept for their next word, since their window is closed.</summary>
    public int Held { get; init; }

    /// <summary>Had as many this week as they agreed to.</summary>
    public int Skipped { get; init; }

    /// <summary>Taken back before it was sent: the officer stopped it, or they did.</summary>
    public int Withdrawn { get; init; }

    /// <summary>Everybody who was looked at so far.</summary>
    public int People => Queued + Sending + Reached + Failed + Blocked + Unknown + Held + Skipped + Withdrawn;

    /// <summary>Whom the platform took it for.</summary>
    public int Reached => Sent + Delivered + Read;
}

/// <summary>The ledger of an announcement: worked out from the messages and what the platforms told of them, so that it cannot disagree with them.</summary>
public static class AnnouncementLedger
{
    /// <summary>Causes of failures that a report names.</summary>
    public const int MaxCauses = 5;

    // Of somebody whose message was passed on to another address, the later row counts.
    private const string Rows = """
        FROM announcement_recipients r
        LEFT JOIN outbox o ON o.id = (SELECT MAX(x.id) FROM outbox x WHERE x.announcement_id = r.announcement_id AND x.conversation_id = r.person_id)
        LEFT JOIN deliveries d ON d.outbox_id = o.id
        """;

    private const string Place = """
        CASE WHEN r.skipped IS NOT NULL THEN 'skipped'
            WHEN o.status = 0 THEN 'queued' WHEN o.status = 5 THEN 'sending' WHEN o.status = 3 THEN 'blocked' WHEN o.status = 6 THEN 'unknown'
            WHEN o.status = 7 THEN 'held' WHEN o.status IN (2, 4) THEN 'failed' WHEN o.status = 9 THEN 'withdrawn'
            WHEN d.progress = 4 THEN 'failed' WHEN d.progress = 3 THEN 'read' WHEN d.progress = 2 THEN 'delivered' ELSE 'sent' END
        """;

    /// <summary>Counts one.</summary>
    /// <param name="db">A context.</param>
    /// <param name="announcementId">Which.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task<AnnouncementCount> CountAsync(KkmpDbContext db, long announcementId, CancellationToken ct) =>
        (await CountAsync(db, [announcementId], ct))[announcementId];

    /// <summary>Counts several, in one query.</summary>
    /// <param name="db">A context.</param>
    /// <param name="announcementIds">Which; a list that somebody looks at.</param>
    /// <param name="ct">Gives up.</param>
    /// <returns>The counts by announcement; of one that nobody was looked at for, all are 0.</returns>
    public static async Task<IReadOnlyDictionary<long, AnnouncementCount>> CountAsync(KkmpDbContext db, IReadOnlyList<long> announcementIds, CancellationToken ct)
    {
        if (announcementIds.Count == 0)
            return new Dictionary<long, AnnouncementCount>();
        var ids = string.Join(", ", announcementIds.Select(id => id.ToString(CultureInfo.InvariantCulture)));
        var places = (await ReadAsync(
            db, $"SELECT {Place} AS place, COUNT(*), r.announcement_id {Rows} WHERE r.announcement_id IN ({ids}) GROUP BY 3, 1",
            row => (Id: row.GetInt64(2), Name: row.GetString(0), Count: row.GetInt32(1)), ct)).ToLookup(row => row.Id);
        return announcementIds.ToDictionary(id => id, id => Of(places[id].ToDictionary(row => row.Name, row => row.Count)));
    }

    /// <summary>Why messages failed, the commonest first, without personal data.</summary>
    /// <param name="db">A context.</param>
    /// <param name="announcementId">Which.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task<IReadOnlyList<(string Cause, int Count)>> CausesAsync(KkmpDbContext db, long announcementId, CancellationToken ct) =>
        await ReadAsync(
            db,
            $"""
            SELECT COALESCE(o.reason, 'kode ' || CAST(d.error_code AS TEXT), '-') AS cause, COUNT(*) {Rows} WHERE r.announcement_id = @id
                AND (o.status IN (2, 4) OR (o.status = 1 AND d.progress = 4)) GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT {MaxCauses}
            """,
            row => (row.GetString(0), row.GetInt32(1)), ct, ("id", announcementId));

    private static AnnouncementCount Of(Dictionary<string, int> places) => new()
    {
        Queued = places.GetValueOrDefault("queued"),
        Sending = places.GetValueOrDefault("sending"),
        Sent = places.GetValueOrDefault("sent"),
        Delivered = places.GetValueOrDefault("delivered"),
        Read = places.GetValueOrDefault("read"),
        Failed = places.GetValueOrDefault("failed"),
        Blocked = places.GetValueOrDefault("blocked"),
        Unknown = places.GetValueOrDefault("unknown"),
        Held = places.GetValueOrDefault("held"),
        Skipped = places.GetValueOrDefault("skipped"),
        Withdrawn = places.GetValueOrDefault("withdrawn"),
    };

    private static async Task<List<T>> ReadAsync<T>(
        KkmpDbContext db, string sql, Func<DbDataReader, T> read, CancellationToken ct, params (string Name, object? Value)[] values)
    {
        await using DbCommand query = db.Statements().Command(sql, values);
        await using var rows = await query.ExecuteReaderAsync(ct);
        var found = new List<T>();
        while (await rows.ReadAsync(ct))
            found.Add(read(rows));
        return found;
    }
}
