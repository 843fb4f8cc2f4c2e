using System.Security.Cryptography;
using KkmpBot.Data;

namespace KkmpBot.Operations;

/// <summary>
/// Looks at the key file now and then, so that a new master key is known to every copy of the program before it is used, and renews what the one before
/// sealed while turns run.
/// </summary>
/// <param name="folders">Where the file lies.</param>
/// <param name="vault">Goes on with the keys.</param>
/// <param name="renewal">Does the work.</param>
/// <param name="time">The clock.</param>
/// <param name="log">Says how far it is.</param>
public sealed class KeyWatch(Folders folders, Vault vault, KeyRenewal renewal, TimeProvider time, ILogger<KeyWatch> log) : BackgroundService
{
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(20);

    /// <summary>Looks once, and renews what there is to renew.</summary>
    /// <param name="ct">Stops between two chunks.</param>
    public async Task LookAsync(CancellationToken ct)
    {
        var file = MasterKeyFile.Read(folders);
        var ring = file.RingAt(time.GetUtcNow().UtcDateTime);
        vault.Use(ring);
        // The newest key is known and its time has not come: what would be renewed now would be renewed twice.
        if (ring.Masters.Count == 1 || !CryptographicOperations.FixedTimeEquals(ring.Masters[0], file.Lines[0].Key))
            return;
        if (await renewal.RunAsync(ct) is > 0 and var values)
            log.LogInformation("{Values} values are sealed with the new master key", values);
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                await Task.Delay(Between, time, stoppingToken);
                await TryAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            log.LogDebug("The keys are no longer watched: the service stops");
        }
    }

    private async Task TryAsync(CancellationToken ct)
    {
        try
        {
            await LookAsync(ct);
        }
        catch (Exception failure) when (!ct.IsCancellationRequested)
        {
            log.LogWarning("The keys could not be looked at: {Failure}", DatabaseFailure.Describe(failure));
        }
    }
}
