using KkmpBot.Channels;
using KkmpBot.Conversations;
using KkmpBot.Dialogs.Answers;
using KkmpBot.Dialogs.Model;
using KkmpBot.Office.Pages;

namespace KkmpBot.Office;

/// <summary>An announcement being written.</summary>
/// <param name="Latest">Those that were sent, the latest first.</param>
/// <param name="Text">As typed.</param>
/// <param name="Who">One of <see cref="AnnouncementPages.Audiences"/>.</param>
/// <param name="Query">The audience's line, where the officer wrote it.</param>
/// <param name="Button">One of <see cref="AnnouncementPages.Buttons"/>.</param>
/// <param name="Draft">The draft with its audience counted; null before.</param>
/// <param name="HasPicture">True when the draft has a picture.</param>
/// <param name="MayWrite">True for officers who act.</param>
public sealed record ComposeModel(IReadOnlyList<RecordValue> Latest, string Text, string Who, string Query, string Button, RecordValue? Draft, bool HasPicture, bool MayWrite);

/// <summary>How far an announcement is.</summary>
/// <param name="Row">As <c>announcements.show</c> tells it.</param>
/// <param name="HasPicture">True when it has a picture.</param>
/// <param name="MayWrite">True for officers who act.</param>
public sealed record ProgressModel(RecordValue Row, bool HasPicture, bool MayWrite);

/// <summary>Announcements: written, tried on the audience, sent and watched, by the capabilities of the chat.</summary>
internal static class AnnouncementPages
{
    /// <summary>The longest text.</summary>
    public const int MaxLength = 600;

    private const string OwnQuery = "other";
    private static readonly string[] Moments = ["now", "morning", "afternoon", "weekly", "monthly"];
    private static readonly string[] Acts = ["approve", "pause", "resume", "stop"];
    private static readonly string[] States = ["waiting", "scheduled", "running", "paused", "stopped", "done"];

    /// <summary>The usual audiences.</summary>
    public static IReadOnlyList<(string Key, string Label)> Audiences { get; } =
        [("members", "Semua anggota"), ("arrears", "Yang menunggak"), ("civil_servants", "Anggota ASN"), (OwnQuery, "Syarat sendiri")];

    /// <summary>The dialogs that a button may open.</summary>
    public static IReadOnlyList<(string Key, string Label)> Buttons { get; } =
    [
        ("none", "Tanpa tombol"), ("order", "Pesan sembako"), ("prices", "Harga hari ini"), ("savings", "Simpanan saya"), ("meeting", "Rapat anggota"),
        ("handover", "Tanya petugas"),
    ];

    /// <summary>Shows the form and the latest.</summary>
    public static Task ListAsync(OfficeCall call) => ShowAsync(call, "", Audiences[0].Key, "", Buttons[0].Key, null, false, null);

    /// <summary>Puts it together and counts who would hear it.</summary>
    public static async Task PrepareAsync(OfficeCall call)
    {
        string text = call.Field("text"), query = TypedText.Clean(call.Field("query"));
        string who = Audiences.Select(row => row.Key).FirstOrDefault(key => key == call.Field("who")) ?? Audiences[0].Key;
        string button = Buttons.Select(row => row.Key).FirstOrDefault(key => key == call.Field("button")) ?? Buttons[0].Key;
        if (text.Length is 0 or > MaxLength)
        {
            await ShowAsync(call, text, who, query, button, null, false, PageLine.Bad($"Tulis isinya, paling panjang {MaxLength} huruf."));
            return;
        }
        var picture = await call.BytesAsync("picture", Announcements.Announcement.MaxPictureBytes);
        if (call.HasFile("picture") && OutboundFile.PictureKindOf(picture) is null)
        {
            await ShowAsync(call, text, who, query, button, null, false, PageLine.Bad($"Gambarnya PNG atau JPEG, paling besar {Announcements.Announcement.MaxPictureBytes / 1024} KB."));
            return;
        }
        var hasPicture = false;
        var prepared = await call.InTurnAsync(async (turn, ct) =>
        {
            var earlier = await KeptPictureAsync(call, turn, ct);
            var chosen = who == OwnQuery
                ? await call.CallAsync(turn, "announcements.read_audience", ct, ("text", Carried.Text(query)))
                : await call.CallAsync(turn, "announcements.audience", ct, ("who", Carried.Text(who)));
            if (chosen.Name != "chosen")
                return chosen;
            var drafted = await call.CallAsync(turn, "announcements.prepare", ct, ("text", Carried.Text(text)), ("audience", chosen.Record()), ("button", Carried.Text(button)));
            // What an earlier draft had, and this form did not show, goes.
            hasPicture = drafted.Name == "prepared"
                && await Announcements.AnnouncementDesk.SetPictureAsync(turn, IdOf(drafted.Record().Text("key")), picture ?? earlier, ct)
                && (picture ?? earlier) is not null;
            return drafted;
        });
        await ShowAsync(call, text, who, query, button, prepared.Name == "prepared" ? prepared.Record() : null, hasPicture, prepared.Name switch
        {
            "prepared" => null,
            "nobody" => PageLine.Bad("Belum ada yang cocok dan setuju dikirimi pengumuman."),
            "unclear" => PageLine.Bad("Syaratnya tidak terbaca. Tulis misalnya: tunggakan=ya kanal=whatsapp."),
            _ => PageLine.Bad("Pengumuman dikirim pengurus."),
        });
    }

