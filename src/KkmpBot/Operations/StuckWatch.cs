using KkmpBot.Conversations;
using KkmpBot.Data;
using KkmpBot.Operations.Metrics;

namespace KkmpBot.Operations;

/// <summary>
/// Looks twice a minute whether messages have stopped moving, and says so loudly: turns that wait while none is finished, a reply that nobody sends.
/// (Two bots that talk to each other are stopped by <see cref="TurnBudget"/>.)
/// </summary>
/// <param name="meter">Knows about turns.</param>
/// <param name="gauges">Know about the outbox.</param>
/// <param name="time">The clock.</param>
/// <param name="log">Where it is said.</param>
public sealed class StuckWatch(TurnMeter meter, DatabaseGauges gauges, TimeProvider time, ILogger<StuckWatch> log) : BackgroundService
{
    /// <summary>Turns that wait longer than this, while none is finished, are stuck.</summary>
    public static readonly TimeSpan LongestTurn = TimeSpan.FromMinutes(1);

    /// <summary>A reply older than this should have been given up by its retries.</summary>
    public static readonly TimeSpan OldestReply = TimeSpan.FromHours(1);

    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(30);

    /// <summary>True while turns are stuck: restarting the process is the way out.</summary>
    public bool IsStuck => meter.StuckFor > LongestTurn;

    /// <summary>One look. Started as a service it does it by itself.</summary>
    /// <param name="ct">Gives up.</param>
    public async Task LookAsync(CancellationToken ct)
    {
        if (IsStuck)
            log.LogError("{Turns} messages wait and none was finished for {Seconds:0} s", meter.Waiting, meter.StuckFor.TotalSeconds);
        try
        {
            var outbox = await gauges.ReadAsync(ct);
            if (outbox.OldestReply > OldestReply)
                log.LogError("The oldest of {Replies} replies has waited {Minutes:0} minutes to be sent", outbox.Replies, outbox.OldestReply.TotalMinutes);
        }
        catch (Exception failure) when (DatabaseFailure.Is(failure))
        {
            log.LogError("The outbox could not be looked at: {Failure}", DatabaseFailure.Describe(failure));
        }
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(LookEvery, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!stoppingToken.IsCancellationRequested)
                await LookAsync(stoppingToken);
        }
    }
}
