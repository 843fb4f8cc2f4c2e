using System.Net;
using System.Text;
using KkmpBot.Channels;
using KkmpBot.Conversations;
using KkmpBot.Data;
using KkmpBot.Members;
using KkmpBot.Tests.Data;
using KkmpBot.Tests.Office;
using KkmpBot.Tests.Processes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace KkmpBot.Tests.Members;

/// <summary>The page where a NIK is written outside the chat: one person's, once, for a quarter of an hour; and the conversation goes on by itself.</summary>
public sealed class NikPageTests
{
    private const string Nik = "3374140101909920";

    [Fact]
    public async Task A_nik_on_the_page_goes_on_in_the_chat_once_and_is_kept_nowhere_in_clear()
    {
        await using var bot = await StartAsync(new ManualTime(TestDatabase.Now), LogLevel.Trace);
        var link = await LinkAsync(bot, "telegram", "4711");
        var browser = Browser(bot);
        using (var preview = await Browser(bot).GetAsync(link))
            Assert.Equal(HttpStatusCode.OK, preview.StatusCode);
        using (var opened = await browser.GetAsync(link))
        {
            Assert.Contains("default-src 'none'", opened.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
            Assert.Equal("no-store", opened.Headers.CacheControl!.ToString());
        }
        Assert.Contains("inputmode=\"numeric\"", browser.Page, StringComparison.Ordinal);

        using (var wrong = await browser.PressAsync(link, ("nik", "337414010190992")))
            Assert.Equal(HttpStatusCode.OK, wrong.StatusCode);
        Assert.Contains("Jumlah angkanya belum pas", browser.Page, StringComparison.Ordinal);
        Assert.Contains("value=\"337414010190992\"", browser.Page, StringComparison.Ordinal);
        using (var right = await browser.PressAsync(link, ("nik", "3374 1401 0190 9920")))
            Assert.Equal(HttpStatusCode.OK, right.StatusCode);
        Assert.DoesNotContain(Nik, browser.Page, StringComparison.Ordinal);
        Assert.StartsWith("NIK 3374**********20 sudah saya catat.\n\nKelurahan apa", await LastAsync(bot), StringComparison.Ordinal);

        using (var again = await browser.GetAsync(link))
            Assert.Equal(HttpStatusCode.Forbidden, again.StatusCode);
        Assert.Equal(0, await bot.CountAsync("SELECT COUNT(*) FROM nik_links WHERE nik IS NOT NULL"));
        await SayAsync(bot, "telegram", "4711", "jatisari");
        Assert.Contains("Kelurahan Jatisari", await LastAsync(bot), StringComparison.Ordinal);
        Assert.DoesNotContain(bot.Log.Lines, line => line.Text.Contains(Nik, StringComparison.Ordinal) || line.Text.Contains("337414010190992", StringComparison.Ordinal));
        foreach (var (file, bytes) in await bot.DataFilesAsync())
            Assert.True(bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(Nik)) < 0, file);
    }

    [Fact]
    public async Task A_link_is_good_for_a_quarter_of_an_hour_in_the_browser_that_opened_it_and_a_newer_one_takes_its_place()
    {
        var time = new ManualTime(TestDatabase.Now);
        await using var bot = await StartAsync(time);
        var first = await LinkAsync(bot, "whatsapp", "ID.4711");
        var browser = Browser(bot);
        using (await browser.GetAsync(first))
            Assert.NotEmpty(browser.Hidden("token"));
        var token = browser.Hidden("token");
        using (var foreign = await Browser(bot).PostAsync(first, ("token", token), ("nik", Nik)))
            Assert.Equal(HttpStatusCode.Forbidden, foreign.StatusCode);

        await SayAsync(bot, "whatsapp", "ID.4711", "tautan baru");
        var second = LinkIn(await LastAsync(bot));
        using (var replaced = await browser.PostAsync(first, ("token", token), ("nik", Nik)))
            Assert.Equal(HttpStatusCode.Forbidden, replaced.StatusCode);
        time.Advance(NikLink.Life + TimeSpan.FromSeconds(1));
        foreach (var link in new[] { second, "/nik/AAAAAAAAAAAAAAAAAAAAAA", "/nik/x" })
        {
            using var late = await browser.GetAsync(link);
            Assert.Equal(HttpStatusCode.Forbidden, late.StatusCode);
            Assert.Contains("Tautan baru", browser.Page, StringComparison.Ordinal);
        }
        Assert.Equal(0, await bot.CountAsync("SELECT COUNT(*) FROM nik_links WHERE nik IS NOT NULL"));
    }

