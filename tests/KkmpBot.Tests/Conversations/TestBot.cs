using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using KkmpBot.Channels;
using KkmpBot.Conversations;
using KkmpBot.Data;
using KkmpBot.Dialogs;
using KkmpBot.Operations;
using KkmpBot.Tests.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace KkmpBot.Tests.Conversations;

/// <summary>The real dialogs and capabilities over a real database, without engine or network: one message in, its replies out.</summary>
public sealed class TestBot : IAsyncDisposable
{
    public const string Channel = "console";

    private static readonly Lazy<Task<byte[]>> Demo = new(() => TestDatabase.PrepareAsync(LoadDemoAsync));
    private readonly TestDatabase test;
    private TurnRunner runner;
    private readonly DbConnection connection;
    private readonly TurnStore store;
    private readonly Slices slices = AllSlices.Create();
    private int updates;

    private TestBot(TestDatabase test, DbConnection connection)
    {
        this.test = test;
        this.connection = connection;
        store = new TurnStore(connection);
        Settings.OwnChannels.Add(Channel);
        Publish(Repository.Folder("dialogs"));
    }

    public DialogCatalog Catalog { get; private set; }

    public TurnSettings Settings { get; } = new() { AutoApprove = true };

    public ManualTime Time { get; } = new(TestDatabase.Now);

    public Database Database => test.Database;

    public Vault Vault => test.Vault;

    /// <summary>What was sent to each address, oldest first.</summary>
    public Dictionary<string, List<OutboundMessage>> Inbox { get; } = [];

    public static async Task<TestBot> StartAsync()
    {
        var database = TestDatabase.From(await Demo.Value);
        return new TestBot(database, await database.Database.OpenAsync(CancellationToken.None));
    }

    /// <summary>Goes on with the dialogs of a folder, as a restart with new files does.</summary>
    [MemberNotNull(nameof(Catalog), nameof(runner))]
    public void Publish(string folder)
    {
        var load = DialogCatalog.Load(folder, slices.Vocabulary);
        Catalog = load.Catalog ?? throw new InvalidOperationException(string.Join('\n', load.Errors));
        runner = new TurnRunner(
            new DialogMachine(Catalog), slices, test.Vault, new ButtonTokens(test.Vault), test.Database, Settings, NullLogger<TurnRunner>.Instance);
    }

    public InboundMessage Message(string address, InboundKind kind, string? text = null, string? token = null, string? phone = null) =>
        new(Channel, $"{++updates}", address, kind, text, token, phone);

    /// <summary>Handles a message in a transaction of its own; its replies land in <see cref="Inbox"/>.</summary>
    public async Task<TurnResult> TakeAsync(InboundMessage message)
    {
        await using var transaction = await connection.BeginTransactionAsync();
        var result = await runner.RunAsync(message, new TurnWorkspace(connection, store, transaction), Time.UtcNow, CancellationToken.None);
        await transaction.CommitAsync();
        Deliver(result);
        return result;
    }

    /// <summary>Lets time pass and runs what becomes due.</summary>
    public async Task WaitAsync(TimeSpan span)
    {
        Time.Advance(span);
        await using var context = Database.Context(connection);
        var due = await context.Set<KkmpBot.Data.Timer>().Where(timer => timer.DueUtc <= Time.UtcNow).OrderBy(timer => timer.DueUtc).ToListAsync();
        foreach (var timer in due)
        {
            await using var transaction = await connection.BeginTransactionAsync();
            await store.DeleteTimerAsync(transaction, timer.Id, CancellationToken.None);
            var act = new TimedAct(timer.Kind, timer.DueUtc, timer.PersonId, timer.Subject);
            var result = await runner.RunAsync(act, new TurnWorkspace(connection, store, transaction), Time.UtcNow, CancellationToken.None);
            await transaction.CommitAsync();
            Deliver(result);
        }
    }

    /// <summary>Rows changed on this connection so far, for "nothing may change".</summary>
    public async Task<long> ChangesAsync()
    {
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT total_changes()";
        return (long)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>Counts the rows of a table.</summary>
    public async Task<long> CountAsync(string table)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = $"SELECT COUNT(*) FROM {table}";
        return (long)(await command.ExecuteScalarAsync())!;
    }

    public async ValueTask DisposeAsync()
    {
        await store.DisposeAsync();
        await connection.DisposeAsync();
        await test.DisposeAsync();
    }

    private static async Task LoadDemoAsync(Database database)
    {
        await using var open = await database.OpenAsync(CancellationToken.None);
        await using var context = database.Context(open);
        await DemoData.LoadAsync(context, TestDatabase.OneVault, TestDatabase.Now, CancellationToken.None);
    }

    private void Deliver(TurnResult result)
    {
        foreach (var draft in result.Outbox)
        {
            if (!Inbox.TryGetValue(draft.Message.Address, out var received))
                Inbox.Add(draft.Message.Address, received = []);
            received.Add(draft.Message);
        }
    }
}
