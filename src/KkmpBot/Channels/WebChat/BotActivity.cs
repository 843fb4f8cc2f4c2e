using System.Text.Json;

namespace KkmpBot.Channels.WebChat;

/// <summary>
/// How a message of the bot looks to a Direct Line client. Few short choices are suggested actions, which go away once one is taken;
/// many, or choices with details, are a hero card's buttons. Either way a press comes back as <c>messageBack</c>: it carries the button's
/// token, and Web Chat shows its label as what the person said.
/// </summary>
internal static class BotActivity
{
    /// <summary>More than so many suggested actions run out of a phone's screen.</summary>
    public const int MaxSuggested = 5;

    /// <summary>Writes the activity.</summary>
    /// <param name="message">The message.</param>
    /// <param name="stamp">Its place in the log.</param>
    /// <param name="rewrites">
    /// The id of the activity that says this from now on; null for a new one. Our own page puts the words there, Microsoft's client passes over it.
    /// </param>
    public static byte[] Compose(OutboundMessage message, ActivityStamp stamp, string? rewrites = null) => ActivityJson.Write(json =>
    {
        json.WriteString("type", rewrites is null ? "message" : "messageUpdate");
        if (rewrites is not null)
            json.WriteString("replyToId", rewrites);
        json.WriteString("channelId", "directline");
        json.WriteStart(stamp, ActivityJson.BotId, ActivityJson.BotName, "bot");
        json.WriteStartObject("recipient");
        json.WriteString("id", message.Address);
        json.WriteEndObject();
        json.WriteString("text", message.Text);
        // Without it Web Chat would read the text as Markdown and join its lines.
        json.WriteString("textFormat", "plain");
        json.WriteString("inputHint", message.Buttons.Count > 0 ? "expectingInput" : "acceptingInput");
        // Our own page shows its button for pictures then; other clients pass over it.
        if (message.WantsPicture)
        {
            json.WriteStartObject("channelData");
            json.WriteBoolean("wantsPicture", true);
            json.WriteEndObject();
        }
        var isCard = message.Buttons.Count > MaxSuggested || message.Buttons.Any(button => button.Detail is not null);
        if (isCard || message.File is not null)
        {
            json.WriteStartArray("attachments");
            if (message.File is { } file)
                WriteFile(json, file);
            if (isCard)
                WriteCard(json, message.Buttons);
            json.WriteEndArray();
        }
        if (!isCard && message.Buttons.Count > 0)
            WriteSuggested(json, message.Buttons);
    });

    /// <summary>The dots that tell that the bot is at work; not kept.</summary>
    /// <param name="conversation">The conversation.</param>
    /// <param name="utc">Now.</param>
    public static byte[] Typing(string conversation, DateTimeOffset utc) => ActivityJson.Frame(
        [
            ActivityJson.Write(json =>
            {
                json.WriteString("type", "typing");
                json.WriteString("channelId", "directline");
                json.WriteStart(new ActivityStamp(conversation, 0, utc), ActivityJson.BotId, ActivityJson.BotName, "bot");
            }),
        ],
        watermark: null);

    private static void WriteSuggested(Utf8JsonWriter json, IReadOnlyList<OutboundButton> buttons)
    {
        json.WriteStartObject("suggestedActions");
        json.WriteStartArray("to");
        json.WriteEndArray();
        WriteActions(json, "actions", buttons);
        json.WriteEndObject();
    }

    private static void WriteCard(Utf8JsonWriter json, IReadOnlyList<OutboundButton> buttons)
    {
        json.WriteStartObject();
        json.WriteString("contentType", "application/vnd.microsoft.card.hero");
        json.WriteStartObject("content");
        WriteActions(json, "buttons", buttons);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    // The file stands in the activity itself, sealed with it in the log: no address of its own that somebody could guess.
    private static void WriteFile(Utf8JsonWriter json, OutboundFile file)
    {
        json.WriteStartObject();
        json.WriteString("contentType", file.MimeType);
        json.WriteString("contentUrl", $"data:{file.MimeType};base64,{Convert.ToBase64String(file.Bytes)}");
        json.WriteString("name", file.Name);
        json.WriteEndObject();
    }

    private static void WriteActions(Utf8JsonWriter json, string name, IReadOnlyList<OutboundButton> buttons)
    {
        json.WriteStartArray(name);
        foreach (var button in buttons)
        {
            json.WriteStartObject();
            json.WriteString("type", "messageBack");
            json.WriteString("title", button.Detail is null ? button.Label : $"{button.Label} · {button.Detail}");
            json.WriteString("text", button.Token);
            json.WriteString("displayText", button.Label);
            // Our own page shows the detail on a line of its own; other clients pass over it.
            if (button.Detail is not null)
            {
                json.WriteStartObject("channelData");
                json.WriteString("detail", button.Detail);
                json.WriteEndObject();
            }
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}
