using System.Globalization;
using KkmpBot.Cooperatives;
using KkmpBot.Dialogs.Answers;
using KkmpBot.Dialogs.Model;
using KkmpBot.Members;
using KkmpBot.Office.Pages;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Office;

/// <summary>Somebody who may be the same person as an applicant.</summary>
/// <param name="Name">Their name.</param>
/// <param name="Where">The cooperative.</param>
/// <param name="Status">As members have it.</param>
/// <param name="Number">In the register; empty without.</param>
/// <param name="Why">Same NIK or same name.</param>
public sealed record Lookalike(string Name, string Where, string Status, string Number, string Why)
{
    /// <summary>Never who.</summary>
    public override string ToString() => $"{nameof(Lookalike)} {Status}";
}

/// <summary>The applications that wait.</summary>
/// <param name="Waiting">As <c>members.pending</c> lists them, the oldest first.</param>
/// <param name="MayEnrol">True for officers who act.</param>
public sealed record ApplicationsModel(IReadOnlyList<RecordValue> Waiting, bool MayEnrol);

/// <summary>An application beside those who look like the applicant.</summary>
/// <param name="Details">As <c>members.show_application</c> tells them.</param>
/// <param name="Lookalikes">The others.</param>
/// <param name="MayDecide">True for the board.</param>
public sealed record ApplicationModel(RecordValue Details, IReadOnlyList<Lookalike> Lookalikes, bool MayDecide);

/// <summary>The pages of applications.</summary>
internal static class ApplicationPages
{
    private const int MostCompared = 5_000;
    private const int MostShown = 10;

    /// <summary>Those that wait.</summary>
    public static async Task ListAsync(OfficeCall call)
    {
        var listed = await call.DoAsync("members.pending");
        await call.PageAsync<ApplicationsView, ApplicationsModel>("Pendaftar", new ApplicationsModel(listed.Items(), call.Who.May(Right.Answer)));
    }

    /// <summary>One of them.</summary>
    public static async Task ShowAsync(OfficeCall call)
    {
        var shown = await call.DoAsync("members.show_application", ("application", Carried.Text(call.Route("id"))));
        if (shown.Name != "found")
        {
            call.GoTo("/office/pendaftar", "sudah");
            return;
        }
        var model = new ApplicationModel(shown.Record(), await LookalikesAsync(call), call.Who.May(Right.Admit));
        await call.PageAsync<ApplicationView, ApplicationModel>("Pendaftar", model);
    }

    /// <summary>Admits the applicant.</summary>
    public static async Task ApproveAsync(OfficeCall call)
    {
        var outcome = await call.DoOnceAsync("members.approve", ("application", Carried.Text(call.Route("id"))));
        call.GoTo("/office/pendaftar", outcome?.Name == "approved" ? "disetujui" : "sudah");
    }

    /// <summary>Turns the applicant down.</summary>
    public static async Task RejectAsync(OfficeCall call)
    {
        string reason = TypedText.Clean(call.Field("reason"));
        if (reason.Length is 0 or > AskApplicant.MaxLength)
        {
            call.GoTo($"/office/pendaftar/{call.Id}", "kosong");
            return;
        }
        var outcome = await call.DoOnceAsync("members.reject", ("application", Carried.Text(call.Route("id"))), ("reason", Carried.Text(reason)));
        call.GoTo("/office/pendaftar", outcome?.Name == "rejected" ? "ditolak" : "sudah");
    }

    /// <summary>Asks the applicant back in the chat.</summary>
    public static async Task AskAsync(OfficeCall call)
    {
        string question = TypedText.Clean(call.Field("question"));
        if (question.Length is 0 or > AskApplicant.MaxLength)
        {
            call.GoTo($"/office/pendaftar/{call.Id}", "kosong");
            return;
        }
        bool asked = await call.InTurnAsync(async (turn, ct) => await call.IsFirstAsync(turn, ct) && await AskApplicant.AskAsync(turn, call.Id, question, ct));
        call.GoTo(asked ? $"/office/pendaftar/{call.Id}" : "/office/pendaftar", asked ? "ditanya" : "sudah");
    }

    // The same NIK counts over the whole city, the same name in the own cooperative: nobody sees another cooperative's names by it.
    private static async Task<IReadOnlyList<Lookalike>> LookalikesAsync(OfficeCall call)
    {
        var own = await call.Db.Set<Member>().AsNoTracking().SingleAsync(row => row.Id == call.Id && row.CooperativeId == call.CooperativeId, call.Gone);
        string name = Plain(call.Vault.Open(own.FullName));
        var sameNik = await call.Db.Set<Member>().AsNoTracking().Where(row => row.NikIndex == own.NikIndex && row.Id != own.Id)
            .Join(call.Db.Set<Cooperative>(), row => row.CooperativeId, row => row.Id, (member, cooperative) => new { member, cooperative.Kelurahan })
            .Take(MostShown).ToListAsync(call.Gone);
        var neighbours = await call.Db.Set<Member>().AsNoTracking()
            .Where(row => row.CooperativeId == own.CooperativeId && row.Id != own.Id && row.NikIndex != own.NikIndex)
            .OrderByDescending(row => row.Id).Take(MostCompared).Select(row => new { row.FullName, row.Status, row.Number }).ToListAsync(call.Gone);
        return
        [
            .. sameNik.Select(row => Of(
                row.member.Status, row.member.Number, row.member.CooperativeId == own.CooperativeId ? call.Vault.Open(row.member.FullName) : "(koperasi lain)",
                $"KKMP {row.Kelurahan}", "NIK sama")),
            .. neighbours.Select(row => (row, Name: call.Vault.Open(row.FullName))).Where(pair => Plain(pair.Name) == name)
                .Take(MostShown).Select(pair => Of(pair.row.Status, pair.row.Number, pair.Name, "koperasi ini", "nama sama")),
        ];

        static string Plain(string name) => string.Join(' ', TypedText.Fold(name).Split(' ', StringSplitOptions.RemoveEmptyEntries));

        static Lookalike Of(string status, int? number, string shown, string where, string why) => new(shown, where, StatusText(status), MemberRegister.Text(number), why);
    }

    /// <summary>A status as people say it.</summary>
    public static string StatusText(string status) => status switch
    {
        MemberStatus.Pending => "menunggu keputusan",
        MemberStatus.Approved => "disetujui, pokok belum lunas",
        MemberStatus.Active => "anggota",
        MemberStatus.Rejected => "pernah ditolak",
        MemberStatus.Left => "sudah keluar",
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, string.Create(CultureInfo.InvariantCulture, $"There is no status {status}.")),
    };
}
