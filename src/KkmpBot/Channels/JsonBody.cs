using System.Net;
using System.Net.Http.Headers;

namespace KkmpBot.Channels;

/// <summary>A JSON body that knows whether its writing began: before that moment a failed call has surely changed nothing.</summary>
internal sealed class JsonBody : HttpContent
{
    private readonly byte[] bytes;

    public JsonBody(byte[] bytes)
    {
        this.bytes = bytes;
        Headers.ContentType = new MediaTypeHeaderValue("application/json");
    }

    /// <summary>True once the first byte may be on its way.</summary>
    public bool WritingBegan { get; private set; }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        WritingBegan = true;
        await stream.WriteAsync(bytes, cancellationToken);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = bytes.Length;
        return true;
    }
}
