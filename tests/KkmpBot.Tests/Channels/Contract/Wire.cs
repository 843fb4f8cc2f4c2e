using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace KkmpBot.Tests.Channels.Contract;

/// <summary>What a platform answers; a status of 0 fails before anything is written, -1 after, -2 in the moment the connection is made.</summary>
internal sealed record WireAnswer(int Status, string Body = "", string ContentType = "application/json");

/// <summary>A request as it left.</summary>
internal sealed record WireRequest(Uri Address, string ContentType, string Body, string? Authorization);

/// <summary>Stands in place of the network: keeps every request and answers as told.</summary>
internal sealed class Wire(Func<Uri, WireAnswer> answer) : HttpMessageHandler
{
    public ConcurrentQueue<WireRequest> Requests { get; } = new();

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var said = answer(request.RequestUri!);
        if (said.Status == 0)
            throw new HttpRequestException(HttpRequestError.ConnectionError);
        // So the client lets it through: HttpConnectionPool asks for the other end of a connection that is gone already.
        if (said.Status == -2)
            throw new SocketException((int)SocketError.NotConnected);
        using var body = new MemoryStream();
        if (request.Content is { } content)
            await content.CopyToAsync(body, cancellationToken);
        Requests.Enqueue(new WireRequest(
            request.RequestUri!, request.Content?.Headers.ContentType?.MediaType ?? "", Encoding.Latin1.GetString(body.ToArray()), request.Headers.Authorization?.ToString()));
        return said.Status == -1
            ? throw new HttpRequestException(HttpRequestError.ResponseEnded)
            : new HttpResponseMessage((HttpStatusCode)said.Status) { Content = new StringContent(said.Body, Encoding.UTF8, said.ContentType) };
    }
}
