using System.Net;
using System.Net.Sockets;
using System.Text;
using KkmpBot.Channels;
using KkmpBot.Channels.Telegram;
using KkmpBot.Tests.Platforms.BotApi;

namespace KkmpBot.Tests.Channels.Telegram;

/// <summary>The webhook's answer is the acknowledgement; whoever is not Telegram learns nothing.</summary>
public sealed class TelegramWebhookTests
{
    private static readonly BotApiOptions QuickRetries = new(SecondOfRetries: TimeSpan.FromMilliseconds(20));

    [Fact]
    public async Task Posted_updates_are_committed_once_and_in_order()
    {
        await using var api = await BotApiEmulator.StartAsync(QuickRetries);
        api.Faults.DeliverTwice = true;
        var sri = api.AddPerson("Sri");
        sri.SendText("sebelum mulai");
        await using var service = await TelegramServiceUnderTest.StartAsync(api, TelegramMode.Webhook);
        sri.SendText("satu");
        sri.SendText("dua");
        await Eventually.HoldsAsync(() => api.UnconfirmedUpdates == 0);

        Assert.Equal(["sebelum mulai", "satu", "dua"], service.Committed.Select(message => message.Text));
        Assert.Equal(3, service.Handed.Count(line => line.EndsWith("Duplicate", StringComparison.Ordinal)));
        Assert.Empty(api.Violations);
    }

    [Theory]
    [InlineData(TurnReceipt.Full)]
    [InlineData(TurnReceipt.Failed)]
    [InlineData(null)]
    public async Task What_could_not_be_taken_is_503_and_comes_again(TurnReceipt? receipt)
    {
        await using var api = await BotApiEmulator.StartAsync(QuickRetries);
        var failures = 3;
        await using var service = await TelegramServiceUnderTest.StartAsync(
            api,
            TelegramMode.Webhook,
            _ => failures-- > 0 ? receipt ?? throw new InvalidOperationException("disk") : TurnReceipt.Committed);
        await Eventually.HoldsAsync(() => api.Calls.Any(call => call.Method == "setWebhook"));
        var sri = api.AddPerson("Sri");
        sri.SendText("satu");
        sri.SendText("dua");
        await Eventually.HoldsAsync(() => api.UnconfirmedUpdates == 0);

        Assert.Equal(["satu", "dua"], service.Committed.Select(message => message.Text));
        Assert.Equal([503, 503, 503, 200, 200], api.WebhookAnswers.SkipWhile(status => status == 0));
    }

    [Fact]
    public async Task A_refusal_says_when_to_come_again_and_nothing_else()
    {
        await using var api = await BotApiEmulator.StartAsync(QuickRetries);
        await using var service = await TelegramServiceUnderTest.StartAsync(api, TelegramMode.Webhook, _ => TurnReceipt.Full);
        using var answer = await PostAsync(service, RecordedPayload.Text("update-text"), TelegramServiceUnderTest.Secret);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(TelegramWebhook.RetryAfterSeconds), answer.Headers.RetryAfter?.Delta);
        Assert.Empty(await answer.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData(null, 401)]
    [InlineData("", 401)]
    [InlineData("rahasia_webhook-2", 401)]
    [InlineData("rahasia_webhook-11", 401)]
    [InlineData(TelegramServiceUnderTest.Secret, 200)]
    public async Task Only_the_secret_opens(string? secret, int status)
    {
        await using var api = await BotApiEmulator.StartAsync(QuickRetries);
        await using var service = await TelegramServiceUnderTest.StartAsync(api, TelegramMode.Webhook);
        using var answer = await PostAsync(service, RecordedPayload.Text("update-text"), secret);
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Empty(await answer.Content.ReadAsStringAsync());
        Assert.Equal(status == 200 ? 1 : 0, service.Committed.Count);
    }

    [Theory]
    [InlineData("")]
    [InlineData("bukan json")]
    [InlineData("{\"update_id\":1,\"message\":{\"text\":5}}")]
    public async Task A_malformed_body_is_400_and_shows_nothing_of_us(string body)
    {
        await using var api = await BotApiEmulator.StartAsync(QuickRetries);
        await using var service = await TelegramServiceUnderTest.StartAsync(api, TelegramMode.Webhook);
        using var answer = await PostAsync(service, body, TelegramServiceUnderTest.Secret);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Empty(await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Many_deliveries_share_one_connection()
    {
        await using var api = await BotApiEmulator.StartAsync(QuickRetries);
        await using var service = await TelegramServiceUnderTest.StartAsync(api, TelegramMode.Webhook);
        var connections = 0;
        using var transport = new SocketsHttpHandler();
        transport.ConnectCallback = async (context, ct) =>
        {
            connections++;
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(context.DnsEndPoint, ct);
            return new NetworkStream(socket, ownsSocket: true);
        };
        using var http = new HttpClient(transport);
        foreach (var body in (string[])[RecordedPayload.Text("update-text"), "bukan json", RecordedPayload.Text("update-voice"), "{}"])
        {
            using var answer = await PostAsync(service, body, TelegramServiceUnderTest.Secret, http);
            await Task.Delay(20);
        }

        Assert.Equal(1, connections);
    }

    [Fact]
    public async Task What_concerns_nobody_is_acknowledged()
    {
        await using var api = await BotApiEmulator.StartAsync(QuickRetries);
        await using var service = await TelegramServiceUnderTest.StartAsync(api, TelegramMode.Webhook);
        using var answer = await PostAsync(service, RecordedPayload.Text("update-migrate"), TelegramServiceUnderTest.Secret);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Empty(service.Handed);
    }

    [Fact]
    public async Task A_body_beyond_the_limit_is_413()
    {
        await using var api = await BotApiEmulator.StartAsync(QuickRetries);
        await using var service = await TelegramServiceUnderTest.StartAsync(api, TelegramMode.Webhook);
        using var full = await PostAsync(service, new string(' ', TelegramWebhook.MaxBodyBytes), TelegramServiceUnderTest.Secret);
        using var over = await PostAsync(service, new string(' ', TelegramWebhook.MaxBodyBytes + 1), TelegramServiceUnderTest.Secret);
        Assert.Equal((400, 413), ((int)full.StatusCode, (int)over.StatusCode));
    }

    [Fact]
    public async Task While_polling_there_is_no_such_address()
    {
        await using var api = await BotApiEmulator.StartAsync();
        await using var service = await TelegramServiceUnderTest.StartAsync(api, TelegramMode.Polling);
        using var answer = await PostAsync(service, RecordedPayload.Text("update-text"), TelegramServiceUnderTest.Secret);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    private static async Task<HttpResponseMessage> PostAsync(
        TelegramServiceUnderTest service, string body, string? secret, HttpClient? client = null)
    {
        using var own = client is null ? new HttpClient() : null;
        using var request = new HttpRequestMessage(HttpMethod.Post, service.Url + "/channels/telegram/webhook")
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        if (secret is not null)
        {
            request.Headers.TryAddWithoutValidation("X-Telegram-Bot-Api-Secret-Token", secret);
        }

        return await (client ?? own)!.SendAsync(request);
    }
}
