using System.Buffers;
using Microsoft.AspNetCore.WebUtilities;

namespace KkmpBot.Channels.WebChat;

/// <summary>Reading request bodies up to a limit.</summary>
internal static class Bodies
{
    /// <summary>Reads a body.</summary>
    /// <param name="body">The stream.</param>
    /// <param name="maxBytes">The most.</param>
    /// <param name="ct">Gives up.</param>
    /// <returns>The bytes; null when there are more.</returns>
    public static async Task<ReadOnlyMemory<byte>?> ReadAsync(Stream body, int maxBytes, CancellationToken ct)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        while (true)
        {
            var read = await body.ReadAsync(buffer.GetMemory(1024), ct);
            if (read == 0)
                return buffer.WrittenMemory;
            buffer.Advance(read);
            if (buffer.WrittenCount > maxBytes)
                return null;
        }
    }

    /// <summary>Reads the activity of an upload and its first picture of a size and kind that we take, and passes over all else.</summary>
    /// <param name="request">A multipart request as Web Chat sends it.</param>
    /// <param name="boundary">The boundary of its parts.</param>
    /// <param name="ct">Gives up.</param>
    /// <returns>The part named <c>activity</c>, null when there is none, or one too large; and the picture.</returns>
    public static async Task<(ReadOnlyMemory<byte>? Activity, byte[]? Picture)> ReadUploadAsync(HttpRequest request, string boundary, CancellationToken ct)
    {
        ReadOnlyMemory<byte>? activity = null;
        byte[]? picture = null;
        var parts = new MultipartReader(boundary, request.Body) { HeadersCountLimit = 16, HeadersLengthLimit = 4096 };
        while (await parts.ReadNextSectionAsync(ct) is { } part)
        {
            if (part.GetContentDispositionHeader()?.Name == "activity")
                activity = await ReadAsync(part.Body, ClientActivity.MaxBytes, ct);
            else
                picture ??= await ReadPictureAsync(part.Body, ct);
        }
        return (activity, picture);
    }

    /// <summary>Reads a picture.</summary>
    /// <param name="body">The stream.</param>
    /// <param name="ct">Gives up.</param>
    /// <returns>Null when it is none, or too large.</returns>
    public static async Task<byte[]?> ReadPictureAsync(Stream body, CancellationToken ct) =>
        await ReadAsync(body, OutboundFile.MaxGivenPicture, ct) is { } bytes && OutboundFile.PictureKindOf(bytes.Span) is not null ? bytes.ToArray() : null;
}
