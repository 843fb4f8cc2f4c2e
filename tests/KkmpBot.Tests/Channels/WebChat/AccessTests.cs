using System.Net;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text.Json;

namespace KkmpBot.Tests.Channels.WebChat;

/// <summary>Who gets in, with what, and how the others are refused.</summary>
public sealed class AccessTests
{
    [Fact]
    public async Task Without_leave_a_call_is_refused_as_Direct_Line_refuses()
    {
        await using var host = await WebChatHost.StartAsync();
        foreach (var (method, path, token, status) in ((string, string, string?, int)[])[
            ("POST", "/tokens/generate", null, 401),
            ("POST", "/tokens/generate", "wrong", 403),
            ("POST", "/tokens/refresh", null, 401),
            ("POST", "/tokens/refresh", "wrong", 403),
            ("POST", "/conversations", null, 401),
            ("POST", "/conversations", "wrong", 403),
            ("GET", "/conversations/x", null, 401),
            ("GET", "/conversations/x/activities", null, 401),
            ("POST", "/conversations/x/activities", "wrong", 403),
            ("POST", "/conversations/x/upload", null, 401),
            ("GET", "/conversations/x/activities", WebChatHost.Secret, 404),
            ("GET", "/conversations/x", WebChatHost.Secret, 404),
            ("GET", "/conversations/x/stream", null, 400),
            ("GET", "/session/getsessionid", null, 404)])
        {
            using var answer = await host.SendAsync(new HttpMethod(method), $"/v3/directline{path}", token, method == "POST" ? "{}" : null);
            Assert.Equal((path, status), (path, (int)answer.StatusCode));
            var error = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("error");
            Assert.NotEmpty(error.GetProperty("message").GetString()!);
        }
        Assert.Empty(host.Taken);
    }

    [Fact]
    public async Task Without_a_secret_no_token_is_generated_but_our_own_page_gets_one()
    {
        await using var host = await WebChatHost.StartAsync(withSecret: false);
        using var generated = await host.SendAsync(HttpMethod.Post, "/v3/directline/tokens/generate", WebChatHost.Secret);
        Assert.Equal(HttpStatusCode.Forbidden, generated.StatusCode);
        var client = await host.JoinAsync();
        Assert.Single(await client.TextsAsync());
    }

    [Fact]
    public async Task A_generated_token_carries_the_site_s_user()
    {
        await using var host = await WebChatHost.StartAsync();
        using var answer = await host.SendAsync(
            HttpMethod.Post, "/v3/directline/tokens/generate", WebChatHost.Secret, """{"user":{"id":"dl_5f0c2a","name":"Ann"}}""");
        var token = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("token").GetString()!;
        var claims = JsonElement.Parse(System.Buffers.Text.Base64Url.DecodeFromChars(token.Split('.')[1]));
        Assert.Equal("dl_5f0c2a", claims.GetProperty("user").GetString());

        using var foreign = await host.SendAsync(
            HttpMethod.Post, "/v3/directline/tokens/generate", WebChatHost.Secret, """{"user":{"id":"ann"}}""");
        Assert.Equal(HttpStatusCode.BadRequest, foreign.StatusCode);
    }

    [Fact]
    public async Task A_token_opens_its_own_conversation_only()
    {
        await using var host = await WebChatHost.StartAsync();
        var one = await host.JoinAsync();
        var other = await host.JoinAsync();
        foreach (var path in (string[])[other.Path, $"{other.Path}/activities"])
        {
            using var answer = await host.SendAsync(HttpMethod.Get, path, one.Token);
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        }
        using var posted = await host.SendAsync(HttpMethod.Post, $"{other.Path}/activities", one.Token, """{"type":"message","text":"x"}""");
        Assert.Equal(HttpStatusCode.Forbidden, posted.StatusCode);
        var stream = other.StreamUrl[..(other.StreamUrl.IndexOf("&t=", StringComparison.Ordinal) + 3)];
        await Assert.ThrowsAsync<WebSocketException>(() => one.OpenStreamAsync(stream + one.Token));
        Assert.Equal("2", (await other.ReadAsync()).Watermark);
    }

