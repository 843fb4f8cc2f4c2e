using System.Text.Json;
using KkmpBot.Channels;
using KkmpBot.Data;

namespace KkmpBot.Conversations;

/// <summary>What became of a dead letter that was to be replayed.</summary>
public enum ReplayOutcome
{
    /// <summary>It is done: the message went through its turn, or waits in the outbox again.</summary>
    Done,
    /// <summary>There is none with this id, or it was replayed before.</summary>
    Gone,
}

/// <summary>Messages that could not be handled or delivered, kept sealed for a look and a replay.</summary>
/// <param name="alone">Runs the turn.</param>
/// <param name="runner">What the turn does.</param>
/// <param name="vault">Opens the message.</param>
/// <param name="time">The clock.</param>
public sealed class DeadLetters(TurnAlone alone, TurnRunner runner, Vault vault, TimeProvider time)
{
    /// <summary>The dead letter of a message.</summary>
    /// <param name="message">The message.</param>
    /// <param name="failureClass">poison or killed.</param>
    /// <param name="cause">As <see cref="DatabaseFailure.Describe"/> says it.</param>
    /// <param name="vault">Seals the message.</param>
    /// <param name="utcNow">When.</param>
    public static DeadLetter Of(InboundMessage message, string failureClass, string cause, Vault vault, DateTime utcNow) => new()
    {
        Channel = message.Channel,
        UpdateKey = message.UpdateKey,
        Payload = vault.SealBytes(JsonSerializer.SerializeToUtf8Bytes(message, ConversationJson.Default.InboundMessage)),
        Class = failureClass,
        Cause = cause,
        AtUtc = utcNow,
    };

    /// <summary>
    /// Makes a message go through its turn again, once: that it was replayed commits with what the turn does. A turn that fails again throws, and
    /// the letter stays. A message to a person waits in the outbox again.
    /// </summary>
    /// <param name="id">The dead letter.</param>
    /// <param name="writer">The connection to write by.</param>
    /// <param name="ct">Gives up.</param>
    public async Task<ReplayOutcome> ReplayAsync(long id, Writer writer, CancellationToken ct)
    {
        var outcome = ReplayOutcome.Gone;
        await alone.RunAsync(writer, async at =>
        {
            outcome = ReplayOutcome.Gone;
            var utcNow = time.GetUtcNow().UtcDateTime;
            if (await TakeAsync(id, at, utcNow, ct) is not { } letter)
                return TurnResult.Duplicate;
            outcome = ReplayOutcome.Done;
            if (letter.OutboxId is { } outboxId)
            {
                await SendAgainAsync(outboxId, at, utcNow, ct);
                return new TurnResult(TurnReceipt.Committed, []);
            }
            // The platform's own id is spent: the apology was said under it.
            return await runner.RunAsync(Open(letter.Payload) with { UpdateKey = $"replay:{id}" }, at, utcNow, ct);
        }, ct);
        return outcome;
    }

    /// <summary>Who wrote a message that could not be handled: their address in the platform's own form.</summary>
    /// <param name="payload">The letter's sealed message.</param>
    /// <param name="vault">Opens it.</param>
    public static string AddressOf(byte[] payload, Vault vault) =>
        JsonSerializer.Deserialize(vault.OpenBytes(payload), ConversationJson.Default.InboundMessage)?.Address ?? "";

    private InboundMessage Open(byte[] payload) =>
        JsonSerializer.Deserialize(vault.OpenBytes(payload), ConversationJson.Default.InboundMessage)
        ?? throw new InvalidDataException("A dead letter is null.");

    private static async Task<(byte[] Payload, long? OutboxId)?> TakeAsync(long id, TurnWorkspace at, DateTime utcNow, CancellationToken ct)
    {
        await using var command = at.Connection.Command(
            at.Transaction, "UPDATE dead_letters SET replayed_utc = @p1 WHERE id = @p0 AND replayed_utc IS NULL RETURNING payload, outbox_id", id, utcNow);
        await using var row = await command.ExecuteReaderAsync(ct);
        return await row.ReadAsync(ct) ? (row.GetFieldValue<byte[]>(0), row.IsDBNull(1) ? null : row.GetInt64(1)) : null;
    }

    private static async Task SendAgainAsync(long outboxId, TurnWorkspace at, DateTime utcNow, CancellationToken ct)
    {
        await using var command = at.Connection.Command(
            at.Transaction,
            """
            UPDATE outbox SET status = 0, attempts = 0, reason = NULL, leased_by = 0, leased_until_utc = @p1 WHERE id = @p0 AND status IN (2, 4)
            """, outboxId, utcNow);
        await command.ExecuteNonQueryAsync(ct);
    }
}
