using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text;
using KkmpBot.Tests.Processes;
using Microsoft.Extensions.Logging;
using Xunit.Abstractions;

namespace KkmpBot.Tests.Channels.Contract;

/// <summary>
/// Random requests for every public address beside the two webhooks: Direct Line, the pages, the payment provider's callback, health, and paths that do
/// not exist. Never a failure of ours, never a word of the program's insides, never a foreign line in the log. The seed is fixed; <c>KKMP_LONG=1</c>
/// sends a million.
/// </summary>
public sealed class PublicFuzzTests(ITestOutputHelper output)
{
    private const int Seed = 20261122;
    private const int AtOnce = 16;
    private const int MaxWrong = 3;
    private const string Injected = "KKMP-INJECTED";

    private static readonly int Requests = Environment.GetEnvironmentVariable("KKMP_LONG") == "1" ? 1_000_000 : 20_000;
    private static readonly string[] Insides = ["   at KkmpBot", "   at System.", "Exception:", "/src/KkmpBot/", "SQLite Error", "Npgsql."];

    [Fact]
    public async Task No_address_answers_with_a_failure_or_its_insides()
    {
        var settings = new Dictionary<string, string>
        {
            ["DirectLine__Secret"] = "direct-line-of-the-fuzz",
            ["Qris__CallbackSecret"] = "callback-of-the-fuzz",
            ["PublicUrl"] = "https://kkmp.example",
            ["Turns__PerPersonPerMinute"] = "0",
        };
        await using var bot = await InProcessBot.StartAsync(settings, hasNetwork: false, least: LogLevel.Debug);
        using var client = bot.CreateClient();
        client.Timeout = Timeout.InfiniteTimeSpan;
        var statuses = new int[1000];
        var wrong = new ConcurrentQueue<string>();
        var clock = System.Diagnostics.Stopwatch.StartNew();
        await Parallel.ForEachAsync(Enumerable.Range(0, Requests), new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (i, _) =>
        {
            if (wrong.Count >= MaxWrong)
                return;
            using var request = PublicFuzz.Request(new Random(unchecked(Seed + (i * 7919))), Injected);
            var what = $"request {i} of seed {Seed}, {request.Method} {request.RequestUri}";
            try
            {
                using var answer = await client.SendAsync(request, CancellationToken.None);
                Interlocked.Increment(ref statuses[(int)answer.StatusCode]);
                var text = await answer.Content.ReadAsStringAsync(CancellationToken.None);
                // 503 with Retry-After is the honest answer of a full service.
                if ((int)answer.StatusCode >= 500 && (int)answer.StatusCode != 503)
                    wrong.Enqueue($"{what} was answered with {(int)answer.StatusCode}: {text}");
                if (Array.Find(Insides, inside => text.Contains(inside, StringComparison.Ordinal)) is { } told)
                    wrong.Enqueue($"{what} was told '{told}'");
                if (!answer.Headers.TryGetValues("X-Content-Type-Options", out var sniff) || sniff.Single() != "nosniff" || !answer.Headers.Contains("Strict-Transport-Security"))
                    wrong.Enqueue($"{what} was answered without the headers");
            }
            catch (Exception failure)
            {
                wrong.Enqueue($"{what} threw {failure}");
            }
        });
        var counts = string.Join(", ", Enumerable.Range(0, statuses.Length).Where(status => statuses[status] > 0).Select(status => $"{status}: {statuses[status]}"));
        Assert.True(wrong.IsEmpty, string.Join('\n', wrong));
        output.Print($"public fuzz: {Requests} requests, seed {Seed}, in {clock.Elapsed.TotalSeconds:0} s; {counts}");
        Assert.True(statuses[200] + statuses[201] > 0 && statuses[404] > 0 && statuses[401] + statuses[403] > 0, counts);
        var lines = bot.Log.Lines.Select(line => line.Text).ToList();
        Assert.Empty(lines.Where(text => text.Contains(Injected, StringComparison.Ordinal)).Take(3));
        Assert.Empty(lines.Where(text => text.Contains("Exception", StringComparison.Ordinal)).Distinct().Take(3));
    }
}

