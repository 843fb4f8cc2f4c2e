using System.Data.Common;
using System.Globalization;
using KkmpBot.Channels;
using KkmpBot.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace KkmpBot.Operations;

/// <summary>
/// Seals anew, with the active key, what an older one sealed, and indexes anew what is looked up blindly: table by table, in chunks behind the turns.
/// A value that a turn changed meanwhile is left to the turn, which wrote it with the active key.
/// </summary>
/// <param name="database">Where the rows are read, beside the turns.</param>
/// <param name="vault">With both keys.</param>
/// <param name="write">Writes a chunk in the writer's order.</param>
public sealed class KeyRenewal(Database database, Vault vault, WriteRows write)
{
    /// <summary>Rows that are read, and at most written, at once.</summary>
    public const int ChunkRows = 200;

    // Sealed JSON beside the sealed texts.
    private static readonly (string Table, string Column)[] SealedBytes =
        [("conversations", "state"), ("outbox", "payload"), ("dead_letters", "payload"), ("web_activities", "activity"), ("web_files", "content")];

    // The blind index of a sealed column; address: goes on with the row's channel.
    private static readonly (string Table, string Index, string Of, string Kind)[] Indexed =
    [
        ("people", "phone_index", "phone", "phone"), ("members", "nik_index", "nik", "nik"), ("members", "nip_index", "nip", "nip"),
        ("channel_addresses", "address_index", "address", "address:"), ("number_changes", "new_address_index", "new_address", "address:"),
        ("web_conversations", "user_index", "user", "web user"),
    ];

    private sealed record Sheet(string Table, string[] Keys, string[] Sealed, (string Index, string Of, string Kind)[] Indexes, string? Channel);

    private sealed record Change(string Column, byte[] Old, byte[] New);

    private sealed record Row(object[] Keys, IReadOnlyList<Change> Changes);

    /// <summary>Goes through everything once.</summary>
    /// <param name="ct">Stops between two chunks.</param>
    /// <returns>Values that had to be renewed; 0 when nothing of an older key is left.</returns>
    public async Task<long> RunAsync(CancellationToken ct) => await WalkAsync(async (sheet, rows) =>
        await write(async (connection, transaction, token) =>
        {
            foreach (var row in rows)
                await WriteAsync(sheet, row, connection, transaction, token);
        }, ct), ct);

    /// <summary>Values that an older key sealed or indexed.</summary>
    /// <param name="ct">Gives up.</param>
    public Task<long> CountOldAsync(CancellationToken ct) => WalkAsync((_, _) => Task.CompletedTask, ct);

    private async Task<long> WalkAsync(Func<Sheet, IReadOnlyList<Row>, Task> found, CancellationToken ct)
    {
        long values = 0;
        foreach (var sheet in Sheets())
        {
            object[]? after = null;
            while (true)
            {
                var (rows, last, count) = await ReadAsync(sheet, after, ct);
                if (rows.Count > 0)
                    await found(sheet, rows);
                values += rows.Sum(row => row.Changes.Count);
                if (count < ChunkRows)
                    break;
                after = last;
            }
        }
        return values;
    }

