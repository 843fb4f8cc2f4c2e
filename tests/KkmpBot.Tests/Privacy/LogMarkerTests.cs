using System.Text;
using KkmpBot.Channels;
using KkmpBot.Tests.Processes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace KkmpBot.Tests.Privacy;

/// <summary>
/// The whole service, logging everything it can: somebody registers, complains, is misunderstood, asks for their data and has it corrected, and none of
/// it is in the log, in the files of the data folder or in any answer to somebody else.
/// </summary>
public sealed class LogMarkerTests
{
    private const string Address = "marker-address-4711";
    private const string Nik = "3374140101909920";
    private const string Nip = "199001012015041003";
    private const string Phone = "081398761234";
    private const string Name = "Kusumaningtyas Wirabrata";
    private static readonly string[] Markers = [Address, Nik, Nip, Phone, Phone[1..], Name, "Kusumaningtyas", "RT 017/RW 019", "lantainya berlumut", "zzyzx mblgedhes"];

    [Fact]
    public async Task Nothing_personal_is_logged_kept_in_clear_or_answered_to_others()
    {
        var settings = new Dictionary<string, string> { ["Turns__PerPersonPerMinute"] = "0", ["DirectLine__Secret"] = "direct-line-of-the-markers" };
        await using var bot = await InProcessBot.StartAsync(settings, hasNetwork: false, least: LogLevel.Trace);
        await SayAsync(bot, "daftar", "setuju", Name, Nik, "jatisari", "ya", "RT 17 RW 19", Phone, "ya", "ya", Nip, "ya, kirim");
        await SayAsync(bot, "keluhan", "pelayanan", "lantainya berlumut", "ya", "zzyzx mblgedhes", "data saya", "lihat data saya", "berkas komputer", "betulkan data", "nama", Name);
        Assert.Equal(1, await bot.CountAsync("SELECT COUNT(*) FROM complaints"));
        // Somebody who is no person of ours, and a platform that sends what nobody can read.
        await TakeAsync(bot, new InboundMessage("test", Guid.NewGuid().ToString("N"), Address, InboundKind.Document, "lantainya berlumut", SenderName: Name));

        string log = string.Join('\n', bot.Log.Lines.Select(line => line.Text));
        Assert.Contains("Turn ", log, StringComparison.Ordinal);
        Assert.DoesNotContain(Markers, marker => log.Contains(marker, StringComparison.OrdinalIgnoreCase));
        foreach (var (file, bytes) in await bot.DataFilesAsync())
            Assert.Empty(Markers.Where(marker => bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(marker)) >= 0).Select(marker => $"{file}: {marker}"));
        using var client = bot.CreateClient();
        foreach (string path in new[] { "/", "/healthz", "/metrics", "/office", "/city", "/city/figures.json", "/v3/directline/conversations", $"/nowhere/{Uri.EscapeDataString(Name)}" })
        {
            using var answer = await client.GetAsync(new Uri(path, UriKind.Relative));
            string body = await answer.Content.ReadAsStringAsync();
            Assert.DoesNotContain(Markers, marker => body.Contains(marker, StringComparison.OrdinalIgnoreCase));
        }
    }

    private static async Task SayAsync(InProcessBot bot, params string[] texts)
    {
        foreach (string text in texts)
            await TakeAsync(bot, new InboundMessage("test", Guid.NewGuid().ToString("N"), Address, InboundKind.Text, text));
    }

    private static async Task TakeAsync(InProcessBot bot, InboundMessage message) =>
        Assert.Equal(TurnReceipt.Committed, await bot.Services.GetRequiredService<TakeMessage>()(message, CancellationToken.None));
}