/// <summary>Random requests, alike enough to real ones to come through the door.</summary>
internal static class PublicFuzz
{
    private static readonly string[] Paths =
    [
        "/", "/index.html", "/chat.js", "/healthz", "/healthz/ready", "/metrics", "/webchat/token", "/v3/directline/tokens/generate", "/v3/directline/tokens/refresh",
        "/v3/directline/conversations", "/v3/directline/conversations/{0}", "/v3/directline/conversations/{0}/activities", "/v3/directline/conversations/{0}/activities?watermark={0}",
        "/v3/directline/conversations/{0}/upload?userId={0}", "/v3/directline/conversations/{0}/stream?t={0}", "/v3/directline/session/getsessionid", "/payments/qris/callback",
        "/office", "/office/{0}", "/office/masuk?kode={0}", "/office/masuk/{0}", "/nik/{0}", "/city", "/city/figures.json?hari={0}", "/{0}", "/../{0}", "/%2e%2e/%2e%2e/etc/passwd",
    ];

    private static readonly string[] Methods = ["GET", "GET", "POST", "POST", "POST", "PUT", "DELETE", "OPTIONS", "HEAD"];

    private static readonly string[] Types =
        ["application/json", "application/json", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/plain", "application/octet-stream", "multipart/form-data"];

    private static readonly string[] Bodies =
    [
        "{}", "[]", "null", "", "{\"type\":\"message\",\"text\":\"halo\",\"from\":{\"id\":\"dl_a\"}}", "{\"type\":\"message\",\"from\":{\"id\":7},\"text\":[1]}", "{\"user\":{\"id\":\"dl_b\"}}",
        "{\"transaction_id\":\"T1\",\"reference\":\"K\",\"amount\":1e99,\"status\":\"paid\"}", "--x\r\nContent-Disposition: form-data; name=\"activity\"\r\n\r\n{}\r\n--x--", "a=1&b=2",
    ];

    public static HttpRequestMessage Request(Random random, string injected)
    {
        var path = string.Format(System.Globalization.CultureInfo.InvariantCulture, Pick(random, Paths), Uri.EscapeDataString(Word(random, injected)));
        var request = new HttpRequestMessage(new HttpMethod(Pick(random, Methods)), new Uri(path, UriKind.Relative));
        if (random.Next(3) == 0)
            request.Headers.TryAddWithoutValidation("Authorization", random.Next(2) == 0 ? "Bearer direct-line-of-the-fuzz" : $"Bearer {Word(random, injected)}");
        if (random.Next(4) == 0)
            request.Headers.TryAddWithoutValidation("Origin", random.Next(2) == 0 ? "https://kkmp.example" : "https://evil.example");
        if (random.Next(4) == 0)
            request.Headers.TryAddWithoutValidation("Cookie", $"kkmp_chat={Uri.EscapeDataString(Word(random, injected))}; kkmp_kantor={random.NextInt64()}");
        if (random.Next(6) == 0)
            request.Headers.TryAddWithoutValidation("X-Signature", $"sha256={Convert.ToHexStringLower(Bytes(random, 32))}");
        if (request.Method != HttpMethod.Get && request.Method != HttpMethod.Head)
            request.Content = Content(random, injected);
        return request;
    }

    private static ByteArrayContent Content(Random random, string injected)
    {
        var body = random.Next(4) switch
        {
            0 => Bytes(random, random.Next(300)),
            1 => Encoding.UTF8.GetBytes(Pick(random, Bodies).Replace("halo", Word(random, injected), StringComparison.Ordinal)),
            2 => Mutated(random, Encoding.UTF8.GetBytes(Pick(random, Bodies))),
            _ => Encoding.UTF8.GetBytes(Pick(random, Bodies)),
        };
        var content = new ByteArrayContent(body);
        if (random.Next(10) > 0)
            content.Headers.ContentType = MediaTypeHeaderValue.Parse(Pick(random, Types));
        return content;
    }

    private static byte[] Mutated(Random random, byte[] bytes)
    {
        for (int changes = random.Next(1, 5); changes > 0 && bytes.Length > 0; changes--)
            bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
        return bytes;
    }

    private static string Word(Random random, string injected) => random.Next(6) switch
    {
        0 => $"a\r\n2026-11-22 INF {injected}",
        1 => new string('x', random.Next(1, 400)),
        2 => random.NextInt64().ToString(System.Globalization.CultureInfo.InvariantCulture),
        3 => "'; DROP TABLE people; --",
        4 => "<script>alert(1)</script>",
        _ => Convert.ToHexStringLower(Bytes(random, 8)),
    };

    private static byte[] Bytes(Random random, int length)
    {
        var bytes = new byte[length];
        random.NextBytes(bytes);
        return bytes;
    }

    private static T Pick<T>(Random random, T[] from) => from[random.Next(from.Length)];
}
