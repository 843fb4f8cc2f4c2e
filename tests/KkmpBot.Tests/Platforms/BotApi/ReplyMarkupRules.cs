using System.Text;
using System.Text.Json.Nodes;

namespace KkmpBot.Tests.Platforms.BotApi;

/// <summary>What a keyboard may hold (Bot API 10.1, InlineKeyboardMarkup and its neighbours).</summary>
internal static class ReplyMarkupRules
{
    private const int MaxCallbackDataBytes = 64;
    private const int MaxPlaceholderLength = 64;
    private const int MaxButtons = 100;

    private static readonly string[] Kinds = ["inline_keyboard", "keyboard", "remove_keyboard", "force_reply"];

    private static readonly string[] InlineActions =
    [
        "url", "callback_data", "web_app", "login_url", "switch_inline_query", "switch_inline_query_current_chat",
        "switch_inline_query_chosen_chat", "copy_text", "callback_game", "pay",
    ];

    private static readonly string[] ReplyActions =
        ["request_users", "request_chat", "request_contact", "request_location", "request_poll", "web_app"];

    /// <summary>The first thing that is wrong; null when nothing is.</summary>
    public static string? FindProblem(JsonNode node)
    {
        var markup = node.AsObject();
        var kinds = Kinds.Where(markup.ContainsKey).ToList();
        if (kinds.Count != 1)
        {
            return "object expected as reply markup with exactly one kind of keyboard";
        }

        return kinds[0] switch
        {
            "inline_keyboard" => BotApiMethods.OnlyMembers("inline_keyboard")(markup) ?? Rows(markup["inline_keyboard"], InlineButton),
            "keyboard" => ReplyKeyboard(markup),
            "remove_keyboard" => Flagged(markup, "remove_keyboard", "selective"),
            _ => Flagged(markup, "force_reply", "input_field_placeholder", "selective"),
        };
    }

    /// <summary>The same for a method that takes buttons under a message only.</summary>
    public static string? FindInlineProblem(JsonNode node) => FindProblem(node) ?? (node["inline_keyboard"] is null ? "inline keyboard expected" : null);

    private static string? ReplyKeyboard(JsonObject markup)
    {
        var members = BotApiMethods.OnlyMembers(
            "keyboard", "is_persistent", "resize_keyboard", "one_time_keyboard", "input_field_placeholder", "selective");
        var placeholder = (string?)markup["input_field_placeholder"];
        return members(markup)
            ?? (placeholder is null or { Length: > 0 and <= MaxPlaceholderLength } ? null : "the placeholder is too long")
            ?? Rows(markup["keyboard"], ReplyButton);
    }

    private static string? Flagged(JsonObject markup, string flag, params string[] others) =>
        BotApiMethods.OnlyMembers([flag, .. others])(markup)
        ?? (markup[flag] is JsonValue value && value.TryGetValue<bool>(out var isSet) && isSet ? null : $"{flag} must be true");

    private static string? Rows(JsonNode? node, Func<JsonObject, string?> check)
    {
        if (node is not JsonArray rows || rows.Any(row => row is not JsonArray { Count: > 0 }))
        {
            return "a keyboard is a list of rows that are not empty";
        }

        var buttons = rows.SelectMany(row => row!.AsArray()).ToList();
        if (buttons.Count > MaxButtons)
        {
            return "reply markup is too long";
        }

        return buttons.Select(button => button is JsonObject known ? check(known) : "can't parse keyboard button")
            .FirstOrDefault(problem => problem is not null);
    }

    private static string? InlineButton(JsonObject button)
    {
        if (BotApiMethods.OnlyMembers(["text", "style", "icon_custom_emoji_id", .. InlineActions])(button) is { } unknown)
        {
            return unknown;
        }

        if (Text(button) is { } noText)
        {
            return noText;
        }

        if (InlineActions.Count(button.ContainsKey) != 1)
        {
            return "can't parse inline keyboard button: text buttons must have exactly one action";
        }

        var data = button["callback_data"];
        var fits = data is null || (data is JsonValue value && value.TryGetValue<string>(out var text)
            && Encoding.UTF8.GetByteCount(text) is >= 1 and <= MaxCallbackDataBytes);
        return fits ? null : "BUTTON_DATA_INVALID";
    }

    private static string? ReplyButton(JsonObject button) =>
        BotApiMethods.OnlyMembers(["text", "style", "icon_custom_emoji_id", .. ReplyActions])(button)
        ?? Text(button)
        ?? (ReplyActions.Count(button.ContainsKey) <= 1 ? null : "a keyboard button has at most one action");

    private static string? Text(JsonObject button) =>
        button["text"] is JsonValue value && value.TryGetValue<string>(out var text) && text.Length > 0 ? null : "a button needs a text";
}
