using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using KkmpBot.Tests.Channels.Telegram;
using KkmpBot.Tests.Platforms.BotApi;

namespace KkmpBot.Tests.Processes;

/// <summary>One person in several channels of the whole service.</summary>
public sealed partial class OnePersonTests
{
    private const string Nik = "3374147108909903";
    private const string Phone = "6281298765432";

    [Fact]
    public async Task A_registration_begun_in_whatsapp_goes_on_in_the_web_chat_after_linking()
    {
        await using var city = await WhatsAppCity.StartAsync();
        var sri = city.Api.AddPerson("Sri", Phone);
        await city.WalkAsync(sri, [.. WhatsAppCity.Registration(Nik).Take(5)]);
        await city.WalkAsync(sri, [new("sambungkan", "Mau yang mana"), new("Minta kode", "Kodenya", Presses: true)]);
        var code = SixDigits().Match(sri.Received[^1].Text).Value;

        var web = await WebPerson.JoinAsync(city.Bot.Url);
        Assert.Contains("Selamat datang", await web.SayAsync(""), StringComparison.Ordinal);
        Assert.Contains("Mau yang mana", await web.SayAsync("sambungkan"), StringComparison.Ordinal);
        Assert.Contains("6 angka", await web.SayAsync("Ketik kode"), StringComparison.Ordinal);
        Assert.Contains("Tadi Daftar anggota belum selesai", await web.SayAsync(code), StringComparison.Ordinal);
        Assert.Contains("Berapa NIK", await web.SayAsync("Lanjutkan"), StringComparison.Ordinal);
        (string Words, string Answer)[] rest =
        [
            (Nik, "Kelurahan apa"), ("jatisari", "Kelurahan Jatisari"), ("ya", "RT dan RW"), ("3/5", "Nomor HP"), ("081298765432", "ASN"), ("tidak", "Mohon diperiksa"),
        ];
        foreach (var (words, answer) in rest)
            Assert.Contains(answer, await web.SayAsync(words), StringComparison.Ordinal);
        Assert.Contains("Murtini Handayani", await web.SayAsync("bantuan"), StringComparison.Ordinal);
        // Back in WhatsApp they stand where they left off in the web chat.
        await city.WalkAsync(sri, [new("ya, kirim", "sudah diterima")]);
        Assert.Equal(1, await city.Bot.CountAsync("SELECT COUNT(*) FROM members m JOIN channel_addresses a ON a.person_id = m.person_id WHERE a.channel = 'whatsapp' AND m.status = 'pending'"));
        Assert.Empty(city.Api.Violations);
    }

    [Fact]
    public async Task Who_shared_the_number_in_telegram_is_known_at_the_first_word_in_whatsapp_and_news_find_the_open_channel()
    {
        await using var telegram = await BotApiEmulator.StartAsync();
        await using var city = await WhatsAppCity.StartAsync(("Telegram__Token", telegram.Token), ("Telegram__BaseUrl", telegram.BaseUrl));
        var there = telegram.AddPerson("Warga", "6281200000001");
        there.SendText("/start");
        await there.WaitForReplyAsync();
        there.ShareContact();
        Assert.Contains("sudah saya kenali", (await there.WaitForReplyAsync()).Text, StringComparison.Ordinal);
        there.SendText("keluhan");
        await there.WaitForReplyAsync();
        city.Time.Ahead += TimeSpan.FromMinutes(1);

        var here = city.Api.AddPerson("Warga", "6281200000001");
        await city.WalkAsync(here,
        [
            new("halo", "Kita lanjutkan di sini"), new("Soal harga", "Ceritakan", Presses: true),
            new("Mahal", "Saya catat"), new("Ya, kirim", "Nomor keluhan", Presses: true),
        ]);
        city.Time.Ahead += TimeSpan.FromHours(30);
        var officer = city.Api.AddPerson("Petugas", "6281200000002");
        await city.WalkAsync(officer, [new("keluhan masuk", "Keluhan yang menunggu"), new("No. 0001", "soal harga", Presses: true), new("Tulis jawaban", "Apa jawaban", Presses: true)]);
        officer.SendText("Sudah turun.");
        Assert.Contains("Sudah turun.", (await there.WaitForReplyAsync()).Text, StringComparison.Ordinal);
        Assert.Equal(1, await city.Bot.CountAsync("SELECT COUNT(*) FROM hand_over_choices WHERE choice = 'other_channel' AND detail = 'telegram'"));
        Assert.Empty(telegram.Violations);
    }

    [Fact]
    public async Task A_number_that_changes_hands_opens_nothing_and_goes_to_an_officer()
    {
        await using var city = await WhatsAppCity.StartAsync();
        var member = city.Api.AddPerson("Warga", "6281200000001");
        await city.WalkAsync(member, [new("saldo", "Simpanan")]);
        var officer = city.Api.AddPerson("Petugas", "6281200000002");
        await city.WalkAsync(officer, [new("/start", "Menu petugas")]);
        var somebody = city.Api.AddPerson("Orang lain", "6281200000001");
        await city.WalkAsync(somebody, [new("saldo", "setelah Bapak/Ibu menjadi anggota")]);
        Assert.Contains("nomor berganti", (await officer.WaitForReplyAsync()).Text, StringComparison.OrdinalIgnoreCase);
        member.ChangeNumber("6281355556666", "ID.777");
        Assert.Contains("nomor berganti", (await officer.WaitForReplyAsync()).Text, StringComparison.OrdinalIgnoreCase);
        await Eventually.HoldsAsync(() => city.Bot.CountAsync("SELECT COUNT(*) FROM number_changes WHERE status = 'open'").Result == 2);
        Assert.DoesNotContain("81355556666", city.Bot.Log.All, StringComparison.Ordinal);
    }

    [GeneratedRegex("[0-9]{6}", RegexOptions.NonBacktracking)]
    private static partial Regex SixDigits();

    /// <summary>Somebody on our own page: Direct Line as the page speaks it.</summary>
    private sealed class WebPerson(HttpClient http, string conversation)
    {
        private string watermark = "";

        public static async Task<WebPerson> JoinAsync(string url)
        {
            var http = new HttpClient { BaseAddress = new Uri(url) };
            using var given = await http.PostAsync(new Uri("/webchat/token?new=1", UriKind.Relative), null);
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (await given.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("token").GetString());
            using var started = await http.PostAsJsonAsync("/v3/directline/conversations", new { });
            return new WebPerson(http, (await started.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("conversationId").GetString()!);
        }

        /// <summary>Says something and waits for the bot's next words; nothing said only waits.</summary>
        public async Task<string> SayAsync(string text)
        {
            if (text.Length > 0)
                (await http.PostAsJsonAsync($"/v3/directline/conversations/{conversation}/activities", new { type = "message", text })).Dispose();
            for (var i = 0; i < 200; i++)
            {
                var page = await http.GetFromJsonAsync<JsonElement>($"/v3/directline/conversations/{conversation}/activities?watermark={watermark}");
                watermark = page.GetProperty("watermark").GetString()!;
                var said = page.GetProperty("activities").EnumerateArray().Where(IsOfBot).Select(activity => activity.GetProperty("text").GetString()).ToList();
                if (said.Count > 0)
                    return string.Join('\n', said);
                await Task.Delay(25);
            }
            throw new TimeoutException($"'{text}' was not answered.");
        }

        private static bool IsOfBot(JsonElement activity) =>
            activity.GetProperty("type").GetString() == "message" && activity.GetProperty("from").GetProperty("role").GetString() == "bot";
    }
}
