using System.Globalization;
using System.Text.Json;
using KkmpBot.Announcements;
using KkmpBot.Catalog;
using KkmpBot.Channels;
using KkmpBot.Channels.Telegram;
using KkmpBot.Channels.Telegram.BotApi;
using KkmpBot.Channels.WhatsApp;
using KkmpBot.Channels.WhatsApp.CloudApi;
using KkmpBot.Operations;
using KkmpBot.Pictures;
using KkmpBot.Tests.Conversations;
using KkmpBot.Tests.Platforms.BotApi;
using KkmpBot.Tests.Platforms.CloudApi;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using NSubstitute;

namespace KkmpBot.Tests.Pictures;

/// <summary>A picture that an officer sends in a chat is fetched from the platform behind the turns and stands where an upload would; or they are told why not.</summary>
public sealed class SentPictureTests : IAsyncLifetime
{
    private const string Telegram = "5012345678";
    private const string WhatsApp = "+6281200000099";
    private const string Egg = "Telur ayam";

    private static readonly byte[] Jpeg = [0xFF, 0xD8, 0xFF, 0xE0, 1, 2, 3];

    private readonly HttpMessageInvoker telegramHttp = TelegramClient.CreateHttp();
    private readonly HttpClient whatsAppHttp = WhatsAppClient.CreateHttp();
    private TestBot bot = null!;
    private BotApiEmulator botApi = null!;
    private CloudApiEmulator cloudApi = null!;
    private TelegramChannel telegram = null!;
    private IChannel[] channels = [];
    private int updates = 1000;

    public async Task InitializeAsync()
    {
        (bot, botApi, cloudApi) = (await TestBot.StartAsync(), await BotApiEmulator.StartAsync(), await CloudApiEmulator.StartAsync());
        telegram = new TelegramChannel(
            new TelegramClient(telegramHttp, new TelegramSettings { Token = botApi.Token, BaseUrl = botApi.BaseUrl }, TimeProvider.System),
            TimeProvider.System, NullLogger<TelegramChannel>.Instance);
        var settings = new WhatsAppSettings
        {
            BaseUrl = cloudApi.BaseUrl,
            ApiVersion = cloudApi.ApiVersion,
            PhoneNumberId = cloudApi.PhoneNumberId,
            AccessToken = cloudApi.AccessToken,
        };
        var whatsApp = new WhatsAppChannel(
            new WhatsAppClient(whatsAppHttp, settings, TimeProvider.System), settings, new DeliveryLog(bot.Database, WriteAsync, bot.Time, NullLogger<DeliveryLog>.Instance), bot.Vault,
            TimeProvider.System, NullLogger<WhatsAppChannel>.Instance);
        channels = [telegram, whatsApp];
    }

    public async Task DisposeAsync()
    {
        await bot.DisposeAsync();
        await botApi.DisposeAsync();
        await cloudApi.DisposeAsync();
        telegramHttp.Dispose();
        whatsAppHttp.Dispose();
    }

    [Fact]
    public async Task An_article_gets_its_picture_from_telegram()
    {
        await StandAtArticleAsync("telegram", Telegram, "warehouse");
        await SendPhotoAsync(botApi.AddFile(Jpeg));
        Assert.StartsWith($"Foto {Egg} sedang saya ambil.", Last(Telegram), StringComparison.Ordinal);
        Assert.Equal(0, await bot.CountAsync("product_pictures"));

        Assert.True(await StepAsync());
        Assert.False(await StepAsync());
        await bot.WaitAsync(TimeSpan.FromSeconds(1));
        Assert.Equal($"Foto {Egg} sudah terpasang; warga melihatnya saat memilih barang itu.", Last(Telegram));
        Assert.Equal(Jpeg, await bot.ArrangeAsync(db => db.Set<ProductPicture>().Select(row => row.Bytes).SingleAsync()));
        Assert.Equal(0, await bot.CountAsync("sent_pictures"));
        Assert.Empty(botApi.Violations);
    }

    [Fact]
    public async Task An_announcement_waits_for_its_picture_and_goes_with_it()
    {
        var member = DemoData.PhoneOf("member");
        await bot.TakeAsync(bot.Message(member, InboundKind.OwnContact, phone: member));
        await bot.TakeAsync(bot.Message(member, InboundKind.Text, "kabar"));
        await PressAsync(TestBot.Channel, member, "Kirim pengumuman");
        await KnowAsync("telegram", Telegram, "officer");
        await SayAsync("telegram", Telegram, "umumkan: telur datang besok");
        foreach (var label in new[] { "Semua anggota", "Tanpa tombol", "Beri atau ganti foto" })
            await PressAsync("telegram", Telegram, label);
        await SendPhotoAsync(botApi.AddFile(Jpeg));
        await PressAsync("telegram", Telegram, "Kirim sekarang");
        Assert.StartsWith("Belum dikirim: fotonya masih saya ambil.", Last(Telegram), StringComparison.Ordinal);

        Assert.True(await StepAsync());
        await bot.WaitAsync(TimeSpan.FromSeconds(1));
        Assert.StartsWith("Fotonya sudah terpasang di pengumuman", Last(Telegram), StringComparison.Ordinal);
        await PressAsync("telegram", Telegram, "Coba ke saya dulu");
        Assert.Equal(("pengumuman.jpg", Jpeg.Length), (bot.Inbox[Telegram][^1].File?.Name, bot.Inbox[Telegram][^1].File?.Bytes.Length));
        await PressAsync("telegram", Telegram, "Kirim sekarang");
        Assert.Equal(AnnouncementStatus.Running, await bot.ArrangeAsync(db => db.Set<Announcement>().Select(row => row.Status).SingleAsync()));
        Assert.Equal(1, await bot.CountAsync("announcement_pictures"));
    }

