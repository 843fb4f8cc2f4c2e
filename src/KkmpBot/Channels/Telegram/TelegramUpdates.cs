using System.Globalization;
using System.Text;
using System.Text.Json;
using KkmpBot.Channels.Telegram.BotApi;

namespace KkmpBot.Channels.Telegram;

/// <summary>Reads updates of the Bot API as messages of people.</summary>
public static class TelegramUpdates
{
    /// <summary>The name of the channel, in every message and address.</summary>
    public const string ChannelName = "telegram";

    /// <summary>The kinds of update that we ask for; the setting is sticky on the server, so it is always given.</summary>
    public static readonly IReadOnlyList<string> Allowed = ["message", "edited_message", "callback_query", "my_chat_member"];

    /// <summary>A sender's name is cut here.</summary>
    private const int MaxSenderNameLength = 64;

    /// <summary>Our own button data is at most this long; more is kept only as far as needed to be refused.</summary>
    private const int MaxTokenLength = 64;

    /// <summary>E.164 has 15 digits at most; the shortest real numbers have 7 with their country code.</summary>
    private const int MinPhoneDigits = 7;
    private const int MaxPhoneDigits = 15;

    /// <summary>What Telegram itself writes into a private chat; nobody said it, so nobody is answered.</summary>
    private static readonly string[] ServiceMembers =
    [
        "pinned_message", "message_auto_delete_timer_changed", "successful_payment", "refunded_payment", "users_shared", "chat_shared",
        "gift", "unique_gift", "gift_upgrade_sent", "connected_website", "write_access_allowed", "passport_data", "web_app_data",
        "proximity_alert_triggered", "chat_background_set", "checklist_tasks_done", "checklist_tasks_added", "forum_topic_created",
        "forum_topic_edited", "forum_topic_closed", "forum_topic_reopened", "paid_message_price_changed",
    ];

    /// <summary>Reads one update.</summary>
    /// <param name="json">The update as it came.</param>
    /// <param name="botUsername">The bot's own name without @, to know when a group means it; null while unknown.</param>
    /// <returns>The message in it; null when it concerns no person. Throws <see cref="FormatException"/> when it is malformed.</returns>
    public static InboundMessage? Read(ReadOnlySpan<byte> json, string? botUsername)
    {
        Update? update;
        try
        {
            update = JsonSerializer.Deserialize(json, TelegramJson.Default.Update);
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            throw new FormatException("The update is not what the Bot API sends.", broken);
        }

        return update switch
        {
            null => throw new FormatException("The update is empty."),
            { Message: { } message } => ReadMessage(update, message, botUsername, json),
            { EditedMessage: { From: { IsBot: false } from } edited } when IsPrivate(edited.Chat) =>
                Make(update, edited.Chat.Id, from, InboundKind.Edited, edited.Text ?? edited.Caption),
            { CallbackQuery: { } press } => ReadPress(update, press),
            { MyChatMember: { } change } when IsPrivate(change.Chat) => ReadStanding(update, change),
            _ => null,
        };
    }

    private static InboundMessage? ReadMessage(Update update, Message message, string? botUsername, ReadOnlySpan<byte> json)
    {
        if (message.From is not { IsBot: false } from)
        {
            return null;
        }

        if (!IsPrivate(message.Chat))
        {
            return IsAddressed(message, botUsername) ? Make(update, message.Chat.Id, from, InboundKind.Group, message.Text) : null;
        }

        if (message.Contact is { } contact)
        {
            return ReadContact(update, message, from, contact);
        }

        // An animation repeats itself as a document, so it goes first.
        InboundKind? kind = message switch
        {
            { Text: not null } => InboundKind.Text,
            { Photo: not null } => InboundKind.Photo,
            { Voice: not null } or { Audio: not null } => InboundKind.Voice,
            { Location: not null } => InboundKind.Location,
            { Animation: not null } => InboundKind.Other,
            { Document: not null } => InboundKind.Document,
            _ => IsService(json) ? null : InboundKind.Other,
        };
        return kind is { } known
            ? Make(update, message.Chat.Id, from, known, message.Text ?? message.Caption) with { PictureReference = TelegramPictures.ReferenceOf(message) }
            : null;
    }

