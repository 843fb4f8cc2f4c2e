using System.Collections.Frozen;
using System.Text.Json.Nodes;

namespace KkmpBot.Tests.Platforms.BotApi;

/// <summary>What a parameter holds.</summary>
internal enum BotApiKind
{
    Integer,
    ChatId,
    Text,
    Flag,
    List,
    Structure,
}

/// <summary>One parameter of a method.</summary>
/// <param name="Rule">Says what is wrong with a value of the right kind; null when nothing is.</param>
internal sealed record BotApiParameter(string Name, BotApiKind Kind, bool IsRequired = false, Func<JsonNode, string?>? Rule = null);

/// <summary>
/// The methods of the Bot API that a bot of ours may call, with their parameters and limits (Bot API 10.1). The real server
/// ignores what it does not know, so a slip of the pen never fails there; here it does.
/// </summary>
internal static class BotApiMethods
{
    private const int MaxCallbackAnswerLength = 200;
    private const int MaxCommands = 100;
    private const int MaxCommandLength = 32;
    private const int MaxDescriptionLength = 256;
    private const int MaxSecretLength = 256;
    private const int MaxConnections = 100;
    private const int MaxUpdates = 100;
    private const int MaxTextLength = 4096;
    private const int MaxCaptionLength = 1024;
    private const long MaxPhotoBytes = 10L * 1024 * 1024;
    private const long MaxDocumentBytes = 50L * 1024 * 1024;

    private static readonly FrozenSet<string> ChatActions = FrozenSet.Create(
        "typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice", "upload_document",
        "choose_sticker", "find_location", "record_video_note", "upload_video_note");

    private static readonly BotApiParameter AllowedUpdates = new("allowed_updates", BotApiKind.List, Rule: OnlyTexts);

    private static readonly BotApiParameter[] WithCaption =
    [
        new("chat_id", BotApiKind.ChatId, IsRequired: true),
        new("caption", BotApiKind.Text, Rule: Length(0, MaxCaptionLength, "message caption")),
        new("parse_mode", BotApiKind.Text, Rule: OneOf("HTML", "MarkdownV2", "Markdown")),
        new("reply_markup", BotApiKind.Structure, Rule: ReplyMarkupRules.FindProblem),
    ];

