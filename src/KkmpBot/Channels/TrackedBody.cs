using System.Net;

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
