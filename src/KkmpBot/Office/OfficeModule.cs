using KkmpBot.Data;

namespace KkmpBot.Office;

/// <summary>The officers' pages under <c>/office</c> and the city's under <c>/city</c>: who may, and what every answer carries.</summary>
public static class OfficeModule
{
    /// <summary>The largest form: a CSV of goods.</summary>
    public const int MaxFormBytes = 2 * 1024 * 1024;

    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    /// <summary>Maps every page. Nothing of the office is made before its first page is asked for.</summary>
    /// <param name="app">The application.</param>
    public static void MapOffice(this WebApplication app)
    {
        var parts = new Lazy<OfficeParts>(() => PartsOf(app.Services));
        foreach (var route in OfficeRoutes.All)
            app.MapMethods(route.Pattern, [route.Method], http => AnswerAsync(http, route, parts.Value, app.Logger));
    }

    private static OfficeParts PartsOf(IServiceProvider services)
    {
        var database = services.GetRequiredService<Database>();
        var vault = services.GetRequiredService<Vault>();
        var time = services.GetRequiredService<TimeProvider>();
        return new OfficeParts(
            database,
            vault,
            new SignIns(database, vault, services.GetRequiredService<Channels.WriteRows>(), time),
            services.GetRequiredService<Conversations.PageTurns>(),
            services.GetRequiredService<Conversations.Slices>(),
            new PageRenderer(services, services.GetRequiredService<ILoggerFactory>()),
            time);
    }

    private static async Task AnswerAsync(HttpContext http, OfficeRoute route, OfficeParts parts, ILogger log)
    {
        // Requests begin where their bytes come in; a page takes longer than that thread may be kept.
        await Task.Yield();
        AddHeaders(http.Response);
        try
        {
            await using var connection = await parts.Database.OpenAsync(http.RequestAborted);
            await using var db = parts.Database.Context(connection);
            var cookie = http.Request.Cookies[OfficeCall.SessionCookie];
            var who = cookie is null ? null : await parts.SignIns.FindAsync(db, cookie, Browser(http), http.RequestAborted);
            var call = new OfficeCall(http, who, db, parts);
            if (Refusal(who, route) is { } status)
                await SignInPage.RefuseAsync(call, status);
            else if (route.Method != "POST" || await IsOursAsync(call, route, cookie))
                await route.AnswerAsync(call);
            else
                await SignInPage.RefuseAsync(call, StatusCodes.Status400BadRequest);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            log.LogDebug("A browser went away before its page was ready");
        }
        catch (Exception failure) when (!http.Response.HasStarted)
        {
            log.LogError("The page {Method} {Pattern} failed: {Failure}", route.Method, route.Pattern, DatabaseFailure.Describe(failure));
            http.Response.StatusCode = StatusCodes.Status500InternalServerError;
            await http.Response.WriteAsync("Maaf, halaman ini sedang bermasalah. Coba lagi sebentar lagi.", CancellationToken.None);
        }
    }

    /// <summary>What the browser calls itself.</summary>
    /// <param name="http">The request.</param>
    internal static string Browser(HttpContext http) => http.Request.Headers.UserAgent.ToString();

    // Signed in and yet not allowed is another answer than not signed in: the way in would not help.
    private static int? Refusal(SignedIn? who, OfficeRoute route) => (who, route.Needs) switch
    {
        (_, Right.Anyone) => null,
        (null, _) => StatusCodes.Status401Unauthorized,
        _ => who.May(route.Needs) ? null : StatusCodes.Status403Forbidden,
    };

    // A form of ours carries the token of this browser's cookie; what signs in brings its own.
    private static async Task<bool> IsOursAsync(OfficeCall call, OfficeRoute route, string? cookie)
    {
        var request = call.Http.Request;
        if (request.ContentLength is > MaxFormBytes || !request.HasFormContentType)
            return false;
        if (request.Headers.Origin.ToString() is { Length: > 0 } origin && !IsSameHost(origin, request))
            return false;
        if (!await IsReadableAsync(call))
            return false;
        return route.Needs == Right.Anyone || (cookie is not null && call.SignIns.IsFormToken(cookie, call.Field("token")));
    }

    // Whatever calls itself a form may be none: cut off, too large, in no encoding that exists.
    private static async Task<bool> IsReadableAsync(OfficeCall call)
    {
        try
        {
            await call.ReadFormAsync();
            return true;
        }
        catch (Exception broken) when (broken is InvalidDataException or IOException)
        {
            return false;
        }
    }

    // Behind a proxy the scheme may differ; the host may not.
    private static bool IsSameHost(string origin, HttpRequest request) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var from) && string.Equals(from.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase);

    private static void AddHeaders(HttpResponse response)
    {
        response.ContentType = "text/html; charset=utf-8";
        response.Headers.CacheControl = "no-store";
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.XFrameOptions = "DENY";
        // Not "no-referrer": browsers would hide where our own forms come from, too.
        response.Headers["Referrer-Policy"] = "same-origin";
        response.Headers.ContentSecurityPolicy = Policy;
    }
}