    [Fact]
    public async Task A_link_of_whatsapp_that_is_too_old_is_asked_for_again()
    {
        cloudApi.Media.StaleLinks = 1;
        await StandAtArticleAsync("whatsapp", WhatsApp, "warehouse");
        await SendImageAsync(cloudApi.Media.Add(Jpeg));
        Assert.True(await StepAsync());
        Assert.False(await StepAsync());
        bot.Time.Advance(TimeSpan.FromSeconds(5));
        Assert.True(await StepAsync());
        await bot.WaitAsync(TimeSpan.FromSeconds(1));
        Assert.StartsWith($"Foto {Egg} sudah terpasang", Last(WhatsApp), StringComparison.Ordinal);
        Assert.Empty(cloudApi.Violations);
    }

    [Theory]
    [InlineData("no picture")]
    [InlineData("large")]
    public async Task What_is_none_that_we_take_is_said(string what)
    {
        await StandAtArticleAsync("whatsapp", WhatsApp, "warehouse");
        await SendImageAsync(cloudApi.Media.Add(what == "large" ? [.. Jpeg, .. new byte[OutboundFile.MaxGivenPicture]] : [1, 2, 3]));
        Assert.True(await StepAsync());
        await bot.WaitAsync(TimeSpan.FromSeconds(1));
        Assert.StartsWith("Foto tadi belum bisa saya pakai. Yang bisa: JPEG atau PNG, paling besar 200 KB.", Last(WhatsApp), StringComparison.Ordinal);
        Assert.Equal((0, 0), (await bot.CountAsync("product_pictures"), await bot.CountAsync("sent_pictures")));
    }