    private async Task<(List<Row> Rows, object[]? Last, int Count)> ReadAsync(Sheet sheet, object[]? after, CancellationToken ct)
    {
        string keys = string.Join(", ", sheet.Keys);
        string columns = string.Join(", ", [.. sheet.Keys, .. sheet.Sealed, .. sheet.Indexes.Select(index => index.Index), .. sheet.Channel is { } channel ? new[] { channel } : []]);
        string where = after is null ? "" : $"WHERE ({keys}) > ({string.Join(", ", sheet.Keys.Select((_, i) => Name(i)))})";
        await using var connection = await database.OpenAsync(ct);
        await using var query = Commands.Command(
            connection, null, $"SELECT {columns} FROM {sheet.Table} {where} ORDER BY {keys} LIMIT {ChunkRows}", [.. (after ?? []).Select((key, i) => (Name(i)[1..], (object?)key))]);
        var rows = new List<Row>();
        object[]? last = null;
        int count = 0;
        await using var reader = await query.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            count++;
            last = [.. Enumerable.Range(0, sheet.Keys.Length).Select(reader.GetValue)];
            var changes = Changes(sheet, reader);
            if (changes.Count > 0)
                rows.Add(new Row(last, changes));
        }
        return (rows, last, count);
    }

    private List<Change> Changes(Sheet sheet, DbDataReader row)
    {
        var changes = new List<Change>();
        var opened = new Dictionary<string, string>();
        for (int i = 0; i < sheet.Sealed.Length; i++)
        {
            int at = sheet.Keys.Length + i;
            if (row.IsDBNull(at))
                continue;
            byte[] cipher = row.GetFieldValue<byte[]>(at);
            if (cipher.Length == 0)
                continue;
            if (vault.IsOld(cipher))
                changes.Add(new Change(sheet.Sealed[i], cipher, vault.SealBytes(vault.OpenBytes(cipher))));
            if (sheet.Indexes.Any(index => index.Of == sheet.Sealed[i]))
                opened[sheet.Sealed[i]] = vault.Open(new SealedText(cipher));
        }
        for (int i = 0; i < sheet.Indexes.Length; i++)
        {
            int at = sheet.Keys.Length + sheet.Sealed.Length + i;
            var (column, of, kind) = sheet.Indexes[i];
            // What was erased has an index that leads nowhere, and stays so.
            if (row.IsDBNull(at) || !opened.TryGetValue(of, out string? text) || text.Length == 0)
                continue;
            byte[] old = row.GetFieldValue<byte[]>(at);
            byte[] now = vault.Index(kind == "address:" ? kind + row.GetString(row.FieldCount - 1) : kind, text);
            if (!old.AsSpan().SequenceEqual(now))
                changes.Add(new Change(column, old, now));
        }
        return changes;
    }

    private static async Task WriteAsync(Sheet sheet, Row row, DbConnection connection, DbTransaction transaction, CancellationToken ct)
    {
        string where = string.Join(" AND ", sheet.Keys.Select((key, i) => $"{key} = {Name(i)}"));
        var keys = row.Keys.Select((key, i) => (Name(i)[1..], (object?)key)).ToList();
        foreach (var change in row.Changes)
        {
            await using var update = Commands.Command(
                connection, transaction, $"UPDATE {sheet.Table} SET {change.Column} = @new WHERE {where} AND {change.Column} = @old",
                [.. keys, ("new", change.New), ("old", change.Old)]);
            await update.ExecuteNonQueryAsync(ct);
            // What one NIK bought in all cooperatives is counted by it: all its rows change together.
            if (change.Column != "nik_index")
                continue;
            foreach (string table in new[] { "members", "orders" })
            {
                await using var all = Commands.Command(
                    connection, transaction, $"UPDATE {table} SET nik_index = @new WHERE nik_index = @old", ("new", change.New), ("old", change.Old));
                await all.ExecuteNonQueryAsync(ct);
            }
        }
    }

    private IEnumerable<Sheet> Sheets()
    {
        IModel model = database.Model;
        foreach (var entity in model.GetEntityTypes())
        {
            string table = entity.GetTableName()!;
            string[] texts = [.. entity.GetProperties().Where(property => property.ClrType == typeof(SealedText)).Select(property => Quoted(property.GetColumnName()))];
            string[] bytes = [.. SealedBytes.Where(item => item.Table == table).Select(item => item.Column)];
            if (texts.Length + bytes.Length == 0)
                continue;
            var indexes = Indexed.Where(item => item.Table == table).Select(item => (item.Index, Quoted(item.Of), item.Kind)).ToArray();
            string? channel = table switch
            {
                "channel_addresses" => "channel",
                "number_changes" => "COALESCE((SELECT channel FROM channel_addresses WHERE channel_addresses.id = number_changes.old_address_id), '')",
                _ => null,
            };
            yield return new Sheet(table, [.. entity.FindPrimaryKey()!.Properties.Select(key => Quoted(key.GetColumnName()))], [.. texts, .. bytes], indexes, channel);
        }
    }

    // A column may be named like a word of SQL.
    private static string Quoted(string column) => column == "user" ? "\"user\"" : column;

    private static string Name(int i) => string.Create(CultureInfo.InvariantCulture, $"@key{i}");
}
