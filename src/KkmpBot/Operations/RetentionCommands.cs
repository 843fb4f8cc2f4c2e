using System.CommandLine;
using KkmpBot.Channels;
using KkmpBot.Data;

namespace KkmpBot.Operations;

/// <summary><c>retention</c>: how long everything is kept. The server deletes what is older, once a day.</summary>
public static class RetentionCommands
{
    /// <summary>The command.</summary>
    public static Command Command()
    {
        var command = new Command("retention", "how long each kind of rows is kept; the server deletes what is older, once a day");
        command.SetAction((_, _) => ShowAsync());
        return command;
    }

    private static async Task<int> ShowAsync()
    {
        foreach (var kind in Retention.Times)
            await Console.Out.WriteLineAsync($"{kind.Table,-20} {kind.Kept.Days,4} days  {kind.Why}");
        await Console.Out.WriteLineAsync("register, ledger, consents, audit log: kept as the law asks; a person who asks is taken out of them by name");
        return 0;
    }
}

/// <summary>Deletes what has been kept long enough, once a day, in small chunks behind the turns.</summary>
/// <param name="database">The database.</param>
/// <param name="write">The writer.</param>
/// <param name="time">The clock.</param>
/// <param name="log">Says how much went.</param>
public sealed class DailyRetention(Database database, WriteRows write, TimeProvider time, ILogger<DailyRetention> log) : BackgroundService
{
    private static readonly TimeSpan AfterStart = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Between = TimeSpan.FromDays(1);

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await Task.Delay(AfterStart, time, stoppingToken);
            while (true)
            {
                await RunAsync(stoppingToken);
                await Task.Delay(Between, time, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            log.LogDebug("Retention stops with the service");
        }
    }

    private async Task RunAsync(CancellationToken ct)
    {
        try
        {
            foreach (var (table, rows) in await Retention.RunAsync(database, write, time.GetUtcNow().UtcDateTime, ct))
                log.LogInformation("Retention deleted {Rows} rows of {Table}", rows, table);
        }
        catch (Exception failure) when (!ct.IsCancellationRequested)
        {
            // The next day tries again: nothing else waits for it.
            log.LogWarning("Retention waits for tomorrow: {Failure}", DatabaseFailure.Describe(failure));
        }
    }
}
