using System.Data.Common;
using KkmpBot.Data;
using Microsoft.EntityFrameworkCore;

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
        WHERE r.announcement_id = @id
        """;

    private const string Place = """
        CASE WHEN r.skipped IS NOT NULL THEN 'skipped'
            WHEN o.status = 0 THEN 'queued' WHEN o.status = 5 THEN 'sending' WHEN o.status = 3 THEN 'blocked' WHEN o.status = 6 THEN 'unknown'
            WHEN o.status = 7 THEN 'held' WHEN o.status IN (2, 4) THEN 'failed' WHEN o.status = 9 THEN 'withdrawn'
            WHEN d.progress = 4 THEN 'failed' WHEN d.progress = 3 THEN 'read' WHEN d.progress = 2 THEN 'delivered' ELSE 'sent' END
        """;

    /// <summary>Counts.</summary>
    /// <param name="db">A context.</param>
    /// <param name="announcementId">Which.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task<AnnouncementCount> CountAsync(KkmpDbContext db, long announcementId, CancellationToken ct)
    {
        var places = await ReadAsync(db, $"SELECT {Place} AS place, COUNT(*) {Rows} GROUP BY 1", announcementId, ct);
        int Of(string place) => places.Where(row => row.Name == place).Sum(row => row.Count);
        return new AnnouncementCount
        {
            Queued = Of("queued"),
            Sending = Of("sending"),
            Sent = Of("sent"),
            Delivered = Of("delivered"),
            Read = Of("read"),
            Failed = Of("failed"),
            Blocked = Of("blocked"),
            Unknown = Of("unknown"),
            Held = Of("held"),
            Skipped = Of("skipped"),
            Withdrawn = Of("withdrawn"),
        };
    }

    /// <summary>Why messages failed, the commonest first, without personal data.</summary>
    /// <param name="db">A context.</param>
    /// <param name="announcementId">Which.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task<IReadOnlyList<(string Cause, int Count)>> CausesAsync(KkmpDbContext db, long announcementId, CancellationToken ct) =>
        await ReadAsync(
            db,
            $"""
            SELECT COALESCE(o.reason, 'kode ' || CAST(d.error_code AS TEXT), '-') AS cause, COUNT(*) {Rows}
                AND (o.status IN (2, 4) OR (o.status = 1 AND d.progress = 4)) GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT {MaxCauses}
            """,
            announcementId, ct);

    private static async Task<List<(string Name, int Count)>> ReadAsync(KkmpDbContext db, string sql, long announcementId, CancellationToken ct)
    {
        var connection = db.Database.GetDbConnection();
        var transaction = db.Database.CurrentTransaction is { } current ? Microsoft.EntityFrameworkCore.Storage.DbContextTransactionExtensions.GetDbTransaction(current) : null;
        await using DbCommand query = connection.Command(transaction, sql, ("id", announcementId));
        await using var rows = await query.ExecuteReaderAsync(ct);
        var found = new List<(string, int)>();
        while (await rows.ReadAsync(ct))
            found.Add((rows.GetString(0), rows.GetInt32(1)));
        return found;
    }
}
