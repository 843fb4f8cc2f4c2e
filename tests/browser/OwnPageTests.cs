using System.Buffers.Binary;
using KkmpBot.Operations;
using KkmpBot.Tests;
using KkmpBot.Tests.Processes;
using Microsoft.Playwright;
using Xunit.Abstractions;

namespace KkmpBot.Browser;

/// <summary>Our page at <c>/</c>, in a real browser against the real program: a newcomer joins, sees their savings and orders.</summary>
public sealed class OwnPageTests(Chromium chromium, ITestOutputHelper output) : IClassFixture<Chromium>
{
    private const int MaxWeight = 60_000;

    [Theory]
    [InlineData("phone", "Siti Aminah", "3374147108909903", "0812 3456 7899")]
    [InlineData("desktop", "Budi Hartono", "3374142902009904", "0812 3456 7898")]
    public async Task A_newcomer_joins_sees_the_savings_and_orders(string size, string name, string nik, string phone)
    {
        await using var bot = await BotProcess.ServeAsync([]);
        var screen = Screen.Of(size);
        await using var chat = await ChatPage.OpenAsync(chromium, screen, bot.Url);
        var first = chat.UsableAfter;
        await using (var again = await ChatPage.OpenAsync(chromium, screen, bot.Url))
            output.Print($"our page on a {size}: {chat.Weight} bytes; usable after {first.TotalMilliseconds:0} ms, the next person's after {again.UsableAfter.TotalMilliseconds:0} ms");
        Assert.InRange(chat.Weight, 1, MaxWeight);
        await screen.ShootAsync(chat.Page, "1-greeting");
        Assert.Empty(await Accessibility.FindSeriousAsync(chat.Page));

        foreach (var line in new[] { "daftar", "setuju", name, nik, "jatisari", "ya", "3/5", phone, "tidak" })
            await chat.SayAsync(line);
        await screen.ShootAsync(chat.Page, "2-summary");
        Assert.Empty(await Accessibility.FindSeriousAsync(chat.Page));
        await chat.SayAsync("ya, kirim");
        Assert.Contains("resmi menjadi anggota", await chat.HearAsync(1), StringComparison.Ordinal);

        Assert.Contains("Rp100.000", await chat.SayAsync("saldo"), StringComparison.Ordinal);
        await screen.ShootAsync(chat.Page, "3-savings");
        await chat.SayAsync("pesan");
        await screen.ShootAsync(chat.Page, "4-goods");
        Assert.Empty(await Accessibility.FindSeriousAsync(chat.Page));
        await chat.PressAsync("Gula");
        foreach (var line in new[] { "2", "lanjut pesan" })
            await chat.SayAsync(line);
        var ordered = await chat.SayAsync("ya, sudah benar");
        await screen.ShootAsync(chat.Page, "5-ordered");
        Assert.Contains("Nomor pesanan", ordered, StringComparison.Ordinal);
        Assert.Empty(chat.Complaints);
    }

    [Fact]
    public async Task A_message_that_is_given_other_words_changes_where_it_stands()
    {
        await using var bot = await BotProcess.ServeAsync([]);
        await using var chat = await ChatPage.OpenAsync(chromium, Screen.Phone, bot.Url);
        var before = await chat.Page.Locator(".said.bot").CountAsync();
        await chat.Page.EvaluateAsync("""
            import('/view.js').then(view => view.redrawActivity(
                { type: 'messageUpdate', replyToId: document.querySelector('[data-activity]').dataset.activity, text: 'Sampai 3 dari 3 orang.' }, () => {}))
            """);
        Assert.Equal(before, await chat.Page.Locator(".said.bot").CountAsync());
        Assert.Equal("Sampai 3 dari 3 orang.", await chat.Page.Locator("[data-activity] .words").First.TextContentAsync());
    }

