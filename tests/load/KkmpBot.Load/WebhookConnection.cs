using System.Net;
using System.Net.Sockets;
using System.Text.Unicode;

namespace KkmpBot.Load;

/// <summary>
/// One connection of the platform to the webhook: it posts an update, waits for the acknowledgement, and posts the next person's. A real
/// platform keeps up to 40 of them by default (<c>max_connections</c> of setWebhook).
/// </summary>
internal sealed class WebhookConnection(int port, string path, People people, CancellationToken stop)
{
    /// <summary>What the bots are told, and check.</summary>
    public const string Secret = "a-secret_of-the-benchmark";

    private static readonly TimeSpan AgainAfter = TimeSpan.FromMilliseconds(100);
    private readonly byte[] request = new byte[4096];
    private readonly byte[] response = new byte[8192];
    private Socket? socket;

    /// <summary>Posts whoever is next until the run is over.</summary>
    public void Begin()
    {
        if (people.TryNext(Post, out var person))
            Post(person);
    }

    /// <summary>Posts one update and hears its acknowledgement.</summary>
    /// <returns>The status, or 0 when nobody listens yet.</returns>
    public async Task<int> TryPostAsync(Person person)
    {
        var length = Write(person);
        try
        {
            socket ??= await ConnectAsync();
            await socket.SendAsync(request.AsMemory(0, length), stop);
            var filled = 0;
            while (true)
            {
                var received = await socket.ReceiveAsync(response.AsMemory(filled), stop);
                if (received == 0)
                    break;
                filled += received;
                if (HttpBytes.WholeMessage(response.AsSpan(0, filled), out _) > 0)
                    return HttpBytes.Status(response);
            }
        }
        catch (SocketException)
        {
            // Nobody there yet, or an idle connection was closed: the caller posts again.
        }

        socket?.Dispose();
        socket = null;
        return 0;
    }

    private void Post(Person person) => _ = PostAsync(person);

    private async Task PostAsync(Person person)
    {
        try
        {
            while (!stop.IsCancellationRequested)
            {
                var status = await TryPostAsync(person);
                people.Acknowledge(person, status, PostLater);
                if (status != 200 || !people.TryNext(Post, out var next))
                    return;
                person = next;
            }
        }
        catch (OperationCanceledException)
        {
            socket?.Dispose();
        }
    }

    private void PostLater(Person person) => _ = PostLaterAsync(person);

    private async Task PostLaterAsync(Person person)
    {
        await Task.Delay(AgainAfter, CancellationToken.None);
        await PostAsync(person);
    }

    private async Task<Socket> ConnectAsync()
    {
        var fresh = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await fresh.ConnectAsync(new IPEndPoint(IPAddress.Loopback, port), stop);
        return fresh;
    }

    // Telegram marks commands in a message, and a library may read the mark rather than the text.
    private int Write(Person person)
    {
        var words = people.Words(person);
        var entities = words.StartsWith('/') ? $$""","entities":[{"offset":0,"length":{{words.Length}},"type":"bot_command"}]""" : "";
        Span<byte> body = stackalloc byte[2048];
        Utf8.TryWrite(
            body,
            $$$"""{"update_id":{{{person.UpdateId}}},"message":{"message_id":{{{person.UpdateId}}},"from":{"id":{{{person.Chat}}},"is_bot":false,"first_name":"Warga","language_code":"id"}"""
            + $$$""","chat":{"id":{{{person.Chat}}},"first_name":"Warga","type":"private"},"date":1795300000,"text":"{{{words}}}"{{{entities}}}}}""",
            out var length);
        Utf8.TryWrite(
            request,
            $"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Type: application/json\r\nX-Telegram-Bot-Api-Secret-Token: {Secret}\r\nContent-Length: {length}\r\n\r\n",
            out var head);
        body[..length].CopyTo(request.AsSpan(head));
        return head + length;
    }
}
