using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Unicode;

namespace KkmpBot.Load;

/// <summary>
/// A Bot API on loopback, as light as it can be made: it takes every message at once, notes whom it is for, and answers as Telegram does.
/// Limits, errors and rules of the real one are the tests' matter, not the benchmark's.
/// </summary>
internal sealed class LoopbackBotApi : IDisposable
{
    private const int BufferBytes = 64 * 1024;
    private readonly Socket listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly CancellationTokenSource stop = new();

    public LoopbackBotApi()
    {
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(512);
        _ = AcceptAsync();
    }

    /// <summary>What a bot is told as its platform.</summary>
    public string BaseUrl => $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndPoint!).Port}";

    /// <summary>Who hears the replies.</summary>
    public People? People { get; set; }

    /// <summary>Messages taken, by anybody.</summary>
    public long Taken { get; private set; }

    public void Dispose()
    {
        stop.Cancel();
        listener.Dispose();
        stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = ServeAsync(await listener.AcceptAsync(stop.Token));
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync("The Bot API is closed.");
        }
    }

    private async Task ServeAsync(Socket bot)
    {
        using var _ = bot;
        bot.NoDelay = true;
        var buffer = new byte[BufferBytes];
        var answer = new byte[1024];
        var filled = 0;
        try
        {
            while (await bot.ReceiveAsync(buffer.AsMemory(filled)) is > 0 and var received)
            {
                filled += received;
                while (HttpBytes.WholeMessage(buffer.AsSpan(0, filled), out var bodyAt) is > 0 and var length)
                {
                    var answered = Answer(buffer.AsSpan(0, length), bodyAt, answer);
                    await bot.SendAsync(answer.AsMemory(0, answered));
                    buffer.AsSpan(length, filled - length).CopyTo(buffer);
                    filled -= length;
                }
            }
        }
        catch (SocketException)
        {
            // The bot was stopped; its next process connects anew.
            return;
        }
    }

    private int Answer(ReadOnlySpan<byte> request, int bodyAt, Span<byte> answer)
    {
        var line = request[..request.IndexOf((byte)'\r')];
        var body = request[bodyAt..];
        Span<byte> json = stackalloc byte[512];
        int length;
        if (line.IndexOf("/sendMessage"u8) >= 0)
        {
            var chat = HttpBytes.Number(body, "\"chat_id\""u8);
            Taken++;
            People?.Receive(chat, body);
            Utf8.TryWrite(
                json,
                $$$"""{"ok":true,"result":{"message_id":{{{Taken}}},"from":{"id":1,"is_bot":true,"first_name":"Bot","username":"load_bot"}"""
                + $$$""","chat":{"id":{{{chat}}},"first_name":"Warga","type":"private"},"date":1795300000,"text":"-"}}""",
                out length);
        }
        else
        {
            var text = line.IndexOf("/getMe"u8) >= 0
                ? """{"ok":true,"result":{"id":1,"is_bot":true,"first_name":"Bot","username":"load_bot","can_join_groups":true,"can_read_all_group_messages":false,"supports_inline_queries":false}}"""
                : """{"ok":true,"result":true}""";
            length = Encoding.UTF8.GetBytes(text, json);
        }

        Utf8.TryWrite(answer, $"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\r\n", out var head);
        json[..length].CopyTo(answer[head..]);
        return head + length;
    }
}
