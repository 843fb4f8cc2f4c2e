using System.Globalization;
using KkmpBot.Office.Pages;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Office.City;

/// <summary>What the page of a kelurahan shows.</summary>
/// <param name="Figures">Of its cooperative.</param>
/// <param name="AsOf">As of the day.</param>
/// <param name="Officers">Who recorded what, by person; only for the city's officers.</param>
/// <param name="MayRecord">True for the city's officers.</param>
/// <param name="Today">The last day that can be recorded.</param>
public sealed record KelurahanModel(KelurahanFigures Figures, DateOnly AsOf, IReadOnlyDictionary<long, string> Officers, bool MayRecord, DateOnly Today);

/// <summary>One cooperative as the city sees it, and what the city's officers record of it.</summary>
internal static class KelurahanPages
{
    /// <summary>What a milestone is called.</summary>
    public static IReadOnlyDictionary<string, string> Names { get; } = new Dictionary<string, string>
    {
        [MilestoneKind.LegalEntity] = "Berbadan hukum",
        [MilestoneKind.Outlet] = "Gerai dibuka",
        [MilestoneKind.Verified] = "Diverifikasi kota",
        [MilestoneKind.Business] = "Potensi usaha",
        [MilestoneKind.Mentoring] = "Pendampingan",
        [MilestoneKind.Assistance] = "Bantuan",
        [MilestoneKind.Training] = "Pelatihan",
        [MilestoneKind.Replenishment] = "Permintaan barang",
    };

    /// <summary>Shows it.</summary>
    public static async Task ShowAsync(OfficeCall call)
    {
        var day = await CityFiles.DayAsync(call) ?? call.Today;
        var figures = await CityFigures.ReadAsync(call.Db, day, call.Gone);
        if (figures.Kelurahan.FirstOrDefault(row => row.Cooperative.Code == call.Route("code")) is not { } found)
        {
            call.Http.Response.StatusCode = StatusCodes.Status404NotFound;
            await call.PageAsync<RefusedView, string>("Tidak ada", "Kelurahan dengan kode itu tidak ada di Kota Semarang.");
            return;
        }
        bool isCity = call.Visitor?.May(Right.City) ?? false;
        var officers = isCity ? await NamesAsync(call, found) : new Dictionary<long, string>();
        await call.PageAsync<KelurahanView, KelurahanModel>(found.Cooperative.Name, new KelurahanModel(found, day, officers, isCity, call.Today));
    }

    /// <summary>Records an act of the city.</summary>
    public static async Task RecordAsync(OfficeCall call)
    {
        string code = call.Route("code");
        var line = KelurahanFileLine(code);
        string kind = call.Field("kind"), note = call.Field("note");
        bool isDay = DateOnly.TryParseExact(call.Field("day"), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day);
        if (line is null || !MilestoneKind.Recorded.Contains(kind) || !isDay || day > call.Today || day.Year < 2025 || note.Length > Milestone.MaxNoteLength)
        {
            call.GoTo($"/city/kelurahan/{(line is null ? "" : code)}", "salah");
            return;
        }
        await call.InTurnAsync(async (turn, ct) =>
        {
            if (!await call.IsFirstAsync(turn, ct))
                return false;
            turn.Db.Add(new Milestone
            {
                CooperativeId = line.Id,
                Kind = kind,
                Day = day,
                Note = note.Length == 0 ? null : note,
                ByPersonId = turn.Caller.PersonId,
                AtUtc = turn.UtcNow,
            });
            await Auditing.Audit.RecordAsync(turn.Db, line.Id, turn.UtcNow, turn.Caller.PersonId, $"city.{kind}", Written.Iso(day), ct);
            return true;
        });
        call.GoTo($"/city/kelurahan/{code}", "dicatat");
    }

    private static Data.KelurahanLine? KelurahanFileLine(string code) => Data.KelurahanFile.Lines.FirstOrDefault(line => line.Code == code);

    private static async Task<IReadOnlyDictionary<long, string>> NamesAsync(OfficeCall call, KelurahanFigures figures)
    {
        long[] ids = [.. figures.Milestones.Where(row => row.ByPersonId is not null).Select(row => row.ByPersonId!.Value).Distinct()];
        var people = await call.Db.Set<Members.Person>().Where(row => ids.Contains(row.Id)).Select(row => new { row.Id, row.Nickname }).ToListAsync(call.Gone);
        return people.ToDictionary(row => row.Id, row => row.Nickname is null ? "petugas kota" : call.Vault.Open(row.Nickname));
    }
}
