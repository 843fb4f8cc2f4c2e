using System.Data.Common;
using System.Globalization;
using KkmpBot.Channels;
using KkmpBot.Data;

namespace KkmpBot.Operations;

/// <summary>How long rows of a kind are kept.</summary>
/// <param name="Table">The table.</param>
/// <param name="Key">The columns that identify a row.</param>
/// <param name="Time">The column that says how old a row is; a time column, or milliseconds since 1970 where <paramref name="InMilliseconds"/>.</param>
/// <param name="Kept">How long.</param>
/// <param name="Why">Why that long, for whoever asks.</param>
/// <param name="If">Which rows may go, an SQL condition; null for all.</param>
/// <param name="InMilliseconds">True where <paramref name="Time"/> counts milliseconds.</param>
public sealed record Keeping(string Table, string Key, string Time, TimeSpan Kept, string Why, string? If = null, bool InMilliseconds = false);

/// <summary>
/// How long everything is kept that no law asks to keep, on one page, and the deletion of what is older. The register, the books, consents and the
/// audit log have no line here: they stay (UU 25/1992 art. 30, UU 8/1997 art. 11, UU 27/2022 art. 24 and 31).
/// </summary>
public static class Retention
{
    /// <summary>Rows that are deleted in one transaction, behind the turns.</summary>
    public const int ChunkRows = 500;

    private const string Finished = "status IN (1, 2, 3, 4, 6, 8)";

    private static readonly string[] Unfinished = ["status = 0 AND kind < 2", "status = 0 AND kind = 2", "status = 5", "status = 7"];

    /// <summary>Every kind.</summary>
    public static IReadOnlyList<Keeping> Times { get; } =
    [
        new("outbox", "id", "created_utc", Days(30), "messages are sent by then, or never; their words are personal",
            Finished + " AND NOT EXISTS (SELECT 1 FROM dead_letters WHERE outbox_id = outbox.id)"),
        new("received_updates", "channel, update_key", "at_utc", Days(14), "WhatsApp redelivers for 7 days, Telegram for one"),
        new("web_activities", "conversation_id, sequence", "at_utc", Days(30), "the web chat shows a month back", "pending = 0"),
        new("web_files", "conversation_id, sequence", "at_utc", TimeSpan.FromHours(1), "what a dialog wanted of them was fetched long before"),
        new("web_conversations", "id", "last_stamp", Days(60), "a browser that comes back later begins a new one",
            "NOT EXISTS (SELECT 1 FROM web_activities WHERE conversation_id = web_conversations.id)", InMilliseconds: true),
        new("dead_letters", "id", "at_utc", Days(90), "long enough to look into a failure and replay it"),
        new("deliveries", "message_key", "at_utc", Days(400), "a year's charges can be checked"),
        new("hand_over_choices", "outbox_id", "at_utc", Days(400), "a year's charges can be checked"),
        new("number_changes", "id", "at_utc", Days(90), "an officer has decided by then", "status <> 'open'"),
        new("lexicon_misses", "id", "last_utc", Days(180), "nobody has taught the word by then"),
        new("link_codes", "id", "created_utc", Days(1), "a code is good for ten minutes"),
        new("link_tries", "id", "at_utc", Days(1), "wrong codes count for an hour"),
        new("nik_links", "id", "created_utc", Members.NikLink.Kept, "a link is good for a quarter of an hour, and what was written is taken within one"),
        new("invitation_uses", "id", "at_utc", Days(180), "who came through it and never registered",
            "NOT EXISTS (SELECT 1 FROM members WHERE members.person_id = invitation_uses.person_id)"),
        new("office_links", "id", "created_utc", Days(1), "a sign-in link is good for minutes"),
        new("office_sessions", "id", "seen_utc", Days(30), "a browser that was not seen for a month signs in anew"),
        new("alert_days", "person_id, goods, day", "day", Days(60), "who was told of what is asked for the same day only"),
        new("officer_acts", "id", "at_utc", Days(7), "an act is taken back within a minute"),
        new("complaints", "id", "answered_utc", Days(365), "answered; a year to come back to it", "answered_utc IS NOT NULL"),
        new("handovers", "id", "closed_utc", Days(180), "answered; half a year to come back to it", "closed_utc IS NOT NULL"),
        new("stock_waits", "id", "asked_utc", Days(60), "the queue has moved on", "status NOT IN ('waiting', 'offered')"),
        new("conversations", "id", "updated_utc", Days(180), "a stranger who never became anybody", Strangers("conversations.id")),
        new("channel_addresses", "id", "last_seen_utc", Days(180), "a stranger who never became anybody", Strangers("channel_addresses.person_id")),
        new("people", "id", "created_utc", Days(181), "a stranger who never became anybody",
            Strangers("people.id") + " AND NOT EXISTS (SELECT 1 FROM channel_addresses WHERE person_id = people.id)"
                + " AND NOT EXISTS (SELECT 1 FROM conversations WHERE conversations.id = people.id)"
                // What is finished went a month after it was written; each of these reads an index of what is not.
                + string.Concat(Unfinished.Select(open => $" AND people.id NOT IN (SELECT conversation_id FROM outbox WHERE {open})"))),
    ];

