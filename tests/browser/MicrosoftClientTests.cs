using KkmpBot.Tests.Processes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Playwright;

namespace KkmpBot.Browser;

/// <summary>Microsoft's own botframework-webchat, unmodified, on a page of another origin, against <c>/v3/directline</c>.</summary>
public sealed class MicrosoftClientTests(Chromium chromium) : IClassFixture<Chromium>
{
    private const string Secret = "a-secret-for-the-test-of-direct-line";
    private const string Bubbles = ".webchat__bubble__content";
    private static readonly string Bundle = Tests.Repository.Folder("tests/browser/node_modules/botframework-webchat/dist/webchat.js");

    [Fact]
    public async Task It_joins_and_orders_through_suggested_actions_and_a_dropped_socket_loses_and_repeats_nothing()
    {
        await using var bot = await BotProcess.ServeAsync(new() { ["DirectLine__Secret"] = Secret, ["Demo__Enabled"] = "true" });
        await using var site = await HostAsync(await TokenAsync(bot.Url), bot.Url);
        await using var context = await chromium.OpenAsync(Screen.Desktop);
        var page = await context.NewPageAsync();
        await page.GotoAsync(site.Urls.Single());
        await HearAsync(page, 1);

        foreach (var line in new[] { "daftar", "setuju", "Siti Aminah", "3374147108909903", "jatisari", "ya", "3/5", "0812 3456 7899", "tidak", "ya, kirim" })
            await SayAsync(page, line);
        await page.GetByText("resmi menjadi anggota").First.WaitForAsync();
        var read = await page.Locator(Bubbles).CountAsync();
        await page.EvaluateAsync("() => sockets.at(-1).close()");
        await SayAsync(page, "saldo", read);
        await page.GetByText("Rp100.000").First.WaitForAsync();
        Assert.True(await page.EvaluateAsync<int>("() => sockets.length") > 1, "The client opened no second socket.");

        await SayAsync(page, "pesan");
        await page.Locator("button", new() { HasText = "Gula" }).First.ClickAsync();
        await page.GetByText("Mau berapa").First.WaitForAsync();
        await SayAsync(page, "2");
        await page.Locator("button", new() { HasText = "Lanjut pesan" }).First.ClickAsync();
        await page.GetByText("Sudah benar").First.WaitForAsync();
        await Screen.Desktop.ShootAsync(page, "8-microsoft");
        await page.Locator("button", new() { HasText = "Ya, sudah benar" }).First.ClickAsync();
        await page.GetByText("Pesanan").First.WaitForAsync();

        var said = await page.Locator(Bubbles).AllInnerTextsAsync();
        Assert.Single(said, text => text == "saldo");
        Assert.Single(said, text => text.Contains("resmi menjadi anggota", StringComparison.Ordinal));
        Assert.Equal(0, await page.GetByText("Send failed").CountAsync());
    }

    private static async Task SayAsync(IPage page, string text, int? read = null)
    {
        var before = read ?? await page.Locator(Bubbles).CountAsync();
        await page.FillAsync("[data-id=webchat-sendbox-input]", text);
        await page.Keyboard.PressAsync("Enter");
        await HearAsync(page, before + 2);
    }

    private static Task HearAsync(IPage page, int messages) => page.WaitForFunctionAsync(
        $"n => document.querySelectorAll('{Bubbles}').length >= n", messages, new() { Timeout = 30_000 });

    private static async Task<string> TokenAsync(string url)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{url}/v3/directline/tokens/generate");
        request.Headers.Authorization = new("Bearer", Secret);
        using var answer = await http.SendAsync(request);
        answer.EnsureSuccessStatusCode();
        using var json = System.Text.Json.JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        return json.RootElement.GetProperty("token").GetString()!;
    }

    private static async Task<WebApplication> HostAsync(string token, string bot)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var site = builder.Build();
        site.MapGet("/webchat.js", () => Results.File(Bundle, "text/javascript"));
        // Sockets are counted so that the test can drop the newest.
        site.MapGet("/", () => Results.Content($$"""
            <!doctype html><meta charset="utf-8"><body style="margin:0"><div id="chat" style="height:100vh"></div>
            <script src="/webchat.js"></script><script>
            const Original = WebSocket;
            window.sockets = [];
            window.WebSocket = class extends Original { constructor(...it) { super(...it); sockets.push(this); } };
            WebChat.renderWebChat({ directLine: WebChat.createDirectLine({ token: '{{token}}', domain: '{{bot}}/v3/directline' }), locale: 'id-ID',
              styleOptions: { suggestedActionLayout: 'flow' } }, document.getElementById('chat'));
            </script>
            """, "text/html"));
        await site.StartAsync();
        return site;
    }
}
