using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using KkmpBot.Channels;

namespace KkmpBot.Tests.Channels.WebChat;

/// <summary>What Microsoft's Direct Line clients call, in the order they call it.</summary>
public sealed class DirectLineTests
{
    [Fact]
    public async Task A_new_conversation_is_201_and_greets_and_an_open_one_is_200_and_does_not()
    {
        await using var host = await WebChatHost.StartAsync();
        using var generated = await host.SendAsync(HttpMethod.Post, "/v3/directline/tokens/generate", WebChatHost.Secret);
        var token = await TokenAsync(generated);

        using var first = await host.SendAsync(HttpMethod.Post, "/v3/directline/conversations", token, """{"user":{"id":"user-9"},"locale":"en-GB"}""");
        Assert.Equal(HttpStatusCode.Created, first.StatusCode);
        var opened = await first.Content.ReadFromJsonAsync<JsonElement>();
        Assert.StartsWith($"ws://{host.Address.Authority}/v3/directline/conversations/", opened.GetProperty("streamUrl").GetString(), StringComparison.Ordinal);
        Assert.Equal(3600, opened.GetProperty("expires_in").GetInt32());

        using var again = await host.SendAsync(HttpMethod.Post, "/v3/directline/conversations", opened.GetProperty("token").GetString(), "{}");
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        var start = Assert.Single(host.Taken);
        Assert.Equal(("web", InboundKind.Text, "/start"), (start.Channel, start.Kind, start.Text));
        Assert.StartsWith("dl_", start.Address, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_echo_comes_first_then_the_reply_with_rising_time_and_watermark()
    {
        await using var host = await WebChatHost.StartAsync();
        var client = await host.JoinAsync();
        using var posted = await client.PostAsync("saldo", "c1");
        Assert.Equal(HttpStatusCode.OK, posted.StatusCode);

        var (activities, watermark) = await client.ReadAsync();
        Assert.Equal(["Bapak/Ibu menulis: /start", "saldo", "Bapak/Ibu menulis: saldo"], WebClient.Texts(activities));
        Assert.Equal("4", watermark);
        var echo = activities[2];
        Assert.Equal((await posted.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString(), echo.GetProperty("id").GetString());
        Assert.Equal("user", echo.GetProperty("from").GetProperty("role").GetString());
        Assert.Equal("bot", activities[3].GetProperty("from").GetProperty("role").GetString());
        Assert.Equal("plain", activities[3].GetProperty("textFormat").GetString());
        var times = activities.Select(activity => activity.GetProperty("timestamp").GetString()).ToList();
        Assert.Equal(times.Distinct().Order(StringComparer.Ordinal), times);

        var (later, same) = await client.ReadAsync(watermark);
        Assert.Empty(later);
        Assert.Equal(watermark, same);
    }

    [Fact]
    public async Task The_echo_keeps_channel_data_byte_for_byte_and_takes_the_sender_from_the_token()
    {
        await using var host = await WebChatHost.StartAsync();
        var client = await host.JoinAsync();
        const string channelData = """{ "attachmentSizes":[ ],"clientActivityID":"rew66rqjz7s", "n":1.50e1,"u":"\u00e9\/" }""";
        using var posted = await client.PostJsonAsync(
            $$"""{"type":"message","text":"halo","id":"x","timestamp":"1999","from":{"id":"dl_other","name":"Ann","role":"bot"},"channelData":{{channelData}}}""");
        Assert.Equal(HttpStatusCode.OK, posted.StatusCode);

        var echo = (await client.ReadAsync()).Activities[2];
        Assert.Equal(channelData, echo.GetProperty("channelData").GetRawText());
        Assert.Equal(host.Taken.Last().Address, echo.GetProperty("from").GetProperty("id").GetString());
        Assert.NotEqual("dl_other", host.Taken.Last().Address);
        Assert.Equal("user", echo.GetProperty("from").GetProperty("role").GetString());
        Assert.StartsWith($"{client.Conversation}|", echo.GetProperty("id").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_activity_posted_twice_is_one_message_and_one_answer()
    {
        await using var host = await WebChatHost.StartAsync();
        var client = await host.JoinAsync();
        var ids = new HashSet<string?>();
        for (var i = 0; i < 3; i++)
        {
            using var posted = await client.PostAsync("pesan", "c1");
            ids.Add((await posted.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString());
        }
        Assert.Single(ids);
        Assert.Equal(2, host.Taken.Count);
        Assert.Equal(["pesan", "Bapak/Ibu menulis: pesan"], await client.TextsAsync("2"));
    }

    [Fact]
    public async Task A_press_comes_back_as_a_button_from_post_back_and_from_message_back()
    {
        await using var host = await WebChatHost.StartAsync();
        var client = await host.JoinAsync();
        using var one = await client.PostJsonAsync("""{"channelData":{"postBack":true,"clientActivityID":"a"},"text":"tok-1","type":"message"}""");
        using var two = await client.PostJsonAsync(
            """{"channelData":{"messageBack":{"displayText":"Ya","text":"tok-2"},"clientActivityID":"b"},"text":"tok-2","type":"message"}""");
        using var three = await client.PostJsonAsync(
            """{"channelData":{"postBack":true,"clientActivityID":"c"},"value":{"action":"pay"},"type":"message"}""");
        Assert.Equal(
            [(InboundKind.Button, "tok-1"), (InboundKind.Button, "tok-2"), (InboundKind.Other, null)],
            host.Taken.Skip(1).Select(message => (message.Kind, message.ButtonToken)));
    }

    [Fact]
    public async Task A_malformed_activity_is_400_and_leaves_no_trace()
    {
        await using var host = await WebChatHost.StartAsync();
        var client = await host.JoinAsync();
        foreach (var body in (string[])[
            "", "[]", "{", "{}", """{"type":7}""", """{"type":"conversationUpdate"}""",
            """{"type":"message","text":"\ud800"}""", """{"type":"message","\udc00":1}"""])
        {
            using var answer = await client.PostJsonAsync(body);
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
            Assert.Equal("BadArgument", await CodeAsync(answer));
        }
        using var large = await client.PostAsync(new string('a', 70_000), "c1");
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, large.StatusCode);
        Assert.Equal("2", (await client.ReadAsync()).Watermark);
    }

    [Fact]
    public async Task An_upload_is_taken_as_a_document_or_photo_for_the_dialog_to_answer()
    {
        await using var host = await WebChatHost.StartAsync();
        var client = await host.JoinAsync();
        using var upload = new MultipartFormDataContent
        {
            {
                new StringContent(
                    """{"type":"message","text":"see file","attachments":[{"contentType":"image/png","name":"a.png"}],"channelData":{"clientActivityID":"w1"}}""",
                    System.Text.Encoding.UTF8, "application/vnd.microsoft.activity"),
                "activity", "blob"
            },
            { new ByteArrayContent(new byte[200_000]), "file", "a.png" },
        };
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{client.Path}/upload?userId=u") { Content = upload };
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {client.Token}");
        using var answer = await host.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal((InboundKind.Photo, "see file"), (host.Taken.Last().Kind, host.Taken.Last().Text));
        Assert.Equal("w1", (await client.ReadAsync()).Activities[2].GetProperty("channelData").GetProperty("clientActivityID").GetString());
    }

    [Fact]
    public async Task A_full_queue_is_waited_for()
    {
        await using var host = await WebChatHost.StartAsync();
        var client = await host.JoinAsync();
        host.Receipts.Enqueue(TurnReceipt.Full);
        host.Receipts.Enqueue(TurnReceipt.Full);
        using var posted = await client.PostAsync("pesan", "c1");
        Assert.Equal(HttpStatusCode.OK, posted.StatusCode);
        Assert.Equal(["pesan", "Bapak/Ibu menulis: pesan"], await client.TextsAsync("2"));
    }

    [Fact]
    public async Task A_failed_turn_is_503_and_the_same_activity_again_is_taken()
    {
        await using var host = await WebChatHost.StartAsync();
        var client = await host.JoinAsync();
        host.Receipts.Enqueue(TurnReceipt.Failed);
        using var failed = await client.PostAsync("pesan", "c1");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, failed.StatusCode);
        using var again = await client.PostAsync("pesan", "c1");
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        Assert.Equal(["pesan", "Bapak/Ibu menulis: pesan"], await client.TextsAsync("2"));
    }

    private static async Task<string> TokenAsync(HttpResponseMessage answer) =>
        (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("token").GetString()!;

    private static async Task<string?> CodeAsync(HttpResponseMessage answer) =>
        (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("error").GetProperty("code").GetString();
}
