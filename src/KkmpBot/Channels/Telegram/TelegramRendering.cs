using System.Text;
using KkmpBot.Channels.Telegram.BotApi;

namespace KkmpBot.Channels.Telegram;

/// <summary>
/// Renders a message as calls of sendMessage, with a file as a call of its own or with the words as its caption. Plain text without a parse mode, so no character needs escaping; one button a row,
/// as wide as the phone; the keyboard hangs under the last part.
/// </summary>
public static class TelegramRendering
{
    /// <summary>A button's data, in bytes (Bot API, InlineKeyboardButton).</summary>
    public const int MaxTokenBytes = 64;

    /// <summary>A label is cut here; phones show about half of it.</summary>
    public const int MaxLabelLength = 64;

    /// <summary>Words under a file, in characters (Bot API, sendPhoto and sendDocument).</summary>
    public const int MaxCaptionLength = 1024;

    /// <summary>What the button says that shares the person's own number.</summary>
    public const string ShareNumberLabel = "Bagikan nomor HP saya";

    private static readonly LinkPreviewOptions NoPreview = new(IsDisabled: true);

    /// <summary>The file of a message: its words are the caption where they fit, and follow in <see cref="Render(OutboundMessage, long)"/> where not.</summary>
    /// <param name="message">The message.</param>
    /// <param name="chatId">The address as a number.</param>
    /// <returns>The call; null for a message without a file.</returns>
    public static SendFileRequest? RenderFile(OutboundMessage message, long chatId)
    {
        if (message.File is not { } file)
            return null;
        var bare = new SendFileRequest(chatId, file.Name, file.MimeType, file.Bytes, file.IsPicture);
        return FitsCaption(message) ? bare with { Caption = message.Text, ReplyMarkup = ChooseKeyboard(message) } : bare;
    }

    /// <summary>The calls for a message's words, to be made in order, after its file.</summary>
    /// <param name="message">The message. A button token over <see cref="MaxTokenBytes"/> is a bug and throws.</param>
    /// <param name="chatId">The address as a number.</param>
    /// <returns>Nothing when the words are the caption of the file.</returns>
    public static IReadOnlyList<SendMessageRequest> Render(OutboundMessage message, long chatId)
    {
        if (FitsCaption(message))
            return [];
        var keyboard = ChooseKeyboard(message);
        var parts = TelegramText.Split(message.Text);
        return [.. parts.Select((part, index) =>
            new SendMessageRequest(chatId, part, NoPreview, index == parts.Count - 1 ? keyboard : null))];
    }

    /// <summary>The call that gives a message other words.</summary>
    /// <param name="message">What it says from now on, in one part.</param>
    /// <param name="chatId">The address as a number.</param>
    /// <param name="messageId">Which.</param>
    public static EditMessageTextRequest RenderEdit(OutboundMessage message, long chatId, long messageId) => new(
        chatId, messageId, TelegramText.Split(message.Text)[0], NoPreview,
        message.Buttons.Count == 0 ? null : new InlineKeyboardMarkup([.. message.Buttons.Select(button => new[] { Render(button) })]));

    private static bool FitsCaption(OutboundMessage message) => message is { File: not null, Text.Length: > 0 and <= MaxCaptionLength };

    private static ReplyMarkup ChooseKeyboard(OutboundMessage message)
    {
        if (message.WantsContact)
        {
            return AskForContact(message.Buttons);
        }

        // Taking away a keyboard that is not there does nothing, so nobody has to remember who still has one.
        return message.Buttons.Count == 0
            ? new ReplyKeyboardRemove(RemoveKeyboard: true)
            : new InlineKeyboardMarkup([.. message.Buttons.Select(button => new[] { Render(button) })]);
    }

    /// <summary>
    /// A message carries one kind of keyboard, and only this kind can share a number. So the choices stand below the share button
    /// in the same place, where they are found together; a press says the label, as if the person had typed it.
    /// </summary>
    private static ReplyKeyboardMarkup AskForContact(IReadOnlyList<OutboundButton> buttons)
    {
        var rows = new List<KeyboardButton[]>(buttons.Count + 1) { new[] { new KeyboardButton(ShareNumberLabel, RequestContact: true) } };
        rows.AddRange(buttons.Select(button => new[] { new KeyboardButton(LabelOf(button)) }));
        return new ReplyKeyboardMarkup(rows, ResizeKeyboard: true, OneTimeKeyboard: true);
    }

    private static InlineKeyboardButton Render(OutboundButton button)
    {
        if (Encoding.UTF8.GetByteCount(button.Token) is 0 or > MaxTokenBytes)
        {
            throw new ArgumentException($"A button's token must have 1 to {MaxTokenBytes} bytes.", nameof(button));
        }

        return new InlineKeyboardButton(LabelOf(button), button.Token);
    }

    private static string LabelOf(OutboundButton button) => TelegramText.Shorten(button.Label, MaxLabelLength);
}
