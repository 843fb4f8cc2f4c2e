using System.Collections.Concurrent;
using System.Data.Common;
using KkmpBot.Channels;
using KkmpBot.Data;

namespace KkmpBot.Conversations;

/// <summary>
/// The pictures of announcements that are going out. A picture stands once, with its announcement, and goes to each reader at hand-over: a copy in
/// every waiting message would be gigabytes.
/// </summary>
/// <param name="database">Where they stand.</param>
public sealed class AnnouncedPictures(Database database)
{
    // Small ones: every reader loads them. What has begun to go out does not change any more.
    private const int MaxKept = 8;

    private readonly ConcurrentDictionary<long, OutboundFile?> kept = [];

    /// <summary>An announcement's picture; null for none.</summary>
    /// <param name="announcementId">Which.</param>
    /// <param name="ct">Gives up.</param>
    public async ValueTask<OutboundFile?> OfAsync(long announcementId, CancellationToken ct)
    {
        if (kept.TryGetValue(announcementId, out var known))
            return known;
        OutboundFile? picture;
        await using (var connection = await database.OpenAsync(ct))
            picture = await ReadAsync(announcementId, connection, null, ct);
        if (kept.Count >= MaxKept)
            kept.Clear();
        kept[announcementId] = picture;
        return picture;
    }

    /// <summary>Reads an announcement's picture; null for none.</summary>
    /// <param name="announcementId">Which.</param>
    /// <param name="connection">Where.</param>
    /// <param name="transaction">Inside which; null for none.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task<OutboundFile?> ReadAsync(long announcementId, DbConnection connection, DbTransaction? transaction, CancellationToken ct)
    {
        await using var query = Commands.Command(
            connection, transaction,
            // A copy of the version before may still write where pictures stood then.
            """
            SELECT bytes, mime_type, 0 AS place FROM announcement_pictures WHERE announcement_id = @id
            UNION ALL SELECT picture, picture_type, 1 FROM announcements WHERE id = @id AND picture IS NOT NULL ORDER BY place
            """,
            ("id", announcementId));
        await using var row = await query.ExecuteReaderAsync(ct);
        return await row.ReadAsync(ct) ? OutboundFile.Picture("pengumuman", row.GetString(1), row.GetFieldValue<byte[]>(0)) : null;
    }
}
