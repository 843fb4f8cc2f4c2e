using KkmpBot.Cooperatives;
using KkmpBot.Dialogs.Answers;
using KkmpBot.Dialogs.Model;
using KkmpBot.Members;
using KkmpBot.Office.Pages;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Office;

/// <summary>An application being written for somebody at the counter.</summary>
/// <param name="Kelurahan">The officer's: it has to stand on the KTP.</param>
/// <param name="Typed">What was typed and could not be taken, by field.</param>
/// <param name="Problems">What is wrong, by field.</param>
public sealed record EnrolModel(string Kelurahan, IReadOnlyDictionary<string, string> Typed, IReadOnlyDictionary<string, string> Problems);

/// <summary>Signs up somebody who stands at the counter: the same readers, the same checks and the same waiting for the board as in the chat.</summary>
internal static class EnrolPages
{
    private static readonly string[] Fields = ["name", "nik", "address", "phone", "civil", "consent"];

    /// <summary>The empty form.</summary>
    public static Task ShowAsync(OfficeCall call) => ShowAsync(call, new Dictionary<string, string>(), new Dictionary<string, string>(), null);

    /// <summary>Takes the application, or says field by field what is wrong.</summary>
    public static async Task EnrolAsync(OfficeCall call)
    {
        var typed = Fields.ToDictionary(field => field, field => TypedText.Clean(call.Field(field)));
        var problems = new Dictionary<string, string>();
        var name = Read(problems, "name", ReadName.Read(typed["name"])?.Full, "Tulis namanya dengan huruf, persis seperti di KTP.");
        var nik = Read(problems, "nik", Nik.Read(typed["nik"], call.Today).Nik?.Digits, "NIK 16 angka, seperti di KTP. Periksa lagi tiap angkanya.");
        var address = Read(problems, "address", ReadAddress.Read(typed["address"]), "Perlu dua angka: RT dulu, lalu RW. Misalnya 003/005.");
        var phone = PhoneReader.Read(typed["phone"]);
        var mobile = Read(problems, "phone", phone.Problem is null ? phone.E164 : null, "Bukan nomor HP. Misalnya 0812 3456 7890.");
        Read(problems, "consent", typed["consent"] is EnrolAtCounter.OnPaper or EnrolAtCounter.InPerson ? "" : null, "Tanpa persetujuan orangnya, datanya tidak boleh disimpan.");
        if (problems.Count > 0)
        {
            await ShowAsync(call, typed, problems, PageLine.Bad("Belum dicatat: ada isian yang perlu dibetulkan."));
            return;
        }
        var enrolled = await call.DoOnceAsync(
            "members.enrol", ("full_name", Carried.Text(name)), ("nik", Carried.Text(nik)), ("address", Carried.Text(address)), ("phone", Carried.Text(mobile)),
            ("civil_servant", new YesNoValue(typed["civil"] == "ya")), ("consent", Carried.Text(typed["consent"])));
        if (enrolled?.Name == "enrolled")
            call.GoTo($"/office/pendaftar/{enrolled.Record().Text("key")}", "terdaftar");
        else
            await RefuseAsync(call, typed, enrolled?.Name);
    }

    private static Task RefuseAsync(OfficeCall call, IReadOnlyDictionary<string, string> typed, string? outcome)
    {
        var problems = new Dictionary<string, string>();
        if (outcome == "taken")
            problems["nik"] = "NIK itu sudah tercatat di buku anggota koperasi.";
        if (outcome == "phone_taken")
            problems["phone"] = "Nomor ini dipakai anggota atau petugas lain. Minta nomor milik orangnya sendiri.";
        var line = outcome switch
        {
            null => "Formulir ini sudah dikirim tadi; tidak dicatat dua kali.",
            "not_allowed" => "Peran Bapak/Ibu tidak boleh melakukan ini.",
            _ => "Belum dicatat: ada isian yang perlu dibetulkan.",
        };
        return ShowAsync(call, typed, problems, PageLine.Bad(line));
    }

    private static string Read(Dictionary<string, string> problems, string field, string? read, string problem)
    {
        if (read is null)
            problems[field] = problem;
        return read ?? "";
    }

    private static async Task ShowAsync(
        OfficeCall call, IReadOnlyDictionary<string, string> typed, IReadOnlyDictionary<string, string> problems, PageLine? line)
    {
        var kelurahan = await call.Db.Set<Cooperative>().Where(row => row.Id == call.CooperativeId).Select(row => row.Kelurahan).SingleAsync(call.Gone);
        await call.PageAsync<EnrolView, EnrolModel>("Daftarkan warga", new EnrolModel(kelurahan, typed, problems), line);
    }
}
