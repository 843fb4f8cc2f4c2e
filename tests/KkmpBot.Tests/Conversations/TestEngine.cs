using System.Collections.Concurrent;
using KkmpBot.Channels;
using KkmpBot.Conversations;
using KkmpBot.Data;
using KkmpBot.Dialogs;
using KkmpBot.Dialogs.Model;
using KkmpBot.Operations;
using KkmpBot.Tests.Data;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace KkmpBot.Tests.Conversations;

/// <summary>The real engine, group and sender over a real database, with one small dialog, one capability and one recording channel.</summary>
public sealed class TestEngine : IAsyncDisposable
{
    private const string Dialog = """
        dialog: menu
        version: 1
        title: "Menu"
        starts_with: [halo]
        memory: { words: text }
        initial: ask
        states:
          ask:
            ask: "Apa kabar?"
            expect: { into: words }
            next: act
          act:
            do: test.act
            with: { words: words }
            outcomes: { done: thanks }
          thanks: { say: "Terima kasih, {words}.", end: done }
        """;

    private readonly TestDatabase database;
    private readonly IHost host;

    private TestEngine(TestDatabase database, IHost host)
    {
        this.database = database;
        this.host = host;
    }

    public TurnEngine Engine => host.Services.GetRequiredService<TurnEngine>();

    public OutboxSender Sender => host.Services.GetRequiredService<OutboxSender>();

    public Database Database => database.Database;

    /// <summary>A part of the engine.</summary>
    public T Part<T>()
        where T : notnull => host.Services.GetRequiredService<T>();

    /// <summary>Starts the engine; the database outlives it when <paramref name="on"/> is given.</summary>
    public static async Task<TestEngine> StartAsync(
        Act act, IChannel channel, TestDatabase? on = null, string? attempts = null, bool run = true,
        TimeProvider? time = null, int perPersonPerMinute = 0)
    {
        var store = on ?? await TestDatabase.CreateAsync();
        var slices = new Slices(
        [
            new Slice
            {
                Capabilities = [act],
                TimedActs = new Dictionary<string, RunTimedAct> { ["test.late"] = act.RunLateAsync },
                Notices = new Dictionary<string, DialogType?> { ["news"] = null },
            },
        ]);
        var phrases = (await File.ReadAllLinesAsync(Repository.Folder("dialogs/phrases.yaml"))).Where(line => IsNeeded(line, slices));
        var files = new Dictionary<string, string>
        {
            ["menu.yaml"] = Dialog,
            ["interruptions.yaml"] = "cancel: { words: [batal], then: end, say: \"Baik.\" }\n",
            ["phrases.yaml"] = string.Join('\n', phrases) + "\nnews: \"Ada kabar.\"\n",
        };
        var load = DialogCatalog.Parse("dialogs", files, slices.Vocabulary);
        var settings = new TurnSettings { PerPersonPerMinute = perPersonPerMinute };
        settings.OwnChannels.Add(channel.Name);
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Services
            .AddSingleton(time ?? TimeProvider.System).AddSingleton(store.Vault).AddSingleton(store.Database).AddSingleton(slices)
            .AddSingleton(load.Catalog ?? throw new InvalidOperationException(string.Join('\n', load.Errors)))
            .AddSingleton<DialogMachine>().AddSingleton(settings).AddSingleton(new SendSettings { QuietHours = false }).AddSingleton(new AttemptLog(attempts))
            .AddSingleton<IChannel>(channel)
            .AddTurns();
        var engine = new TestEngine(store, builder.Build());
        if (run)
            await engine.host.StartAsync();
        return engine;
    }

    public Task RunAsync() => host.StartAsync();

    /// <summary>As a server does at its start: nobody else is sending.</summary>
    public Task ReleaseLeasesAsync() => host.Services.GetRequiredService<OutboxTable>().ReleaseAllAsync(CancellationToken.None);

    public async Task<TurnReceipt> TakeAsync(string key, string text, string address = "a", string channel = "test") =>
        await Engine.TakeAsync(new InboundMessage(channel, key, address, InboundKind.Text, text), CancellationToken.None);

    /// <summary>Waits until everything that was written is sent and marked.</summary>
    public async Task QuietAsync()
    {
        for (var i = 0; i < 400 && (Sender.Held > 0 || await CountAsync("outbox WHERE status = 0") > 0); i++)
            await Task.Delay(25);
        Assert.Equal(0, await CountAsync("outbox WHERE status = 0"));
    }

