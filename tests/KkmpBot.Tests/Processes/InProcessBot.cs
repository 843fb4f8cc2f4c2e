using System.Net;
using KkmpBot.Channels;
using KkmpBot.Data;
using KkmpBot.Operations;
using KkmpBot.Tests.Channels.Telegram;
using KkmpBot.Tests.Data;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace KkmpBot.Tests.Processes;

/// <summary>The whole service in this process, on Kestrel or without a network, over a folder of its own; its log is kept.</summary>
internal sealed class InProcessBot : IAsyncDisposable
{
    private readonly DirectoryInfo place;
    private readonly TestDatabase data;
    private readonly WebApplication app;
    private readonly bool isGuest;

    private InProcessBot(DirectoryInfo place, TestDatabase data, WebApplication app, RecordingLog log, bool isGuest)
    {
        this.place = place;
        this.data = data;
        this.isGuest = isGuest;
        this.app = app;
        Log = log;
    }

    public RecordingLog Log { get; }

    public IServiceProvider Services => app.Services;

    /// <summary>Where it listens, when it does.</summary>
    public string Url => app.Urls.Single();

    /// <summary>A client for a service without a network.</summary>
    public HttpClient CreateClient() => app.GetTestClient();

    /// <summary>Starts it with settings named as in the environment, on an empty database or a prepared one, which goes with it when it is disposed of.</summary>
    public static Task<InProcessBot> StartAsync(
        IReadOnlyDictionary<string, string> settings, TimeProvider? time = null, bool hasNetwork = true, LogLevel least = LogLevel.Information, TestDatabase? prepared = null) =>
        StartAsync(settings, time, hasNetwork, least, prepared, isGuest: false, more: null);

    /// <summary>Starts it on a database that stays somebody else's, with a channel that the service has not.</summary>
    public static Task<InProcessBot> StartOnAsync(TestDatabase database, IReadOnlyDictionary<string, string> settings, TimeProvider time, IChannel more) =>
        StartAsync(settings, time, hasNetwork: true, LogLevel.Warning, database, isGuest: true, more);

    private static async Task<InProcessBot> StartAsync(
        IReadOnlyDictionary<string, string> settings, TimeProvider? time, bool hasNetwork, LogLevel least, TestDatabase? prepared, bool isGuest, IChannel? more)
    {
        var folder = Directory.CreateTempSubdirectory("kkmp-bot-");
        var stored = prepared ?? await TestDatabase.CreateEmptyAsync();
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.AddInMemoryCollection(settings.Concat(stored.Settings)
            .Select(setting => KeyValuePair.Create(setting.Key.Replace("__", ":", StringComparison.Ordinal), (string?)setting.Value)));
        var log = new RecordingLog();
        builder.Logging.ClearProviders().AddProvider(log).SetMinimumLevel(least).AddFilter("Microsoft", LogLevel.Warning);
        if (hasNetwork)
            builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        else
            builder.WebHost.UseTestServer();
        builder.Services.Configure<Microsoft.Extensions.Hosting.HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(5));
        var folders = new Folders(Repository.Folder("dialogs"), Path.Combine(folder.FullName, "data"), Path.Combine(folder.FullName, "keys"));
        Directory.CreateDirectory(folders.Data);
        Directory.CreateDirectory(folders.Keys);
        var service = Serve.Compose(builder, folders, stored.Database, services =>
        {
            if (time is not null)
                services.AddSingleton(time);
            if (more is not null)
                services.AddSingleton(more);
            if (prepared is null)
                return;
            services.AddSingleton(prepared.Vault);
            // The key of a prepared database belongs to the whole test run, not to the files of this one.
            foreach (var watch in services.Where(IsKeyWatch).ToList())
                services.Remove(watch);
        });
        await stored.Database.MigrateAsync(CancellationToken.None);
        await Serve.PrepareAsync(service, CancellationToken.None);
        await service.StartAsync();
        return new InProcessBot(folder, stored, service, log, isGuest);
    }

    private static bool IsKeyWatch(ServiceDescriptor service) =>
        service.ServiceType == typeof(Microsoft.Extensions.Hosting.IHostedService) && service.ImplementationFactory?.Method.ReturnType == typeof(KeyWatch);

    /// <summary>One number of the database.</summary>
    public async Task<long> CountAsync(string sql)
    {
        await using var connection = await Services.GetRequiredService<Database>().OpenAsync(CancellationToken.None);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToInt64(await command.ExecuteScalarAsync(), System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>Every byte that is kept: of the database, and of the data folder by file.</summary>
    public async Task<IReadOnlyList<(string File, byte[] Bytes)>> DataFilesAsync()
    {
        List<(string, byte[])> files = [("the database", await data.BytesAsync())];
        foreach (var file in Directory.EnumerateFiles(Path.Combine(place.FullName, "data"), "*", SearchOption.AllDirectories))
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var memory = new MemoryStream();
            stream.CopyTo(memory);
            files.Add((file, memory.ToArray()));
        }
        return files;
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
        if (!isGuest)
            await data.DisposeAsync();
        place.Delete(recursive: true);
    }
}
