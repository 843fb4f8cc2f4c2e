using System.Text.Json;
using KkmpBot.Channels;
using KkmpBot.Data;

namespace KkmpBot.Conversations;

/// <summary>Messages that could not be handled, kept sealed for a look and a replay.</summary>
public static class DeadLetters
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
}
