using KkmpBot.Office.Pages;

namespace KkmpBot.Office;

/// <summary>The way in and out.</summary>
internal static class SignInPage
{
    private const string EntryCookie = "kkmp_masuk";

    /// <summary>The link was opened: shows the button that uses it up, and ties it to this browser by a cookie of its own.</summary>
    public static Task ShowAsync(OfficeCall call)
    {
        string entry = SignIns.NewToken();
        call.Http.Response.Cookies.Append(EntryCookie, entry, Cookie(call, "/office/masuk", OfficeLink.Life));
        return call.PageAsync<EnterView, string>("Masuk", call.SignIns.FormToken(entry));
    }

    /// <summary>The button was pressed: the link is used up and a new session begins.</summary>
    public static async Task EnterAsync(OfficeCall call)
    {
        var entry = call.Http.Request.Cookies[EntryCookie];
        var token = entry is not null && call.SignIns.IsFormToken(entry, call.Field("token"))
            ? await call.SignIns.RedeemAsync(call.Route("code"), OfficeModule.Browser(call.Http))
            : null;
        if (token is null)
        {
            call.Http.Response.StatusCode = StatusCodes.Status403Forbidden;
            await call.PageAsync<RefusedView, string>("Tautan tidak berlaku", "Tautan ini sudah dipakai atau sudah lewat 5 menit. Ketik kantor di chat untuk mendapat tautan baru.");
            return;
        }
        if (call.Visitor is { } before)
            await call.SignIns.EndAsync(before.SessionId);
        call.Http.Response.Cookies.Delete(EntryCookie, Cookie(call, "/office/masuk", null));
        call.Http.Response.Cookies.Append(OfficeCall.SessionCookie, token, Cookie(call, "/", null));
        var who = await call.SignIns.FindAsync(call.Db, token, OfficeModule.Browser(call.Http), call.Gone);
        call.GoTo(who?.Caller.CooperativeId is null ? "/city" : "/office");
    }

    /// <summary>Signs this browser out.</summary>
    public static async Task LeaveAsync(OfficeCall call)
    {
        await call.SignIns.EndAsync(call.Who.SessionId);
        await ByeAsync(call, "Bapak/Ibu sudah keluar dari halaman kantor.");
    }

    /// <summary>Signs every browser of this person out.</summary>
    public static async Task LeaveEverywhereAsync(OfficeCall call)
    {
        await call.InTurnAsync((turn, ct) => SignOutEverywhere.DoAsync(turn, turn.Caller.PersonId, ct));
        await ByeAsync(call, "Semua perangkat sudah keluar dari halaman kantor.");
    }

    /// <summary>Says why a page is not shown.</summary>
    /// <param name="call">The request.</param>
    /// <param name="status">400, 401 or 403.</param>
    public static Task RefuseAsync(OfficeCall call, int status)
    {
        call.Http.Response.StatusCode = status;
        return call.PageAsync<RefusedView, string>(status == StatusCodes.Status401Unauthorized ? "Belum masuk" : "Tidak bisa", status switch
        {
            StatusCodes.Status401Unauthorized => "Untuk masuk, ketik kantor di chat koperasi. Bapak/Ibu akan mendapat tautan yang berlaku 5 menit.",
            StatusCodes.Status403Forbidden => "Bagian ini bukan untuk peran Bapak/Ibu.",
            _ => "Formulir ini tidak lengkap atau sudah lama. Buka halamannya lagi dan ulangi.",
        });
    }

    private static Task ByeAsync(OfficeCall call, string words)
    {
        call.Http.Response.Cookies.Delete(OfficeCall.SessionCookie, Cookie(call, "/", null));
        return call.PageAsync<RefusedView, string>("Sudah keluar", $"{words} Untuk masuk lagi, ketik kantor di chat.");
    }

    /// <summary>A cookie that no script reads and no other site sends.</summary>
    /// <param name="call">The request.</param>
    /// <param name="path">Where it is sent.</param>
    /// <param name="life">How long it is kept; null until the browser is closed.</param>
    internal static CookieOptions Cookie(OfficeCall call, string path, TimeSpan? life) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Strict,
        Secure = call.Http.Request.IsHttps || call.Http.Request.Headers["X-Forwarded-Proto"] == "https",
        Path = path,
        MaxAge = life,
    };
}