    [Fact]
    public async Task A_photo_can_be_sent_while_the_bot_waits_for_one()
    {
        await using var bot = await BotProcess.ServeAsync([]);
        var (_, said, errors) = await BotProcess.RunAsync(bot.Folder, ["chat", "--as", DemoData.PhoneOf("warehouse")], "sambung\n1\n", new() { ["ASPNETCORE_URLS"] = bot.Url });
        var code = said.Split(' ', ',', '.').LastOrDefault(word => word.Length == 6 && word.All(char.IsAsciiDigit)) ?? throw new InvalidOperationException(said + errors);
        await using var chat = await ChatPage.OpenAsync(chromium, Screen.Phone, bot.Url);
        foreach (var line in new[] { "sambung", "ketik kode", code })
            await chat.SayAsync(line);
        await chat.SayAsync("stok");
        Assert.False(await chat.Page.Locator("#photo").IsVisibleAsync());
        await chat.SayAsync("telur");
        Assert.Contains("Kirim foto Telur ayam sekarang", await chat.PressAsync("Foto barang"), StringComparison.Ordinal);
        Assert.True(await chat.Page.Locator("#photo").IsVisibleAsync());
        Assert.Empty(await Accessibility.FindSeriousAsync(chat.Page));
        await Screen.Phone.ShootAsync(chat.Page, "6-photo");

        // Larger than we take, and of a kind that we do not: the page makes a small JPEG of it.
        await chat.Page.SetInputFilesAsync("#picture", new FilePayload { Name = "telur.bmp", MimeType = "image/bmp", Buffer = Bitmap(400, 300) });
        Assert.Contains("Foto Telur ayam sedang saya ambil.", await chat.HearAsync(1), StringComparison.Ordinal);
        Assert.StartsWith("Foto Telur ayam sudah terpasang", await chat.HearAsync(1), StringComparison.Ordinal);
        Assert.Empty(chat.Complaints);
    }

    [Fact]
    public async Task What_is_said_without_a_network_arrives_once_and_a_reload_keeps_the_conversation()
    {
        await using var bot = await BotProcess.ServeAsync([]);
        await using var chat = await ChatPage.OpenAsync(chromium, Screen.Phone, bot.Url);
        await chat.SayAsync("bantuan");
        await chat.SetOfflineAsync(true);
        await chat.Page.FillAsync("#text", "harga");
        await chat.Page.Keyboard.PressAsync("Enter");
        await chat.Page.WaitForSelectorAsync(".tick.sending");
        await Screen.Phone.ShootAsync(chat.Page, "6-offline");
        await chat.SetOfflineAsync(false);
        await chat.HearAsync(1);

        var before = await chat.LogAsync();
        Assert.Single(before, text => text == "harga");
        await chat.Page.ReloadAsync();
        await chat.Page.WaitForFunctionAsync("n => document.querySelectorAll('.said .words').length >= n", before.Count);
        Assert.Equal(before, await chat.LogAsync());
    }

    [Fact]
    public async Task After_the_service_died_and_came_back_the_conversation_goes_on_with_nothing_lost_or_repeated()
    {
        await using var bot = await BotProcess.ServeAsync([]);
        await using var chat = await ChatPage.OpenAsync(chromium, Screen.Phone, bot.Url);
        await chat.SayAsync("bantuan");
        await bot.KillAsync();
        await chat.Page.FillAsync("#text", "menu");
        await chat.Page.Keyboard.PressAsync("Enter");
        await bot.StartAsync();
        await chat.HearAsync(1);
        var log = await chat.LogAsync();
        Assert.Equal(["bantuan", "menu"], log.Where(text => text is "bantuan" or "menu"));
        Assert.Equal(5, log.Count);
    }

    [Theory]
    [InlineData("jv")]
    [InlineData("en")]
    public async Task The_page_speaks_the_language_that_was_chosen(string language)
    {
        await using var bot = await BotProcess.ServeAsync([]);
        await using var chat = await ChatPage.OpenAsync(chromium, Screen.Phone, bot.Url);
        var before = await chat.Page.GetAttributeAsync("#text", "placeholder");
        await chat.Page.ClickAsync("#menu-button");
        await chat.Page.ClickAsync($".switch [lang={language}]");
        Assert.NotEqual(before, await chat.Page.GetAttributeAsync("#text", "placeholder"));
        Assert.Equal(language, await chat.Page.GetAttributeAsync("html", "lang"));
        Assert.Empty(await Accessibility.FindSeriousAsync(chat.Page));
        await Screen.Phone.ShootAsync(chat.Page, $"7-language-{language}");
    }

    // A picture of noise, three bytes a point.
    private static byte[] Bitmap(int width, int height)
    {
        var bytes = new byte[54 + (width * height * 3)];
        new Random(1).NextBytes(bytes.AsSpan(54));
        bytes.AsSpan(0, 54).Clear();
        (bytes[0], bytes[1], bytes[10], bytes[14], bytes[26], bytes[28]) = ((byte)'B', (byte)'M', 54, 40, 1, 24);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(2), bytes.Length);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(18), width);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(22), height);
        return bytes;
    }
}
