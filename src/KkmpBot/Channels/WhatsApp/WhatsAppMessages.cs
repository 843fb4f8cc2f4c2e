using System.Globalization;
using System.Text.Json;
using KkmpBot.Data;

namespace KkmpBot.Channels.WhatsApp;

/// <summary>
/// Reads what people send on WhatsApp. A person is their business-scoped id where Meta gives one, since a number may be withheld or
/// change hands; the number, where it comes, is verified by Meta and serves to link them with their other channels.
/// </summary>
public static class WhatsAppMessages
{
    /// <summary>The name of the channel, in every message and address.</summary>
    public const string ChannelName = "whatsapp";

    private const int MaxIdLength = 160;
    private const int MaxNameLength = 64;
    private const int MaxMediaIdLength = 40;
    private const int MaxTokenLength = 64;
    private const int MaxCards = 20;
    private const int MinPhoneDigits = 7;
    private const int MaxPhoneDigits = 15;

    /// <summary>Seconds have ten digits until the year 2286; more are milliseconds, which have been seen.</summary>
    private const long FirstMilliseconds = 100_000_000_000;

    /// <summary>Reads one message.</summary>
    /// <param name="item">An element of <c>messages</c>.</param>
    /// <param name="names">The senders' names by their ids.</param>
    /// <param name="vault">Indexes the message's id.</param>
    /// <returns>Null when nobody said it: a reaction, a notice of WhatsApp, a message without sender or id.</returns>
    public static InboundMessage? Read(JsonElement item, IReadOnlyDictionary<string, string> names, Vault vault)
    {
        var from = item.TextAt("from");
        var phone = Phone(from);
        // A number is digits; anything else in "from" is a business-scoped id that went astray.
        var userId = item.TextAt("from_user_id") ?? (phone is null ? from : null);
        if (item.TextAt("id") is not { } id || (userId ?? phone) is not { Length: <= MaxIdLength } address)
            return null;
        var name = new[] { from, userId }.OfType<string>().Select(key => names.GetValueOrDefault(key)).FirstOrDefault(found => found is not null);
        var blank = new InboundMessage(
            ChannelName,
            Convert.ToHexStringLower(vault.IdIndex("whatsapp update", id)),
            address,
            InboundKind.Other,
            Phone: phone,
            CallbackId: id,
            SenderName: Cut(name, MaxNameLength))
        {
            WrittenUtc = Time(item.TextAt("timestamp")),
        };
        return item.TextAt("group_id") is null ? Content(item, blank) : blank with { Kind = InboundKind.Group };
    }

    private static InboundMessage? Content(JsonElement item, InboundMessage blank) => item.TextAt("type") switch
    {
        "text" => item.At("text")?.TextAt("body") is { } body ? Said(body, blank) : blank,
        "interactive" => Interactive(item.At("interactive"), blank),
        "button" => TemplateButton(item.At("button"), blank),
        "image" => File(item, "image", InboundKind.Photo, blank),
        "audio" or "voice" => blank with { Kind = InboundKind.Voice },
        "document" => File(item, "document", InboundKind.Document, blank),
        "location" => blank with { Kind = InboundKind.Location },
        "contacts" => Cards(item, blank),
        "reaction" => null,
        "system" => NumberChange(item.At("system"), blank),
        _ => blank,
    };

    private static InboundMessage Said(string words, InboundMessage blank) =>
        blank with { Kind = InboundKind.Text, Text = Cut(words, InboundMessage.MaxTextLength) };

    private static InboundMessage Interactive(JsonElement? content, InboundMessage blank)
    {
        var reply = content?.At("button_reply") ?? content?.At("list_reply");
        return reply?.TextAt("id") is { } token ? blank with { Kind = InboundKind.Button, ButtonToken = Cut(token, MaxTokenLength) } : blank;
    }

    // Our templates set no payload of their own, so Meta repeats the label: a word the person could have typed.
    private static InboundMessage TemplateButton(JsonElement? button, InboundMessage blank)
    {
        var label = button?.TextAt("text");
        var payload = button?.TextAt("payload") ?? label;
        return payload is null ? blank
            : payload == label ? Said(payload, blank)
            : blank with { Kind = InboundKind.Button, ButtonToken = Cut(payload, MaxTokenLength) };
    }

    private static InboundMessage File(JsonElement item, string name, InboundKind kind, InboundMessage blank)
    {
        var file = item.At(name);
        // Meta names a file by a number; what is none is nothing to put into an address.
        var isPicture = file?.TextAt("mime_type")?.Split(';')[0] is "image/jpeg" or "image/png";
        var id = isPicture && file?.TextAt("id") is { Length: > 0 and <= MaxMediaIdLength } given && given.All(char.IsAsciiDigit) ? given : null;
        return blank with { Kind = kind, Text = Cut(file?.TextAt("caption"), InboundMessage.MaxTextLength), PictureReference = id };
    }

    // Anybody can pass any card on. It is the sender's own when it answers our request for it, or bears the number they write from.
    private static InboundMessage Cards(JsonElement item, InboundMessage blank)
    {
        var cards = item.ItemsAt("contacts", MaxCards).ToList();
        var number = cards.Count == 1
            ? cards[0].ItemsAt("phones", 1).Select(phone => Phone(phone.TextAt("wa_id"))).FirstOrDefault()
            : null;
        var isOwn = number is not null && (cards[0].TextAt("origin") == "contact_request" || number == blank.Phone);
        return isOwn ? blank with { Kind = InboundKind.OwnContact, Phone = number } : blank with { Kind = InboundKind.ForeignContact };
    }

    private static InboundMessage? NumberChange(JsonElement? system, InboundMessage blank)
    {
        var isChange = system?.TextAt("type") is "user_changed_number" or "customer_changed_number";
        var phone = Phone(system?.TextAt("wa_id"));
        var address = system?.TextAt("user_id") ?? phone;
        return isChange && address is { Length: <= MaxIdLength }
            ? blank with { Kind = InboundKind.NumberChanged, Phone = phone, NewAddress = address, CallbackId = null }
            : null;
    }

    private static string? Phone(string? written)
    {
        var digits = written?.TrimStart('+');
        return digits is { Length: >= MinPhoneDigits and <= MaxPhoneDigits } && digits.All(char.IsAsciiDigit) ? $"+{digits}" : null;
    }

    private static DateTime? Time(string? timestamp)
    {
        if (!long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return null;
        var milliseconds = number >= FirstMilliseconds ? number : number * 1000;
        return milliseconds < DateTimeOffset.MaxValue.ToUnixTimeMilliseconds() ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds).UtcDateTime : null;
    }

    private static string? Cut(string? text, int length) =>
        text is null || text.Length <= length ? text : text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)];
}
