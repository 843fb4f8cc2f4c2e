using System.Diagnostics;
using System.Globalization;
using KkmpBot.Announcements;
using KkmpBot.Data;
using KkmpBot.Tests.Platforms.BotApi;
using KkmpBot.Tests.Platforms.CloudApi;
using Microsoft.EntityFrameworkCore;
using Xunit.Abstractions;

namespace KkmpBot.Tests.Processes.Broadcasts;

/// <summary>
/// An announcement to 20,000 people (100,000 with <c>KKMP_LONG</c>) by the real program, over a Bot API with its "too many" and people who left,
/// and a WhatsApp whose windows are closed, killed three times on its way.
/// </summary>
[Trait("Category", "Process")]
[Collection(nameof(OneProcessAtATime))]
public sealed class BroadcastTests(ITestOutputHelper output)
{
    private const int Kills = 3;
    private static readonly int People = Environment.GetEnvironmentVariable("KKMP_LONG") is { Length: > 0 } ? 100_000 : 20_000;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);

    [Fact]
    public async Task Everybody_ends_in_one_state_nobody_is_sent_it_twice_and_a_word_stops_it()
    {
        await using var whatsApp = await CloudApiEmulator.StartAsync(new CloudApiOptions());
        await using var city = await TelegramCity.StartAsync("polling", _ => new Dictionary<string, string>(whatsApp.Settings)
        {
            ["Sending__QuietHours"] = "false",
            ["Sending__Limits"] = "false",
            ["Turns__PerPersonPerMinute"] = "0",
        });
        var officer = city.Api.AddPerson("Haryono", "6281200000002");
        foreach (var step in TelegramCity.Greeting)
            await city.WalkAsync(officer, step);
        await city.Bot.KillAsync();
        var audience = new Audience(city);
        await audience.AddAsync(People);
        var id = await audience.AnnounceAsync("Telur baru datang.");
        var clock = Stopwatch.StartNew();
        await city.Bot.StartAsync();
        for (var kill = 1; kill <= Kills; kill++)
        {
            city.Api.Faults.Add(BotApiFault.TooManyRequests, times: 20);
            var until = People * kill / (Kills + 1);
            await UntilAsync(() => Task.FromResult(Received(audience) >= until), city);
            await city.Bot.KillAsync();
            await city.Bot.StartAsync();
        }
        var waits = await TalkAsync(city, officer, () => audience.ReadAsync(db => db.Set<Announcement>().AnyAsync(row => row.Id == id && row.ClosedUtc != null)));
        output.Print(string.Create(CultureInfo.InvariantCulture,
            $"broadcast: {waits.Count} chat replies meanwhile: median {waits[waits.Count / 2].TotalMilliseconds:0} ms, p99 {waits[waits.Count * 99 / 100].TotalMilliseconds:0} ms"));

        var count = await CheckAsync(audience, id, clock);
        Assert.Equal((People, 0), (count.People, count.Withdrawn));
        // A kill while WhatsApp's are in hand leaves them unknown, as it does everybody else's.
        Assert.InRange(count.Held, audience.OnWhatsApp - count.Unknown, audience.OnWhatsApp);
        await UntilAsync(() => Task.FromResult(officer.Received.Any(message => message.Text.StartsWith(TelegramCity.Report, StringComparison.Ordinal))), city);
        officer.Read();
        var shown = officer.Received.Where(message => message.Text.StartsWith(TelegramCity.Progress, StringComparison.Ordinal)).ToList();
        output.Print($"broadcast: progress in {shown.Count} message, rewritten {shown.Sum(message => message.Edits)} times");
        Assert.True(shown.Count <= 1, "The writer was sent progress more than once.");
        output.Print("broadcast: " + (await File.ReadAllLinesAsync($"/proc/{city.Bot.Id}/status")).Single(line => line.StartsWith("VmHWM", StringComparison.Ordinal)));

        await StopsAsync(city, audience, officer);
        Assert.Empty(city.Api.Violations);
    }

    // Somebody chats while the rest goes out; what they waited for is printed, since a busy machine proves nothing by it.
    private static async Task<List<TimeSpan>> TalkAsync(TelegramCity city, BotApiPerson officer, Func<Task<bool>> isOver)
    {
        var (waits, started) = (new List<TimeSpan>(), Stopwatch.StartNew());
        while (!await isOver() && started.Elapsed < Patience)
        {
            for (var i = 0; i < 5; i++)
            {
                officer.Read();
                var asked = Stopwatch.StartNew();
                await city.WalkAsync(officer, new PersonStep("menu", "Ada yang bisa saya bantu"));
                waits.Add(asked.Elapsed);
            }
        }
        Assert.NotEmpty(waits);
        waits.Sort();
        return waits;
    }

    private async Task StopsAsync(TelegramCity city, Audience audience, BotApiPerson officer)
    {
        var before = Received(audience);
        var id = await audience.AnnounceAsync("Gerai tutup besok.");
        await UntilAsync(() => Task.FromResult(Received(audience) > before + (People / 20)), city);
        foreach (var step in new PersonStep[]
        {
            new("pengumuman", "Pengumuman terakhir"), new("gerai tutup besok", "Sedang dikirim"), new("Hentikan", "untuk seterusnya", Presses: true),
            new("Ya, hentikan", "Dihentikan", Presses: true),
        })
            await city.WalkAsync(officer, step);
        await Task.Delay(TimeSpan.FromSeconds(1));
        var stopped = Received(audience);
        await Task.Delay(TimeSpan.FromSeconds(2));
        Assert.Equal(stopped, Received(audience));
        await UntilAsync(() => audience.ReadAsync(db => db.Set<Announcement>().AnyAsync(row => row.Id == id && row.ClosedUtc != null)), city);
        var count = await AnnouncementCountAsync(audience, id);
        output.Print($"broadcast: stopped after {stopped - before} of {People} messages: {count}");
        Assert.Equal((stopped - before, 0), (count.Reached, count.Unknown));
        Assert.InRange(stopped - before, 1, People - 1);
        Assert.Equal(0, count.Queued + count.Sending + count.Held);
    }

    // The ledger against what the platform saw.
    private async Task<AnnouncementCount> CheckAsync(Audience audience, long id, Stopwatch clock)
    {
        var count = await AnnouncementCountAsync(audience, id);
        var rows = await audience.ReadAsync(db => db.Set<OutboxMessage>().Where(row => row.AnnouncementId == id)
            .Select(row => new { row.ConversationId, row.Status }).ToListAsync());
        Assert.Equal(People, rows.Select(row => row.ConversationId).Distinct().Count());
        Assert.Equal(People, rows.Count);
        var uncertain = 0;
        foreach (var row in rows)
        {
            var got = audience.OnTelegram.TryGetValue(row.ConversationId, out var account) ? account.Received.Count : 0;
            var isRight = row.Status switch
            {
                OutboxStatus.Sent => got == 1,
                OutboxStatus.Blocked => got == 0 && account!.IsDeactivated,
                OutboxStatus.Held => account is null,
                OutboxStatus.Unknown => got <= 1,
                _ => false,
            };
            uncertain += row.Status == OutboxStatus.Unknown ? got : 0;
            Assert.True(isRight, $"Person {row.ConversationId} got it {got} times and stands at {row.Status}.");
        }
        output.Print(string.Create(CultureInfo.InvariantCulture,
            $"broadcast: {People} people in {clock.Elapsed.TotalSeconds:0} s with {Kills} kills: {count}; of {count.Unknown} unknown {uncertain} had arrived"));
        Assert.Equal(Received(audience), count.Reached + uncertain);
        Assert.InRange(audience.Left, count.Blocked, count.Blocked + count.Unknown);
        return count;
    }

    private static Task<AnnouncementCount> AnnouncementCountAsync(Audience audience, long id) =>
        audience.ReadAsync(db => AnnouncementLedger.CountAsync(db, id, CancellationToken.None));

    private static int Received(Audience audience) => audience.OnTelegram.Values.Sum(person => person.Received.Count);

    private static async Task UntilAsync(Func<Task<bool>> holds, TelegramCity city)
    {
        for (var started = Stopwatch.StartNew(); started.Elapsed < Patience; await Task.Delay(250))
        {
            if (await holds())
                return;
        }
        Assert.Fail($"It never came to that.\n{city.Bot.Output}");
    }
}
