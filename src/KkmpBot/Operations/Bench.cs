using System.Data.Common;
using KkmpBot.Channels;
using KkmpBot.Conversations;
using KkmpBot.Data;
using KkmpBot.Dialogs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace KkmpBot.Operations;

/// <summary>
/// The real dialogs and capabilities over a database, without engine, network or clock: one message in, its replies out. For trying
/// dialogs and for tests; nothing else may write to the database meanwhile.
/// </summary>
public sealed class Bench : IAsyncDisposable
{
    private readonly Database database;
    private readonly DbConnection connection;
    private readonly TurnStore store;
    private readonly TurnRunner runner;

    private Bench(Database database, DbConnection connection, TurnRunner runner)
    {
        this.database = database;
        this.connection = connection;
        this.runner = runner;
        store = new TurnStore(connection);
    }

    /// <summary>When the demo of a trial is loaded and its clock begins, so that what is recorded can be played again: 09.00 WIB of a working day.</summary>
    public static DateTime StartUtc { get; } = new(2026, 11, 23, 2, 0, 0, DateTimeKind.Utc);

    /// <summary>The one connection that everything is written by.</summary>
    public DbConnection Connection => connection;

    /// <summary>Opens a bench.</summary>
    /// <param name="database">Migrated.</param>
    /// <param name="vault">Seals and opens what is personal.</param>
    /// <param name="catalog">The dialogs.</param>
    /// <param name="settings">What the turns need to know.</param>
    public static async Task<Bench> OpenAsync(Database database, Vault vault, DialogCatalog catalog, TurnSettings settings)
    {
        var turns = new TurnRunner(
            new DialogMachine(catalog), AllSlices.Create(), vault, new ButtonTokens(vault), database, settings,
            new OutboxLeases(), new TurnBudget(settings), NullLogger<TurnRunner>.Instance);
        return new Bench(database, await database.OpenAsync(CancellationToken.None), turns);
    }

    /// <summary>Handles a message in a transaction of its own.</summary>
    /// <param name="message">The message.</param>
    /// <param name="utcNow">The time of the turn.</param>
    public async Task<TurnResult> TakeAsync(InboundMessage message, DateTime utcNow)
    {
        await using var transaction = await connection.BeginTransactionAsync();
        var at = new TurnWorkspace(connection, store, transaction);
        var result = await runner.RunAsync(message, at, utcNow, CancellationToken.None);
        await at.CommitAsync();
        return result;
    }

    /// <summary>Runs what somebody does on a page, in a transaction of its own.</summary>
    /// <param name="caller">Who.</param>
    /// <param name="actKey">Identifies the act.</param>
    /// <param name="act">The act.</param>
    /// <param name="utcNow">The time of the turn.</param>
    public async Task<(TurnResult Result, T Value)> ActAsync<T>(Caller caller, string actKey, Func<Turn, CancellationToken, Task<T>> act, DateTime utcNow)
    {
        await using var transaction = await connection.BeginTransactionAsync();
        var at = new TurnWorkspace(connection, store, transaction);
        var done = await runner.RunAsync(caller, actKey, act, at, utcNow, CancellationToken.None);
        await at.CommitAsync();
        return done;
    }

    /// <summary>Runs every act that is due, the earliest first.</summary>
    /// <param name="utcNow">Until when.</param>
    /// <returns>What each did.</returns>
    public async Task<IReadOnlyList<TurnResult>> RunDueAsync(DateTime utcNow)
    {
        await using var context = database.Context(connection);
        var due = await context.Set<Data.Timer>().AsNoTracking().Where(timer => timer.DueUtc <= utcNow).OrderBy(timer => timer.DueUtc).ThenBy(timer => timer.Id).ToListAsync();
        var results = new List<TurnResult>();
        foreach (var timer in due)
        {
            await using var transaction = await connection.BeginTransactionAsync();
            await store.DeleteTimerAsync(transaction, timer.Id, CancellationToken.None);
            var act = new TimedAct(timer.Kind, timer.DueUtc, timer.PersonId, timer.Subject);
            var at = new TurnWorkspace(connection, store, transaction);
            results.Add(await runner.RunAsync(act, at, utcNow, CancellationToken.None));
            await at.CommitAsync();
        }
        return results;
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await store.DisposeAsync();
        await connection.DisposeAsync();
    }
}