    private static InboundMessage ReadContact(Update update, Message message, User from, Contact contact)
    {
        // Anybody can pass any card on; only the server's word whose card it is makes the number the sender's own.
        var phone = contact.UserId == from.Id ? NormalisePhone(contact.PhoneNumber) : null;
        var kind = phone is null ? InboundKind.ForeignContact : InboundKind.OwnContact;
        return Make(update, message.Chat.Id, from, kind, null) with { Phone = phone };
    }

    private static InboundMessage? ReadPress(Update update, CallbackQuery press)
    {
        if (press is not { Message: { } message, Data: { } data } || !IsPrivate(message.Chat))
        {
            return null;
        }

        return Make(update, message.Chat.Id, press.From, InboundKind.Button, null) with
        {
            ButtonToken = TelegramText.Cut(data, MaxTokenLength),
            CallbackId = press.Id,
        };
    }

    private static InboundMessage? ReadStanding(Update update, ChatMemberUpdated change) => change.NewChatMember.Status switch
    {
        "kicked" => Make(update, change.Chat.Id, change.From, InboundKind.Blocked, null),
        "member" => Make(update, change.Chat.Id, change.From, InboundKind.Unblocked, null),
        _ => null,
    };

    private static InboundMessage Make(Update update, long chatId, User from, InboundKind kind, string? text) => new(
        ChannelName,
        update.UpdateId.ToString(CultureInfo.InvariantCulture),
        chatId.ToString(CultureInfo.InvariantCulture),
        kind,
        text is null ? null : TelegramText.Cut(text, InboundMessage.MaxTextLength),
        SenderName: NameOf(from));

    private static string? NameOf(User from)
    {
        var name = $"{from.FirstName} {from.LastName}".Trim();
        return name.Length == 0 ? null : TelegramText.Cut(name, MaxSenderNameLength);
    }

    private static bool IsPrivate(Chat chat) => chat.Type == "private";

    /// <summary>In a group the bot is meant by <c>/command@Bot</c> or by <c>@Bot</c>.</summary>
    private static bool IsAddressed(Message message, string? botUsername)
    {
        if (message is not { Text: { } text, Entities: { } entities } || botUsername is null)
        {
            return false;
        }

        // A null in the list is JSON too, whatever the type says.
        foreach (var entity in entities.OfType<MessageEntity>())
        {
            if (entity.Offset < 0 || entity.Length <= 0 || entity.Offset > text.Length - entity.Length)
            {
                continue;
            }

            var part = text.AsSpan(entity.Offset, entity.Length);
            var at = part.IndexOf('@');
            var mayMean = entity.Type == "mention" || (entity.Type == "bot_command" && entity.Offset == 0);
            if (mayMean && at >= 0 && part[(at + 1)..].Equals(botUsername, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>True when <c>message</c> has a member that only Telegram's own notices have.</summary>
    private static bool IsService(ReadOnlySpan<byte> json)
    {
        using var document = JsonDocument.Parse(json.ToArray());
        var message = document.RootElement.GetProperty("message");

        // Asked by name, since reading a name that is not proper UTF-8 throws.
        return Array.Exists(ServiceMembers, name => message.TryGetProperty(name, out _));
    }

    /// <summary>The number as + and digits; null when it cannot be a phone number. Telegram leaves the + out at times.</summary>
    private static string? NormalisePhone(string written)
    {
        var digits = new StringBuilder("+", MaxPhoneDigits + 1);
        foreach (var character in written.Where(char.IsAsciiDigit).SkipWhile(digit => digit == '0').Take(MaxPhoneDigits + 1))
        {
            digits.Append(character);
        }

        return digits.Length - 1 is >= MinPhoneDigits and <= MaxPhoneDigits ? digits.ToString() : null;
    }
}
