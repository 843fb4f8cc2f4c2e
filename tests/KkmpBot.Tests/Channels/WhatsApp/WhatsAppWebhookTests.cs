using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using KkmpBot.Tests.Platforms.CloudApi;
using KkmpBot.Tests.Processes;

namespace KkmpBot.Tests.Channels.WhatsApp;

/// <summary>The webhook in the whole service: whoever is not Meta learns nothing, and what Meta repeats is done once.</summary>
public sealed class WhatsAppWebhookTests : IAsyncLifetime
{
    private CloudApiEmulator api = null!;
    private InProcessBot bot = null!;

    public async Task InitializeAsync()
    {
        api = await CloudApiEmulator.StartAsync(new CloudApiOptions(SecondOfRetries: TimeSpan.FromMilliseconds(20)));
        bot = await InProcessBot.StartAsync(new Dictionary<string, string>(api.Settings) { ["WhatsApp__AppSecret"] = "test-app-secret" });
        api.WebhookUrl = new Uri($"{bot.Url}/channels/whatsapp/webhook");
    }

    public async Task DisposeAsync()
    {
        await bot.DisposeAsync();
        await api.DisposeAsync();
    }

    [Fact]
    public async Task Metas_question_is_answered_with_its_own_challenge_and_nothing_else()
    {
        Assert.Equal((200, "1158201444"), await api.VerifyWebhookAsync());
        Assert.Equal((403, ""), await api.VerifyWebhookAsync("a wrong word"));
    }

    [Fact]
    public async Task A_body_as_meta_signs_it_is_taken_and_the_least_change_is_not()
    {
        var body = await File.ReadAllBytesAsync(Recorded("signed-body"));
        var signature = (string)JsonNode.Parse(await File.ReadAllTextAsync(Recorded("signed-body.meta")))!["value"]!;
        Assert.Equal(200, await PostAsync(body, signature));
        Assert.Equal(1, await bot.CountAsync("SELECT COUNT(*) FROM received_updates"));

        byte[] rewritten = [.. System.Text.Encoding.UTF8.GetBytes(JsonNode.Parse(body)!.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))];
        Assert.Equal(401, await PostAsync(rewritten, signature));
        Assert.Equal(401, await PostAsync([.. body, (byte)'\n'], signature));
        Assert.Equal(401, await PostAsync(body, signature[..^1] + (signature[^1] == '0' ? '1' : '0')));
        Assert.Equal(401, await PostAsync(body, signature["sha256=".Length..]));
        Assert.Equal(401, await PostAsync(body, "sha256="));
        Assert.Equal(401, await PostAsync(body, "sha1=" + signature["sha256=".Length..]));
        Assert.Equal(401, await PostAsync(body, null));
        Assert.Equal(401, await PostAsync(body, CloudApiPosts.Sign(body, "another-secret")));
        Assert.Equal(1, await bot.CountAsync("SELECT COUNT(*) FROM received_updates"));
    }

    [Fact]
    public async Task Signed_nonsense_is_400_and_what_concerns_nobody_200()
    {
        Assert.Equal(400, await PostSignedAsync("no json"u8.ToArray()));
        Assert.Equal(400, await PostSignedAsync([]));
        Assert.Equal(200, await PostSignedAsync("{}"u8.ToArray()));
        foreach (var name in new[] { "webhook-other-number", "webhook-other-field", "webhook-reaction", "status-read" })
            Assert.Equal(200, await PostSignedAsync(await File.ReadAllBytesAsync(Recorded(name))));
        Assert.Equal(0, await bot.CountAsync("SELECT COUNT(*) FROM received_updates"));
    }

    [Fact]
    public async Task A_batch_is_committed_whole_and_a_repetition_changes_nothing()
    {
        var batch = await File.ReadAllBytesAsync(Recorded("webhook-batch"));
        Assert.Equal(200, await PostSignedAsync(batch));
        Assert.Equal(200, await PostSignedAsync(batch));
        Assert.Equal(2, await bot.CountAsync("SELECT COUNT(*) FROM received_updates WHERE channel = 'whatsapp'"));
        Assert.Equal(2, await bot.CountAsync("SELECT COUNT(*) FROM outbox"));
        Assert.Equal(1, await bot.CountAsync("SELECT COUNT(*) FROM deliveries WHERE progress = 3"));
    }

    private static string Recorded(string name) => Path.Combine(AppContext.BaseDirectory, "webhooks", "whatsapp", name + ".json");

    private Task<int> PostSignedAsync(byte[] body) => PostAsync(body, CloudApiPosts.Sign(body, "test-app-secret"));

    private async Task<int> PostAsync(byte[] body, string? signature)
    {
        using var http = new HttpClient();
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        if (signature is not null)
            content.Headers.TryAddWithoutValidation("X-Hub-Signature-256", signature);
        using var answer = await http.PostAsync(api.WebhookUrl, content);
        Assert.Empty(await answer.Content.ReadAsStringAsync());
        return (int)answer.StatusCode;
    }
}
