using System.Text;
using KkmpBot.Channels;

namespace KkmpBot.Tests.Channels.Contract;

/// <summary>
/// What every channel has to do, proved in the same way for each: recordings become messages, messages become exact requests, answers become
/// results; and nothing leaks. The golden files are what a reviewer reads.
/// </summary>
public sealed class ChannelContractTests
{
    private const string Secret = "Kata rahasia seorang anggota";

    private static readonly (string Name, WireAnswer Answer)[] Answers =
    [
        ("200 with a page of somebody else", new(200, "<html>please log in</html>", "text/html")),
        ("200 cut off", new(200, "{\"ok\":true,\"messages\":[{")),
        ("301", new(301)),
        ("400 without words", new(400)),
        ("401", new(401, "{}")),
        ("403", new(403, "{}")),
        ("404", new(404, "{}")),
        ("408", new(408)),
        ("413", new(413, "<html>too large</html>", "text/html")),
        ("429", new(429)),
        ("500", new(500)),
        ("502", new(502, "<html>bad gateway</html>", "text/html")),
        ("503", new(503)),
        ("504", new(504)),
        ("no connection", new(0)),
        ("closed without an answer", new(-1)),
        ("lost as it was made", new(-2)),
    ];

    public static TheoryData<string> All => [.. TriedChannel.Names];

    public static TheoryData<string> OnTheWire => [.. TriedChannel.OnTheWire];

    [Theory]
    [MemberData(nameof(All))]
    public async Task Every_shape_of_message_leaves_as_written_down(string name)
    {
        var written = new StringBuilder();
        foreach (var (shape, make) in MessageShapes.All)
        {
            await using var tried = await TriedChannel.CreateAsync(name);
            var result = await tried.Channel.SendAsync(make(tried.Address), CancellationToken.None);
            Assert.IsType<DeliveryResult.Sent>(result);
            written.Append("== ").Append(shape).Append('\n').Append(await tried.SentAsync()).Append("\n\n");
        }
        Golden.Check($"tests/golden/channels/{name}-shapes.txt", written.ToString());
    }

    [Theory]
    [MemberData(nameof(OnTheWire))]
    public async Task Every_answer_means_what_is_written_down(string name)
    {
        var written = new StringBuilder();
        foreach (var (words, answer) in Answers)
        {
            await using var tried = await TriedChannel.CreateAsync(name, answer);
            var result = await tried.Channel.SendAsync(MessageShapes.Text(tried.Address), CancellationToken.None);
            written.Append(words).Append(": ").Append(result).Append('\n');
        }
        Golden.Check($"tests/golden/channels/{name}-answers.txt", written.ToString());
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Every_recording_is_read_as_written_down(string name)
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "webhooks", name);
        var written = new StringBuilder();
        await using var tried = await TriedChannel.CreateAsync(name);
        foreach (var path in Payloads(folder))
            written.Append(Path.GetFileNameWithoutExtension(path)).Append(": ").Append(Read(tried.Channel, AsStored(name, await File.ReadAllBytesAsync(path)))).Append('\n');
        Golden.Check($"tests/golden/channels/{name}-recordings.txt", written.ToString());
    }

    [Theory]
    [MemberData(nameof(OnTheWire))]
    public async Task Nothing_secret_or_personal_is_logged_and_nobody_else_is_called(string name)
    {
        foreach (var answer in Answers.Select(pair => pair.Answer).Append(new WireAnswer(400, $"{{\"error\":{{\"code\":100,\"message\":\"{Secret} 6281234567890 5012345678\"}}}}")))
        {
            await using var tried = await TriedChannel.CreateAsync(name, answer);
            await tried.Channel.SendAsync(MessageShapes.Text(tried.Address) with { Text = Secret, Buttons = [new("tok-1", "Ya")] }, CancellationToken.None);
            await tried.Channel.AcknowledgeAsync(new InboundMessage(name, "k", tried.Address, InboundKind.Text, Secret, CallbackId: "wamid.x", SenderName: "Murtini"), CancellationToken.None);
            foreach (var kept in new[] { TriedChannel.Token, tried.Address, tried.Address.TrimStart('+'), "Murtini" })
                Assert.DoesNotContain(kept, tried.Log.All, StringComparison.Ordinal);
            Assert.All(tried.Wire!.Requests, request => Assert.StartsWith(TriedChannel.BaseUrl, $"{request.Address}", StringComparison.Ordinal));
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Whatever_bytes_come_they_are_read_or_refused(string name)
    {
        await using var tried = await TriedChannel.CreateAsync(name);
        foreach (var body in new[] { "", "null", "[]", "{}", "{", "5", "\"\\ud83d\"", "{\"entry\":{}}", "{\"update_id\":{}}", new string('[', 100_000) })
        {
            var failure = Record.Exception(() => tried.Channel.Parse(Encoding.UTF8.GetBytes(body)));
            Assert.True(failure is null or FormatException or NotSupportedException, $"{name} threw {failure?.GetType().Name} at {body[..Math.Min(20, body.Length)]}");
        }
    }

    // The console has no payloads: its lines are typed.
    private static IReadOnlyList<string> Payloads(string folder) =>
        Directory.Exists(folder) ? [.. Directory.GetFiles(folder).Where(IsInbound).Order(StringComparer.Ordinal)] : [];

    // The web chat's activities are read as its log keeps them: with an id of ours.
    private static byte[] AsStored(string name, byte[] payload)
    {
        if (name != "web")
            return payload;
        var activity = System.Text.Json.Nodes.JsonNode.Parse(payload)!.AsObject();
        activity["id"] = "c|0000001";
        return Encoding.UTF8.GetBytes(activity.ToJsonString());
    }

    // Recorded answers and requests of ours lie in the same folders.
    private static bool IsInbound(string path) =>
        Path.GetFileNameWithoutExtension(path).Split('-')[0] is "update" or "webhook" or "status" or "message" or "postback" or "typing" or "conversation";

    private static string Read(IChannel channel, byte[] body)
    {
        try
        {
            return string.Join("; ", channel.Parse(body).Select(Describe)) is { Length: > 0 } found ? found : "nobody";
        }
        catch (FormatException)
        {
            return "refused";
        }
    }

    private static string Describe(InboundMessage message)
    {
        var parts = new (string Name, string? Value)[]
        {
            ("from", message.Address), ("says", message.Text), ("presses", message.ButtonToken), ("phone", message.Phone), ("now", message.NewAddress), ("named", message.SenderName),
        };
        return $"{message.Kind} {string.Join(' ', parts.Where(part => part.Value is not null).Select(part => $"{part.Name} '{part.Value}'"))}";
    }
}
