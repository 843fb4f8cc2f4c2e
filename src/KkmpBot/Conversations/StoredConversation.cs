using System.Text.Json;
using System.Text.Json.Serialization;
using KkmpBot.Channels;
using KkmpBot.Data;
using KkmpBot.Dialogs.Model;

namespace KkmpBot.Conversations;

/// <summary>What a conversation's row holds, sealed: the machine's state, and what can be pressed under the last reply.</summary>
/// <param name="State">Where the person stands in the dialogs.</param>
/// <param name="Pressable">The keys of the options under the last reply, in order; a button's token names a place in it.</param>
public sealed record StoredConversation(ConversationState State, IReadOnlyList<string> Pressable)
{
    /// <summary>Nothing said yet.</summary>
    public static StoredConversation Empty { get; } = new(ConversationState.Empty, []);

    /// <summary>Seals it for the row.</summary>
    public byte[] Seal(Vault vault) => vault.SealBytes(StoredConversationWriter.Write(this));

    /// <summary>Opens what a row holds.</summary>
    public static StoredConversation Open(Vault vault, byte[] cipher) => StoredConversationReader.Read(vault.OpenBytes(cipher));
}

/// <summary>What an outbox row holds, sealed.</summary>
/// <param name="Address">The recipient in the platform's own form.</param>
/// <param name="Text">The text.</param>
/// <param name="Buttons">The buttons.</param>
/// <param name="WantsContact">True to offer sharing one's number.</param>
/// <param name="File">What goes with it; null for nothing.</param>
/// <param name="Template">What may be sent in place of the words where the platform takes no free text; null for nothing.</param>
public sealed record OutboxPayload(
    string Address, string Text, IReadOnlyList<OutboundButton> Buttons, bool WantsContact, OutboundFile? File = null, OutboundTemplate? Template = null)
{
    /// <summary>True when a picture may be sent in answer.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool WantsPicture { get; init; }

    /// <summary>Seals it for the row.</summary>
    public byte[] Seal(Vault vault) => vault.SealBytes(JsonSerializer.SerializeToUtf8Bytes(this, ConversationJson.Default.OutboxPayload));

    /// <summary>Opens what a row holds.</summary>
    public static OutboxPayload Open(Vault vault, byte[] cipher) =>
        JsonSerializer.Deserialize(vault.OpenBytes(cipher), ConversationJson.Default.OutboxPayload)
        ?? throw new InvalidDataException("An outbox payload is null.");

    /// <summary>Never the content: it is personal.</summary>
    public override string ToString() => nameof(OutboxPayload);
}

/// <summary>JSON of the other things that are stored, generated at build: no reflection in a turn.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(OutboxPayload))]
[JsonSerializable(typeof(InboundMessage))]
internal sealed partial class ConversationJson : JsonSerializerContext;
