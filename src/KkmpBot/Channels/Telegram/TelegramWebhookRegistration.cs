namespace KkmpBot.Channels.Telegram;

/// <summary>Tells Telegram at the start where to post to, and tries until it is told. Doing it again changes nothing there.</summary>
/// <param name="start">The introduction.</param>
/// <param name="log">Says when the service stopped first.</param>
public sealed class TelegramWebhookRegistration(TelegramStart start, ILogger<TelegramWebhookRegistration> log) : BackgroundService
{
    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await start.IntroduceAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            log.LogWarning("The service stops before Telegram took the webhook");
        }
    }
}
