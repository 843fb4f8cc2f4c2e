using System.Text.Json.Nodes;
using KkmpBot.Channels;
using KkmpBot.Channels.WhatsApp;
using KkmpBot.Channels.WhatsApp.CloudApi;
using KkmpBot.Tests.Channels.Contract;
using KkmpBot.Tests.Channels.Telegram;
using KkmpBot.Tests.Data;
using Microsoft.Extensions.Logging;

namespace KkmpBot.Tests.Channels.WhatsApp;

/// <summary>Meta's table of errors, line by line, and what each means for a message.</summary>
public sealed class WhatsAppDeliveryTests : IDisposable
{
    private readonly RecordingLog log = new();

    // code, HTTP status, "retry" | "shared" | "pair" | "once" | "few" | "refused" | "alert" | "pause" | "closed" | "blocked"
    public static TheoryData<int, int, string> Table() => new()
    {
        { 0, 401, "pause" }, { 190, 401, "pause" }, { 3, 500, "alert" }, { 10, 403, "alert" }, { 131005, 403, "alert" }, { 200, 403, "alert" }, { 299, 403, "alert" },
        { 1, 400, "once" }, { 2, 503, "retry" }, { 4, 400, "shared" }, { 80007, 400, "shared" }, { 33, 400, "alert" }, { 133010, 400, "alert" },
        { 100, 400, "refused" }, { 131008, 400, "refused" }, { 131009, 400, "refused" }, { 368, 403, "alert" }, { 131031, 403, "alert" }, { 130497, 403, "alert" },
        { 130429, 400, "shared" }, { 130429, 429, "shared" }, { 130472, 400, "refused" }, { 131000, 500, "few" }, { 131016, 500, "retry" }, { 131021, 400, "refused" },
        { 131026, 400, "refused" }, { 131030, 400, "refused" }, { 131037, 400, "refused" }, { 131042, 400, "alert" }, { 131045, 500, "refused" }, { 131047, 400, "closed" },
        { 131048, 400, "shared" }, { 131049, 400, "refused" }, { 131050, 400, "blocked" }, { 131051, 400, "refused" }, { 131052, 400, "refused" }, { 131053, 400, "refused" },
        { 131056, 400, "pair" }, { 131057, 500, "shared" }, { 131062, 400, "refused" }, { 132000, 400, "refused" }, { 132001, 404, "refused" }, { 132005, 400, "refused" },
        { 132007, 400, "refused" }, { 132012, 400, "refused" }, { 132015, 400, "alert" }, { 132016, 400, "alert" }, { 132068, 400, "refused" }, { 132069, 400, "retry" },
        { 133000, 500, "refused" }, { 133004, 503, "retry" }, { 133005, 400, "refused" }, { 133016, 400, "refused" }, { 134011, 400, "refused" }, { 135000, 400, "refused" },
        { 999999, 400, "refused" }, { 999999, 500, "retry" }, { 999999, 429, "shared" },
    };

    public void Dispose() => log.Dispose();

    [Theory]
    [MemberData(nameof(Table))]
    public async Task An_error_means(int code, int status, string meaning)
    {
        var wire = new Wire(_ => Error(code, status));
        var channel = await ChannelAsync(wire);
        var first = await SendAsync(channel);
        switch (meaning)
        {
            case "retry" or "once" or "few" or "pair":
                Assert.False(Assert.IsType<DeliveryResult.RetryAfter>(first).SharedLimit);
                break;
            case "shared":
                Assert.True(Assert.IsType<DeliveryResult.RetryAfter>(first).SharedLimit);
                break;
            case "closed":
                Assert.IsType<DeliveryResult.WindowClosed>(first);
                break;
            case "blocked":
                Assert.IsType<DeliveryResult.Blocked>(first);
                break;
            default:
                Assert.StartsWith($"{code} ", Assert.IsType<DeliveryResult.Rejected>(first).Reason, StringComparison.Ordinal);
                break;
        }
        Assert.Equal(meaning is "alert" or "pause" || code == 131048, log.Lines.Any(line => line.Level == LogLevel.Error));
        var calls = wire.Requests.Count;
        await SendAsync(channel, outboxId: 18);
        Assert.Equal(meaning == "pause" ? calls : calls + 1, wire.Requests.Count);
    }

    [Theory]
    [InlineData(1, 400, 2)]
    [InlineData(131000, 500, 4)]
    public async Task What_may_be_tried_a_few_times_is_refused_then(int code, int status, int tries)
    {
        var channel = await ChannelAsync(Error(code, status));
        for (var i = 1; i < tries; i++)
            Assert.IsType<DeliveryResult.RetryAfter>(await SendAsync(channel));
        Assert.IsType<DeliveryResult.Rejected>(await SendAsync(channel));
    }

