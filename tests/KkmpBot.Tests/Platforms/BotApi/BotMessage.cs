using System.Text.Json.Nodes;

namespace KkmpBot.Tests.Platforms.BotApi;

/// <summary>A button as the person sees it: under a message it sends its data, in place of the keyboard it says its label.</summary>
public sealed record BotButton(string Label, string? Data = null, string? Url = null, bool SharesContact = false);

/// <summary>A message as a person received it.</summary>
/// <param name="MessageId">Its id in the chat.</param>
/// <param name="Text">The words.</param>
/// <param name="Buttons">The buttons under it, row after row.</param>
/// <param name="Keyboard">The buttons it puts in place of the keyboard; null when it puts none.</param>
/// <param name="RemovesKeyboard">True when it takes such buttons away.</param>
/// <param name="Parameters">The whole call as it came.</param>
public sealed record BotMessage(
    long MessageId,
    string Text,
    IReadOnlyList<BotButton> Buttons,
    IReadOnlyList<BotButton>? Keyboard,
    bool RemovesKeyboard,
    JsonObject Parameters)
{
    /// <summary>Which start of the bot sent it, where its calls say so with <c>/life/N</c> before the token; 0 where not.</summary>
    public int Life { get; init; }

    /// <summary>How often it was given other words.</summary>
    public int Edits { get; init; }

    /// <summary>False when the bot was not told that it arrived.</summary>
    public bool IsConfirmed { get; init; } = true;

    /// <summary>The name of the picture or document it is; null for words only.</summary>
    public string? FileName => (string?)(Parameters["photo"] ?? Parameters["document"])?["file_name"];

    /// <summary>What stands on the buttons under it.</summary>
    public IReadOnlyList<string> Labels => [.. Buttons.Select(button => button.Label)];

    internal static BotMessage From(long messageId, JsonObject call)
    {
        var markup = call["reply_markup"] as JsonObject;
        return new BotMessage(
            messageId,
            (string?)(call["text"] ?? call["caption"]) ?? "",
            ReadButtons(markup?["inline_keyboard"]) ?? [],
            ReadButtons(markup?["keyboard"]),
            markup?["remove_keyboard"] is not null,
            call);
    }

    private static List<BotButton>? ReadButtons(JsonNode? rows) => rows?.AsArray()
        .SelectMany(row => row!.AsArray())
        .Select(button => new BotButton(
            button!["text"]!.GetValue<string>(),
            (string?)button["callback_data"],
            (string?)button["url"],
            (bool?)button["request_contact"] ?? false))
        .ToList();
}
