using System.Data.Common;
using KkmpBot.Channels;
using KkmpBot.Conversations;
using KkmpBot.Data;
using KkmpBot.Dialogs;
using KkmpBot.Operations;
using Microsoft.Extensions.DependencyInjection;

namespace KkmpBot.Tests.Simulation;

/// <summary>
/// Everything that the program holds in memory, over a database: the real engine, runner, timers and sender, not started as services but done step
/// by step. Every step ends on the thread that began it, so that what happens depends on nothing but the seed.
/// </summary>
internal sealed class SimulatedProcess : IAsyncDisposable
{
    private static readonly TimeSpan RenewalMargin = OutboxLeases.Length - TimeSpan.FromSeconds(5);
    private readonly ServiceProvider services;
    private readonly TurnEngine engine;
    private readonly OutboxSender sender;
    private readonly OutboxMarks marks;
    private readonly OutboxTable table;
    private readonly Database database;
    private Writer? writer;

    public SimulatedProcess(SimulatedDatabase database, Vault vault, DialogCatalog dialogs, IChannel platform, TimeProvider time)
    {
        this.database = database;
        var settings = new TurnSettings { AutoApprove = true, PerPersonPerMinute = 0 };
        settings.OwnChannels.Add(platform.Name);
        services = new ServiceCollection()
            .AddLogging().AddSingleton(time).AddSingleton(vault).AddSingleton<Database>(database).AddSingleton(dialogs).AddSingleton(AllSlices.Create())
            .AddSingleton<DialogMachine>().AddSingleton(settings).AddSingleton(new SendSettings { Limits = false }).AddSingleton(platform)
            // Who dies here is not killed by a message.
            .AddSingleton(new AttemptLog(null))
            .AddTurns()
            .AddSingleton<WriteRows>(WriteAsync)
            .BuildServiceProvider();
        engine = services.GetRequiredService<TurnEngine>();
        sender = services.GetRequiredService<OutboxSender>();
        marks = services.GetRequiredService<OutboxMarks>();
        table = services.GetRequiredService<OutboxTable>();
    }

    /// <summary>Messages in memory that are not marked.</summary>
    public int Held => sender.Held;

    /// <summary>As a server starts: nobody else sends, and what is left of the last life goes first.</summary>
    public void Start() => Finish(StartAsync());

    public WaitingTurn? Take(InboundMessage message) => engine.TryTake(message);

    public void RunTurns() => Finish(engine.RunOnceAsync(writer!, CancellationToken.None));

    public bool SendNext() => Finish(sender.SendNextAsync(CancellationToken.None));

    public bool WriteMarks() => Finish(marks.WriteNextAsync());

    public int Scan() => Finish(sender.ClaimAsync(CancellationToken.None));

    public void RenewLeases() => Finish(table.RenewAsync(RenewalMargin, CancellationToken.None));

    public async ValueTask DisposeAsync()
    {
        if (writer is not null)
        {
            await writer.Store.DisposeAsync();
            await writer.Connection.DisposeAsync();
        }
        // Parts that others of a container would dispose of hold nothing but memory here.
        services.GetRequiredService<SendLimits>().Dispose();
    }

    private async Task StartAsync()
    {
        var connection = await database.OpenAsync(CancellationToken.None);
        writer = new Writer(connection, new TurnStore(connection));
        await table.ReleaseAllAsync(CancellationToken.None);
        while (await sender.ClaimAsync(CancellationToken.None) > 0) { }
    }

    private async Task WriteAsync(Func<DbConnection, DbTransaction, CancellationToken, Task> rows, CancellationToken ct)
    {
        await using var transaction = await writer!.Connection.BeginTransactionAsync(ct);
        await rows(writer.Connection, transaction, ct);
        await transaction.CommitAsync(ct);
    }

    private static void Finish(Task step)
    {
        Assert.True(step.IsCompleted, "A step left the simulation's thread.");
        step.GetAwaiter().GetResult();
    }

    private static T Finish<T>(Task<T> step)
    {
        Finish((Task)step);
        return step.Result;
    }
}
