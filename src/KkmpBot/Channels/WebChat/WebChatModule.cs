using KkmpBot.Data;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.FileProviders;

namespace KkmpBot.Channels.WebChat;

/// <summary>The web chat: Direct Line 3.0 for Microsoft's clients, and our own page at <c>/</c> that speaks it too.</summary>
public static class WebChatModule
{
    /// <summary>The client's <c>domain</c> option ends with this.</summary>
    public const string DirectLinePath = "/v3/directline";

    /// <summary>Registers the channel <c>web</c>. Needs vault, database, <see cref="WriteRows"/>, <see cref="TakeMessage"/> and time.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configuration">Section <c>DirectLine</c> and <c>PublicUrl</c>.</param>
    public static IServiceCollection AddWebChat(this IServiceCollection services, IConfiguration configuration)
    {
        var settings = configuration.GetSection("DirectLine").Get<WebChatSettings>() ?? new WebChatSettings();
        settings.PublicUrl ??= configuration.GetValue<Uri?>("PublicUrl");
        services.TryAddSingleton<CopyNews>();
        return services
            .AddSingleton(settings)
            .AddSingleton<WebTokens>()
            .AddSingleton<Admission>()
            .AddSingleton<Origins>()
            .AddSingleton<WebLimits>()
            .AddSingleton<ActivityFeeds>()
            .AddSingleton<WebFiles>()
            .AddSingleton<WebLog>()
            .AddSingleton<WebChatChannel>()
            .AddSingleton<IChannel>(provider => provider.GetRequiredService<WebChatChannel>())
            .AddSingleton<WebTurns>()
            .AddHostedService(provider => provider.GetRequiredService<WebTurns>())
            .AddSingleton<ConversationCalls>()
            .AddSingleton<ActivityCalls>();
    }

    /// <summary>Serves Direct Line and the page.</summary>
    /// <param name="app">The application.</param>
    public static WebApplication MapWebChat(this WebApplication app)
    {
        app.UseWebSockets(new WebSocketOptions
        {
            KeepAliveInterval = TimeSpan.FromSeconds(30),
            KeepAliveTimeout = TimeSpan.FromSeconds(30),
        });
        var origins = app.Services.GetRequiredService<Origins>();
        app.UseWhen(
            http => http.Request.Path.StartsWithSegments(DirectLinePath, StringComparison.OrdinalIgnoreCase),
            branch => branch.Use(origins.GuardAsync));
        MapPage(app);

        var line = app.MapGroup(DirectLinePath);
        line.MapPost("/tokens/generate", (HttpContext http, ConversationCalls calls) => calls.GenerateTokenAsync(http));
        line.MapPost("/tokens/refresh", (HttpContext http, ConversationCalls calls) => calls.RefreshToken(http));
        line.MapPost("/conversations", (HttpContext http, ConversationCalls calls) => calls.StartAsync(http));
        line.MapGet("/conversations/{id}", (HttpContext http, string id, ConversationCalls calls) => calls.ReconnectAsync(http, id));
        line.MapGet("/conversations/{id}/activities", (HttpContext http, string id, ActivityCalls calls) => calls.ReadAsync(http, id));
        line.MapPost("/conversations/{id}/activities", (HttpContext http, string id, ActivityCalls calls) => calls.PostAsync(http, id));
        line.MapPost("/conversations/{id}/upload", (HttpContext http, string id, ActivityCalls calls) => calls.UploadAsync(http, id));
        line.MapGet("/conversations/{id}/stream", (HttpContext http, string id, ActivityCalls calls) => calls.StreamAsync(http, id));
        line.MapGet("/session/getsessionid", () => DirectLineError.NotFound("There is no sign-in here."));
        app.MapPost("/webchat/token", (HttpContext http, ConversationCalls calls) => calls.OwnToken(http));
        return app;
    }

    private static void MapPage(WebApplication app)
    {
        // Beside the program, from whatever folder it was started in.
        var files = new PhysicalFileProvider(Path.Combine(AppContext.BaseDirectory, "wwwroot"));
        app.Lifetime.ApplicationStopped.Register(files.Dispose);
        app.UseDefaultFiles(new DefaultFilesOptions { FileProvider = files });
        app.UseStaticFiles(new StaticFileOptions
        {
            FileProvider = files,
            OnPrepareResponse = context =>
            {
                var headers = context.Context.Response.Headers;
                headers.CacheControl = "no-cache";
                headers.XContentTypeOptions = "nosniff";
                headers["Referrer-Policy"] = "no-referrer";
                headers.ContentSecurityPolicy = PagePolicy(context.Context.Request.Host);
            },
        });
    }

    // The page holds all it needs; ws: and wss: name our own host, since older Safari does not count a socket as 'self'.
    private static string PagePolicy(HostString host) =>
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
        + $"connect-src 'self' ws://{host} wss://{host}; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";
}
