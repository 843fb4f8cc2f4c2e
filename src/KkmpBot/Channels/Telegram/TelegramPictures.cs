using System.Text.Json;
using KkmpBot.Channels.Telegram.BotApi;

namespace KkmpBot.Channels.Telegram;

/// <summary>
/// Chooses which of the files of a message is the picture: of a photo the largest size that we take, or a file that was sent as it is. What is not as
/// the Bot API describes it is no picture.
/// </summary>
public static class TelegramPictures
{
    // A photo comes in four sizes or so.
    private const int MaxSizes = 16;

    // {"photo":[{"file_id":"AgAC…","file_unique_id":"AQAD…","width":320,"height":240,"file_size":21344},…]}
    // {"document":{"file_id":"BQAC…","file_name":"beras.png","mime_type":"image/png","file_size":90112}}

    /// <summary>What <c>getFile</c> takes for the picture of a message; null for none that we take.</summary>
    /// <param name="message">The message.</param>
    public static string? ReferenceOf(Message message) => message switch
    {
        { Photo: { ValueKind: JsonValueKind.Array } sizes } => sizes.EnumerateArray().Take(MaxSizes)
            .Select(size => (Id: IdOf(size), Bytes: SizeOf(size)))
            .Where(size => size.Id is not null && size.Bytes is not > OutboundFile.MaxGivenPicture)
            .OrderBy(size => size.Bytes ?? 0).LastOrDefault().Id,
        { Document: { } file, Animation: null } when TextOf(file, "mime_type") is "image/jpeg" or "image/png" && SizeOf(file) is not > OutboundFile.MaxGivenPicture => IdOf(file),
        _ => null,
    };

    private static string? IdOf(JsonElement file) => TextOf(file, "file_id") is { Length: > 0 and <= InboundMessage.MaxPictureReference } id ? id : null;

    private static long? SizeOf(JsonElement file) =>
        file.ValueKind == JsonValueKind.Object && file.TryGetProperty("file_size", out var size) && size.ValueKind == JsonValueKind.Number && size.TryGetInt64(out var bytes)
            ? bytes
            : null;

    private static string? TextOf(JsonElement file, string name)
    {
        try
        {
            return file.ValueKind == JsonValueKind.Object && file.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair is JSON too, and no text.
            return null;
        }
    }
}
