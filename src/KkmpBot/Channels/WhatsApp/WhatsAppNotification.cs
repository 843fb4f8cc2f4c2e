using System.Globalization;
using System.Text.Json;
using KkmpBot.Data;

namespace KkmpBot.Channels.WhatsApp;

/// <summary>What happened to a message of ours.</summary>
/// <param name="MessageKey">Blind index of its wamid.</param>
/// <param name="Progress">How far it came.</param>
/// <param name="OutboxId">The outbox row it comes from, when Meta gave it back.</param>
/// <param name="ErrorCode">Why it failed.</param>
/// <param name="Category">What Meta charges it as: service, utility, marketing, authentication …</param>
/// <param name="IsBillable">True when Meta charges it.</param>
public sealed record MessageStatus(
    byte[] MessageKey, DeliveryProgress Progress, long? OutboxId, int? ErrorCode = null, string? Category = null, bool IsBillable = false);

/// <summary>What one POST of Meta holds for us.</summary>
/// <param name="Messages">What people wrote, in order.</param>
/// <param name="Statuses">What became of our messages, in order.</param>
/// <param name="AccountErrors">Codes of troubles with the account itself.</param>
public sealed record WhatsAppNotification(
    IReadOnlyList<InboundMessage> Messages, IReadOnlyList<MessageStatus> Statuses, IReadOnlyList<int> AccountErrors)
{
    /// <summary>Meta batches up to this many updates; what is beyond is not read.</summary>
    public const int MaxUpdates = 1000;

    /// <summary>What we put before the outbox id in biz_opaque_callback_data.</summary>
    public const string OutboxPrefix = "outbox-";

    private const int MaxEntries = 1000;

    /// <summary>Reads a POST. Throws <see cref="FormatException"/> only when it is no JSON object; whatever is unknown in it is passed over.</summary>
    /// <param name="body">As it came.</param>
    /// <param name="phoneNumberId">Our number; what concerns another one is not ours.</param>
    /// <param name="vault">Indexes message ids: they hold the phone number in a thin disguise.</param>
    public static WhatsAppNotification Read(ReadOnlyMemory<byte> body, string phoneNumberId, Vault vault)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                throw new FormatException("The notification is not what Meta sends.");
            return Read(document.RootElement, phoneNumberId, vault);
        }
        catch (JsonException broken)
        {
            throw new FormatException("The notification is not JSON.", broken);
        }
    }

    private static WhatsAppNotification Read(JsonElement root, string phoneNumberId, Vault vault)
    {
        var messages = new List<InboundMessage>();
        var statuses = new List<MessageStatus>();
        var errors = new List<int>();
        foreach (var change in root.ItemsAt("entry", MaxEntries).SelectMany(entry => entry.ItemsAt("changes", MaxEntries)))
        {
            var isOurs = change.At("value")?.At("metadata")?.TextAt("phone_number_id") == phoneNumberId;
            if (!isOurs || change.TextAt("field") != "messages" || change.At("value") is not { } value)
                continue;
            var names = Names(value);
            foreach (var item in value.ItemsAt("messages", MaxUpdates - messages.Count))
            {
                if (WhatsAppMessages.Read(item, names, vault) is { } message)
                    messages.Add(message);
            }
            statuses.AddRange(value.ItemsAt("statuses", MaxUpdates - statuses.Count).Select(item => Status(item, vault)).OfType<MessageStatus>());
            errors.AddRange(value.ItemsAt("errors", MaxUpdates - errors.Count).Select(item => item.NumberAt("code")).OfType<int>());
        }
        return new WhatsAppNotification(messages, statuses, errors);
    }

    private static Dictionary<string, string> Names(JsonElement value)
    {
        var names = new Dictionary<string, string>();
        foreach (var contact in value.ItemsAt("contacts", MaxUpdates))
        {
            if (contact.At("profile")?.TextAt("name") is not { } name)
                continue;
            foreach (var id in new[] { contact.TextAt("wa_id"), contact.TextAt("user_id") }.OfType<string>())
                names[id] = name;
        }
        return names;
    }

    private static MessageStatus? Status(JsonElement item, Vault vault)
    {
        if (item.TextAt("id") is not { } id || Progress(item.TextAt("status")) is not { } progress)
            return null;
        var pricing = item.At("pricing");
        return new MessageStatus(
            vault.IdIndex("whatsapp message", id),
            progress,
            Outbox(item.TextAt("biz_opaque_callback_data")),
            item.ItemsAt("errors", 1).Select(error => error.NumberAt("code")).FirstOrDefault(),
            pricing?.TextAt("category") is { Length: <= DeliveryRow.MaxCategoryLength } category ? category : null,
            pricing?.FlagAt("billable") ?? false);
    }

    private static DeliveryProgress? Progress(string? status) => status switch
    {
        "sent" => DeliveryProgress.Sent,
        "delivered" => DeliveryProgress.Delivered,
        "read" or "played" => DeliveryProgress.Read,
        "failed" => DeliveryProgress.Failed,
        _ => null,
    };

    private static long? Outbox(string? data) =>
        data is not null
        && data.StartsWith(OutboxPrefix, StringComparison.Ordinal)
        && long.TryParse(data.AsSpan(OutboxPrefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? id
            : null;
}
