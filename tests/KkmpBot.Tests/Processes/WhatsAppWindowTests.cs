using KkmpBot.Data;
using KkmpBot.Tests.Channels.Telegram;
using KkmpBot.Tests.Platforms.CloudApi;

namespace KkmpBot.Tests.Processes;

/// <summary>
/// Meta takes free text for a person only for a day after their own message. What the bot has to say later goes as an approved template,
/// through another channel, or waits for their next word; in no case is it lost, and the choice can be read.
/// </summary>
public sealed class WhatsAppWindowTests
{
    private const string MemberPhone = "6281200000001";
    private const string OfficerPhone = "6281200000002";

    [Fact]
    public async Task Within_a_day_news_come_as_they_are()
    {
        await using var city = await WhatsAppCity.StartAsync();
        var (member, officer) = await ComplainAsync(city);
        city.Time.Ahead += TimeSpan.FromHours(23);
        await AnswerAsync(city, officer, "Sudah turun hari ini.");
        Assert.Contains("Sudah turun hari ini.", (await member.WaitForReplyAsync()).Text, StringComparison.Ordinal);
        Assert.Equal(0, await city.Bot.CountAsync("SELECT COUNT(*) FROM hand_over_choices"));
        Assert.Empty(city.Api.Violations);
    }

    [Fact]
    public async Task After_a_day_the_declared_template_goes_and_is_counted()
    {
        await using var city = await WhatsAppCity.StartAsync(("WhatsApp__Templates__complaint_answered", "kkmp_keluhan"));
        city.Api.Templates["kkmp_keluhan"] = ["no", "answer"];
        var (member, officer) = await ComplainAsync(city);
        city.Time.Ahead += TimeSpan.FromHours(25);
        await AnswerAsync(city, officer, "Sudah turun hari ini.");
        var news = await member.WaitForReplyAsync();
        Assert.Equal(("template", "0001 Sudah turun hari ini."), (news.Type, news.Text));
        await city.SettleAsync();
        Assert.Equal(1, await CountAsync(city, "template", "kkmp_keluhan"));
        Assert.Contains("is closed, so template (kkmp_keluhan)", city.Bot.Log.All, StringComparison.Ordinal);
        await Eventually.HoldsAsync(() => city.Bot.CountAsync("SELECT COUNT(*) FROM deliveries WHERE billable AND category = 'utility' AND cooperative_id IS NOT NULL").Result == 1);
        await city.WalkAsync(officer, [new("biaya wa", "templat 1. Yang ditagih Meta: 1 x Rp350 = Rp350"), new("Lihat kiriman", "templat kkmp_keluhan", Presses: true)]);
        Assert.Empty(city.Api.Violations);
    }

    [Theory]
    [InlineData("WhatsApp__MonthlyBudgetRupiah", "349", "budget")]
    [InlineData("WhatsApp__DailyPeople", "0", "tier")]
    [InlineData("WhatsApp__FreeMessages", "1000", "no_template")]
    public async Task Without_template_budget_or_tier_it_waits_for_the_persons_next_word(string setting, string value, string why)
    {
        var templates = why == "no_template" ? ("WhatsApp__Templates__other", "kkmp_lain") : ("WhatsApp__Templates__complaint_answered", "kkmp_keluhan");
        await using var city = await WhatsAppCity.StartAsync(templates, (setting, value));
        city.Api.Templates["kkmp_keluhan"] = ["no", "answer"];
        var (member, officer) = await ComplainAsync(city, complaints: 2);
        city.Time.Ahead += TimeSpan.FromHours(25);
        await AnswerAsync(city, officer, "Jawaban pertama.");
        await AnswerAsync(city, officer, "Jawaban kedua.");
        await city.SettleAsync();
        Assert.Empty(member.Read());
        Assert.Equal(2, await CountAsync(city, "held", why));

        member.SendText("halo");
        var digest = await member.WaitForReplyAsync();
        Assert.StartsWith("Ada kabar yang belum sempat saya sampaikan:", digest.Text, StringComparison.Ordinal);
        Assert.True(digest.Text.IndexOf("Jawaban pertama.", StringComparison.Ordinal) < digest.Text.IndexOf("Jawaban kedua.", StringComparison.Ordinal), digest.Text);
        Assert.Contains("Ada yang bisa saya bantu", (await member.WaitForReplyAsync()).Text, StringComparison.Ordinal);
        await city.WalkAsync(member, [new("menu", "Ada yang bisa saya bantu")]);
        await city.SettleAsync();
        Assert.Equal(0, await city.Bot.CountAsync($"SELECT COUNT(*) FROM outbox WHERE status NOT IN ({OutboxStatus.Sent}, {OutboxStatus.PassedOn})"));
        Assert.Empty(city.Api.Violations);
    }

