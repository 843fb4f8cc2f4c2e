using KkmpBot.Channels.Telegram.BotApi;

namespace KkmpBot.Channels.Telegram;

/// <summary>Introduces the bot to Telegram: who am I, what is on the menu button, how do updates come. Repeats until it is done.</summary>
/// <param name="client">The Bot API.</param>
/// <param name="channel">Learns the bot's name.</param>
/// <param name="settings">Polling or webhook.</param>
/// <param name="time">The clock of the backoff.</param>
/// <param name="log">Says what is wrong and what to do.</param>
public sealed class TelegramStart(
    TelegramClient client, TelegramChannel channel, TelegramSettings settings, TimeProvider time, ILogger<TelegramStart> log)
{
    /// <summary>The first delay after a failure.</summary>
    public static readonly TimeSpan FirstDelay = TimeSpan.FromSeconds(1);

    /// <summary>The longest delay after a failure.</summary>
    public static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(60);

    private static readonly SetMyCommandsRequest Commands = new(
        [
            new BotCommand("menu", "Menu utama"),
            new BotCommand("saldo", "Lihat simpanan saya"),
            new BotCommand("bantuan", "Cara memakai"),
            new BotCommand("petugas", "Bicara dengan petugas"),
            new BotCommand("batal", "Batalkan yang sedang berjalan"),
        ],
        new BotCommandScope("all_private_chats"));

    /// <summary>Runs until Telegram has accepted everything.</summary>
    /// <param name="ct">Stops.</param>
    public async Task IntroduceAsync(CancellationToken ct)
    {
        var me = await RepeatAsync("getMe", client.GetMeAsync, ct);
        channel.Username = me.Username;

        // The menu button is a convenience: without it everything still works.
        var commands = await client.SetMyCommandsAsync(Commands, ct);
        if (commands is not BotApiResult<bool>.Ok)
        {
            log.LogInformation("Telegram did not take the menu button: {Cause}", commands.Describe());
        }

        await ChooseDeliveryAsync(ct);
        log.LogInformation("Telegram knows us as @{Username}; updates come by {Mode}", me.Username, settings.Mode);
    }

    /// <summary>Registers our webhook, or removes one that stands in the way of polling. Waiting updates stay.</summary>
    /// <param name="ct">Stops.</param>
    public Task ChooseDeliveryAsync(CancellationToken ct) => settings.Mode == TelegramMode.Polling
        ? RepeatAsync("deleteWebhook", c => client.DeleteWebhookAsync(new DeleteWebhookRequest(DropPendingUpdates: false), c), ct)
        : RepeatAsync("setWebhook", SetWebhookAsync, ct);

    private Task<BotApiResult<bool>> SetWebhookAsync(CancellationToken ct) =>
        client.SetWebhookAsync(new SetWebhookRequest(settings.WebhookUrl, settings.WebhookSecret, TelegramUpdates.Allowed), ct);

    private async Task<T> RepeatAsync<T>(string method, Func<CancellationToken, Task<BotApiResult<T>>> call, CancellationToken ct)
    {
        var backoff = new Backoff(time, FirstDelay, LongestDelay);
        while (true)
        {
            var answer = await call(ct);
            ct.ThrowIfCancellationRequested();
            if (answer is BotApiResult<T>.Ok ok)
            {
                return ok.Value;
            }

            var delay = TelegramTrouble.Report(log, method, answer, backoff);
            await Task.Delay(delay, time, ct);
        }
    }
}
