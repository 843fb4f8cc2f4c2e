using System.Text.Json.Serialization;

namespace KkmpBot.Channels.Telegram.BotApi;

/// <summary>Parameters of getMe.</summary>
public sealed record GetMeRequest;

// {"offset":310000022,"timeout":25,"allowed_updates":["message","callback_query"]}

/// <summary>Parameters of getUpdates.</summary>
/// <param name="Offset">The first id wanted; confirms all before it. Null: from the oldest unconfirmed.</param>
/// <param name="Timeout">How long the server may wait for something to happen, seconds.</param>
/// <param name="AllowedUpdates">The kinds wanted; sticky on the server, so always given.</param>
public sealed record GetUpdatesRequest(long? Offset, int Timeout, IReadOnlyList<string> AllowedUpdates);

/// <summary>Parameters of setWebhook.</summary>
/// <param name="Url">Where updates go.</param>
/// <param name="SecretToken">Repeated in a header of every delivery.</param>
/// <param name="AllowedUpdates">The kinds wanted.</param>
public sealed record SetWebhookRequest(string Url, string SecretToken, IReadOnlyList<string> AllowedUpdates);

/// <summary>Parameters of deleteWebhook.</summary>
/// <param name="DropPendingUpdates">True would throw waiting updates away.</param>
public sealed record DeleteWebhookRequest(bool DropPendingUpdates);

// {"chat_id":501,"text":"Ya?","link_preview_options":{"is_disabled":true},
//  "reply_markup":{"inline_keyboard":[[{"text":"Ya, pesan","callback_data":"8fK2"}]]}}

/// <summary>Parameters of sendMessage; without a parse mode every character is safe.</summary>
/// <param name="ChatId">Where to.</param>
/// <param name="Text">1 to 4,096 characters.</param>
/// <param name="LinkPreviewOptions">Whether links unfold.</param>
/// <param name="ReplyMarkup">One keyboard, or the removal of one.</param>
public sealed record SendMessageRequest(
    long ChatId,
    string Text,
    LinkPreviewOptions LinkPreviewOptions,
    ReplyMarkup? ReplyMarkup = null)
{
    /// <summary>Never the content: it is personal.</summary>
    public override string ToString() => nameof(SendMessageRequest);
}

/// <summary>
/// Parameters of editMessageText. Only a message without a keyboard, or with buttons under it, can be edited; what is not given again is gone.
/// </summary>
/// <param name="ChatId">Where it stands.</param>
/// <param name="MessageId">Which.</param>
/// <param name="Text">1 to 4,096 characters.</param>
/// <param name="LinkPreviewOptions">Whether links unfold.</param>
/// <param name="ReplyMarkup">The buttons under it; null for none.</param>
public sealed record EditMessageTextRequest(
    long ChatId,
    long MessageId,
    string Text,
    LinkPreviewOptions LinkPreviewOptions,
    InlineKeyboardMarkup? ReplyMarkup = null)
{
    /// <summary>Never the content: it is personal.</summary>
    public override string ToString() => nameof(EditMessageTextRequest);
}

/// <summary>Parameters of sendPhoto and sendDocument, with the file itself: a form, not JSON.</summary>
/// <param name="ChatId">Where to.</param>
/// <param name="FileName">What the file is called.</param>
/// <param name="MimeType">Its kind.</param>
/// <param name="Bytes">Its content; a photo up to 10 MB, a document up to 50 MB.</param>
/// <param name="IsPhoto">True for sendPhoto, which shows it; false for sendDocument.</param>
/// <param name="Caption">Words under it, up to 1,024 characters; null for none.</param>
/// <param name="ReplyMarkup">One keyboard, or the removal of one.</param>
public sealed record SendFileRequest(
    long ChatId,
    string FileName,
    string MimeType,
    byte[] Bytes,
    bool IsPhoto,
    string? Caption = null,
    ReplyMarkup? ReplyMarkup = null)
{
    /// <summary>Never the content: it is personal.</summary>
    public override string ToString() => nameof(SendFileRequest);
}