    /// <summary>Sends it, now or later.</summary>
    public static async Task SendAsync(OfficeCall call)
    {
        string key = call.Field("announcement"), when = call.Field("when");
        if (!Moments.Contains(when) || !await IsOwnAsync(call, key))
        {
            call.GoTo("/office/pengumuman", "salah");
            return;
        }
        var sent = await call.DoOnceAsync("announcements.send", ("announcement", Carried.Text(key)), ("when", Carried.Text(when)));
        call.GoTo($"/office/pengumuman/{key}", sent?.Name switch
        {
            "running" => "dikirim",
            "scheduled" => "dijadwalkan",
            "waiting" => "menunggu",
            "picture_coming" => "foto",
            _ => "dicatat",
        });
    }

    /// <summary>Shows how far one is.</summary>
    public static async Task WatchAsync(OfficeCall call)
    {
        if (!await IsOwnAsync(call, call.Route("id")))
        {
            call.Http.Response.StatusCode = StatusCodes.Status404NotFound;
            await call.PageAsync<RefusedView, string>("Tidak ada", "Pengumuman ini tidak ada di koperasi Bapak/Ibu.");
            return;
        }
        var shown = await call.DoAsync("announcements.show", ("announcement", Carried.Text(call.Route("id"))));
        await call.PageAsync<ProgressView, ProgressModel>("Pengumuman", new ProgressModel(shown.Record(), await PictureAsync(call) is not null, call.Who.May(Right.Answer)));
    }

    /// <summary>Shows its picture.</summary>
    public static async Task PictureOfAsync(OfficeCall call)
    {
        if (await PictureAsync(call) is { } picture)
            await call.ShowAsync(picture);
        else
            call.Http.Response.StatusCode = StatusCodes.Status404NotFound;
    }

    /// <summary>Halts it, lets it go on, ends it, agrees to it, or corrects it.</summary>
    public static async Task SteerAsync(OfficeCall call)
    {
        string key = call.Route("id"), act = call.Field("do"), text = call.Field("text");
        if (!await IsOwnAsync(call, key) || (!Acts.Contains(act) && (act != "correct" || text.Length is 0 or > MaxLength)))
        {
            call.GoTo("/office/pengumuman", "salah");
            return;
        }
        var done = act == "correct"
            ? await call.DoOnceAsync("announcements.correct", ("announcement", Carried.Text(key)), ("text", Carried.Text(text)))
            : await call.DoOnceAsync("announcements.steer", ("announcement", Carried.Text(key)), ("act", Carried.Text(act)));
        call.GoTo($"/office/pengumuman/{key}", done?.Name is "done" or "corrected" ? "dicatat" : "sudah");
    }

    /// <summary>Where an announcement stands, in a word.</summary>
    public static string StateOf(RecordValue row) => States.FirstOrDefault(state => row.List(state).Count > 0) switch
    {
        "waiting" => "menunggu petugas kedua",
        "scheduled" => "dijadwalkan",
        "running" => "sedang dikirim",
        "paused" => "dijeda",
        "stopped" => "dihentikan",
        _ => "selesai",
    };

    private static async Task ShowAsync(OfficeCall call, string text, string who, string query, string button, RecordValue? draft, bool hasPicture, PageLine? line)
    {
        var latest = await call.DoAsync("announcements.list");
        await call.PageAsync<ComposeView, ComposeModel>(
            "Pengumuman", new ComposeModel(latest.Items(), text, who, query, button, draft, hasPicture, call.Who.May(Right.Answer)), line);
    }

    // What was looked at before keeps its picture while its words are changed.
    private static async Task<byte[]?> KeptPictureAsync(OfficeCall call, Turn turn, CancellationToken ct) =>
        call.Field("without").Length == 0 && IdOf(call.Field("draft")) is > 0 and var id
            && await Announcements.AnnouncementDesk.FindDraftAsync(turn, id, ct) is { } draft
            ? (await Announcements.AnnouncementPicture.OfAsync(turn.Db, draft, ct))?.Bytes : null;

    private static Task<OutboundFile?> PictureAsync(OfficeCall call) => call.InTurnAsync(async (turn, ct) =>
        await Announcements.AnnouncementDesk.FindAsync(turn, call.Id, ct) is { } row ? await Announcements.AnnouncementPicture.OfAsync(turn.Db, row, ct) : null);

    private static long IdOf(string key) =>
        long.TryParse(key, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out long id) ? id : 0;

    // A guessed number of another cooperative is nobody's.
    private static Task<bool> IsOwnAsync(OfficeCall call, string key) => call.InTurnAsync(async (turn, ct) =>
        IdOf(key) is > 0 and var id && await Announcements.AnnouncementDesk.FindAsync(turn, id, ct) is not null);
}
