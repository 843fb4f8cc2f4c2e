using System.Runtime.CompilerServices;

namespace KkmpBot.Tests.Channels.Telegram;

/// <summary>Waits until something holds that happens by itself.</summary>
internal static class Eventually
{
    /// <summary>Throws <see cref="TimeoutException"/> with the condition when it does not hold after 15 seconds.</summary>
    public static async Task HoldsAsync(Func<bool> condition, [CallerArgumentExpression(nameof(condition))] string words = "")
    {
        var end = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            if (TimeProvider.System.GetElapsedTime(end) > TimeSpan.FromSeconds(15))
            {
                throw new TimeoutException($"It never came to: {words}");
            }

            await Task.Delay(10);
        }
    }
}