/// <summary>Whether links unfold.</summary>
/// <param name="IsDisabled">True for never.</param>
public sealed record LinkPreviewOptions(bool IsDisabled);

/// <summary>What hangs under a message: one kind only.</summary>
[JsonDerivedType(typeof(InlineKeyboardMarkup))]
[JsonDerivedType(typeof(ReplyKeyboardMarkup))]
[JsonDerivedType(typeof(ReplyKeyboardRemove))]
public abstract record ReplyMarkup;

/// <summary>Buttons under the message.</summary>
/// <param name="InlineKeyboard">Rows of buttons.</param>
public sealed record InlineKeyboardMarkup(IReadOnlyList<IReadOnlyList<InlineKeyboardButton>> InlineKeyboard) : ReplyMarkup;

/// <summary>A button under the message.</summary>
/// <param name="Text">What it says.</param>
/// <param name="CallbackData">What comes back, 1 to 64 bytes.</param>
public sealed record InlineKeyboardButton(string Text, string CallbackData)
{
    /// <summary>Never the words: they are personal.</summary>
    public override string ToString() => nameof(InlineKeyboardButton);
}

/// <summary>Buttons in place of the keyboard; a press sends the words, or the person's own number.</summary>
/// <param name="Keyboard">Rows of buttons.</param>
/// <param name="ResizeKeyboard">True for no higher than needed.</param>
/// <param name="OneTimeKeyboard">True to hide it after a press.</param>
public sealed record ReplyKeyboardMarkup(
    IReadOnlyList<IReadOnlyList<KeyboardButton>> Keyboard,
    bool ResizeKeyboard,
    bool OneTimeKeyboard) : ReplyMarkup;

/// <summary>A button in place of the keyboard.</summary>
/// <param name="Text">What it says, and sends.</param>
/// <param name="RequestContact">True to send the person's own number instead; private chats only.</param>
public sealed record KeyboardButton(string Text, bool? RequestContact = null)
{
    /// <summary>Never the words: they are personal.</summary>
    public override string ToString() => nameof(KeyboardButton);
}

/// <summary>Takes the buttons away that stand in place of the keyboard.</summary>
/// <param name="RemoveKeyboard">Always true.</param>
public sealed record ReplyKeyboardRemove(bool RemoveKeyboard) : ReplyMarkup;

/// <summary>Parameters of answerCallbackQuery.</summary>
/// <param name="CallbackQueryId">The press to answer.</param>
public sealed record AnswerCallbackQueryRequest(string CallbackQueryId);

// {"commands":[{"command":"menu","description":"Menu utama"}],"scope":{"type":"all_private_chats"}}

/// <summary>Parameters of setMyCommands.</summary>
/// <param name="Commands">What the menu button of the chat offers.</param>
/// <param name="Scope">Where.</param>
public sealed record SetMyCommandsRequest(IReadOnlyList<BotCommand> Commands, BotCommandScope Scope);

/// <summary>A command on the menu button.</summary>
/// <param name="Command">Lower case, without the slash.</param>
/// <param name="Description">1 to 256 characters.</param>
public sealed record BotCommand(string Command, string Description);

/// <summary>Where commands are offered.</summary>
/// <param name="Type">all_private_chats for us.</param>
public sealed record BotCommandScope(string Type);

/// <summary>Parameters of getFile.</summary>
/// <param name="FileId">As a message named it.</param>
public sealed record GetFileRequest(string FileId);

// {"file_id":"AgAC…","file_unique_id":"AQAD…","file_size":21344,"file_path":"photos/file_7.jpg"}

/// <summary>Where a file can be downloaded.</summary>
/// <param name="FilePath">Below the address of files; absent when it cannot be.</param>
/// <param name="FileSize">In bytes, when told.</param>
public sealed record TelegramFile(string? FilePath = null, long? FileSize = null);
