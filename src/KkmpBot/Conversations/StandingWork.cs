using KkmpBot.Data;

namespace KkmpBot.Conversations;

/// <summary>
/// Work that stands in the database and is done behind the turns, a step at a time, for as long as there is some. A failure is said and the step tried
/// again; what a stop leaves goes on at the next start.
/// </summary>
/// <param name="what">What waits, for the log.</param>
/// <param name="lookEvery">How often it looks for work when there was none.</param>
/// <param name="time">The clock.</param>
/// <param name="log">Where failures are said.</param>
public abstract class StandingWork(string what, TimeSpan lookEvery, TimeProvider time, ILogger log) : BackgroundService
{
    /// <summary>The clock.</summary>
    protected TimeProvider Time => time;

    /// <summary>Does one step. Started as a service it does so by itself.</summary>
    /// <param name="ct">Gives up.</param>
    /// <returns>False when nothing is to be done now.</returns>
    public abstract Task<bool> StepAsync(CancellationToken ct);

    /// <inheritdoc />
    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (!await StepAsync(stoppingToken))
                    await Task.Delay(lookEvery, time, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                log.LogDebug("{Work} go on at the next start", what);
            }
            catch (Exception failure)
            {
                log.LogError("{Work} wait: {Failure}", what, DatabaseFailure.Describe(failure));
                await Task.Delay(lookEvery, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}
