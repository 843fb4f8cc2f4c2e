using KkmpBot.Channels.Telegram.BotApi;

namespace KkmpBot.Channels.Telegram;

/// <summary>Says in the log what is wrong between us and Telegram, what to do about it, and when it is tried again.</summary>
internal static class TelegramTrouble
{
    /// <summary>Reports a failed call.</summary>
    /// <param name="log">Where.</param>
    /// <param name="method">The method called.</param>
    /// <param name="answer">The failure.</param>
    /// <param name="backoff">Says how long to wait, unless Telegram does.</param>
    /// <returns>How long to wait.</returns>
    public static TimeSpan Report<T>(ILogger log, string method, BotApiResult<T> answer, Backoff backoff)
    {
        var delay = backoff.Next();
        switch ((answer as BotApiResult<T>.Refused)?.Error)
        {
            case { Code: 401 or 404 } error:
                log.LogError(
                    "Telegram refuses the bot's token ({Code} at {Method}): check Telegram:Token and Telegram:BaseUrl; again in {Delay}",
                    error.Code, method, delay);
                break;
            case { Code: 409 } error:
                log.LogError(
                    "Another copy takes this bot's updates ({Description}): stop it, or give one of them another token; again in {Delay}",
                    error.Description, delay);
                break;
            case { Code: 429, RetryAfterSeconds: { } seconds }:
                delay = TimeSpan.FromSeconds(Math.Clamp(seconds, 1, (int)TelegramChannel.LongestFloodDelay.TotalSeconds));
                log.LogWarning("Telegram asks to slow down at {Method}; again in {Delay}", method, delay);
                break;
            case { Code: >= 400 and < 500 } error:
                log.LogError("Telegram refuses {Method}: {Description}; again in {Delay}", method, error.Description, delay);
                break;
            default:
                log.LogWarning("Telegram is not there for {Method}: {Cause}; again in {Delay}", method, answer.Describe(), delay);
                break;
        }

        return delay;
    }
}
