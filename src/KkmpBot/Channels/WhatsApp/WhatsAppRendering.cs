using System.Globalization;
using System.Text;
using KkmpBot.Channels.WhatsApp.CloudApi;

namespace KkmpBot.Channels.WhatsApp;

/// <summary>
/// Renders a message for WhatsApp: few short choices as buttons, up to ten as a list, more as numbered lines that people answer by
/// number. Limits: https://developers.facebook.com/docs/whatsapp/cloud-api/messages/interactive-list-messages
/// </summary>
public static class WhatsAppRendering
{
    /// <summary>Buttons under a message.</summary>
    public const int MaxButtons = 3;

    /// <summary>The title of a button.</summary>
    public const int MaxButtonTitle = 20;

    /// <summary>The text above buttons, and the caption of a file.</summary>
    public const int MaxButtonBody = 1024;

    /// <summary>Rows of a list.</summary>
    public const int MaxRows = 10;

    /// <summary>The title of a row.</summary>
    public const int MaxRowTitle = 24;

    /// <summary>The second line of a row.</summary>
    public const int MaxRowDescription = 72;

    /// <summary>The text of a message, and the text above a list.</summary>
    public const int MaxText = 4096;

    /// <summary>What opens a list, and its heading; the same in Indonesian and Javanese.</summary>
    public const string ListButton = "Pilihan";

    private const int MaxParameter = 1024;
    private const char Ellipsis = '…';

    /// <summary>The message that carries the words and what can be pressed; null when the words are the caption of its file.</summary>
    /// <param name="message">The message.</param>
    public static MessageRequest? Render(OutboundMessage message)
    {
        if (message.Template is { } template)
            return Address(message, new MessageRequest("template") { Template = Render(template) });
        if (IsCaption(message))
            return null;
        var (text, buttons) = (message.Text, message.Buttons);
        if (message.WantsContact)
        {
            // A message carries one kind of things to press, and only this kind can share a number: choices stand as words.
            var body = Cut(WithLines(text, buttons), MaxButtonBody);
            return Interactive(message, new InteractiveContent("contact_request", new(body), new() { Name = "request_contact_info" }));
        }
        if (buttons.Count is > 0 and <= MaxButtons && AreShort(buttons) && text.Length <= MaxButtonBody)
        {
            var replies = buttons.Select(button => new ReplyButton(new ReplyTitle(button.Token, button.Label))).ToList();
            return Interactive(message, new InteractiveContent("button", new(text), new() { Buttons = replies }));
        }
        if (buttons.Count is > 0 and <= MaxRows)
        {
            var rows = new ListSection(ListButton, [.. buttons.Select(Row)]);
            return Interactive(message, new InteractiveContent("list", new(Cut(text, MaxText)), new() { Button = ListButton, Sections = [rows] }));
        }
        return Address(message, new MessageRequest("text") { Text = new TextContent(Cut(WithLines(text, buttons), MaxText)) });
    }

    /// <summary>The message that carries the file, once it is uploaded.</summary>
    /// <param name="message">The message; it has a file.</param>
    /// <param name="mediaId">The upload's id.</param>
    public static MessageRequest RenderFile(OutboundMessage message, string mediaId)
    {
        var file = message.File ?? throw new ArgumentException("The message has no file.", nameof(message));
        var caption = IsCaption(message) ? message.Text : null;
        var bare = Recipient(message, file.IsPicture
            ? new MessageRequest("image") { Image = new MediaContent(mediaId, caption) }
            : new MessageRequest("document") { Document = new MediaContent(mediaId, caption, file.Name) });
        // The last part names the row: only its status tells that the whole message arrived.
        return caption is null ? bare : Named(message, bare);
    }

    private static bool IsCaption(OutboundMessage message) =>
        message is { File: not null, Buttons.Count: 0, WantsContact: false, Text.Length: <= MaxButtonBody };

    private static TemplateContent Render(OutboundTemplate template)
    {
        var parameters = template.Values.Select(value => new TemplateParameter(value.Name, OneLine(value.Text))).ToList();
        return new TemplateContent(
            template.Name, new TemplateLanguage(template.Language), parameters.Count == 0 ? null : [new TemplateComponent("body", parameters)]);
    }

    // A detail would be lost under a button, and three buttons may not read the same.
    private static bool AreShort(IReadOnlyList<OutboundButton> buttons) =>
        buttons.All(button => button.Label.Length <= MaxButtonTitle && string.IsNullOrEmpty(button.Detail))
        && buttons.Select(button => button.Label).Distinct().Count() == buttons.Count;

    private static ListRow Row(OutboundButton button)
    {
        var detail = string.IsNullOrEmpty(button.Detail) ? null : button.Detail;
        var whole = button.Label.Length <= MaxRowTitle ? detail : detail is null ? button.Label : $"{button.Label} · {detail}";
        return new ListRow(button.Token, Cut(button.Label, MaxRowTitle), whole is null ? null : Cut(whole, MaxRowDescription));
    }

    private static string WithLines(string text, IReadOnlyList<OutboundButton> buttons)
    {
        var lines = new StringBuilder(text);
        for (var i = 0; i < buttons.Count; i++)
        {
            lines.Append(i == 0 ? "\n\n" : "\n").Append(CultureInfo.InvariantCulture, $"{i + 1}. {buttons[i].Label}");
            if (buttons[i].Detail is { Length: > 0 } detail)
                lines.Append(" (").Append(detail).Append(')');
        }
        return lines.ToString();
    }

    // Meta refuses line breaks, tabs and rows of spaces inside a variable.
    private static string OneLine(string text)
    {
        var line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length == 0 ? "-" : Cut(line, MaxParameter);
    }

    private static MessageRequest Interactive(OutboundMessage message, InteractiveContent content) =>
        Address(message, new MessageRequest("interactive") { Interactive = content });

    private static MessageRequest Address(OutboundMessage message, MessageRequest request) => Named(message, Recipient(message, request));

    private static MessageRequest Named(OutboundMessage message, MessageRequest request) =>
        request with { BizOpaqueCallbackData = $"{WhatsAppNotification.OutboxPrefix}{message.OutboxId.ToString(CultureInfo.InvariantCulture)}" };

    private static MessageRequest Recipient(OutboundMessage message, MessageRequest request) =>
        message.Address.StartsWith('+') ? request with { To = message.Address } : request with { Recipient = message.Address };

    private static string Cut(string text, int length)
    {
        if (text.Length <= length)
            return text;
        var end = length - 1;
        return text[..(char.IsHighSurrogate(text[end - 1]) ? end - 1 : end)].TrimEnd() + Ellipsis;
    }
}
