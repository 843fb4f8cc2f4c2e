using System.Text;
using System.Text.Json;
using KkmpBot.Channels;

namespace KkmpBot.Tests.Channels.WebChat;

/// <summary>What the bot says on the web, and what is kept of it.</summary>
public sealed class WebChatChannelTests
{
    [Fact]
    public async Task The_same_outbox_row_sent_again_is_shown_once()
    {
        await using var host = await WebChatHost.StartAsync();
        var client = await host.JoinAsync();
        var message = new OutboundMessage(77, 1, host.Taken.First().Address, "Pesanan siap diambil.", []);
        var first = Assert.IsType<DeliveryResult.Sent>(await host.Channel.SendAsync(message, CancellationToken.None));
        var again = Assert.IsType<DeliveryResult.Sent>(await host.Channel.SendAsync(message, CancellationToken.None));
        Assert.Equal(first.ProviderMessageId, again.ProviderMessageId);
        Assert.Equal(["Pesanan siap diambil."], await client.TextsAsync("2"));
    }

    [Fact]
    public async Task What_is_rewritten_stands_once_with_its_last_words()
    {
        await using var host = await WebChatHost.StartAsync();
        var client = await host.JoinAsync();
        var message = new OutboundMessage(77, 1, host.Taken.First().Address, "Sampai 1 dari 3 orang.", []);
        var sent = Assert.IsType<DeliveryResult.Sent>(await host.Channel.SendAsync(message, CancellationToken.None));
        foreach (var words in new[] { "Sampai 2 dari 3 orang.", "Sampai 3 dari 3 orang." })
            Assert.Equal(sent, await host.Channel.RewriteAsync(message with { Text = words }, sent.ProviderMessageId!, CancellationToken.None));
        var activity = (await client.ReadAsync("2")).Activities.Single();
        Assert.Equal(("messageUpdate", sent.ProviderMessageId), (activity.GetProperty("type").GetString(), activity.GetProperty("replyToId").GetString()));
        Assert.Equal("Sampai 3 dari 3 orang.", activity.GetProperty("text").GetString());
        Assert.IsType<DeliveryResult.Rejected>(await host.Channel.RewriteAsync(message with { OutboxId = 78 }, "x", CancellationToken.None));
    }

    [Fact]
    public async Task A_message_to_nobody_is_rejected()
    {
        await using var host = await WebChatHost.StartAsync();
        Assert.IsType<DeliveryResult.Rejected>(
            await host.Channel.SendAsync(new OutboundMessage(1, 1, "dl_siapa", "Halo", []), CancellationToken.None));
    }

    [Fact]
    public async Task A_file_is_an_attachment_that_needs_no_address_of_its_own()
    {
        await using var host = await WebChatHost.StartAsync();
        var client = await host.JoinAsync();
        var message = new OutboundMessage(78, 1, host.Taken.First().Address, "Kode ambil.", [], File: new("kode.png", "image/png", [1, 2, 3]));
        await host.Channel.SendAsync(message, CancellationToken.None);
        var file = (await client.ReadAsync()).Activities[^1].GetProperty("attachments")[0];
        Assert.Equal("kode.png", file.GetProperty("name").GetString());
        Assert.Equal("data:image/png;base64,AQID", file.GetProperty("contentUrl").GetString());
    }

    [Fact]
    public async Task Few_short_choices_are_suggested_actions_that_carry_the_token()
    {
        await using var host = await WebChatHost.StartAsync();
        host.Buttons = [new("tok-ya", "Ya, pesan"), new("tok-tidak", "Tidak")];
        var client = await host.JoinAsync();
        var activity = (await client.ReadAsync()).Activities[1];
        Assert.False(activity.TryGetProperty("attachments", out _));
        var actions = activity.GetProperty("suggestedActions").GetProperty("actions").EnumerateArray().ToList();
        Assert.Equal(["Ya, pesan", "Tidak"], actions.Select(action => action.GetProperty("title").GetString()));
        Assert.Equal(["tok-ya", "tok-tidak"], actions.Select(action => action.GetProperty("text").GetString()));
        Assert.All(actions, action => Assert.Equal("messageBack", action.GetProperty("type").GetString()));
    }

    [Theory]
    [InlineData(6, false)]
    [InlineData(2, true)]
    public async Task Many_choices_or_choices_with_details_are_a_card(int count, bool details)
    {
        await using var host = await WebChatHost.StartAsync();
        host.Buttons = [.. Enumerable.Range(1, count).Select(i => new OutboundButton($"t{i}", $"Beras {i}", details ? "Rp60.000 / sak" : null))];
        var client = await host.JoinAsync();
        var activity = (await client.ReadAsync()).Activities[1];
        Assert.False(activity.TryGetProperty("suggestedActions", out _));
        var card = activity.GetProperty("attachments").EnumerateArray().Single();
        Assert.Equal("application/vnd.microsoft.card.hero", card.GetProperty("contentType").GetString());
        var buttons = card.GetProperty("content").GetProperty("buttons").EnumerateArray().ToList();
        Assert.Equal(count, buttons.Count);
        Assert.Equal(details ? "Beras 1 · Rp60.000 / sak" : "Beras 1", buttons[0].GetProperty("title").GetString());
        Assert.Equal("Beras 1", buttons[0].GetProperty("displayText").GetString());
    }

