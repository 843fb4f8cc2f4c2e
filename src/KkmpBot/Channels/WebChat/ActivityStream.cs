using System.Net.WebSockets;

namespace KkmpBot.Channels.WebChat;

/// <summary>
/// One open stream: sends what the log has after the client's watermark, then again whenever it is woken. A client that cannot keep up is
/// cut off and comes back with its watermark; nothing piles up for it.
/// </summary>
internal sealed class ActivityStream(WebSocket socket, ActivityFeed feed, WebLog log, TimeProvider time)
{
    // A phone that takes no frame for so long has lost its network.
    private static readonly TimeSpan SendTimeout = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(2);

    /// <summary>Runs until either side closes.</summary>
    /// <param name="watermark">The last sequence the client has.</param>
    /// <param name="stopping">Cancelled when the process stops; the client reconnects elsewhere or later.</param>
    public async Task RunAsync(long watermark, CancellationToken stopping)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var reading = ReadAsync(ending.Token);
        var sending = SendAllAsync(watermark, ending.Token);
        await Task.WhenAny(reading, sending);
        await ending.CancelAsync();
        try
        {
            await Task.WhenAll(reading, sending);
        }
        catch (Exception gone) when (gone is WebSocketException or OperationCanceledException)
        {
            // The client is gone, or we are: it comes back with its watermark.
        }
        await CloseAsync();
    }

    private async Task SendAllAsync(long watermark, CancellationToken ct)
    {
        while (true)
        {
            for (var page = await log.ReadAsync(feed.Conversation, watermark, ct); page.Count > 0;
                 page = page.Count < WebLog.PageSize ? [] : await log.ReadAsync(feed.Conversation, watermark, ct))
            {
                watermark = page[^1].Stamp.Sequence;
                await SendAsync(ActivityJson.Frame(page.Select(activity => activity.Json), watermark), ct);
            }
            foreach (var frame in await feed.WaitAsync(ct))
                await SendAsync(frame, ct);
        }
    }

    private async Task SendAsync(ReadOnlyMemory<byte> frame, CancellationToken ct)
    {
        using var timeout = new CancellationTokenSource(SendTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, timeout.Token);
        await socket.SendAsync(frame, WebSocketMessageType.Text, endOfMessage: true, either.Token);
    }

    // Clients send an empty frame every 20 seconds. It is returned, so that our page notices a network that died in silence; Microsoft's
    // client skips it.
    private async Task ReadAsync(CancellationToken ct)
    {
        var buffer = new byte[1024];
        var isFirst = true;
        while (true)
        {
            var part = await socket.ReceiveAsync(buffer.AsMemory(), ct);
            if (part.MessageType == WebSocketMessageType.Close)
                return;
            if (isFirst && part is { EndOfMessage: true, Count: 0 })
                feed.Push(ReadOnlyMemory<byte>.Empty);
            isFirst = part.EndOfMessage;
        }
    }

    private async Task CloseAsync()
    {
        if (socket.State != WebSocketState.CloseReceived)
            return;
        using var timeout = new CancellationTokenSource(CloseTimeout, time);
        try
        {
            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, timeout.Token);
        }
        catch (Exception gone) when (gone is WebSocketException or OperationCanceledException)
        {
            socket.Abort();
        }
    }
}
