using System.Net;
using System.Net.Sockets;

namespace KkmpBot.Channels;

/// <summary>A body that knows whether its writing began: before that moment a failed call has surely changed nothing.</summary>
internal sealed class TrackedBody : HttpContent
{
    private readonly HttpContent inner;

    public TrackedBody(HttpContent inner)
    {
        this.inner = inner;
        Headers.ContentType = inner.Headers.ContentType;
    }

    /// <summary>True once the first byte may be on its way.</summary>
    public bool WritingBegan { get; private set; }

    /// <summary>
    /// True for what a call throws when the network or the other side is at fault: also the bare socket errors that the client lets through when a
    /// connection is lost in the moment it was made.
    /// </summary>
    /// <param name="failure">What was thrown.</param>
    public static bool IsLost(Exception failure) => failure is HttpRequestException or SocketException or IOException;

    /// <summary>The kind of failure in a word, without the message, which may hold an address.</summary>
    /// <param name="failure">What was thrown.</param>
    public static string Cause(Exception failure) => failure is HttpRequestException http ? http.HttpRequestError.ToString() : failure.GetType().Name;

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        WritingBegan = true;
        return inner.CopyToAsync(stream, context, cancellationToken);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = inner.Headers.ContentLength ?? 0;
        return inner.Headers.ContentLength is not null;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inner.Dispose();
        base.Dispose(disposing);
    }
}
