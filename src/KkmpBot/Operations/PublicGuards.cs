namespace KkmpBot.Operations;

/// <summary>
/// What every answer to the outside carries and every request is held to, whichever part answers: sizes, slow clients, headers for browsers. A
/// page sets its own over these.
/// </summary>
public static class PublicGuards
{
    /// <summary>The largest body anybody may send: what WhatsApp gathers in one notification. Most addresses allow far less themselves.</summary>
    public const long MaxBodyBytes = 3 * 1024 * 1024;

    /// <summary>The longest first line and headers together.</summary>
    public const int MaxHeadersBytes = 32 * 1024;

    /// <summary>How long a client may take to send its headers.</summary>
    public static readonly TimeSpan HeadersTimeout = TimeSpan.FromSeconds(15);

    private const string Nothing = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";
    private const string OneYear = "max-age=31536000";

    /// <summary>Limits what a connection may do; a body that comes slower than 240 bytes a second is cut off by Kestrel itself.</summary>
    /// <param name="kestrel">The server.</param>
    public static void Limit(Microsoft.AspNetCore.Server.Kestrel.Core.KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = MaxBodyBytes;
        kestrel.Limits.MaxRequestHeadersTotalSize = MaxHeadersBytes;
        kestrel.Limits.RequestHeadersTimeout = HeadersTimeout;
    }

    /// <summary>Adds the headers; HSTS only where the request came through TLS, or through a proxy that says so for our own public address.</summary>
    /// <param name="app">The application.</param>
    public static void UsePublicGuards(this WebApplication app)
    {
        bool isPublicTls = app.Configuration.GetValue<Uri?>("PublicUrl")?.Scheme == Uri.UriSchemeHttps;
        app.Use((http, next) =>
        {
            var headers = http.Response.Headers;
            headers.XContentTypeOptions = "nosniff";
            headers["Referrer-Policy"] = "no-referrer";
            headers.ContentSecurityPolicy = Nothing;
            if (isPublicTls || http.Request.IsHttps)
                headers.StrictTransportSecurity = OneYear;
            return next(http);
        });
    }
}