    [Theory]
    [InlineData(CloudApiFault.WindowClosed)]
    [InlineData(CloudApiFault.WindowClosedLater)]
    public async Task A_window_that_closes_in_the_middle_loses_nothing(CloudApiFault fault)
    {
        await using var city = await WhatsAppCity.StartAsync();
        var member = city.Api.AddPerson("Warga", MemberPhone);
        await city.WalkAsync(member, [new("/start", "Ada yang bisa"), new("pesan", "Mau pesan apa"), new("gula", "Mau berapa")]);
        city.Api.Faults.Add(fault);
        member.SendText("2");
        var choices = "SELECT COUNT(*) FROM hand_over_choices WHERE choice = 'held'";
        await Eventually.HoldsAsync(() => city.Bot.CountAsync(choices).Result == 1);
        Assert.Empty(member.Read());

        // Their next word opens it again: first what they missed, then the answer to it.
        member.SendText("Lanjut pesan");
        Assert.Contains("Keranjang Bapak/Ibu", (await member.WaitForReplyAsync()).Text, StringComparison.Ordinal);
        Assert.Contains("Saya ulangi", (await member.WaitForReplyAsync()).Text, StringComparison.Ordinal);
        await city.WalkAsync(member, [new("Ya, sudah benar", "Nomor pesanan", Presses: true)]);
        await city.SettleAsync();
        Assert.Equal(1, await city.Bot.CountAsync("SELECT COUNT(*) FROM orders WHERE status = 'placed'"));
        Assert.Empty(city.Api.Violations);
    }

    private static async Task<(CloudApiPerson Member, CloudApiPerson Officer)> ComplainAsync(WhatsAppCity city, int complaints = 1)
    {
        var (member, officer) = (city.Api.AddPerson("Warga", MemberPhone), city.Api.AddPerson("Petugas", OfficerPhone));
        await city.WalkAsync(officer, [new("/start", "Menu petugas")]);
        for (var i = 1; i <= complaints; i++)
        {
            await city.WalkAsync(member,
            [
                new("keluhan", "Keluhannya soal apa"), new("Soal harga", "Ceritakan", Presses: true), new("Telurnya mahal", "Saya catat"),
                new("Ya, kirim", $"Nomor keluhan: 000{i}", Presses: true),
            ]);
            Assert.Contains("Ada keluhan baru", (await officer.WaitForReplyAsync()).Text, StringComparison.Ordinal);
        }
        return (member, officer);
    }

    private static async Task AnswerAsync(WhatsAppCity city, CloudApiPerson officer, string words)
    {
        await city.WalkAsync(officer, [new("keluhan masuk", "Keluhan yang menunggu")]);
        await city.WalkAsync(officer,
        [
            new(officer.Received[^1].Labels[0], "soal harga", Presses: true), new("Tulis jawaban", "Apa jawaban", Presses: true), new(words, "sudah dikirim"),
        ]);
    }

    private static Task<long> CountAsync(WhatsAppCity city, string choice, string detail) =>
        city.Bot.CountAsync($"SELECT COUNT(*) FROM hand_over_choices WHERE choice = '{choice}' AND detail = '{detail}'");
}
