using KkmpBot.Alerts;
using KkmpBot.Announcements;
using KkmpBot.Channels;
using KkmpBot.Conversations;
using KkmpBot.Data;
using KkmpBot.Dialogs;
using KkmpBot.Pictures;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace KkmpBot.Operations;

/// <summary>Puts the parts together that every way of running the program shares: the server, the chat, the commands.</summary>
public static class Composition
{
    /// <summary>Registers folders, vault, database, dialogs and turns.</summary>
    /// <param name="services">The container.</param>
    /// <param name="folders">Where everything lies.</param>
    /// <param name="database">As of <see cref="DatabaseOf"/>.</param>
    public static IServiceCollection AddKkmp(this IServiceCollection services, Folders folders, Database database)
    {
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(folders);
        services.AddSingleton(MasterKey.OpenVault(folders));
        services.AddSingleton(database);
        services.AddSingleton(AllSlices.Create());
        services.AddSingleton(provider => LoadDialogs(folders, provider.GetRequiredService<Slices>()));
        services.AddSingleton<DialogMachine>();
        services.AddSingleton(TurnSettingsOf);
        services.AddSingleton(provider => SectionOf<SendSettings>(provider, "Sending"));
        services.AddTurns();
        services.AddAlerts();
        services.AddAnnouncements();
        services.AddPictures();
        return services;
    }

    /// <summary>Registers the turns and the delivery of what they say. Needs the dialogs, the database, the settings and the channels.</summary>
    /// <param name="services">The container.</param>
    public static IServiceCollection AddTurns(this IServiceCollection services)
    {
        services.AddSingleton<ButtonTokens>();
        services.AddSingleton<TurnBudget>();
        services.AddSingleton<TurnMeter>();
        services.AddSingleton<TurnRunner>();
        services.AddSingleton<TurnTimers>();
        services.AddSingleton<TurnAlone>();
        services.AddSingleton<TurnGroup>();
        services.AddSingleton<TurnLanes>();
        services.AddSingleton<DeadLetters>();
        services.AddSingleton<TurnEngine>();
        services.TryAddSingleton<CopyNews>();
        services.AddSingleton<PageTurns>();
        services.AddSingleton<OutboxLeases>();
        services.AddSingleton<OutboxTable>();
        services.AddSingleton<OutboxMarks>();
        services.AddSingleton<SendLimits>();
        services.AddSingleton<FreeTextWindow>();
        services.AddSingleton<Drawings>();
        services.AddSingleton<AnnouncedPictures>();
        services.AddSingleton<HandOver>();
        services.AddSingleton<OutboxSender>();
        services.AddSingleton<TakeMessage>(provider => (message, ct) => provider.GetRequiredService<TurnEngine>().TakeAsync(message, ct));
        // The sender marks rows through the engine, and the engine offers rows to the sender: this delegate is where the circle opens.
        services.AddSingleton<WriteRows>(provider => (write, ct) => provider.GetRequiredService<TurnEngine>().WriteAsync(write, ct));
        services.AddSingleton<CopyShare>();
        services.AddSingleton<DoAlone>(provider => (name, ct) =>
            provider.GetRequiredService<Database>().DoAloneAsync(name, provider.GetRequiredService<TimeProvider>(), ct));
        services.AddHostedService(provider => provider.GetRequiredService<TurnEngine>());
        services.AddHostedService(provider => provider.GetRequiredService<OutboxSender>());
        services.AddHostedService(provider => provider.GetRequiredService<CopyNews>());
        return services;
    }

    /// <summary>The database that the settings name; refuses what cannot be one.</summary>
    /// <param name="configuration">The settings.</param>
    /// <param name="folders">Where a file would lie.</param>
    public static Database DatabaseOf(IConfiguration configuration, Folders folders)
    {
        var settings = new DatabaseSettings();
        configuration.GetSection("Database").Bind(settings);
        return Database.From(settings, folders.Data);
    }

    /// <summary>Migrates the database and makes sure that this process has the key it is written with.</summary>
    /// <param name="services">The container.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task PrepareDatabaseAsync(IServiceProvider services, CancellationToken ct)
    {
        var database = services.GetRequiredService<Database>();
        await database.MigrateAsync(ct);
        await MasterKey.CheckAsync(database, services.GetRequiredService<Vault>(), services.GetRequiredService<Folders>(), ct);
    }

    /// <summary>Loads the dialogs, or refuses to start and prints every error as <c>file:line:col CODE text</c>.</summary>
    /// <param name="folders">Where the files are.</param>
    /// <param name="slices">What they may name.</param>
    public static DialogCatalog LoadDialogs(Folders folders, Slices slices)
    {
        if (!Directory.Exists(folders.Dialogs))
            throw new StartRefusedException($"There are no dialogs in {folders.Dialogs}. Set Dialogs__Path to the folder of the dialog files.");
        var load = Load(folders.Dialogs, slices.Vocabulary);
        return load.Catalog ?? throw new StartRefusedException(string.Join('\n', load.Errors));
    }

    private static CatalogLoad Load(string folder, Dialogs.Model.Vocabulary vocabulary)
    {
        try
        {
            return DialogCatalog.Load(folder, vocabulary);
        }
        catch (InvalidDataException wrong)
        {
            throw new StartRefusedException(wrong.Message);
        }
    }

    private static TurnSettings TurnSettingsOf(IServiceProvider services)
    {
        var settings = SectionOf<TurnSettings>(services, "Turns");
        var configuration = services.GetRequiredService<IConfiguration>();
        settings.PagesUrl = PagesUrl(configuration["PublicUrl"], configuration["urls"] ?? configuration["ASPNETCORE_URLS"]);
        settings.Places.Url = configuration["PublicUrl"] is { Length: > 0 } url ? url.TrimEnd('/') : null;
        settings.Places.Telegram = () => configuration["Telegram:Username"] is { Length: > 0 } name ? name.TrimStart('@') : null;
        settings.Places.WhatsAppNumber = PublicPlaces.InternationalDigits(configuration["WhatsApp:Number"]);
        return settings;
    }

    /// <summary>Where people's browsers find the pages.</summary>
    /// <param name="publicUrl">As set; null or empty for none.</param>
    /// <param name="listensAt">Where the program listens, several apart by semicolons; null or empty for the default.</param>
    internal static string PagesUrl(string? publicUrl, string? listensAt)
    {
        var url = publicUrl is { Length: > 0 } ? publicUrl : listensAt?.Split(';')[0] is { Length: > 0 } first ? first : TurnSettings.DefaultPagesUrl;
        // "Every address of this machine" is none that a browser could open.
        foreach (var any in (ReadOnlySpan<string>)["://+", "://*", "://0.0.0.0", "://[::]"])
            url = url.Replace(any, "://localhost", StringComparison.Ordinal);
        return url.TrimEnd('/');
    }

    private static T SectionOf<T>(IServiceProvider services, string name)
        where T : class, new() => services.GetRequiredService<IConfiguration>().GetSection(name).Get<T>() ?? new T();
}
