using KkmpBot.Data;
using KkmpBot.Tests.Channels.Telegram;
using KkmpBot.Tests.Platforms.CloudApi;

namespace KkmpBot.Tests.Processes;

/// <summary>The main job in WhatsApp: signed webhooks in, strict Cloud API out.</summary>
public sealed class WhatsAppOrderTests
{
    private const string Nik = "3374147108909903";
    private const string Phone = "6281298765432";
    private const string OfficerPhone = "6281200000002";

    [Fact]
    public async Task A_resident_joins_is_approved_sees_a_balance_and_orders_though_every_update_comes_twice()
    {
        await using var city = await WhatsAppCity.StartAsync();
        city.Api.Faults.DeliverTwice = true;
        var (sri, officer) = (city.Api.AddPerson("Sri", Phone), city.Api.AddPerson("Petugas", OfficerPhone));
        await city.WalkAsync(sri, WhatsAppCity.Registration(Nik));
        await city.WalkAsync(officer, WhatsAppCity.Approval);
        Assert.Contains("disetujui", (await sri.WaitForReplyAsync()).Text, StringComparison.Ordinal);
        Assert.Contains("resmi menjadi anggota", (await sri.WaitForReplyAsync()).Text, StringComparison.Ordinal);
        await city.WalkAsync(sri, WhatsAppCity.Order);
        await city.SettleAsync();

        Assert.Empty(city.Api.Violations);
        Assert.Equal(WhatsAppCity.Registration(Nik).Count + 2 + WhatsAppCity.Order.Count, sri.Received.Count(message => message.Text.Length > 0));
        Assert.Equal(1, await city.Bot.CountAsync("SELECT COUNT(*) FROM orders WHERE status = 'placed'"));
        Assert.Equal(1, await city.Bot.CountAsync("SELECT COUNT(*) FROM order_lines"));
        Assert.Equal(0, await city.Bot.CountAsync("SELECT COUNT(*) FROM outbox WHERE status <> 1"));
        Assert.Equal(0, await city.Bot.CountAsync("SELECT COUNT(*) FROM dead_letters"));
        Assert.NotEmpty(sri.Marked);
        await ExpectNothingPersonalAsync(city, Nik, Phone[2..], OfficerPhone[2..]);
    }

    [Fact]
    public async Task More_goods_than_a_list_holds_are_turned_over_page_by_page()
    {
        await using var city = await WhatsAppCity.StartAsync();
        var member = city.Api.AddPerson("Warga", "6281200000001");
        await city.WalkAsync(member, [new("/start", "Ada yang bisa"), new("pesan", "Mau pesan apa")]);
        var first = member.Received[^1];
        Assert.Equal(("list", 10), (first.Type, first.Buttons.Count));
        Assert.Equal("Berikutnya", first.Labels[^1]);
        await city.WalkAsync(member, [new("Berikutnya", "Mau pesan apa", Presses: true)]);
        var second = member.Received[^1];
        Assert.Empty(first.Labels.SkipLast(1).Intersect(second.Labels));
        Assert.Empty(city.Api.Violations);
    }

    [Fact]
    public async Task Troubles_of_the_platform_lose_and_double_nothing()
    {
        await using var city = await WhatsAppCity.StartAsync();
        var member = city.Api.AddPerson("Warga", "6281200000001");
        await city.WalkAsync(member, [new("/start", "Ada yang bisa")]);
        foreach (var fault in new[] { CloudApiFault.PairLimit, CloudApiFault.ServerError, CloudApiFault.BadGateway, CloudApiFault.CloseUndone, CloudApiFault.UnavailableLater })
        {
            city.Api.Faults.Add(fault);
            await city.WalkAsync(member, [new("menu", "Ada yang bisa")]);
        }
        city.Api.Faults.ReorderStatuses = true;
        await city.WalkAsync(member, [new("menu", "Ada yang bisa")]);
        await city.SettleAsync();
        Assert.Empty(city.Api.Violations);
        Assert.Equal(0, await city.Bot.CountAsync($"SELECT COUNT(*) FROM outbox WHERE status NOT IN ({OutboxStatus.Sent}, {OutboxStatus.PassedOn})"));
    }

    [Fact]
    public async Task What_was_accepted_before_the_connection_broke_is_not_sent_again_once_its_status_came()
    {
        await using var city = await WhatsAppCity.StartAsync();
        var member = city.Api.AddPerson("Warga", "6281200000001");
        city.Api.Faults.Add(CloudApiFault.CloseDone);
        await city.WalkAsync(member, [new("/start", "Ada yang bisa")]);
        await Eventually.HoldsAsync(() => city.Bot.Log.All.Contains("had arrived", StringComparison.Ordinal));
        await city.SettleAsync();
        Assert.Single(member.Received);
    }

    private static async Task ExpectNothingPersonalAsync(WhatsAppCity city, params string[] digits)
    {
        var kept = digits.SelectMany(number => new[] { number, Convert.ToBase64String(System.Text.Encoding.ASCII.GetBytes("0" + number))[2..^4] }).ToList();
        foreach (var (file, bytes) in await city.Bot.DataFilesAsync())
            Assert.All(kept, number => Assert.True(bytes.AsSpan().IndexOf(System.Text.Encoding.ASCII.GetBytes(number)) < 0, $"{file} shows a personal number."));
        Assert.All(kept, number => Assert.DoesNotContain(number, city.Bot.Log.All, StringComparison.Ordinal));
    }
}
