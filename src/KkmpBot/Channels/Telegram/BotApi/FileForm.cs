using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;

namespace KkmpBot.Channels.Telegram.BotApi;

/// <summary>The form that carries a file: what is not a scalar is JSON inside it (Bot API, "Making requests" and "Sending files").</summary>
internal static class FileForm
{
    public static MultipartFormDataContent Write(SendFileRequest request)
    {
        var form = new MultipartFormDataContent { { new StringContent(request.ChatId.ToString(CultureInfo.InvariantCulture)), "chat_id" } };
        if (request.Caption is { } caption)
            form.Add(new StringContent(caption), "caption");
        if (request.ReplyMarkup is { } markup)
            form.Add(new StringContent(JsonSerializer.Serialize(markup, TelegramJson.Default.ReplyMarkup)), "reply_markup");
        var file = new ByteArrayContent(request.Bytes);
        file.Headers.ContentType = new MediaTypeHeaderValue(request.MimeType);
        form.Add(file, request.IsPhoto ? "photo" : "document", request.FileName);
        return form;
    }
}
