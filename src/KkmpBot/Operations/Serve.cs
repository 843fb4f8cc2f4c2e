using System.Net.Sockets;
using KkmpBot.Alerts;
using KkmpBot.Announcements;
using KkmpBot.Channels.Telegram;
using KkmpBot.Channels.WebChat;
using KkmpBot.Channels.WhatsApp;
using KkmpBot.Conversations;
using KkmpBot.Data;
using KkmpBot.Office;
using KkmpBot.Pictures;
using Microsoft.AspNetCore.Connections;

namespace KkmpBot.Operations;

/// <summary>Runs the service: webhooks or polling, the web chat, the health page.</summary>
public static class Serve
{
    private const string DefaultUrl = "http://127.0.0.1:5080";

    /// <summary>Runs until it is told to stop.</summary>
    /// <param name="ct">Stops it.</param>
    public static async Task<int> RunAsync(CancellationToken ct)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ContentRootPath = AppContext.BaseDirectory,
            WebRootPath = Path.Combine(AppContext.BaseDirectory, "wwwroot"),
        });
        if (string.IsNullOrEmpty(builder.Configuration["urls"]))
            builder.WebHost.UseUrls(DefaultUrl);
        Secrets.Read(builder.Configuration, builder.Configuration);
        var folders = Folders.From(builder.Configuration);
        var database = Composition.DatabaseOf(builder.Configuration, folders);
        using var only = database.IsShared ? null : ServerLock.Take(folders.Data);
        Logs.Use(builder.Logging, builder.Configuration, folders.Data, toStandardError: false);
        // What the server does with a request is quick and waits for nothing but tasks, so it may run where the bytes came in.
        builder.WebHost.UseSockets(sockets => sockets.UnsafePreferInlineScheduling = true);
        builder.WebHost.ConfigureKestrel(PublicGuards.Limit);
        await using var app = Compose(builder, folders, database);
        app.Services.GetRequiredService<Dialogs.DialogMachine>();
        await Composition.PrepareDatabaseAsync(app.Services, ct);
        await using var membership = await database.JoinAsync(app.Services.GetRequiredService<OutboxTable>().ReleaseAllAsync, ct);
        await PrepareAsync(app, ct);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var sharing = app.Services.GetRequiredService<CopyShare>().RunAsync(membership, ended.Token);
        await RunAsync(app, ct);
        await ended.CancelAsync();
        await sharing;
        return 0;
    }

    /// <summary>Puts the service together: one line a part.</summary>
    /// <param name="builder">With its settings and logging.</param>
    /// <param name="folders">Where everything lies.</param>
    /// <param name="database">The database.</param>
    /// <param name="change">What stands in place of a part, in tests; null for nothing.</param>
    public static WebApplication Compose(WebApplicationBuilder builder, Folders folders, Database database, Action<IServiceCollection>? change = null)
    {
        builder.Services.AddKkmp(folders, database);
        builder.Services.AddSingleton(_ => new AttemptLog(Path.Combine(folders.Data, "attempts.log")));
        builder.Services.AddHostedService<DailyRetention>();
        builder.Services.AddSingleton<KeyRenewal>();
        builder.Services.AddSingleton<KeyWatch>();
        builder.Services.AddHostedService(provider => provider.GetRequiredService<KeyWatch>());
        builder.Services.AddTelegram(builder.Configuration);
        builder.Services.AddWhatsApp(builder.Configuration);
        builder.Services.AddWebChat(builder.Configuration);
        builder.Services.AddHealth(builder.Configuration);
        // Only servers work behind the turns: a command or a terminal has its own end.
        builder.Services.AddHostedService(provider => provider.GetRequiredService<AlertWork>());
        builder.Services.AddHostedService(provider => provider.GetRequiredService<AnnouncementWork>());
        builder.Services.AddHostedService(provider => provider.GetRequiredService<LiveProgress>());
        builder.Services.AddHostedService(provider => provider.GetRequiredService<FetchPictures>());
        change?.Invoke(builder.Services);
        var app = builder.Build();
        app.UsePublicGuards();
        app.MapHealth();
        app.MapQrisCallback();
        app.MapTelegram();
        app.MapWhatsApp();
        app.MapOffice();
        app.MapWebChat();
        return app;
    }

    /// <summary>Names the channels to the turns, and loads the demo where it belongs.</summary>
    /// <param name="app">The service, not started; its database is migrated.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task PrepareAsync(WebApplication app, CancellationToken ct)
    {
        var settings = app.Services.GetRequiredService<TurnSettings>();
        settings.Terms = MessageTerms.Read(app.Configuration.GetSection("WhatsApp"))
            with
        { AloneUpTo = app.Configuration.GetValue("Announcements:AloneUpTo", new MessageTerms().AloneUpTo) };
        foreach (var channel in app.Services.GetServices<Channels.IChannel>())
            settings.OwnChannels.Add(channel.Name);
        if (settings.Places.Telegram() is null && app.Services.GetService<TelegramChannel>() is { } telegram)
            settings.Places.Telegram = () => telegram.Username;
        // A port that the system chose is known when it listens.
        app.Lifetime.ApplicationStarted.Register(() => settings.PagesUrl = Composition.PagesUrl(app.Configuration["PublicUrl"], app.Urls.FirstOrDefault()));
        if (await Demo.PrepareAsync(app.Services, ct))
            await Console.Out.WriteLineAsync(DemoData.Greeting);
    }

    private static async Task RunAsync(WebApplication app, CancellationToken ct)
    {
        try
        {
            await app.StartAsync(ct);
        }
        catch (IOException failure) when (failure.InnerException is AddressInUseException or SocketException)
        {
            throw new StartRefusedException($"{failure.Message} Stop what uses it, or set ASPNETCORE_URLS to another address.");
        }
        app.Logger.LogInformation("KKMP Bot listens on {Urls}", string.Join(", ", app.Urls));
        // Beside the first turns: a greeting is answered without it.
        ThreadPool.QueueUserWorkItem(static database => database.BuildModel(), app.Services.GetRequiredService<Database>(), preferLocal: false);
        await app.WaitForShutdownAsync(ct);
        // An engine that gave up ends the process as a failure, so that whoever watches over it starts it anew.
        if (app.Services.GetRequiredService<TurnEngine>().ExecuteTask is { IsFaulted: true } lost)
            await lost;
    }
}
