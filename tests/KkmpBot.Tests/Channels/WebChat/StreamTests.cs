using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text.Json;

namespace KkmpBot.Tests.Channels.WebChat;

/// <summary>The WebSocket: replay, order, drops, typing, heartbeat.</summary>
public sealed class StreamTests
{
    [Fact]
    public async Task A_first_stream_replays_what_came_before_it_and_goes_on()
    {
        await using var host = await WebChatHost.StartAsync();
        var client = await host.JoinAsync();
        using var before = await client.PostAsync("satu", "c1");
        using var stream = await client.OpenStreamAsync();
        await stream.ReadAsync(3);
        using var after = await client.PostAsync("dua", "c2");
        Assert.Equal(
            ["Bapak/Ibu menulis: /start", "satu", "Bapak/Ibu menulis: satu", "dua", "Bapak/Ibu menulis: dua"],
            WebClient.Texts(await stream.ReadAsync(5)));
        Assert.Equal("6", stream.Watermark);
    }

    [Fact]
    public async Task Dropped_streams_lose_and_repeat_nothing()
    {
        await using var host = await WebChatHost.StartAsync();
        var client = await host.JoinAsync();
        var seen = new List<JsonElement>();
        var watermark = "";
        var expected = new List<string> { "Bapak/Ibu menulis: /start" };
        for (var round = 0; round < 6; round++)
        {
            using var reconnected = await host.SendAsync(HttpMethod.Get, $"{client.Path}?watermark={watermark}", client.Token);
            var url = (await reconnected.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("streamUrl").GetString();
            using var stream = await client.OpenStreamAsync(url);
            using var during = await client.PostAsync($"a{round}", $"a{round}");
            var activities = await stream.ReadAsync(round == 0 ? 3 : 4);
            watermark = stream.Watermark!;
            seen.AddRange(activities);
            stream.Socket.Abort();
            using var away = await client.PostAsync($"b{round}", $"b{round}");
            expected.AddRange([$"a{round}", $"Bapak/Ibu menulis: a{round}", $"b{round}", $"Bapak/Ibu menulis: b{round}"]);
        }
        seen.AddRange((await client.ReadAsync(watermark)).Activities);
        Assert.Equal(expected, WebClient.Texts(seen));
    }

    [Fact]
    [Trait("Category", "Postgres")]
    public async Task A_stream_on_another_copy_gets_what_this_one_writes()
    {
        await using var host = await WebChatHost.StartAsync();
        await using var beside = await WebChatHost.StartBesideAsync(host);
        var client = await host.JoinAsync();
        using var stream = await client.OpenStreamAsync(new UriBuilder(client.StreamUrl) { Port = beside.Address.Port }.ToString());
        await stream.ReadAsync(1);
        for (var i = 1; i <= 3; i++)
        {
            using var posted = await client.PostAsync($"p{i}", $"p{i}");
            Assert.Equal($"Bapak/Ibu menulis: p{i}", WebClient.Texts(await stream.ReadAsync(1 + (2 * i)))[^1]);
        }
    }

    [Fact]
    public async Task Every_open_stream_of_a_conversation_gets_everything()
    {
        await using var host = await WebChatHost.StartAsync();
        var client = await host.JoinAsync();
        using var one = await client.OpenStreamAsync();
        using var two = await client.OpenStreamAsync();
        await Task.WhenAll(Enumerable.Range(0, 20).Select(async i =>
        {
            using var posted = await client.PostAsync($"p{i}", $"p{i}");
        }));
        var first = WebClient.Texts(await one.ReadAsync(41));
        Assert.Equal(41, first.Distinct().Count());
        Assert.Equal(first, WebClient.Texts(await two.ReadAsync(41)));
    }

    [Fact]
    public async Task A_long_absence_is_replayed_in_pages()
    {
        await using var host = await WebChatHost.StartAsync();
        var client = await host.JoinAsync();
        for (var i = 0; i < 120; i++)
            await host.Channel.SendAsync(new(1000 + i, 1, host.Taken.First().Address, $"berita {i}", []), CancellationToken.None);
        using var stream = await client.OpenStreamAsync();
        Assert.Equal(Enumerable.Range(0, 120).Select(i => $"berita {i}"), WebClient.Texts(await stream.ReadAsync(121)).Skip(1));
    }

    [Fact]
    public async Task The_bot_is_seen_typing_while_a_turn_takes_long()
    {
        await using var host = await WebChatHost.StartAsync();
        var client = await host.JoinAsync();
        using var stream = await client.OpenStreamAsync();
        await stream.ReadAsync(1);
        host.TurnTakes = TimeSpan.FromSeconds(1);
        using var posted = await client.PostAsync("lambat", "c1");
        await stream.ReadAsync(3);
        var typing = Assert.Single(await stream.ReadAsync(1, "typing"));
        Assert.Equal("bot", typing.GetProperty("from").GetProperty("role").GetString());
        Assert.DoesNotContain((await client.ReadAsync()).Activities, activity => activity.GetProperty("type").GetString() == "typing");
    }

    [Fact]
    public async Task The_user_s_typing_is_echoed_and_not_kept()
    {
        await using var host = await WebChatHost.StartAsync();
        var client = await host.JoinAsync();
        using var stream = await client.OpenStreamAsync();
        await stream.ReadAsync(1);
        using var posted = await client.PostJsonAsync("""{"type":"typing","channelData":{"clientActivityID":"ty1"}}""");
        var typing = Assert.Single(await stream.ReadAsync(1, "typing"));
        Assert.Equal("ty1", typing.GetProperty("channelData").GetProperty("clientActivityID").GetString());
        Assert.Equal("2", (await client.ReadAsync()).Watermark);
        Assert.Single(host.Taken);
    }

    [Fact]
    public async Task An_empty_frame_comes_back_and_anything_else_is_passed_over()
    {
        await using var host = await WebChatHost.StartAsync();
        var client = await host.JoinAsync();
        using var stream = await client.OpenStreamAsync();
        await stream.ReadAsync(1);
        await stream.Socket.SendAsync(new byte[5000], WebSocketMessageType.Binary, true, CancellationToken.None);
        await stream.Socket.SendAsync(ReadOnlyMemory<byte>.Empty, WebSocketMessageType.Text, true, CancellationToken.None);
        Assert.Equal("", await stream.FrameAsync());
        await stream.Socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
        Assert.Equal(WebSocketState.Closed, stream.Socket.State);
    }

    [Fact]
    public async Task Streams_of_one_conversation_are_limited_and_a_closed_one_makes_room()
    {
        await using var host = await WebChatHost.StartAsync();
        var client = await host.JoinAsync();
        var streams = new List<WebStream>();
        for (var i = 0; i < 8; i++)
            streams.Add(await client.OpenStreamAsync());
        await Assert.ThrowsAsync<WebSocketException>(() => client.OpenStreamAsync());
        await streams[0].ReadAsync(1);
        await streams[0].Socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
        // The place is free once the server has seen the close, a moment after the client has.
        WebStream? again = null;
        for (var attempt = 0; again is null && attempt < 100; attempt++)
        {
            try
            {
                again = await client.OpenStreamAsync();
            }
            catch (WebSocketException)
            {
                await Task.Delay(20);
            }
        }
        Assert.NotNull(again);
        streams.Append(again).ToList().ForEach(stream => stream.Dispose());
    }
}
