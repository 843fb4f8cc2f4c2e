using KkmpBot.Cooperatives;
using KkmpBot.Dialogs.Answers;
using KkmpBot.Office.Pages;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Office.City;

/// <summary>What the page of officers shows: how many of each role a cooperative has, and the form.</summary>
/// <param name="Cooperatives">Code, name and kecamatan.</param>
/// <param name="Counts">Officers by role, over the city.</param>
public sealed record AppointModel(IReadOnlyList<(string Code, string Name)> Cooperatives, IReadOnlyDictionary<string, int> Counts);

/// <summary>The administrator gives offices.</summary>
internal static class AppointPages
{
    /// <summary>What a role is called.</summary>
    public static IReadOnlyList<(string Role, string Label)> Roles { get; } =
    [
        (Members.OfficerRole.Chair, "Ketua"), (Members.OfficerRole.Treasurer, "Bendahara"), (Members.OfficerRole.Warehouse, "Petugas gudang"),
        (Members.OfficerRole.Supervisor, "Pengawas"), (Members.OfficerRole.City, "Petugas kota"), (Members.OfficerRole.Mentor, "Pendamping"),
        (Members.OfficerRole.Administrator, "Administrator"),
    ];

    /// <summary>Shows the form.</summary>
    public static Task ShowAsync(OfficeCall call) => ShowAsync(call, null);

    /// <summary>Gives an office.</summary>
    public static async Task AppointAsync(OfficeCall call)
    {
        if (PhoneReader.Read(call.Field("phone")).E164 is not { } phone)
        {
            await ShowAsync(call, PageLine.Bad("Nomor HP tidak terbaca. Tulis seperti 0812 3456 7890."));
            return;
        }
        string code = call.Field("code"), name = call.Field("name");
        bool isCity = Members.OfficerRole.IsOfTheCity(call.Field("role"));
        var given = new Appointment(phone, call.Field("role"), isCity || code.Length == 0 ? null : code, name.Length == 0 ? null : name);
        var problem = await call.InTurnAsync((turn, ct) => OfficerAppointment.AppointAsync(turn.Db, turn.Vault, given, turn.Caller.PersonId, turn.UtcNow, ct));
        if (problem is null)
            call.GoTo("/city/petugas", "petugas");
        else
            await ShowAsync(call, PageLine.Bad("Pilih peran, dan kelurahannya untuk peran di koperasi."));
    }

    private static async Task ShowAsync(OfficeCall call, PageLine? line)
    {
        var cooperatives = await call.Db.Set<Cooperative>().OrderBy(row => row.Kecamatan).ThenBy(row => row.Kelurahan)
            .Select(row => new { row.Code, row.Kelurahan, row.Kecamatan }).ToListAsync(call.Gone);
        var counts = await call.Db.Set<Members.Officer>().GroupBy(row => row.Role).Select(group => new { group.Key, Count = group.Count() }).ToListAsync(call.Gone);
        await call.PageAsync<AppointView, AppointModel>("Petugas", new AppointModel(
            [.. cooperatives.Select(row => (row.Code, $"{row.Kelurahan} ({row.Kecamatan})"))],
            counts.ToDictionary(row => row.Key, row => row.Count)), line);
    }
}
