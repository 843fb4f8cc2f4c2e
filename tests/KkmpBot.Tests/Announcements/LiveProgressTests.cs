using KkmpBot.Announcements;
using KkmpBot.Channels;
using KkmpBot.Channels.Telegram;
using KkmpBot.Channels.Telegram.BotApi;
using KkmpBot.Conversations;
using KkmpBot.Data;
using KkmpBot.Tests.Platforms.BotApi;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace KkmpBot.Tests.Announcements;

/// <summary>The writer sees how far an announcement is in one message, which is rewritten, by whatever process is there.</summary>
public sealed class LiveProgressTests : IAsyncLifetime
{
    private AnnouncementTown town = null!;
    private BotApiEmulator api = null!;
    private TelegramChannel telegram = null!;
    private BotApiPerson writer = null!;
    private long announcement;

    public async Task InitializeAsync()
    {
        (town, api) = (await AnnouncementTown.OpenAsync(), await BotApiEmulator.StartAsync());
        telegram = new TelegramChannel(
            new TelegramClient(TelegramClient.CreateHttp(), new TelegramSettings { Token = api.Token, BaseUrl = api.BaseUrl }, TimeProvider.System),
            TimeProvider.System, NullLogger<TelegramChannel>.Instance);
        writer = api.AddPerson("Ratna");
        writer.HasStarted = true;
        announcement = await AnnounceAsync("telegram", $"{writer.Id}");
        await town.WorkAsync();
    }

    public async Task DisposeAsync()
    {
        await api.DisposeAsync();
        await town.DisposeAsync();
    }

    [Fact]
    public async Task One_message_is_rewritten_until_everybody_has_it()
    {
        await StepAsync();
        Assert.Equal(0, await SendWaitingAsync());
        town.Time.Advance(LiveProgress.FirstAfter);
        await StepAsync();
        await StepAsync();
        Assert.Equal(1, await SendWaitingAsync());
        var shown = Assert.Single(writer.Received);
        Assert.StartsWith("Pengumuman \"Gerai tutup Senin\"\nSedang dikirim.\nSampai 0 dari 3 orang, masih menunggu 3.\n", shown.Text, StringComparison.Ordinal);
        Assert.Equal(["Lihat dan atur"], shown.Labels);

        await town.MarkSentAsync(announcement);
        await StepAsync();
        Assert.Equal(0, Assert.Single(writer.Received).Edits);
        town.Time.Advance(LiveProgress.Shortest);
        await StepAsync();
        Assert.Contains("Sampai 3 dari 3 orang, masih menunggu 0.\n", Assert.Single(writer.Received).Text, StringComparison.Ordinal);

        await town.WorkAsync();
        await StepAsync();
        shown = Assert.Single(writer.Received);
        Assert.Contains("\nSelesai.\nSampai 3 dari 3 orang,", shown.Text, StringComparison.Ordinal);
        Assert.Equal((2, "Lihat dan atur"), (shown.Edits, Assert.Single(shown.Labels)));
        Assert.Equal(0, await LiveRowsAsync());
        town.Time.Advance(LiveProgress.Longest);
        await StepAsync();
        Assert.Equal(2, Assert.Single(writer.Received).Edits);
        Assert.Empty(api.Violations);
    }

