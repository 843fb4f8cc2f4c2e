using KkmpBot.Conversations;
using KkmpBot.Members;
using KkmpBot.Office.Pages;

namespace KkmpBot.Office;

/// <summary>The page for a NIK.</summary>
/// <param name="Token">Shows that the form is ours.</param>
/// <param name="Typed">What was written and was none: a digit is mended more easily than sixteen.</param>
public sealed record NikModel(string Token, string Typed)
{
    /// <summary>Never the number.</summary>
    public override string ToString() => nameof(NikModel);
}

/// <summary>
/// Where one person writes their NIK, once, by the link that the chat gave them. It shows nothing of them, and what looks at links for a preview
/// uses none up.
/// </summary>
internal static class NikPage
{
    private const string EntryCookie = "kkmp_nik";
    private const string CookiePath = "/nik";

    /// <summary>The link was opened: shows the field, and ties it to this browser by a cookie of its own.</summary>
    public static async Task ShowAsync(OfficeCall call)
    {
        if (await NikWritten.PersonOfAsync(call.Db, call.Vault, call.Route("code"), call.UtcNow, call.Gone) is null)
        {
            await RefuseAsync(call);
            return;
        }
        string entry = SignIns.NewToken();
        call.Http.Response.Cookies.Append(EntryCookie, entry, SignInPage.Cookie(call, CookiePath, NikLink.Life));
        await call.PageAsync<NikView, NikModel>("Tulis NIK", new NikModel(call.SignIns.FormToken(entry), ""));
    }

    /// <summary>The number was sent: a wrong one is asked again with what is wrong, a right one is sealed and the conversation goes on.</summary>
    public static async Task TakeAsync(OfficeCall call)
    {
        var entry = call.Http.Request.Cookies[EntryCookie];
        var person = entry is not null && call.SignIns.IsFormToken(entry, call.Field("token"))
            ? await NikWritten.PersonOfAsync(call.Db, call.Vault, call.Route("code"), call.UtcNow, call.Gone)
            : null;
        var typed = call.Field("nik");
        var written = person is not { } personId ? null : await call.ActAsync(
            new Caller(personId, 0, "page", null, null, null), (turn, ct) => NikWritten.TakeAsync(turn, call.Route("code"), typed, ct));
        if (written is not { IsGood: true })
        {
            await RefuseAsync(call);
            return;
        }
        if (written.Problem is { } problem)
        {
            await call.PageAsync<NikView, NikModel>("Tulis NIK", new NikModel(call.SignIns.FormToken(entry!), typed), PageLine.Bad(problem));
            return;
        }
        call.Http.Response.Cookies.Delete(EntryCookie, SignInPage.Cookie(call, CookiePath, null));
        await call.PageAsync<RefusedView, string>(
            "Terima kasih", "NIK sudah diterima dan disimpan terkunci. Silakan kembali ke chat. Kalau pertanyaan berikutnya belum muncul di sana, tekan Sudah diisi.");
    }

    private static Task RefuseAsync(OfficeCall call)
    {
        call.Http.Response.StatusCode = StatusCodes.Status403Forbidden;
        return call.PageAsync<RefusedView, string>(
            "Tautan tidak berlaku", "Tautan ini sudah dipakai, sudah diganti, atau sudah lewat 15 menit. Kembali ke chat dan tekan Tautan baru. Yang sudah diisi di chat tidak hilang.");
    }
}
