using System.Net;
using System.Net.Http.Headers;
using KkmpBot.Channels;

namespace KkmpBot.Tests.Channels.WebChat;

/// <summary>A picture that is uploaded in the web chat is held for an hour, so that a dialog that wants it can have it fetched.</summary>
public sealed class WebPictureTests
{
    private static readonly byte[] Png = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 1, 2, 3];

    [Fact]
    public async Task A_picture_can_be_fetched_for_an_hour()
    {
        await using var host = await WebChatHost.StartAsync();
        var client = await host.JoinAsync();
        await UploadAsync(host, client, "w1", Png);
        var message = host.Taken.Last();
        Assert.Equal((InboundKind.Photo, message.UpdateKey), (message.Kind, message.PictureReference));
        await UploadAsync(host, client, "w1", Png);
        Assert.Same(message, host.Taken.Last());

        Assert.Equal(Png, Assert.IsType<PictureFetch.Fetched>(await FetchAsync(host, message)).Bytes);
        Assert.IsType<PictureFetch.TooLarge>(await host.Channel.FetchPictureAsync(message.PictureReference!, 3, CancellationToken.None));
        Assert.Equal(-1, (await host.DatabaseBytesAsync()).AsSpan().IndexOf(Png));
        host.Time.Ahead = TimeSpan.FromMinutes(61);
        await UploadAsync(host, await host.JoinAsync(), "w2", Png);
        Assert.IsType<PictureFetch.Refused>(await FetchAsync(host, message));
        Assert.IsType<PictureFetch.Fetched>(await FetchAsync(host, host.Taken.Last()));
    }

    [Fact]
    public async Task What_is_no_picture_or_too_large_or_only_said_to_be_there_is_none()
    {
        await using var host = await WebChatHost.StartAsync();
        var client = await host.JoinAsync();
        await UploadAsync(host, client, "w1", [1, 2, 3]);
        Assert.Null(host.Taken.Last().PictureReference);
        await UploadAsync(host, client, "w2", [.. Png, .. new byte[OutboundFile.MaxGivenPicture]]);
        Assert.Null(host.Taken.Last().PictureReference);
        using var posted = await client.PostJsonAsync("""{"type":"message","heldPicture":true,"attachments":[{"contentType":"image/png"}]}""");
        Assert.Equal((InboundKind.Photo, null), (host.Taken.Last().Kind, host.Taken.Last().PictureReference));
        Assert.IsType<PictureFetch.Refused>(await host.Channel.FetchPictureAsync("x", 100, CancellationToken.None));
        Assert.IsType<PictureFetch.Refused>(await host.Channel.FetchPictureAsync("x|1|2", 100, CancellationToken.None));
    }

    [Fact]
    public async Task A_file_alone_is_taken_too()
    {
        await using var host = await WebChatHost.StartAsync();
        var client = await host.JoinAsync();
        using var content = new ByteArrayContent(Png);
        content.Headers.ContentType = new MediaTypeHeaderValue("image/png");
        await UploadAsync(host, client, content);
        Assert.IsType<PictureFetch.Fetched>(await FetchAsync(host, host.Taken.Last()));
    }

    [Fact]
    public async Task A_page_is_told_when_a_picture_is_wanted()
    {
        await using var host = await WebChatHost.StartAsync();
        var client = await host.JoinAsync();
        var message = new OutboundMessage(1001, 1, host.Taken.Last().Address, "Kirim fotonya.", []);
        await host.Channel.SendAsync(message, CancellationToken.None);
        await host.Channel.SendAsync(message with { OutboxId = 1002, WantsPicture = true }, CancellationToken.None);
        var said = (await client.ReadAsync()).Activities;
        Assert.False(said[^2].TryGetProperty("channelData", out _));
        Assert.True(said[^1].GetProperty("channelData").GetProperty("wantsPicture").GetBoolean());
    }

    private static Task<PictureFetch> FetchAsync(WebChatHost host, InboundMessage message) =>
        host.Channel.FetchPictureAsync(message.PictureReference!, OutboundFile.MaxGivenPicture, CancellationToken.None);

    private static async Task UploadAsync(WebChatHost host, WebClient client, string id, byte[] file)
    {
        var activity = $$"""{"type":"message","attachments":[{"contentType":"image/png","name":"a.png"}],"channelData":{"clientActivityID":"{{id}}"} }""";
        using var upload = new MultipartFormDataContent
        {
            { new StringContent(activity, System.Text.Encoding.UTF8, "application/vnd.microsoft.activity"), "activity", "blob" },
            { new ByteArrayContent(file), "file", "a.png" },
        };
        await UploadAsync(host, client, upload);
    }

    private static async Task UploadAsync(WebChatHost host, WebClient client, HttpContent content)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{client.Path}/upload?userId=u") { Content = content };
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {client.Token}");
        using var answer = await host.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }
}