    [Fact]
    public async Task The_token_is_shown_to_no_other_host()
    {
        cloudApi.Media.Host = "https://fbsbx.com.penipu.example";
        await StandAtArticleAsync("whatsapp", WhatsApp, "warehouse");
        await SendImageAsync(cloudApi.Media.Add(Jpeg));
        Assert.True(await StepAsync());
        await bot.WaitAsync(TimeSpan.FromSeconds(1));
        Assert.StartsWith("Foto tadi tidak sampai kepada saya.", Last(WhatsApp), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_platform_that_stays_away_is_given_up_after_so_many_attempts()
    {
        await StandAtArticleAsync("telegram", Telegram, "warehouse");
        await SendPhotoAsync(botApi.AddFile(Jpeg));
        botApi.Faults.Add(BotApiFault.ServerError, times: 2, method: "getFile");
        botApi.Faults.Add(BotApiFault.ServerError, times: 3, method: "download");
        for (var attempt = 0; attempt < FetchPictures.MaxAttempts; attempt++)
        {
            Assert.True(await StepAsync());
            bot.Time.Advance(TimeSpan.FromMinutes(10));
        }
        await bot.WaitAsync(TimeSpan.FromSeconds(1));
        Assert.StartsWith("Foto tadi tidak sampai kepada saya.", Last(Telegram), StringComparison.Ordinal);
        Assert.Equal(0, await bot.CountAsync("sent_pictures"));
    }

    [Fact]
    public async Task A_crash_between_leaves_it_to_be_tried_again_and_two_copies_do_not_fetch_it_at_once()
    {
        await StandAtArticleAsync("telegram", Telegram, "warehouse");
        await SendPhotoAsync(botApi.AddFile(Jpeg));
        var dying = Substitute.For<IChannel>();
        dying.Name.Returns("telegram");
        dying.FetchPictureAsync(Arg.Any<string>(), Arg.Any<int>(), Arg.Any<CancellationToken>()).Returns<Task<PictureFetch>>(async _ =>
        {
            Assert.False(await StepAsync());
            throw new InvalidOperationException("The process ends here.");
        });
        await Assert.ThrowsAsync<InvalidOperationException>(() => Worker([dying]).StepAsync(CancellationToken.None));
        bot.Time.Advance(TimeSpan.FromMinutes(3));
        Assert.True(await StepAsync());
        await bot.WaitAsync(TimeSpan.FromSeconds(1));
        Assert.Equal(1, await bot.CountAsync("product_pictures"));
    }

    [Theory]
    [InlineData("https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=1", true)]
    [InlineData("https://mmg.whatsapp.net/v/1", true)]
    [InlineData("https://graph.facebook.com/v26.0/1", true)]
    [InlineData("http://lookaside.fbsbx.com/1", false)]
    [InlineData("https://fbsbx.com.penipu.example/1", false)]
    [InlineData("https://penipufbsbx.com/1", false)]
    [InlineData("https://lookaside.fbsbx.com@penipu.example/1", false)]
    [InlineData("https://lookaside.fbsbx.com:8443/1", false)]
    [InlineData("file:///etc/passwd", false)]
    [InlineData("x", false)]
    public void The_file_servers_of_meta_are_these(string url, bool isMeta) => Assert.Equal(isMeta, MediaHost.IsMeta(url, "https://graph.facebook.com"));

    [Theory]
    [InlineData("""{"photo":[{"file_id":"s","file_size":900},{"file_id":"m","file_size":204800},{"file_id":"l","file_size":204801}]}""", "m")]
    [InlineData("""{"photo":[{"file_id":"s"},{"file_id":"m"}]}""", "m")]
    [InlineData("""{"photo":[{"file_id":"l","file_size":999999}]}""", null)]
    [InlineData("""{"photo":[]}""", null)]
    [InlineData("""{"photo":7}""", null)]
    [InlineData("""{"photo":[7,{"file_id":8},{"file_id":"\ud800"}]}""", null)]
    [InlineData("""{"document":{"file_id":"d","mime_type":"image/png","file_size":900}}""", "d")]
    [InlineData("""{"document":{"file_id":"d","mime_type":"image/png","file_size":999999}}""", null)]
    [InlineData("""{"document":{"file_id":"d","mime_type":"application/pdf"}}""", null)]
    [InlineData("""{"animation":{"file_id":"a"},"document":{"file_id":"d","mime_type":"image/png"}}""", null)]
    public void Of_a_message_of_telegram_this_is_the_picture(string content, string? reference)
    {
        var chat = """{"message_id":1,"from":{"id":7,"is_bot":false,"first_name":"R"},"chat":{"id":7,"type":"private"},"date":1,""";
        var update = System.Text.Encoding.UTF8.GetBytes($$"""{"update_id":1,"message":{{chat}}{{content[1..]}}}""");
        Assert.Equal(reference, TelegramUpdates.Read(update, null)!.PictureReference);
    }

    private Task<bool> StepAsync() => Worker(channels).StepAsync(CancellationToken.None);

    // A process that was just started.
    private FetchPictures Worker(IEnumerable<IChannel> between) => new(bot.Database, between, bot.Vault, WriteAsync, bot.Time, NullLogger<FetchPictures>.Instance);

    private async Task WriteAsync(Func<System.Data.Common.DbConnection, System.Data.Common.DbTransaction, CancellationToken, Task> write, CancellationToken ct)
    {
        await using var connection = await bot.Database.OpenAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await write(connection, transaction, ct);
        await transaction.CommitAsync(ct);
    }

    private async Task StandAtArticleAsync(string channel, string address, string role)
    {
        await KnowAsync(channel, address, role);
        await SayAsync(channel, address, "stok");
        await SayAsync(channel, address, "telur");
        Assert.StartsWith($"{Egg}: ", Last(address), StringComparison.Ordinal);
    }

    private Task KnowAsync(string channel, string address, string role) =>
        bot.TakeAsync(new InboundMessage(channel, NextKey(), address, InboundKind.OwnContact, Phone: DemoData.PhoneOf(role)));

    private Task SayAsync(string channel, string address, string text) => bot.TakeAsync(new InboundMessage(channel, NextKey(), address, InboundKind.Text, text));

    private Task PressAsync(string channel, string address, string label) => bot.TakeAsync(new InboundMessage(
        channel, NextKey(), address, InboundKind.Button,
        ButtonToken: bot.Inbox[address].Last(message => message.Buttons.Any(button => button.Label == label)).Buttons.Last(button => button.Label == label).Token));

    private Task SendPhotoAsync(string fileId)
    {
        var update = $$"""
            {"update_id":{{NextKey()}},"message":{"message_id":1,"from":{"id":{{Telegram}},"is_bot":false,"first_name":"R"},"chat":{"id":{{Telegram}},"type":"private"},
            "date":1,"photo":[{"file_id":"x","file_size":1},{"file_id":"{{fileId}}","file_size":900}]} }
            """;
        return bot.TakeAsync(Assert.Single(telegram.Parse(System.Text.Encoding.UTF8.GetBytes(update))));
    }

    private Task SendImageAsync(string mediaId)
    {
        var item = JsonElement.Parse($$"""{"from":"{{WhatsApp[1..]}}","id":"wamid.{{NextKey()}}","type":"image","image":{"id":"{{mediaId}}","mime_type":"image/jpeg"} }""");
        return bot.TakeAsync(WhatsAppMessages.Read(item, new Dictionary<string, string>(), bot.Vault)!);
    }

    private string Last(string address) => bot.Inbox[address][^1].Text;

    private string NextKey() => (++updates).ToString(CultureInfo.InvariantCulture);
}
