using KkmpBot.Data;

namespace KkmpBot.Conversations;

/// <summary>
/// Keeps a platform's limits in the sum of all copies: each takes its part, and counts the others every two seconds. One that has just come waits until
/// the others have seen it.
/// </summary>
/// <param name="limits">What is shared.</param>
/// <param name="time">The clock.</param>
/// <param name="log">Told when copies come and go.</param>
public sealed class CopyShare(SendLimits limits, TimeProvider time, ILogger<CopyShare> log)
{
    /// <summary>How often the others are counted.</summary>
    public static readonly TimeSpan CountEvery = TimeSpan.FromSeconds(2);

    private int copies = 1;

    /// <summary>Counts until cancelled. While the database cannot be asked, the last count stands.</summary>
    /// <param name="membership">Knows the copies.</param>
    /// <param name="ct">Ends it.</param>
    public async Task RunAsync(IMembership membership, CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            try
            {
                Share(Math.Max(1, await membership.CountAsync(ct)));
            }
            catch (Exception failure) when (!ct.IsCancellationRequested)
            {
                log.LogWarning("The copies could not be counted: {Failure}", DatabaseFailure.Describe(failure));
            }
            catch (OperationCanceledException)
            {
                return;
            }
            await Task.Delay(CountEvery, time, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private void Share(int now)
    {
        if (now == copies)
            return;
        log.LogInformation("{Copies} copies share the platforms' limits", now);
        copies = now;
        limits.ShareBetween(now);
    }
}
