using KkmpBot.Cooperatives;
using KkmpBot.Dialogs.Answers;
using KkmpBot.Dialogs.Model;
using KkmpBot.Members;
using KkmpBot.Office.Pages;
using KkmpBot.Papers;
using KkmpBot.Programs.Trainings;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Office;

/// <summary>The trainings that somebody holds.</summary>
/// <param name="Trainings">As <c>trainings.own</c> lists them, the latest first.</param>
/// <param name="Typed">What was typed into the form and could not be taken; empty otherwise.</param>
/// <param name="Today">The first day that a training can be on.</param>
public sealed record TrainingsModel(IReadOnlyList<RecordValue> Trainings, IReadOnlyDictionary<string, string> Typed, DateOnly Today);

/// <summary>A training with who comes.</summary>
/// <param name="Training">As <c>trainings.own</c> tells it.</param>
/// <param name="Seats">As <c>trainings.seats</c> lists them.</param>
/// <param name="HasBegun">True from its day on: who came can be noted.</param>
public sealed record TrainingModel(RecordValue Training, IReadOnlyList<RecordValue> Seats, bool HasBegun)
{
    /// <summary>Those who were noted as present.</summary>
    public int Present => Seats.Count(IsPresent);

    /// <summary>True for somebody who was there.</summary>
    /// <param name="seat">One of <see cref="Seats"/>.</param>
    public static bool IsPresent(RecordValue seat) => seat.Text("words") == "hadir";
}

/// <summary>Trainings: set up, who has a seat, who came, and their certificates.</summary>
internal static class TrainingPages
{
    private static readonly string[] Fields = ["title", "day", "place", "capacity"];

    /// <summary>The schedule.</summary>
    public static Task ListAsync(OfficeCall call) => ListAsync(call, new Dictionary<string, string>(), null);

    /// <summary>Sets one up.</summary>
    public static async Task SetUpAsync(OfficeCall call)
    {
        var typed = Fields.ToDictionary(name => name, call.Field);
        var setUp = WholeReader.Read(typed["capacity"]) is { } capacity
            ? await call.DoOnceAsync(
                "trainings.set_up", ("title", Carried.Text(TypedText.Clean(typed["title"]))), ("day", Carried.Text(typed["day"])),
                ("place", Carried.Text(TypedText.Clean(typed["place"]))), ("capacity", new WholeValue(capacity)))
            : new Outcome("unclear");
        if (setUp is { Name: "unclear" })
            await ListAsync(call, typed, PageLine.Bad("Tanggalnya tidak terbaca atau sudah lewat, atau jumlah kursinya bukan angka."));
        else
            call.GoTo("/office/pelatihan", setUp?.Name == "not_allowed" ? "tidak_boleh" : "dicatat");
    }

    /// <summary>One training with its seats.</summary>
    public static async Task ShowAsync(OfficeCall call)
    {
        if (await FindAsync(call) is not { } training)
        {
            await RefuseAsync(call);
            return;
        }
        var seats = await call.DoAsync("trainings.seats", ("training", Carried.Text(call.Route("id"))));
        await call.PageAsync<TrainingView, TrainingModel>("Pelatihan", new TrainingModel(training, seats.Items(), training.Day("day") <= call.Today));
    }

    /// <summary>Notes that somebody came, or takes that back.</summary>
    public static async Task MarkAsync(OfficeCall call)
    {
        var marked = await call.DoOnceAsync("trainings.mark", ("training", Carried.Text(call.Route("id"))), ("seat", Carried.Text(call.Field("seat"))));
        call.GoTo($"/office/pelatihan/{call.Id}", marked?.Name switch
        {
            "present" => "hadir",
            "too_early" => "belum_mulai",
            "gone" => "salah",
            _ => "dicatat",
        });
    }

    /// <summary>The certificate of somebody who came; the same paper as they get in the chat.</summary>
    public static async Task CertifyAsync(OfficeCall call)
    {
        var row = await (
            from seat in call.Db.Set<TrainingSeat>().AsNoTracking()
            where seat.Id == call.Id && seat.AttendedUtc != null
            join training in call.Db.Set<Training>().AsNoTracking() on seat.TrainingId equals training.Id
            join member in call.Db.Set<Member>() on seat.MemberId equals member.Id
            join cooperative in call.Db.Set<Cooperative>() on member.CooperativeId equals cooperative.Id
            select new { seat, training, member.FullName, cooperative.Name }).SingleOrDefaultAsync(call.Gone);
        if (row is null || !TrainingRecord.MayHold(call.Who.Caller, row.training))
        {
            await RefuseAsync(call);
            return;
        }
        var certificate = Certificate.Of(row.training, row.seat, call.Vault.Open(row.FullName), row.Name);
        await call.FileAsync($"{certificate.Name}.pdf", "application/pdf", Pdf.Print(certificate, call.Today));
    }

    private static async Task ListAsync(OfficeCall call, IReadOnlyDictionary<string, string> typed, PageLine? line)
    {
        var own = await call.DoAsync("trainings.own");
        await call.PageAsync<TrainingsView, TrainingsModel>("Pelatihan", new TrainingsModel(own.Items(), typed, call.Today), line);
    }

    private static async Task<RecordValue?> FindAsync(OfficeCall call)
    {
        var own = await call.DoAsync("trainings.own");
        return own.Items().FirstOrDefault(training => training.Text("key") == call.Route("id"));
    }

    private static Task RefuseAsync(OfficeCall call)
    {
        call.Http.Response.StatusCode = StatusCodes.Status404NotFound;
        return call.PageAsync<RefusedView, string>("Tidak ada", "Pelatihan ini tidak ada di antara yang Bapak/Ibu adakan.");
    }
}