    [Fact]
    public async Task A_server_with_the_secret_speaks_for_the_conversation_s_user()
    {
        await using var host = await WebChatHost.StartAsync();
        using var started = await host.SendAsync(HttpMethod.Post, "/v3/directline/conversations", WebChatHost.Secret, "{}");
        Assert.Equal(HttpStatusCode.Created, started.StatusCode);
        var opened = await started.Content.ReadFromJsonAsync<JsonElement>();
        var client = new WebClient(host, opened.GetProperty("conversationId").GetString()!, WebChatHost.Secret, "");
        using var posted = await client.PostAsync("saldo", "c1");
        Assert.Equal(HttpStatusCode.OK, posted.StatusCode);
        Assert.Single(host.Taken.Select(message => message.Address).Distinct());
        Assert.Equal(["saldo", "Bapak/Ibu menulis: saldo"], await client.TextsAsync("2"));
    }

    [Fact]
    public async Task An_expired_token_is_403_TokenExpired_and_a_refreshed_one_lives_on()
    {
        await using var host = await WebChatHost.StartAsync();
        var client = await host.JoinAsync();
        host.Time.Ahead = TimeSpan.FromMinutes(50);
        using var refreshed = await host.SendAsync(HttpMethod.Post, "/v3/directline/tokens/refresh", client.Token);
        var token = (await refreshed.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("token").GetString();

        host.Time.Ahead = TimeSpan.FromMinutes(61);
        using var expired = await host.SendAsync(HttpMethod.Get, $"{client.Path}/activities", client.Token);
        Assert.Equal(HttpStatusCode.Forbidden, expired.StatusCode);
        Assert.Equal(
            "TokenExpired",
            (await expired.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("error").GetProperty("code").GetString());
        using var read = await host.SendAsync(HttpMethod.Get, $"{client.Path}/activities", token);
        Assert.Equal(HttpStatusCode.OK, read.StatusCode);
        using var late = await host.SendAsync(HttpMethod.Post, "/v3/directline/tokens/refresh", client.Token);
        Assert.Equal(HttpStatusCode.Forbidden, late.StatusCode);
        await Assert.ThrowsAsync<WebSocketException>(() => client.OpenStreamAsync());
    }

    [Fact]
    public async Task An_altered_token_is_refused()
    {
        await using var host = await WebChatHost.StartAsync();
        var client = await host.JoinAsync();
        var header = client.Token[..client.Token.IndexOf('.', StringComparison.Ordinal)];
        var altered = Enumerable.Range(0, client.Token.Length / 7)
            .Select(i => $"{client.Token[..(i * 7)]}{(client.Token[i * 7] == 'A' ? 'B' : 'A')}{client.Token[(i * 7 + 1)..]}");
        foreach (var token in altered.Concat([$"{header}.", $"{header}..", $"{header}.e30.", $"{header}.e30.%%%", $"{client.Token}AAAA", "a.b.c"]))
        {
            using var answer = await host.SendAsync(HttpMethod.Get, $"{client.Path}/activities", token);
            Assert.Equal((token, HttpStatusCode.Forbidden), (token, answer.StatusCode));
        }
    }

    [Theory]
    [InlineData("https://jahat.example")]
    [InlineData("null")]
    public async Task A_foreign_origin_is_refused_on_calls_stream_and_page_token(string origin)
    {
        await using var host = await WebChatHost.StartAsync(true, ("DirectLine:AllowedOrigins", "https://kelurahan.example"));
        var client = await host.JoinAsync();
        using var read = await host.SendAsync(HttpMethod.Get, $"{client.Path}/activities", client.Token, null, ("Origin", origin));
        Assert.Equal(HttpStatusCode.Forbidden, read.StatusCode);
        Assert.False(read.Headers.Contains("Access-Control-Allow-Origin"));
        using var token = await host.SendAsync(HttpMethod.Post, "/webchat/token", null, null, ("Origin", origin));
        Assert.Equal(HttpStatusCode.Forbidden, token.StatusCode);
        await Assert.ThrowsAsync<WebSocketException>(() => client.OpenStreamAsync(origin: origin));
    }

    [Fact]
    public async Task Without_a_list_a_site_with_a_token_may_talk_but_not_take_our_own_page_s_token()
    {
        await using var host = await WebChatHost.StartAsync();
        var client = await host.JoinAsync();
        using var read = await host.SendAsync(HttpMethod.Get, $"{client.Path}/activities", client.Token, null, ("Origin", "https://kelurahan.example"));
        Assert.Equal(HttpStatusCode.OK, read.StatusCode);
        using var token = await host.SendAsync(HttpMethod.Post, "/webchat/token", null, null, ("Origin", "https://kelurahan.example"));
        Assert.Equal(HttpStatusCode.Forbidden, token.StatusCode);
    }

    [Fact]
    public async Task An_allowed_origin_gets_leave_beforehand_and_on_errors_too()
    {
        const string origin = "https://kelurahan.example";
        await using var host = await WebChatHost.StartAsync(true, ("DirectLine:AllowedOrigins", $"https://a.example, {origin}/"));
        using var asked = await host.SendAsync(
            HttpMethod.Options, "/v3/directline/conversations", null, null, ("Origin", origin), ("Access-Control-Request-Method", "POST"));
        Assert.Equal(HttpStatusCode.NoContent, asked.StatusCode);
        Assert.Equal(origin, asked.Headers.GetValues("Access-Control-Allow-Origin").Single());
        Assert.Contains("x-ms-bot-agent", asked.Headers.GetValues("Access-Control-Allow-Headers").Single(), StringComparison.Ordinal);

        using var refused = await host.SendAsync(HttpMethod.Post, "/v3/directline/conversations", null, "{}", ("Origin", origin));
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        Assert.Equal(origin, refused.Headers.GetValues("Access-Control-Allow-Origin").Single());
        var client = await host.JoinAsync();
        using var stream = await client.OpenStreamAsync(origin: origin);
        Assert.Single(await stream.ReadAsync(1));
    }

    [Fact]
    public async Task The_stream_s_address_is_the_public_one_when_the_page_was_reached_there()
    {
        await using var host = await WebChatHost.StartAsync(true, ("PublicUrl", "https://koperasi.example"));
        var client = await host.JoinAsync();
        using var outside = await host.SendAsync(HttpMethod.Get, client.Path, client.Token, null, ("Origin", "https://koperasi.example"));
        var opened = await outside.Content.ReadFromJsonAsync<JsonElement>();
        Assert.StartsWith("wss://koperasi.example/v3/directline/", opened.GetProperty("streamUrl").GetString(), StringComparison.Ordinal);
        Assert.StartsWith($"ws://{host.Address.Authority}/", client.StreamUrl, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_finds_its_conversation_again_after_days_by_its_cookie_and_begins_anew_when_asked()
    {
        await using var host = await WebChatHost.StartAsync();
        var first = await PageAsync("");
        host.Time.Ahead = TimeSpan.FromDays(30);
        Assert.Equal(first, await PageAsync(""));
        var anew = await PageAsync("?new=1");
        Assert.NotEqual(first, anew);
        Assert.Equal(anew, await PageAsync(""));

        async Task<string?> PageAsync(string query)
        {
            using var answer = await host.SendAsync(HttpMethod.Post, $"/webchat/token{query}");
            var cookie = answer.Headers.GetValues("Set-Cookie").Single();
            Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
            Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
            return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("conversationId").GetString();
        }
    }

    [Fact]
    public async Task New_conversations_are_limited_and_old_ones_are_not()
    {
        await using var host = await WebChatHost.StartAsync(true, ("DirectLine:NewConversationsPerMinute", "2"));
        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i < 3; i++)
        {
            using var answer = await host.SendAsync(HttpMethod.Post, "/webchat/token?new=1");
            statuses.Add(answer.StatusCode);
        }
        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.TooManyRequests], statuses);
        using var old = await host.SendAsync(HttpMethod.Post, "/webchat/token");
        Assert.Equal(HttpStatusCode.OK, old.StatusCode);
    }
}
