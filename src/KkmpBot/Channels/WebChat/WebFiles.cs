using System.Data.Common;
using System.Globalization;
using KkmpBot.Data;

namespace KkmpBot.Channels.WebChat;

/// <summary>
/// Pictures that people upload in the web chat, sealed. They are held for an hour, so that a dialog that wants one can have it fetched; what no dialog
/// wanted is gone then.
/// </summary>
internal sealed class WebFiles(Database database, Vault vault)
{
    /// <summary>How long one is held; fetching is tried for a quarter of an hour.</summary>
    public static readonly TimeSpan HeldFor = TimeSpan.FromHours(1);

    /// <summary>Holds a picture, and forgets those that were held long enough.</summary>
    /// <param name="connection">Where the activity is written.</param>
    /// <param name="transaction">Its transaction.</param>
    /// <param name="stamp">The activity.</param>
    /// <param name="picture">What came with it.</param>
    /// <param name="utcNow">Now.</param>
    /// <param name="ct">Gives up.</param>
    public async Task HoldAsync(DbConnection connection, DbTransaction transaction, ActivityStamp stamp, byte[] picture, DateTime utcNow, CancellationToken ct)
    {
        await using (var forget = connection.Command(transaction, "DELETE FROM web_files WHERE at_utc < @before", ("before", utcNow - HeldFor)))
            await forget.ExecuteNonQueryAsync(ct);
        await using var insert = connection.Command(
            transaction, "INSERT INTO web_files (conversation_id, sequence, content, at_utc) VALUES (@conversation, @sequence, @content, @at)",
            ("conversation", stamp.Conversation), ("sequence", stamp.Sequence), ("content", vault.SealBytes(picture)), ("at", utcNow));
        await insert.ExecuteNonQueryAsync(ct);
    }

    /// <summary>The picture of an activity; null when it is not held any more.</summary>
    /// <param name="activityId">The activity's id.</param>
    /// <param name="ct">Gives up.</param>
    public async Task<byte[]?> FindAsync(string activityId, CancellationToken ct)
    {
        if (activityId.Split('|') is not [var conversation, var number] || !long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var sequence))
            return null;
        await using var connection = await database.OpenAsync(ct);
        await using var query = connection.Command(
            null, "SELECT content FROM web_files WHERE conversation_id = @conversation AND sequence = @sequence",
            ("conversation", conversation), ("sequence", sequence));
        return await query.ExecuteScalarAsync(ct) is byte[] sealedBytes ? vault.OpenBytes(sealedBytes) : null;
    }
}
