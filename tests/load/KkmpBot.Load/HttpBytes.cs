using System.Buffers.Text;

namespace KkmpBot.Load;

/// <summary>As much of HTTP/1.1 as the service, the peers and this program speak to each other on loopback.</summary>
internal static class HttpBytes
{
    /// <summary>The length of the first whole message in the bytes, or 0 while it is not all there.</summary>
    /// <param name="bytes">What was received so far.</param>
    /// <param name="bodyAt">Where its body begins.</param>
    public static int WholeMessage(ReadOnlySpan<byte> bytes, out int bodyAt)
    {
        bodyAt = bytes.IndexOf("\r\n\r\n"u8) + 4;
        if (bodyAt < 4)
            return 0;
        var head = bytes[..bodyAt];
        if (Header(head, "\r\nContent-Length: "u8) is { } length || (Header(head, "\r\ncontent-length: "u8) is { } small && (length = small) >= 0))
            return bytes.Length >= bodyAt + length ? bodyAt + length : 0;
        if (head.IndexOf("chunked"u8) < 0)
            return bodyAt;
        var end = bytes[(bodyAt - 2)..].IndexOf("\r\n0\r\n\r\n"u8);
        return end < 0 ? 0 : bodyAt - 2 + end + 7;
    }

    /// <summary>The status of a response.</summary>
    public static int Status(ReadOnlySpan<byte> response) => Utf8Parser.TryParse(response[9..12], out int status, out _) ? status : 0;

    /// <summary>The number behind a name in JSON, quoted or not; 0 when it is not there.</summary>
    public static long Number(ReadOnlySpan<byte> json, ReadOnlySpan<byte> name)
    {
        var at = json.IndexOf(name);
        if (at < 0)
            return 0;
        var rest = json[(at + name.Length)..];
        while (rest.Length > 0 && rest[0] is (byte)' ' or (byte)':' or (byte)'"')
            rest = rest[1..];
        return Utf8Parser.TryParse(rest, out long number, out _) ? number : 0;
    }

    private static int? Header(ReadOnlySpan<byte> head, ReadOnlySpan<byte> name)
    {
        var at = head.IndexOf(name);
        return at >= 0 && Utf8Parser.TryParse(head[(at + name.Length)..], out int value, out _) ? value : null;
    }
}