    [Fact]
    public async Task Who_writes_something_else_too_often_or_asks_too_often_is_asked_in_the_chat()
    {
        await using var bot = await StartAsync(new ManualTime(TestDatabase.Now));
        var link = await LinkAsync(bot, "telegram", "4711");
        var browser = Browser(bot);
        using (await browser.GetAsync(link))
            Assert.NotEmpty(browser.Hidden("token"));
        for (int i = 0; i < NikLink.MaxTries; i++)
        {
            using var wrong = await browser.PressAsync(link, ("nik", $"{i}"));
            Assert.Equal(HttpStatusCode.OK, wrong.StatusCode);
        }
        using (var over = await browser.PressAsync(link, ("nik", Nik)))
            Assert.Equal(HttpStatusCode.Forbidden, over.StatusCode);
        for (int i = 1; i < NikLink.MaxAnHour; i++)
            await SayAsync(bot, "telegram", "4711", "tautan baru");
        Assert.Contains("/nik/", await LastAsync(bot), StringComparison.Ordinal);
        await SayAsync(bot, "telegram", "4711", "tautan baru");
        Assert.StartsWith("Berapa NIK Bapak/Ibu? 16 angka", await LastAsync(bot), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_has_gone_elsewhere_meanwhile_loses_nothing()
    {
        await using var bot = await StartAsync(new ManualTime(TestDatabase.Now));
        var link = await LinkAsync(bot, "telegram", "4711");
        await SayAsync(bot, "telegram", "4711", "menu");
        var before = await LastAsync(bot);
        var browser = Browser(bot);
        using (await browser.GetAsync(link))
            Assert.NotEmpty(browser.Hidden("token"));
        using (var sent = await browser.PressAsync(link, ("nik", Nik)))
            Assert.Equal(HttpStatusCode.OK, sent.StatusCode);
        Assert.Equal(before, await LastAsync(bot));
        Assert.Equal(1, await bot.CountAsync("SELECT COUNT(*) FROM nik_links WHERE nik IS NOT NULL"));
        await SayAsync(bot, "telegram", "4711", "status", "ya");
        await SayAsync(bot, "telegram", "4711", "sudah diisi");
        Assert.StartsWith("NIK 3374**********20 sudah saya catat.", await LastAsync(bot), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://kkmp.example", "web")]
    [InlineData("http://kkmp.example", "telegram")]
    [InlineData("", "telegram")]
    public async Task Where_nothing_is_gained_the_chat_asks(string publicUrl, string channel)
    {
        await using var bot = await StartAsync(new ManualTime(TestDatabase.Now), publicUrl: publicUrl);
        await SayAsync(bot, channel, "4711", "daftar", "setuju", "Budi Santoso");
        Assert.StartsWith("Berapa NIK Bapak/Ibu? 16 angka", await LastAsync(bot), StringComparison.Ordinal);
    }

    private static Task<InProcessBot> StartAsync(ManualTime time, LogLevel least = LogLevel.Information, string publicUrl = "https://kkmp.example") => InProcessBot.StartAsync(
        new Dictionary<string, string> { ["PublicUrl"] = publicUrl, ["Turns__PerPersonPerMinute"] = "0" }, time, hasNetwork: false, least: least);

    private static OfficeBrowser Browser(InProcessBot bot) => new(bot.CreateClient());

    private static async Task<string> LinkAsync(InProcessBot bot, string channel, string address)
    {
        await SayAsync(bot, channel, address, "daftar", "setuju", "Budi Santoso");
        return LinkIn(await LastAsync(bot));
    }

    private static string LinkIn(string text)
    {
        var at = text.IndexOf("https://kkmp.example/nik/", StringComparison.Ordinal);
        Assert.True(at >= 0, text);
        return new Uri(text[at..].Split('\n')[0]).AbsolutePath;
    }

    private static async Task SayAsync(InProcessBot bot, string channel, string address, params string[] texts)
    {
        foreach (var text in texts)
            Assert.Equal(TurnReceipt.Committed, await bot.Services.GetRequiredService<TakeMessage>()(
                new InboundMessage(channel, Guid.NewGuid().ToString("N"), address, InboundKind.Text, text), CancellationToken.None));
    }

    // The last thing that anybody was told.
    private static async Task<string> LastAsync(InProcessBot bot)
    {
        await using var connection = await bot.Services.GetRequiredService<Database>().OpenAsync(CancellationToken.None);
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT payload FROM outbox ORDER BY id DESC LIMIT 1";
        return OutboxPayload.Open(bot.Services.GetRequiredService<Vault>(), (byte[])(await command.ExecuteScalarAsync())!).Text;
    }
}
