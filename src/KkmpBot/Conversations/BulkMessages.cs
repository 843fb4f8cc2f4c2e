using System.Data.Common;
using System.Globalization;
using System.Text;
using KkmpBot.Data;

namespace KkmpBot.Conversations;

/// <summary>One of many messages to many people.</summary>
/// <param name="PersonId">The reader.</param>
/// <param name="AddressId">Where they read; not one they blocked.</param>
/// <param name="Channel">The channel of the address.</param>
/// <param name="Payload">What they read.</param>
public sealed record BulkMessage(long PersonId, long AddressId, string Channel, OutboxPayload Payload);

/// <summary>Puts bulk messages into the outbox, where they wait behind every reply and beside other cooperatives' bulk messages.</summary>
/// <param name="vault">Seals them.</param>
public sealed class BulkMessages(Vault vault)
{
    /// <summary>Messages of one transaction; a longer list goes in several, so that no turn waits long.</summary>
    public const int MaxRows = 500;

    /// <summary>Writes one chunk, nobody's yet.</summary>
    /// <param name="cooperativeId">Whose messages they are.</param>
    /// <param name="announcementId">The announcement they belong to; null for none.</param>
    /// <param name="messages">1 to <see cref="MaxRows"/>.</param>
    /// <param name="connection">The writer's.</param>
    /// <param name="transaction">The transaction that they belong to, with the mark that they were written.</param>
    /// <param name="utcNow">When.</param>
    /// <param name="ct">Gives up.</param>
    public async Task AddAsync(
        int cooperativeId, long? announcementId, IReadOnlyList<BulkMessage> messages, DbConnection connection, DbTransaction transaction, DateTime utcNow,
        CancellationToken ct)
    {
        if (messages.Count is 0 or > MaxRows)
            throw new ArgumentException($"A chunk has 1 to {MaxRows} messages, not {messages.Count}.", nameof(messages));
        await using var insert = connection.Command(transaction, "", utcNow, cooperativeId, announcementId);
        var sql = new StringBuilder(
            """
            INSERT INTO outbox (
                kind, status, attempts, leased_by, leased_until_utc, created_utc, cooperative_id, announcement_id, conversation_id, address_id, channel, payload) VALUES
            """);
        foreach (var message in messages)
        {
            var first = insert.Parameters.Count;
            sql.Append(first == 3 ? " " : ", ")
                .Append(CultureInfo.InvariantCulture, $"(2, 0, 0, 0, @p0, @p0, @p1, @p2, @p{first}, @p{first + 1}, @p{first + 2}, @p{first + 3})");
            insert.Add(message.PersonId);
            insert.Add(message.AddressId);
            insert.Add(message.Channel);
            insert.Add(message.Payload.Seal(vault));
        }
        insert.CommandText = sql.ToString();
        await insert.ExecuteNonQueryAsync(ct);
    }
}
