using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using KkmpBot.Channels;
using KkmpBot.Channels.Telegram;
using KkmpBot.Channels.Telegram.BotApi;
using Microsoft.Extensions.Logging;

namespace KkmpBot.Tests.Channels.Telegram;

/// <summary>What each answer of the Bot API, and each way of not answering, means for a message; with a real server on loopback.</summary>
public sealed class TelegramDeliveryTests : IDisposable
{
    private const string Token = "7700112233:SangatRahasia_-x";
    private const string Address = "5012345678";

    private readonly RecordingLog log = new();
    private readonly HttpMessageInvoker http = TelegramClient.CreateHttp();

    public static TheoryData<int, string, string?, string> Answers() => new()
    {
        { 200, RecordedPayload.Text("sendmessage-response"), null, "Sent { ProviderMessageId = 412 }" },
        { 429, RecordedPayload.Text("error-too-many-requests"), null, "RetryAfter { Delay = 00:00:14, SharedLimit = True }" },
        { 429, Error(429, "Too Many Requests", retryAfter: 99999), null, "RetryAfter { Delay = 01:00:00, SharedLimit = True }" },
        { 429, Error(429, "Too Many Requests"), null, "RetryAfter { Delay = 00:00:05, SharedLimit = True }" },
        { 429, "<html>too many</html>", "7", "RetryAfter { Delay = 00:00:07, SharedLimit = True }" },
        { 403, RecordedPayload.Text("error-blocked"), null, "Blocked { }" },
        { 403, Error(403, "Forbidden: user is deactivated"), null, "Blocked { }" },
        { 403, Error(403, "Forbidden: bot can't initiate conversation with a user"), null, "Blocked { }" },
        { 403, Error(403, "Forbidden: bot was kicked from the group chat"), null, "Blocked { }" },
        { 400, RecordedPayload.Text("error-chat-not-found"), null, "Rejected { Reason = Bad Request: chat not found }" },
        { 400, Error(400, "Bad Request: BUTTON_DATA_INVALID"), null, "Rejected { Reason = Bad Request: BUTTON_DATA_INVALID }" },
        { 400, Error(400, $"Bad Request: see /bot{Token}"), null, "Rejected { Reason = Bad Request: see /bot<token> }" },
        { 401, RecordedPayload.Text("error-unauthorized"), null, "Rejected { Reason = Unauthorized }" },
        { 404, Error(404, "Not Found"), null, "Rejected { Reason = Not Found }" },
        { 413, "<html>too large</html>", null, "Rejected { Reason = HTTP 413 }" },
        { 302, "<html>moved</html>", null, "Rejected { Reason = HTTP 302 }" },
        { 500, Error(500, "Internal Server Error"), null, "RetryAfter { Delay = 00:00:01, SharedLimit = False }" },
        { 502, $"<html>/bot{Token}/ bad gateway</html>", null, "RetryAfter { Delay = 00:00:01, SharedLimit = False }" },
        { 504, "", null, "RetryAfter { Delay = 00:00:01, SharedLimit = False }" },
        { 200, "<html>please log in to this hotspot</html>", null, "Unknown { }" },
        { 200, """{"ok":true}""", null, "Unknown { }" },
        { 200, """{"ok":true,"result":{"mess""", null, "Unknown { }" },
    };

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task An_answer_means(int status, string body, string? retryAfter, string expected)
    {
        await using var server = await ScriptedServer.StartAsync(new ScriptedAnswer(status, body, RetryAfter: retryAfter));

        var result = await ChannelAt(server.BaseUrl).SendAsync(Message("Halo"), CancellationToken.None);

        Assert.Equal(expected, result.ToString());
        Assert.DoesNotContain("Rahasia", log.All, StringComparison.Ordinal);
        Assert.DoesNotContain(Address, log.All, StringComparison.Ordinal);
        Assert.DoesNotContain("Halo", log.All, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(401)]
    [InlineData(404)]
    public async Task A_token_that_is_refused_is_told_loudly(int status)
    {
        await using var server = await ScriptedServer.StartAsync(new ScriptedAnswer(status, "{}"));
        await ChannelAt(server.BaseUrl).SendAsync(Message("Halo"), CancellationToken.None);
        Assert.Contains(log.Lines, line => line.Level == LogLevel.Error && line.Text.Contains("Telegram:Token", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_group_that_moved_gets_the_message_at_its_new_place()
    {
        await using var server = await ScriptedServer.StartAsync(
            new ScriptedAnswer(400, RecordedPayload.Text("error-migrated")),
            new ScriptedAnswer(200, RecordedPayload.Text("sendmessage-response")));

        var result = await ChannelAt(server.BaseUrl).SendAsync(Message("Halo") with { Address = "-445566" }, CancellationToken.None);

        Assert.IsType<DeliveryResult.Sent>(result);
        Assert.Equal([-445566, -1002233445566], server.Bodies.Select(body => (long)JsonNode.Parse(body)!["chat_id"]!));
    }

    [Fact]
    public async Task A_group_that_moves_for_ever_is_rejected()
    {
        var moved = new ScriptedAnswer(400, RecordedPayload.Text("error-migrated"));
        await using var server = await ScriptedServer.StartAsync(moved, moved, moved);
        Assert.IsType<DeliveryResult.Rejected>(await ChannelAt(server.BaseUrl).SendAsync(Message("Halo"), CancellationToken.None));
        Assert.Equal(2, server.Bodies.Count);
    }

    [Fact]
    public async Task A_connection_that_is_refused_has_sent_nothing()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        taken.Stop();

        var result = await ChannelAt($"http://127.0.0.1:{port}").SendAsync(Message("Halo"), CancellationToken.None);

        Assert.Equal(new DeliveryResult.RetryAfter(TelegramChannel.FirstDelay, SharedLimit: false), result);
        Assert.DoesNotContain("Rahasia", log.All, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_connection_closed_in_place_of_an_answer_leaves_it_unknown_and_is_not_tried_again_behind_our_back()
    {
        // The second call runs on the first one's connection, which HTTP clients like to retry on.
        await using var server = await ScriptedServer.StartAsync(
            new ScriptedAnswer(200, RecordedPayload.Text("sendmessage-response")), new ScriptedAnswer(0), new ScriptedAnswer(200, "{}"));
        var channel = ChannelAt(server.BaseUrl);

        Assert.IsType<DeliveryResult.Sent>(await channel.SendAsync(Message("satu"), CancellationToken.None));
        Assert.IsType<DeliveryResult.Unknown>(await channel.SendAsync(Message("dua"), CancellationToken.None));
        Assert.Equal(2, server.Bodies.Count);
    }

    [Fact]
    public async Task A_server_that_never_answers_leaves_it_unknown()
    {
        await using var server = await ScriptedServer.StartAsync(new ScriptedAnswer(-1));
        Assert.IsType<DeliveryResult.Unknown>(
            await ChannelAt(server.BaseUrl, new HurriedTime(30)).SendAsync(Message("Halo"), CancellationToken.None));
    }

    [Fact]
    public async Task Stopping_the_service_in_the_middle_leaves_it_unknown()
    {
        await using var server = await ScriptedServer.StartAsync(new ScriptedAnswer(-1));
        using var stop = new CancellationTokenSource();
        var sending = ChannelAt(server.BaseUrl).SendAsync(Message("Halo"), stop.Token);
        await Eventually.HoldsAsync(() => server.Bodies.Count == 1);
        await stop.CancelAsync();
        Assert.IsType<DeliveryResult.Unknown>(await sending);
    }

    [Fact]
    public async Task An_outage_makes_the_delays_grow_to_a_limit_and_the_first_success_ends_it()
    {
        var down = new ScriptedAnswer(502, "<html/>");
        var answers = Enumerable.Repeat(down, 9).Append(new ScriptedAnswer(200, RecordedPayload.Text("sendmessage-response"))).Append(down);
        await using var server = await ScriptedServer.StartAsync([.. answers]);
        var clock = new SteppedClock();
        var channel = ChannelAt(server.BaseUrl, clock);

        var delays = new List<double>();
        for (var i = 0; i < 11; i++)
        {
            var result = await channel.SendAsync(Message("Halo"), CancellationToken.None);
            delays.Add(result is DeliveryResult.RetryAfter later ? later.Delay.TotalSeconds : 0);
            clock.Now += TimeSpan.FromMinutes(2);
        }

        Assert.Equal([1, 2, 4, 8, 16, 32, 60, 60, 60, 0, 1], delays);
    }

    [Fact]
    public async Task A_press_that_is_too_old_to_answer_is_a_debug_line()
    {
        await using var server = await ScriptedServer.StartAsync(
            new ScriptedAnswer(400, RecordedPayload.Text("error-query-too-old")),
            new ScriptedAnswer(200, RecordedPayload.Text("answercallback-response")));
        var channel = ChannelAt(server.BaseUrl);
        var press = new InboundMessage("telegram", "1", Address, InboundKind.Button, ButtonToken: "t", CallbackId: "42");

        await channel.AcknowledgeAsync(press, CancellationToken.None);
        await channel.AcknowledgeAsync(press, CancellationToken.None);
        await channel.AcknowledgeAsync(press with { CallbackId = null }, CancellationToken.None);

        Assert.Equal(LogLevel.Debug, Assert.Single(log.Lines).Level);
        Assert.Equal(["{\"callback_query_id\":\"42\"}", "{\"callback_query_id\":\"42\"}"], server.Bodies);
    }

    [Fact]
    public async Task An_address_that_is_no_chat_is_rejected() =>
        Assert.IsType<DeliveryResult.Rejected>(
            await ChannelAt("http://127.0.0.1:9").SendAsync(Message("Halo") with { Address = "6281234567890@c" }, CancellationToken.None));

    public void Dispose() => http.Dispose();

    private TelegramChannel ChannelAt(string baseUrl, TimeProvider? time = null)
    {
        var settings = new TelegramSettings { Token = Token, BaseUrl = baseUrl };
        var clock = time ?? TimeProvider.System;
        return new TelegramChannel(new TelegramClient(http, settings, clock), clock, log.For<TelegramChannel>());
    }

    private static string Error(int code, string description, int? retryAfter = null)
    {
        var error = new JsonObject { ["ok"] = false, ["error_code"] = code, ["description"] = description };
        if (retryAfter is not null)
        {
            error["parameters"] = new JsonObject { ["retry_after"] = retryAfter };
        }

        return error.ToJsonString();
    }

    private static OutboundMessage Message(string text) => new(7, 1, Address, text, []);
}