    [Fact]
    public async Task No_word_and_no_address_stands_readable_in_the_database()
    {
        await using var host = await WebChatHost.StartAsync();
        var client = await host.JoinAsync();
        using var posted = await client.PostAsync("nomor saya 081234567890 RAHASIAKU", "kunci-klien-77");
        Assert.Equal(4, (await client.ReadAsync()).Activities.Count);

        var bytes = await host.DatabaseBytesAsync();
        foreach (var secret in (string[])["RAHASIAKU", "081234567890", "kunci-klien-77", "Bapak/Ibu menulis", host.Taken.First().Address])
        {
            Assert.Equal(-1, bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(secret)));
            Assert.Equal(-1, bytes.AsSpan().IndexOf(Encoding.Unicode.GetBytes(secret)));
        }
        Assert.NotEqual(-1, bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(client.Conversation)));
    }

    [Fact]
    public async Task What_was_stored_and_not_taken_is_taken_after_a_restart()
    {
        await using var host = await WebChatHost.StartAsync();
        var client = await host.JoinAsync();
        host.Receipts.Enqueue(TurnReceipt.Failed);
        using var failed = await client.PostAsync("jangan hilang", "c1");
        Assert.Equal(["jangan hilang"], await client.TextsAsync("2"));

        await using var restarted = await WebChatHost.RestartAsync(host);
        for (var i = 0; i < 200 && restarted.Taken.All(message => message.Text != "jangan hilang"); i++)
            await Task.Delay(25);
        Assert.Equal(1, restarted.Taken.Count(message => message.Text == "jangan hilang"));
    }

    [Fact]
    public async Task Stored_activities_are_read_by_their_kind()
    {
        await using var host = await WebChatHost.StartAsync();
        foreach (var (body, kind) in ((string, InboundKind)[])[
            ("""{"type":"message","id":"c|1","from":{"id":"dl_a"},"attachments":[{"contentType":"image/png"}]}""", InboundKind.Photo),
            ("""{"type":"message","id":"c|1","from":{"id":"dl_a"},"attachments":[{"contentType":"audio/ogg"}]}""", InboundKind.Voice),
            ("""{"type":"message","id":"c|1","from":{"id":"dl_a"},"attachments":[{}]}""", InboundKind.Document),
            ("""{"type":"message","id":"c|1","from":{"id":"dl_a"},"text":"beras"}""", InboundKind.Text),
            ("""{"type":"conversationUpdate","id":"c|1","from":{"id":"dl_a"}}""", InboundKind.Text)])
        {
            var message = Assert.Single(host.Channel.Parse(Encoding.UTF8.GetBytes(body)));
            Assert.Equal(("web", "c|1", "dl_a", kind), (message.Channel, message.UpdateKey, message.Address, message.Kind));
        }
        foreach (var silent in (string[])[
            """{"type":"message","id":"c|1","from":{"id":"dl_a"},"text":" "}""",
            """{"type":"event","name":"webchat/join","id":"c|1","from":{"id":"dl_a"}}""",
            """{"type":"typing","id":"c|1","from":{"id":"dl_a"}}"""])
            Assert.Empty(host.Channel.Parse(Encoding.UTF8.GetBytes(silent)));
        foreach (var none in (string[])[
            """{"type":"message","from":{"id":"dl_a"},"text":"x"}""",
            """{"type":"message","id":"c|1","text":"x"}""",
            "not json",
            """{"type":"message","id":"c|1","from":{"id":"\ud800"}}"""])
            Assert.Throws<FormatException>(() => host.Channel.Parse(Encoding.UTF8.GetBytes(none)));
    }

    [Fact]
    public async Task Mutated_activities_are_taken_or_refused_and_never_break_the_log()
    {
        await using var host = await WebChatHost.StartAsync();
        var random = new Random(20261122);
        var seed = Encoding.UTF8.GetBytes(
            """{"type":"message","text":"beras \u00e9 5 kilo","from":{"id":"x","name":"Ann"},"channelData":{"clientActivityID":"c"},"attachments":[{"contentType":"image/png"}]}""");
        // A conversation takes so many messages at once and no more.
        for (var conversation = 0; conversation < 6; conversation++)
        {
            var client = await host.JoinAsync();
            for (var i = 0; i < 50; i++)
            {
                var body = seed.ToArray();
                for (var flips = random.Next(1, 6); flips > 0; flips--)
                    body[random.Next(body.Length)] = (byte)random.Next(256);
                using var request = new HttpRequestMessage(HttpMethod.Post, $"{client.Path}/activities") { Content = new ByteArrayContent(body) };
                request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {client.Token}");
                using var answer = await host.Http.SendAsync(request);
                Assert.Contains((int)answer.StatusCode, (int[])[200, 400]);
            }
            var (page, _) = await client.ReadAsync();
            Assert.InRange(page.Count, 3, WebLogPage);
            Assert.All(page, activity => Assert.Equal(JsonValueKind.Object, activity.ValueKind));
        }
    }

    // Activities in one answer.
    private const int WebLogPage = 100;
}