    /// <summary>The table; names are not case-sensitive there either.</summary>
    public static readonly FrozenDictionary<string, BotApiParameter[]> All = new Dictionary<string, BotApiParameter[]>
    {
        ["getMe"] = [],
        ["getWebhookInfo"] = [],
        ["getUpdates"] =
        [
            new("offset", BotApiKind.Integer),
            new("limit", BotApiKind.Integer, Rule: Between(1, MaxUpdates)),
            new("timeout", BotApiKind.Integer, Rule: Between(0, int.MaxValue)),
            AllowedUpdates,
        ],
        ["setWebhook"] =
        [
            new("url", BotApiKind.Text, IsRequired: true),
            new("ip_address", BotApiKind.Text),
            new("max_connections", BotApiKind.Integer, Rule: Between(1, MaxConnections)),
            AllowedUpdates,
            new("drop_pending_updates", BotApiKind.Flag),
            new("secret_token", BotApiKind.Text, Rule: IsSecret),
        ],
        ["deleteWebhook"] = [new("drop_pending_updates", BotApiKind.Flag)],
        ["sendMessage"] =
        [
            new("chat_id", BotApiKind.ChatId, IsRequired: true),
            new("text", BotApiKind.Text, IsRequired: true, Rule: IsMessageText),
            new("message_thread_id", BotApiKind.Integer),
            new("parse_mode", BotApiKind.Text, Rule: OneOf("HTML", "MarkdownV2", "Markdown")),
            new("entities", BotApiKind.List),
            new("link_preview_options", BotApiKind.Structure, Rule: OnlyMembers("is_disabled", "url", "prefer_small_media",
                "prefer_large_media", "show_above_text")),
            new("disable_notification", BotApiKind.Flag),
            new("protect_content", BotApiKind.Flag),
            new("allow_paid_broadcast", BotApiKind.Flag),
            new("reply_parameters", BotApiKind.Structure, Rule: OnlyMembers("message_id", "chat_id", "allow_sending_without_reply",
                "quote")),
            new("reply_markup", BotApiKind.Structure, Rule: ReplyMarkupRules.FindProblem),
        ],
        ["editMessageText"] =
        [
            new("chat_id", BotApiKind.ChatId, IsRequired: true),
            new("message_id", BotApiKind.Integer, IsRequired: true),
            new("text", BotApiKind.Text, IsRequired: true, Rule: IsMessageText),
            new("parse_mode", BotApiKind.Text, Rule: OneOf("HTML", "MarkdownV2", "Markdown")),
            new("entities", BotApiKind.List),
            new("link_preview_options", BotApiKind.Structure, Rule: OnlyMembers("is_disabled", "url", "prefer_small_media",
                "prefer_large_media", "show_above_text")),
            new("reply_markup", BotApiKind.Structure, Rule: ReplyMarkupRules.FindInlineProblem),
        ],
        ["sendPhoto"] = [new("photo", BotApiKind.Structure, IsRequired: true, Rule: IsFile(MaxPhotoBytes)), .. WithCaption],
        ["sendDocument"] = [new("document", BotApiKind.Structure, IsRequired: true, Rule: IsFile(MaxDocumentBytes)), .. WithCaption],
        ["answerCallbackQuery"] =
        [
            new("callback_query_id", BotApiKind.Text, IsRequired: true),
            new("text", BotApiKind.Text, Rule: Length(0, MaxCallbackAnswerLength, "text")),
            new("show_alert", BotApiKind.Flag),
            new("url", BotApiKind.Text),
            new("cache_time", BotApiKind.Integer),
        ],
        ["setMyCommands"] =
        [
            new("commands", BotApiKind.List, IsRequired: true, Rule: AreCommands),
            new("scope", BotApiKind.Structure, Rule: OnlyMembers("type", "chat_id", "user_id")),
            new("language_code", BotApiKind.Text, Rule: Length(0, 2, "language_code")),
        ],
        ["getFile"] = [new("file_id", BotApiKind.Text, IsRequired: true)],
        ["sendChatAction"] =
        [
            new("chat_id", BotApiKind.ChatId, IsRequired: true),
            new("action", BotApiKind.Text, IsRequired: true, Rule: OneOf([.. ChatActions])),
            new("message_thread_id", BotApiKind.Integer),
        ],
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>A rule on members of a structure, shared with the keyboards.</summary>
    public static Func<JsonNode, string?> OnlyMembers(params string[] names) => node =>
        node is not JsonObject structure ? "an object was expected"
        : structure.FirstOrDefault(member => !names.Contains(member.Key)).Key is { } unknown ? $"unknown member {unknown}" : null;

    private static Func<JsonNode, string?> Between(long least, long most) => node =>
        node.GetValue<long>() is var number && number >= least && number <= most ? null : $"{number} is not between {least} and {most}";

    private static Func<JsonNode, string?> Length(int least, int most, string name) => node =>
        node.GetValue<string>().Length is var length && length >= least && length <= most ? null : $"{name} has a length of {length}";

    private static Func<JsonNode, string?> OneOf(params string[] words) => node =>
        words.Contains(node.GetValue<string>()) ? null : "the word is not one that is known";

    private static Func<JsonNode, string?> IsFile(long most) => node =>
        node["file_size"]!.GetValue<long>() is var size && size > most ? "file is too big"
        : size == 0 ? "file must be non-empty"
        : string.IsNullOrEmpty((string?)node["file_name"]) ? "the file has no name" : null;

    private static string? OnlyTexts(JsonNode node) =>
        node.AsArray().All(item => item is JsonValue value && value.TryGetValue<string>(out _)) ? null : "a list of texts was expected";

    private static string? IsMessageText(JsonNode node)
    {
        var text = node.GetValue<string>();
        return string.IsNullOrWhiteSpace(text) ? "message text is empty" : text.Length > MaxTextLength ? "message is too long" : null;
    }

    private static string? IsSecret(JsonNode node)
    {
        var secret = node.GetValue<string>();
        return secret.Length is 0 or > MaxSecretLength ? "secret token is too long"
            : secret.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-') ? null : "secret token contains unallowed characters";
    }

    private static string? AreCommands(JsonNode node)
    {
        var commands = node.AsArray();
        if (commands.Count > MaxCommands)
        {
            return "too many commands";
        }

        foreach (var item in commands)
        {
            if (item is not JsonObject { Count: 2 } command
                || command["command"] is not JsonValue name || command["description"] is not JsonValue words)
            {
                return "a command has a command and a description";
            }

            var isName = name.GetValue<string>() is { Length: > 0 and <= MaxCommandLength } text
                && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_');
            if (!isName || words.GetValue<string>().Length is 0 or > MaxDescriptionLength)
            {
                return "BOT_COMMAND_INVALID";
            }
        }

        return null;
    }
}
