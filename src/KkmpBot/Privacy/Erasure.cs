using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;
using KkmpBot.Conversations;
using KkmpBot.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace KkmpBot.Privacy;

/// <summary>
/// Takes a person out of the database (UU 27/2022 art. 43): what no law asks for is removed, what one does loses every personal value and keeps only
/// the number of a person whom nothing names any more.
/// </summary>
/// <param name="turn">The turn, whose transaction it belongs to.</param>
/// <param name="ct">Gives up.</param>
internal sealed class Erasure(Turn turn, CancellationToken ct)
{
    private const int IndexLength = 16;
    private readonly DbConnection connection = turn.Db.Database.GetDbConnection();
    private readonly DbTransaction? transaction = turn.Db.Database.CurrentTransaction?.GetDbTransaction();

    /// <summary>Erases a person.</summary>
    /// <param name="personId">Whom.</param>
    /// <param name="keptAddressId">The address that the reply goes to, which is forgotten later; null to forget all.</param>
    public async Task EraseAsync(long personId, long? keptAddressId)
    {
        await turn.Db.SaveChangesAsync(ct);
        await ForgetWebAsync(personId, keptAddressId);
        await ForgetDeadLettersAsync(personId);
        await ExecuteAsync("UPDATE deliveries SET outbox_id = NULL WHERE outbox_id IN (SELECT id FROM outbox WHERE conversation_id = @person)", personId);
        await ExecuteAsync(
            "DELETE FROM order_lines WHERE order_id IN (SELECT id FROM orders WHERE person_id = @person AND status = 'draft')", personId);
        await ExecuteAsync("DELETE FROM orders WHERE person_id = @person AND status = 'draft'", personId);
        // People and members come last: the others are found by them.
        foreach (var kind in HeldReader.Kinds(turn.Db).OrderBy(kind => kind.Table is "members" or "people" ? 1 : 0))
            await EraseAsync(kind, personId, keptAddressId);
        await ExecuteAsync("UPDATE members SET status = 'left' WHERE person_id = @person AND status IN ('pending', 'approved')", personId);
        await ExecuteAsync("DELETE FROM people WHERE id = @person AND NOT EXISTS (SELECT 1 FROM members WHERE person_id = @person)"
            + " AND NOT EXISTS (SELECT 1 FROM consents WHERE person_id = @person) AND NOT EXISTS (SELECT 1 FROM channel_addresses WHERE person_id = @person)", personId);
        turn.Db.ChangeTracker.Clear();
    }

    private async Task EraseAsync(HeldRows kind, long personId, long? keptAddressId)
    {
        switch (kind.WhenErased)
        {
            case WhenErased.Removed when kind.Table == "channel_addresses" && keptAddressId is { } kept:
                await ExecuteAsync($"DELETE FROM channel_addresses WHERE {kind.ErasedWhere} AND id <> @kept", personId, ("kept", kept));
                break;
            case WhenErased.Removed:
                await ExecuteAsync($"DELETE FROM {kind.Table} WHERE {kind.ErasedWhere}", personId);
                break;
            case WhenErased.Blanked:
                await BlankAsync(kind, personId);
                break;
            default:
                break;
        }
    }

    // Row by row: two blind indexes may not be equal, whatever they were.
    private async Task BlankAsync(HeldRows kind, long personId)
    {
        var ids = new List<long>();
        await using (var query = connection.Command(transaction, $"SELECT id FROM {kind.Table} WHERE {kind.ErasedWhere}", ("person", personId)))
        await using (var rows = await query.ExecuteReaderAsync(ct))
        {
            while (await rows.ReadAsync(ct))
                ids.Add(rows.GetInt64(0));
        }
        string set = string.Join(", ", kind.Blanks.Select(blank => $"{blank.Key} = {(blank.Value == Blank.Null ? "NULL" : $"@{blank.Key}")}"));
        foreach (long id in ids)
        {
            (string, object?)[] values = [("id", id), .. kind.Blanks.Where(blank => blank.Value != Blank.Null).Select(blank => (blank.Key, Value(blank.Value)))];
            await using var update = connection.Command(transaction, $"UPDATE {kind.Table} SET {set} WHERE id = @id", values);
            await update.ExecuteNonQueryAsync(ct);
        }
    }

    private object Value(Blank blank) => blank switch
    {
        Blank.Empty => turn.Vault.Seal("").Cipher,
        Blank.Random => RandomNumberGenerator.GetBytes(IndexLength),
        _ => false,
    };

    // The web chat knows its people by their address only.
    private async Task ForgetWebAsync(long personId, long? keptAddressId)
    {
        foreach (var address in await AddressesAsync(personId, "web"))
        {
            byte[] user = turn.Vault.Index("web user", address.Text);
            await ExecuteAsync("DELETE FROM web_files WHERE conversation_id IN (SELECT id FROM web_conversations WHERE user_index = @user)", personId, ("user", user));
            await ExecuteAsync("DELETE FROM web_activities WHERE conversation_id IN (SELECT id FROM web_conversations WHERE user_index = @user)", personId, ("user", user));
            // Where the reply goes there has to be a conversation to show it in.
            if (address.Id != keptAddressId)
                await ExecuteAsync("DELETE FROM web_conversations WHERE user_index = @user", personId, ("user", user));
        }
    }

    // A message that could not be handled has no person yet: only its sealed address says whose it is.
    private async Task ForgetDeadLettersAsync(long personId)
    {
        await ExecuteAsync("DELETE FROM dead_letters WHERE outbox_id IN (SELECT id FROM outbox WHERE conversation_id = @person)", personId);
        var own = (await AddressesAsync(personId, null)).Select(address => (address.Channel, address.Text)).ToHashSet();
        var theirs = new List<long>();
        await using (var query = Commands.Command(connection, transaction, "SELECT id, channel, payload FROM dead_letters WHERE outbox_id IS NULL"))
        await using (var rows = await query.ExecuteReaderAsync(ct))
        {
            while (await rows.ReadAsync(ct))
            {
                if (own.Contains((rows.GetString(1), DeadLetters.AddressOf(rows.GetFieldValue<byte[]>(2), turn.Vault))))
                    theirs.Add(rows.GetInt64(0));
            }
        }
        foreach (long id in theirs)
            await ExecuteAsync("DELETE FROM dead_letters WHERE id = @id", personId, ("id", id));
    }

    private async Task<List<(long Id, string Channel, string Text)>> AddressesAsync(long personId, string? channel)
    {
        var found = new List<(long, string, string)>();
        await using var query = connection.Command(transaction, "SELECT id, channel, address FROM channel_addresses WHERE person_id = @person", ("person", personId));
        await using var rows = await query.ExecuteReaderAsync(ct);
        while (await rows.ReadAsync(ct))
        {
            if (channel is null || rows.GetString(1) == channel)
                found.Add((rows.GetInt64(0), rows.GetString(1), turn.Vault.Open(new SealedText(rows.GetFieldValue<byte[]>(2)))));
        }
        return found;
    }

    private async Task ExecuteAsync(string sql, long personId, params (string Name, object? Value)[] values)
    {
        (string, object?)[] all = sql.Contains("@person", StringComparison.Ordinal) ? [("person", personId), .. values] : values;
        await using var command = connection.Command(transaction, sql, all);
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>The text of an id.</summary>
    public static string Subject(long id) => id.ToString(CultureInfo.InvariantCulture);
}