    [Fact]
    public async Task What_is_halted_is_said_at_once()
    {
        await ShowAsync();
        Assert.True(await town.TurnAsync(await town.OfficerAsync(), turn => AnnouncementDesk.PauseAsync(turn, announcement, CancellationToken.None)));
        await StepAsync();
        Assert.Contains("\nDijeda.\n", Assert.Single(writer.Received).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Too_many_lost_answers_and_the_same_words_again_change_nothing()
    {
        await ShowAsync();
        api.Faults.Add(BotApiFault.TooManyRequests, method: "editMessageText", retryAfterSeconds: 1);
        town.Time.Advance(LiveProgress.Shortest);
        await StepAsync();
        Assert.Equal(0, Assert.Single(writer.Received).Edits);

        // Done, and nobody told us: the same words again are refused, which is as good.
        var message = new OutboundMessage(1, 1, $"{writer.Id}", "Halo", []);
        var id = $"{writer.Received[0].MessageId}";
        Assert.Equal(new DeliveryResult.Sent(id), await telegram.RewriteAsync(message, id, CancellationToken.None));
        Assert.Equal(new DeliveryResult.Sent(id), await telegram.RewriteAsync(message, id, CancellationToken.None));
        Assert.Equal(1, Assert.Single(writer.Received).Edits);
        Assert.IsType<DeliveryResult.Rejected>(await telegram.RewriteAsync(message, "99999", CancellationToken.None));
        writer.Block();
        Assert.IsType<DeliveryResult.Blocked>(await telegram.RewriteAsync(message, id, CancellationToken.None));
    }

    [Fact]
    public async Task A_message_that_is_gone_is_not_tried_again()
    {
        await ShowAsync();
        await town.WriteAsync(async db => await db.Set<OutboxMessage>().Where(row => row.Kind == OutboxKind.Notice)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.ProviderMessageId, "99999")));
        town.Time.Advance(LiveProgress.Shortest);
        await StepAsync();
        var tried = api.Calls.Count(call => call.Method == "editMessageText");
        town.Time.Advance(LiveProgress.Longest);
        await StepAsync();
        Assert.Equal((1, 1), (tried, api.Calls.Count(call => call.Method == "editMessageText")));
    }

    [Fact]
    public async Task Where_nothing_can_be_rewritten_nothing_is_sent()
    {
        var elsewhere = await AnnounceAsync("whatsapp", "628123");
        await town.WorkAsync();
        town.Time.Advance(LiveProgress.FirstAfter);
        await StepAsync();
        Assert.Equal(1, await town.ReadAsync(db => db.Set<AnnouncementLive>().CountAsync(row => row.AnnouncementId == elsewhere && row.OutboxId == null)));
        Assert.Equal(1, await SendWaitingAsync());
    }

    private async Task ShowAsync()
    {
        town.Time.Advance(LiveProgress.FirstAfter);
        await StepAsync();
        Assert.Equal(1, await SendWaitingAsync());
    }

    // Each step by a process that was just started.
    private async Task StepAsync()
    {
        using var limits = new SendLimits([telegram], new SendSettings(), town.Time);
        using var progress = town.Progress([telegram], limits);
        await progress.StepAsync(CancellationToken.None);
    }

    // What the sender does: hands over what waits, and keeps the platform's id.
    private async Task<int> SendWaitingAsync()
    {
        var waiting = await town.ReadAsync(db => db.Set<OutboxMessage>().Where(row => row.Kind == OutboxKind.Notice && row.Status == OutboxStatus.Pending).ToListAsync());
        foreach (var row in waiting)
        {
            var payload = town.Open(row);
            var sent = Assert.IsType<DeliveryResult.Sent>(await telegram.SendAsync(
                new OutboundMessage(row.Id, row.ConversationId, payload.Address, payload.Text, payload.Buttons), CancellationToken.None));
            await town.WriteAsync(async db => await db.Set<OutboxMessage>().Where(own => own.Id == row.Id).ExecuteUpdateAsync(
                set => set.SetProperty(own => own.Status, OutboxStatus.Sent).SetProperty(own => own.ProviderMessageId, sent.ProviderMessageId)));
        }
        return waiting.Count;
    }

    private Task<int> LiveRowsAsync() => town.ReadAsync(db => db.Set<AnnouncementLive>().CountAsync());

    private async Task<long> AnnounceAsync(string channel, string address)
    {
        var person = await town.MemberAsync();
        await town.AddressAsync(person, channel, address);
        await town.MemberAsync();
        var id = await town.AnnounceAsync("Gerai tutup Senin");
        await town.WriteAsync(async db => (await db.Set<Announcement>().SingleAsync(row => row.Id == id)).CreatedBy = person);
        if (channel == "telegram")
            await town.MemberAsync();
        return id;
    }
}
