namespace KkmpBot.Channels.WebChat;

/// <summary>
/// Which pages may talk to us: our own, and those of other sites. A site's page holds a token that its server got with the secret, and the token
/// is the permission, as at Direct Line itself; settings may narrow it to some origins. What is no browser names no origin.
/// </summary>
/// <param name="settings">The allowed origins and our public address.</param>
internal sealed class Origins(WebChatSettings settings)
{
    // What botframework-directlinejs sends along; a browser asks for leave first.
    private const string AllowedHeaders = "authorization, content-type, x-ms-bot-agent, x-requested-with";
    private const string AllowedMethods = "GET, POST, OPTIONS";
    private readonly HashSet<string> allowed = settings.AllowedOrigins
        .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        .Select(origin => origin.TrimEnd('/'))
        .ToHashSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Lets allowed pages in, refuses the others, and answers a browser's question beforehand. Errors carry the leave too, or the
    /// client would see no status at all.</summary>
    /// <param name="http">The exchange.</param>
    /// <param name="next">The call itself.</param>
    public async Task GuardAsync(HttpContext http, RequestDelegate next)
    {
        http.Response.Headers.Vary = "Origin";
        if (!IsWelcome(http.Request))
        {
            await DirectLineError.Forbidden("This origin may not use the chat.").ExecuteAsync(http);
            return;
        }
        if (http.Request.Headers.Origin is [{ Length: > 0 } origin])
            http.Response.Headers.AccessControlAllowOrigin = origin;
        if (!HttpMethods.IsOptions(http.Request.Method))
        {
            await next(http);
            return;
        }
        http.Response.Headers.AccessControlAllowHeaders = AllowedHeaders;
        http.Response.Headers.AccessControlAllowMethods = AllowedMethods;
        http.Response.Headers.AccessControlMaxAge = "600";
        http.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    /// <summary>True for our own page: its origin is ours, whether or not a proxy in front speaks https for us.</summary>
    /// <param name="request">The request.</param>
    public bool IsOwn(HttpRequest request) =>
        request.Headers.Origin is not [{ Length: > 0 } origin]
        || Same(origin, $"https://{request.Host}") || Same(origin, $"http://{request.Host}") || IsPublic(origin);

    /// <summary>Where this client reaches us, e.g. <c>https://koperasi.example</c>.</summary>
    /// <param name="request">The request.</param>
    public Uri Base(HttpRequest request)
    {
        var origin = (string?)request.Headers.Origin;
        if (settings.PublicUrl is { } address && (IsPublic(origin) || Same(request.Host.Value, address.Authority)))
            return address;
        var secure = request.IsHttps || Same(origin, $"https://{request.Host}") || Same(request.Headers["X-Forwarded-Proto"], "https");
        return new Uri($"{(secure ? "https" : "http")}://{request.Host}");
    }

    private bool IsWelcome(HttpRequest request) =>
        IsOwn(request) || (allowed.Count == 0 ? settings.Secret is not null : allowed.Contains(request.Headers.Origin.ToString()));

    private bool IsPublic(string? origin) => settings.PublicUrl is { } address && Same(origin, address.GetLeftPart(UriPartial.Authority));

    private static bool Same(string? one, string? other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
