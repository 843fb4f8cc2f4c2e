using KkmpBot.Channels.WhatsApp.CloudApi;

namespace KkmpBot.Channels.WhatsApp;

/// <summary>Puts WhatsApp into the service. Without a token it does nothing.</summary>
public static class WhatsAppModule
{
    /// <summary>
    /// Adds the channel. Needs vault, database, <see cref="WriteRows"/>, <see cref="TakeMessage"/> and time in the container. Throws
    /// <see cref="Operations.StartRefusedException"/> with one sentence when a setting is wrong.
    /// </summary>
    /// <param name="services">The container.</param>
    /// <param name="configuration">The whole configuration.</param>
    public static IServiceCollection AddWhatsApp(this IServiceCollection services, IConfiguration configuration)
    {
        var settings = WhatsAppSettings.Read(configuration);
        if (!settings.IsOn)
            return services;
        if (settings.FindProblem() is { } problem)
            throw new Operations.StartRefusedException(problem);
        return services
            .AddSingleton(settings)
            .AddSingleton(provider => new WhatsAppClient(WhatsAppClient.CreateHttp(), settings, provider.GetRequiredService<TimeProvider>()))
            .AddSingleton<DeliveryLog>()
            .AddSingleton<WhatsAppChannel>()
            .AddSingleton<IChannel>(provider => provider.GetRequiredService<WhatsAppChannel>())
            .AddSingleton<WhatsAppIntake>()
            .AddSingleton<WhatsAppWebhook>();
    }

    /// <summary>Opens the webhook's address.</summary>
    /// <param name="endpoints">The service's routes.</param>
    public static void MapWhatsApp(this IEndpointRouteBuilder endpoints)
    {
        if (endpoints.ServiceProvider.GetService<WhatsAppWebhook>() is not null)
            WhatsAppWebhook.Map(endpoints);
    }
}