    /// <summary>Deletes what is older than its time, kind by kind, in chunks.</summary>
    /// <param name="database">Where the oldest rows are looked for, beside the turns.</param>
    /// <param name="write">Runs a chunk in the writer's order.</param>
    /// <param name="utcNow">Now.</param>
    /// <param name="ct">Stops between two chunks.</param>
    /// <returns>Rows deleted, by table; those with none left out.</returns>
    public static async Task<IReadOnlyDictionary<string, int>> RunAsync(Database database, WriteRows write, DateTime utcNow, CancellationToken ct)
    {
        var deleted = new Dictionary<string, int>();
        foreach (var kind in Times)
        {
            // Looked for on a connection of its own: most days there is nothing, and the writer need not know.
            while (await AnyAsync(database, kind, utcNow, ct))
            {
                int rows = 0;
                await write(async (connection, transaction, token) => rows = await DeleteAsync(kind, connection, transaction, utcNow, token), ct);
                if (rows == 0)
                    break;
                deleted[kind.Table] = deleted.GetValueOrDefault(kind.Table) + rows;
            }
        }
        return deleted;
    }

    private static async Task<bool> AnyAsync(Database database, Keeping kind, DateTime utcNow, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        await using var query = connection.Command(null, $"SELECT 1 FROM {kind.Table} WHERE {Condition(kind)} LIMIT 1", ("before", Before(kind, utcNow)));
        return await query.ExecuteScalarAsync(ct) is not null;
    }

    private static async Task<int> DeleteAsync(Keeping kind, DbConnection connection, DbTransaction transaction, DateTime utcNow, CancellationToken ct)
    {
        string limit = ChunkRows.ToString(CultureInfo.InvariantCulture);
        await using var command = connection.Command(
            transaction,
            $"DELETE FROM {kind.Table} WHERE ({kind.Key}) IN (SELECT {kind.Key} FROM {kind.Table} WHERE {Condition(kind)} LIMIT {limit})",
            ("before", Before(kind, utcNow)));
        return await command.ExecuteNonQueryAsync(ct);
    }

    private static string Condition(Keeping kind) => kind.If is null ? $"{kind.Time} < @before" : $"{kind.Time} < @before AND {kind.If}";

    private static object Before(Keeping kind, DateTime utcNow)
    {
        var before = utcNow - kind.Kept;
        return kind.InMilliseconds ? new DateTimeOffset(before, TimeSpan.Zero).ToUnixTimeMilliseconds() : before;
    }

    private static string Strangers(string person) => string.Join(" AND ", new[]
    {
        $"NOT EXISTS (SELECT 1 FROM members WHERE members.person_id = {person})",
        $"NOT EXISTS (SELECT 1 FROM officers WHERE officers.person_id = {person})",
        $"NOT EXISTS (SELECT 1 FROM consents WHERE consents.person_id = {person})",
        $"NOT EXISTS (SELECT 1 FROM orders WHERE orders.person_id = {person})",
        $"NOT EXISTS (SELECT 1 FROM complaints WHERE complaints.person_id = {person})",
        $"NOT EXISTS (SELECT 1 FROM household_links WHERE household_links.person_id = {person})",
        $"NOT EXISTS (SELECT 1 FROM handovers WHERE handovers.person_id = {person})",
        $"NOT EXISTS (SELECT 1 FROM people AS known WHERE known.id = {person} AND known.phone IS NOT NULL)",
    });

    private static TimeSpan Days(int days) => TimeSpan.FromDays(days);
}