    [Fact]
    public async Task Too_much_for_one_person_waits_four_times_longer_each_time()
    {
        var channel = await ChannelAsync(Error(131056, 400));
        var delays = new List<double>();
        for (var i = 0; i < 7; i++)
            delays.Add(Assert.IsType<DeliveryResult.RetryAfter>(await SendAsync(channel)).Delay.TotalSeconds);
        Assert.Equal([1, 4, 16, 64, 256, 1024, 1024], delays);
    }

    [Fact]
    public async Task The_recorded_errors_of_meta_are_understood()
    {
        (string Name, Type Expected)[] recorded =
        [
            ("error-131047", typeof(DeliveryResult.WindowClosed)), ("error-132001", typeof(DeliveryResult.Rejected)), ("error-130429", typeof(DeliveryResult.RetryAfter)),
        ];
        foreach (var (name, expected) in recorded)
        {
            var body = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "webhooks", "whatsapp", name + ".json"));
            var channel = await ChannelAsync(new WireAnswer(400, body));
            Assert.IsType(expected, await SendAsync(channel));
        }
    }

    [Fact]
    public async Task A_template_fills_its_variables_in_one_line_each()
    {
        var wire = new Wire(_ => new WireAnswer(200, """{"messages":[{"id":"wamid.x"}]}"""));
        var channel = await ChannelAsync(wire);
        var template = new OutboundTemplate("kabar_pesanan", "id", [new("no", "JTS-0007"), new("goods", "Beras\n2 kg\t dan   gula")]);
        await channel.SendAsync(MessageShapes.Text("ID.123") with { Template = template }, CancellationToken.None);
        var expected = JsonNode.Parse("""
            {"messaging_product":"whatsapp","recipient_type":"individual","recipient":"ID.123","biz_opaque_callback_data":"outbox-17","type":"template",
             "template":{"name":"kabar_pesanan","language":{"code":"id"},"components":[{"type":"body","parameters":[
              {"type":"text","parameter_name":"no","text":"JTS-0007"},{"type":"text","parameter_name":"goods","text":"Beras 2 kg dan gula"}]}]}}
            """);
        Assert.True(JsonNode.DeepEquals(expected, JsonNode.Parse(Assert.Single(wire.Requests).Body)));
    }

    [Fact]
    public async Task A_read_mark_shows_typing()
    {
        var wire = new Wire(_ => new WireAnswer(200, """{"success":true}"""));
        var channel = await ChannelAsync(wire);
        const string Wamid = "wamid.HBgLMTY1MDU1NTEyMzQVAgASGBQzQTRBNjU5OUFFRTAzODEwMTQ0Rg==";
        await channel.AcknowledgeAsync(new InboundMessage("whatsapp", "k", "ID.123", InboundKind.Text, "x", CallbackId: Wamid), CancellationToken.None);
        var recorded = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "webhooks", "whatsapp", "request-read-typing.json")));
        Assert.True(JsonNode.DeepEquals(recorded, JsonNode.Parse(Assert.Single(wire.Requests).Body)));
    }

    [Theory]
    [InlineData("Recipient 6281234567890 not in list", "Recipient  not in list")]
    [InlineData("code 131047 of 2026", "code 131047 of 2026")]
    [InlineData(null, "")]
    public void Numbers_that_may_be_phones_leave_metas_words(string? words, string safe) => Assert.Equal(safe, WhatsAppClient.Redact(words));

    private static WireAnswer Error(int code, int status) => new(status, new JsonObject
    {
        ["error"] = new JsonObject { ["message"] = "(#1) Something", ["code"] = code, ["error_data"] = new JsonObject { ["details"] = "Details." }, ["fbtrace_id"] = "Az8" },
    }.ToJsonString());

    private static Task<DeliveryResult> SendAsync(WhatsAppChannel channel, long outboxId = 17) =>
        channel.SendAsync(MessageShapes.Text("+6281234567890") with { OutboxId = outboxId }, CancellationToken.None);

    private Task<WhatsAppChannel> ChannelAsync(WireAnswer answer) => ChannelAsync(new Wire(_ => answer));

    private async Task<WhatsAppChannel> ChannelAsync(Wire wire)
    {
        var settings = new WhatsAppSettings { AccessToken = "t", BaseUrl = TriedChannel.BaseUrl, PhoneNumberId = "1" };
        var database = await TestDatabase.CreateAsync();
        var deliveries = new DeliveryLog(database.Database, (_, _) => Task.CompletedTask, TimeProvider.System, log.For<DeliveryLog>());
        return new WhatsAppChannel(
            new WhatsAppClient(new HttpClient(wire), settings, TimeProvider.System), settings, deliveries, TestDatabase.OneVault, TimeProvider.System, log.For<WhatsAppChannel>());
    }
}
