using KkmpBot.Channels.Telegram.BotApi;

namespace KkmpBot.Channels.Telegram;

/// <summary>Puts Telegram into the service. Without a token it does nothing.</summary>
public static class TelegramModule
{
    /// <summary>
    /// Adds the channel and what brings its updates. Needs a <see cref="TakeMessage"/> in the container. Throws
    /// <see cref="Operations.StartRefusedException"/> with one sentence when a setting is wrong.
    /// </summary>
    /// <param name="services">The container.</param>
    /// <param name="configuration">The whole configuration.</param>
    public static IServiceCollection AddTelegram(this IServiceCollection services, IConfiguration configuration)
    {
        var settings = TelegramSettings.Read(configuration);
        if (!settings.IsOn)
        {
            return services;
        }

        if (settings.FindProblem() is { } problem)
        {
            throw new Operations.StartRefusedException(problem);
        }

        services.AddSingleton(settings);
        services.AddSingleton(provider =>
            new TelegramClient(TelegramClient.CreateHttp(), settings, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new TelegramChannel(
            provider.GetRequiredService<TelegramClient>(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<TelegramChannel>>())
        {
            Limits = settings.Limits,
        });
        services.AddSingleton<IChannel>(provider => provider.GetRequiredService<TelegramChannel>());
        services.AddSingleton<TelegramIntake>();
        services.AddSingleton<TelegramStart>();
        if (settings.Mode == TelegramMode.Polling)
        {
            services.AddHostedService<TelegramPoller>();
        }
        else
        {
            services.AddSingleton<TelegramWebhook>();
            services.AddHostedService<TelegramWebhookRegistration>();
        }

        return services;
    }

    /// <summary>Opens the webhook's address when updates come that way.</summary>
    /// <param name="endpoints">The service's routes.</param>
    public static void MapTelegram(this IEndpointRouteBuilder endpoints)
    {
        if (endpoints.ServiceProvider.GetService<TelegramWebhook>() is not null)
        {
            TelegramWebhook.Map(endpoints);
        }
    }
}
