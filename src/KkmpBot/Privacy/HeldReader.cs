using System.Data.Common;
using System.Globalization;
using KkmpBot.Conversations;
using KkmpBot.Data;
using KkmpBot.Dialogs.Model;
using KkmpBot.Dialogs.Texts;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Privacy;

/// <summary>A row that is held about somebody, in words.</summary>
/// <param name="Values">Title and text of each column that holds something.</param>
public sealed record HeldRow(IReadOnlyList<(string Title, string Text)> Values);

/// <summary>The rows of a kind, the newest first.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Rows">At most <see cref="HeldReader.MaxRows"/>.</param>
/// <param name="Count">All there are.</param>
public sealed record HeldSection(HeldRows Kind, IReadOnlyList<HeldRow> Rows, long Count);

/// <summary>Reads everything that is held about a person, as they are entitled to (UU 27/2022 art. 32).</summary>
/// <param name="db">A context, with the transaction it stands in.</param>
/// <param name="vault">Opens what is sealed.</param>
/// <param name="ct">Gives up.</param>
public sealed class HeldReader(KkmpDbContext db, Vault vault, CancellationToken ct)
{
    /// <summary>Rows of a kind that are shown; a file that goes through a chat has its limit, and <see cref="HeldSection.Count"/> says what is missing.</summary>
    public const int MaxRows = 200;

    // Of each kind, the newest: more than anybody orders in years.
    private const int MaxSubjects = 2_000;
    private const int MaxMessageLength = 300;

    /// <summary>The kinds that have a table in this program, in order.</summary>
    public static IEnumerable<HeldRows> Kinds(KkmpDbContext db)
    {
        var tables = db.Model.GetEntityTypes().Select(entity => entity.GetTableName()).ToHashSet();
        return HeldData.All.Where(kind => tables.Contains(kind.Table));
    }

    /// <summary>Reads all kinds that hold something.</summary>
    /// <param name="personId">Whose.</param>
    public async Task<IReadOnlyList<HeldSection>> ReadAsync(long personId)
    {
        var sections = new List<HeldSection>();
        foreach (var kind in Kinds(db))
        {
            await using var count = Command($"SELECT COUNT(*) FROM {kind.From} WHERE {kind.Where}", personId);
            long rows = Convert.ToInt64(await count.ExecuteScalarAsync(ct), CultureInfo.InvariantCulture);
            if (rows > 0)
                sections.Add(new HeldSection(kind, await RowsAsync(kind, personId), rows));
        }
        return sections;
    }

    /// <summary>How the audit log names what is theirs: <c>member:12</c>, <c>order:7</c> …</summary>
    /// <param name="personId">Whose.</param>
    public async Task<HashSet<string>> SubjectsAsync(long personId)
    {
        var subjects = new HashSet<string>(StringComparer.Ordinal);
        foreach (var kind in Kinds(db).Where(kind => kind.Subject is not null))
        {
            await using var query = Command($"SELECT id FROM {kind.Table} WHERE {kind.Where} ORDER BY id DESC LIMIT {MaxSubjects}", personId);
            await using var rows = await query.ExecuteReaderAsync(ct);
            while (await rows.ReadAsync(ct))
                subjects.Add(string.Create(CultureInfo.InvariantCulture, $"{kind.Subject}:{rows.GetInt64(0)}"));
        }
        return subjects;
    }

    private async Task<IReadOnlyList<HeldRow>> RowsAsync(HeldRows kind, long personId)
    {
        if (kind.Columns.Count == 0)
            return [];
        string columns = string.Join(", ", kind.Columns.Select(column => column.Name));
        await using var query = Command($"SELECT {columns} FROM {kind.From} WHERE {kind.Where} ORDER BY {kind.Newest} DESC LIMIT {MaxRows}", personId);
        await using var rows = await query.ExecuteReaderAsync(ct);
        var read = new List<HeldRow>();
        while (await rows.ReadAsync(ct))
        {
            var values = kind.Columns
                .Select((column, i) => (column.Title, Text: rows.IsDBNull(i) ? "" : Text(column.Form, rows, i)))
                .Where(value => value.Text.Length > 0);
            read.Add(new HeldRow([.. values]));
        }
        return read;
    }

    private string Text(HeldForm form, DbDataReader row, int i) => form switch
    {
        HeldForm.Sealed => vault.Open(new SealedText(row.GetFieldValue<byte[]>(i))),
        HeldForm.SealedNumber => Masks.Nik(vault.Open(new SealedText(row.GetFieldValue<byte[]>(i)))),
        HeldForm.Time => Moment(row.GetDateTime(i)),
        HeldForm.Day => Days.Short(row.GetFieldValue<DateOnly>(i), "id"),
        HeldForm.Rupiah => Rupiah.Write(Convert.ToInt64(row.GetValue(i), CultureInfo.InvariantCulture)),
        HeldForm.YesNo => row.GetBoolean(i) ? "ya" : "tidak",
        HeldForm.Message => Cut(OutboxPayload.Open(vault, row.GetFieldValue<byte[]>(i)).Text),
        HeldForm.Conversation => Remembered(StoredConversation.Open(vault, row.GetFieldValue<byte[]>(i)).State),
        _ => HeldWords.Of(Convert.ToString(row.GetValue(i), CultureInfo.InvariantCulture) ?? ""),
    };

    /// <summary>A moment as people write it: "23 Nov 2026 09.00".</summary>
    internal static string Moment(DateTime utc) => $"{Days.Short(Wib.Day(utc), "id")} {Wib.Clock(utc)}";

    private static string Cut(string text) => text.Length <= MaxMessageLength ? text : $"{text[..MaxMessageLength]}…";

    private static string Remembered(ConversationState state) => string.Join("; ", state.Frames.Concat(state.Parked).SelectMany(frame => frame.Memory
        .Where(slot => slot.Value is TextValue { Text.Length: > 0 })
        .Select(slot => $"{frame.Dialog}, {slot.Key}: {HeldWords.Shown(((TextValue)slot.Value).Text)}")));

    private DbCommand Command(string sql, long personId) => db.Statements().Command(sql, ("person", personId));
}
