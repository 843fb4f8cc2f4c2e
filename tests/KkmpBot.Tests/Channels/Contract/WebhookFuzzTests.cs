using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text;
using KkmpBot.Channels.Telegram;
using KkmpBot.Channels.WhatsApp;
using KkmpBot.Tests.Platforms.BotApi;
using KkmpBot.Tests.Platforms.CloudApi;
using KkmpBot.Tests.Processes;
using Microsoft.Extensions.Logging;
using Xunit.Abstractions;

namespace KkmpBot.Tests.Channels.Contract;

/// <summary>
/// Random and mutated bodies for both webhooks of the whole service, with the right secret or signature and without: never anything but
/// 200, 400 or 401, and never an exception in the log. The seed is fixed; <c>KKMP_LONG=1</c> sends a million.
/// </summary>
public sealed class WebhookFuzzTests(ITestOutputHelper output)
{
    private const int Seed = 20261122;
    private const int AtOnce = 16;
    private const int MaxWrong = 3;
    private const string Secret = "rahasia_webhook-1";

    private static readonly int Bodies = Environment.GetEnvironmentVariable("KKMP_LONG") == "1" ? 1_000_000 : 20_000;

    [Fact]
    public async Task Whatever_is_posted_is_taken_or_refused()
    {
        await using var telegram = await BotApiEmulator.StartAsync();
        await using var whatsapp = await CloudApiEmulator.StartAsync(new CloudApiOptions(TellsStatuses: false));
        var settings = new Dictionary<string, string>(whatsapp.Settings)
        {
            ["Telegram__Token"] = telegram.Token,
            ["Telegram__BaseUrl"] = telegram.BaseUrl,
            ["Telegram__Mode"] = "webhook",
            ["Telegram__WebhookSecret"] = Secret,
            ["PublicUrl"] = "http://127.0.0.1:9",
            ["Turns__PerPersonPerMinute"] = "0",
        };
        await using var bot = await InProcessBot.StartAsync(settings, hasNetwork: false, least: LogLevel.Warning);
        using var client = bot.CreateClient();
        client.Timeout = Timeout.InfiniteTimeSpan;
        var statuses = new int[600];
        var wrong = new ConcurrentQueue<string>();
        var clock = System.Diagnostics.Stopwatch.StartNew();
        await Parallel.ForEachAsync(Enumerable.Range(0, Bodies), new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (i, _) =>
        {
            if (wrong.Count >= MaxWrong)
                return;
            var random = new Random(unchecked(Seed + (i * 7919)));
            var isWhatsApp = i % 2 == 0;
            var isSigned = random.Next(10) > 0;
            var body = WebhookFuzz.Body(random, isWhatsApp ? "whatsapp" : "telegram");
            using var request = isWhatsApp ? WhatsAppPost(body, isSigned ? whatsapp.AppSecret : "another") : TelegramPost(body, isSigned ? Secret : "another");
            var (status, failure) = await SendAsync(client, request);
            Interlocked.Increment(ref statuses[status]);
            var isRight = isSigned ? status is 200 or 400 : status == 401;
            if (!isRight)
                wrong.Enqueue($"body {i} of seed {Seed} was answered with {status} {failure}: {Encoding.Latin1.GetString(body)}");
        });
        var counts = string.Join(", ", Enumerable.Range(0, statuses.Length).Where(status => statuses[status] > 0).Select(status => $"{status}: {statuses[status]}"));
        Assert.True(wrong.IsEmpty, $"{string.Join('\n', wrong)}\n{string.Join('\n', bot.Log.Lines.TakeLast(20).Select(line => line.Text))}");
        output.Print($"webhook fuzz: {Bodies} bodies, seed {Seed}, in {clock.Elapsed.TotalSeconds:0} s; {counts}; {await bot.CountAsync("SELECT COUNT(*) FROM received_updates")} turns");
        Assert.True(statuses[200] > 0 && statuses[400] > 0 && statuses[401] > 0, counts);
        // A trouble that a platform reports of itself is an error too, and no exception.
        Assert.Empty(bot.Log.Lines.Select(line => line.Text).Where(text => text.Contains("Exception", StringComparison.Ordinal)).Distinct().Take(5));
        Assert.Equal(0, await bot.CountAsync("SELECT COUNT(*) FROM dead_letters WHERE class = 'poison'"));
    }

    // What the pipeline lets through as an exception has no status.
    private static async Task<(int Status, string Failure)> SendAsync(HttpClient client, HttpRequestMessage request)
    {
        try
        {
            using var answer = await client.SendAsync(request);
            return ((int)answer.StatusCode, "");
        }
        catch (Exception failure)
        {
            return (0, $"{failure}");
        }
    }

    private static HttpRequestMessage TelegramPost(byte[] body, string secret)
    {
        var request = Post(TelegramWebhook.Path, body);
        request.Headers.TryAddWithoutValidation(TelegramWebhook.SecretHeader, secret);
        return request;
    }

    private static HttpRequestMessage WhatsAppPost(byte[] body, string secret)
    {
        var request = Post(WhatsAppWebhook.Path, body);
        request.Headers.TryAddWithoutValidation(WhatsAppWebhook.SignatureHeader, CloudApiPosts.Sign(body, secret));
        return request;
    }

    private static HttpRequestMessage Post(string path, byte[] body)
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
    }
}
