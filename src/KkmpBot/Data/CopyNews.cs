using System.Collections.Concurrent;
using System.Data.Common;
using Npgsql;

namespace KkmpBot.Data;

/// <summary>
/// What copies of the program tell each other, so that nobody waits for the next look at a table: news may be lost and may come twice, so they only
/// ever mean "look now". On a database of one copy there is nobody to tell.
/// </summary>
/// <param name="database">Carries the news.</param>
/// <param name="time">The clock of the pauses.</param>
/// <param name="log">Told when it is interrupted.</param>
public sealed class CopyNews(Database database, TimeProvider time, ILogger<CopyNews> log) : BackgroundService
{
    /// <summary>A message may be sent that waited for another copy's.</summary>
    public const string Outbox = "outbox";

    /// <summary>A web conversation has grown; the key is its id.</summary>
    public const string Web = "web";

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private readonly ConcurrentDictionary<string, Action<string?>> readers = new();

    /// <summary>Says who is to look when news of a topic come.</summary>
    /// <param name="topic">The topic.</param>
    /// <param name="look">Gets the key; null when news may have been missed. Quick, and never throws.</param>
    public void When(string topic, Action<string?> look) => readers[topic] = look;

    /// <summary>Tells the other copies, when the transaction commits.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="transaction">Its transaction.</param>
    /// <param name="topic">The topic.</param>
    /// <param name="key">What it is about; no personal data.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task TellAsync(DbConnection connection, DbTransaction transaction, string topic, string key, CancellationToken ct)
    {
        if (connection is not NpgsqlConnection)
            return;
        await using var tell = connection.Command(
            transaction, "SELECT pg_notify(@channel, @news)", ("channel", PostgresCopies.Channel), ("news", $"{topic}:{key}"));
        await tell.ExecuteNonQueryAsync(ct);
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await database.ListenAsync(LookEverywhere, Hear, stoppingToken);
            }
            catch (Exception lost) when (!stoppingToken.IsCancellationRequested)
            {
                log.LogWarning("News of other copies are missed for a moment: {Failure}", DatabaseFailure.Describe(lost));
                await Task.Delay(Pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private void LookEverywhere()
    {
        foreach (var look in readers.Values)
            look(null);
    }

    private void Hear(string news)
    {
        var parts = news.Split(':', 2);
        if (parts.Length == 2 && readers.TryGetValue(parts[0], out var look))
            look(parts[1]);
    }
}