    /// <summary>Writes bulk messages of a cooperative to new people, whose addresses are <c>{prefix}0</c> and so on.</summary>
    public async Task AddBulkAsync(int cooperative, int count, string prefix, long? announcement = null)
    {
        await using var connection = await Database.OpenAsync(CancellationToken.None);
        await using var store = new TurnStore(connection);
        foreach (var chunk in Enumerable.Range(0, count).Chunk(BulkMessages.MaxRows))
        {
            await using var transaction = await connection.BeginTransactionAsync();
            var utcNow = TimeProvider.System.GetUtcNow().UtcDateTime;
            var messages = new List<BulkMessage>();
            foreach (var i in chunk)
            {
                var address = $"{prefix}{i}";
                var (person, row) = await store.AddStrangerAsync(
                    transaction, "test", database.Vault.Index("address:test", address), database.Vault.Seal(address), utcNow, CancellationToken.None);
                messages.Add(new BulkMessage(person, row, "test", new OutboxPayload(address, "Kabar untuk semua.", [], false)));
            }
            await new BulkMessages(database.Vault).AddAsync(cooperative, announcement, messages, connection, transaction, utcNow, CancellationToken.None);
            await transaction.CommitAsync();
        }
    }

    /// <summary>Waits until something holds that happens by itself.</summary>
    public static async Task UntilAsync(Func<Task<bool>> holds)
    {
        for (var i = 0; i < 600; i++)
        {
            if (await holds())
                return;
            await Task.Delay(25);
        }
        Assert.Fail("It never came to that.");
    }

    public async Task<long> CountAsync(string from)
    {
        await using var connection = await Database.OpenAsync(CancellationToken.None);
        await using var command = connection.CreateCommand();
        command.CommandText = $"SELECT COUNT(*) FROM {from}";
        return (long)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>Stops the engine and leaves the database, as a restart would.</summary>
    public async Task StopAsync()
    {
        await host.StopAsync();
        host.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await database.DisposeAsync();
    }

    private static bool IsNeeded(string line, Slices slices)
    {
        var name = line.Split(':')[0].Trim('"');
        return line.Contains(':', StringComparison.Ordinal) && !line.StartsWith('#')
            && (MachinePhrases.All.ContainsKey(name) || slices.Vocabulary.Notices.ContainsKey(name) || name.StartsWith("retry_", StringComparison.Ordinal));
    }

    /// <summary>What the dialog's one capability does, as a test says.</summary>
    public sealed class Act(Func<string, Turn, Task>? run = null) : ICapability
    {
        public ConcurrentQueue<string> Seen { get; } = new();

        public ConcurrentQueue<string> Late { get; } = new();

        public CapabilityDescription Description { get; } = new CapabilityDescription("test.act").Takes("words", DialogType.Text).Gives("done");

        public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
        {
            Seen.Enqueue(call.Text("words"));
            if (run is not null)
                await run(call.Text("words"), turn);
            return new Outcome("done");
        }

        public ValueTask RunLateAsync(TimedAct act, Turn turn, CancellationToken ct)
        {
            Late.Enqueue(act.Subject);
            turn.Notify(act.PersonId, "news");
            return ValueTask.CompletedTask;
        }
    }

    /// <summary>A platform that answers as a test says and remembers what it got.</summary>
    public sealed class RecordingChannel(Func<OutboundMessage, DeliveryResult>? answer = null) : IChannel
    {
        public ConcurrentQueue<string> Sent { get; } = new();

        public string Name => "test";

        public ChannelLimits Limits { get; init; } = ChannelLimits.None;

        /// <summary>What the platform does before it answers.</summary>
        public Func<OutboundMessage, CancellationToken, Task>? Before { get; init; }

        public IReadOnlyList<InboundMessage> Parse(ReadOnlyMemory<byte> body) => [];

        public async Task<DeliveryResult> SendAsync(OutboundMessage message, CancellationToken ct)
        {
            if (Before is not null)
                await Before(message, ct);
            var result = answer?.Invoke(message) ?? new DeliveryResult.Sent("1");
            if (result is DeliveryResult.Sent)
                Sent.Enqueue($"{message.Address}: {message.Text}");
            return result;
        }

        public Task AcknowledgeAsync(InboundMessage message, CancellationToken ct) => Task.CompletedTask;
    }
}
