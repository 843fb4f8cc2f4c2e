using System.Diagnostics;
using System.Globalization;
using KkmpBot.Conversations;
using KkmpBot.Data;

namespace KkmpBot.Load;

/// <summary>What is asked of the service besides the pace of its turns.</summary>
internal static class Scenarios
{
    private const int Talking = 50_000;
    private const int StepsIntoTheDialog = 3;
    private const int BulkCount = 100_000;
    private const int ConnectionsBesideBulk = 4;
    private static readonly TimeSpan BulkLimit = TimeSpan.FromMinutes(5);

    /// <summary>Has 50,000 people walk into the dialog and looks at the process's memory.</summary>
    /// <param name="options">What to run.</param>
    /// <param name="api">The platform.</param>
    public static async Task<bool> RunMemoryAsync(RunOptions options, LoopbackBotApi api)
    {
        var service = Contestant.Service(options.Program);
        var folder = Fresh(options);
        using var server = service.Start(folder, api, options.Environment, out var port);
        await Prepared.WalkAsync(service, api, port, Talking, _ => StepsIntoTheDialog, options.Connections);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{Talking:#,0} conversations {StepsIntoTheDialog} messages into the dialog: {server.ResidentBytes / 1e6:0} MB, at most {server.PeakBytes / 1e6:0} MB"));
        await server.StopAsync();
        return true;
    }

    /// <summary>Hands over 100,000 bulk messages, alone and then while people talk.</summary>
    /// <param name="options">What to run.</param>
    /// <param name="api">The platform.</param>
    public static async Task<bool> RunBulkAsync(RunOptions options, LoopbackBotApi api)
    {
        var service = Contestant.Service(options.Program);
        var prepared = Comparison.StateOf(service, options);
        await Prepared.MakeAsync(service, api, prepared, options.Chats, options.Connections);
        foreach (var connections in new[] { 0, ConnectionsBesideBulk })
        {
            var state = Fresh(options);
            Prepared.Copy(prepared, state);
            await AddBulkAsync(state);
            using var server = service.Start(state, api, options.Environment, out var port);
            await Round.FirstReplyAsync(service, api, server, port);
            var people = new People(Registration.Steps, Prepared.FirstPerson, options.Chats, Prepared.StepOf, 200_000_000);
            api.People = people;
            using var stop = new CancellationTokenSource();
            using var limit = new CancellationTokenSource(BulkLimit);
            people.Meter.Start();
            for (var i = 0; i < connections; i++)
                new WebhookConnection(port, service.Path, people, stop.Token).Begin();
            // What was handed over before the people came in is not counted, so the end is told by silence.
            for (var seen = -1; seen != people.Meter.Bulk || seen == 0; await Task.Delay(1000, limit.Token))
                seen = people.Meter.Bulk;
            people.Meter.Stop();
            await stop.CancelAsync();
            var (first, last) = people.Meter.BulkAt;
            var seconds = Stopwatch.GetElapsedTime(first, last).TotalSeconds;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{people.Meter.Bulk:#,0} bulk messages, {connections} connections beside: {people.Meter.Bulk / seconds:#,0} a second, "
                + $"replies p50 {people.Meter.RepliedWithin(0.5):0.0} ms, p99 {people.Meter.RepliedWithin(0.99):0.0} ms of {people.Meter.Replies:#,0}"));
        }

        return true;
    }

    private static async Task AddBulkAsync(string state)
    {
        var vault = new Vault(Convert.FromBase64String((await File.ReadAllTextAsync(Path.Combine(state, "keys", "master.key"))).Trim()));
        await using var database = Database.Sqlite(Path.Combine(state, "data", "kkmp.db"));
        await using var connection = await database.OpenAsync(CancellationToken.None);
        var bulk = new BulkMessages(vault);
        var utcNow = TimeProvider.System.GetUtcNow().UtcDateTime;
        await using var transaction = await connection.BeginTransactionAsync();
        foreach (var chunk in Enumerable.Range(0, BulkCount).Chunk(BulkMessages.MaxRows))
        {
            var messages = chunk.Select(number => new BulkMessage(
                20_000_000 + number, 20_000_000 + number, "telegram",
                new OutboxPayload(
                    (Person.FirstBulkChat + number).ToString(CultureInfo.InvariantCulture),
                    "Pengumuman KKMP Jatisari: beras medium 5 kg sudah tersedia di gerai, Rp70.000. Ketik pesan untuk memesan.", [], WantsContact: false))).ToList();
            await bulk.AddAsync(1 + (chunk[0] / 500 % 4), null, messages, connection, transaction, utcNow, CancellationToken.None);
        }

        await transaction.CommitAsync();
    }

    private static string Fresh(RunOptions options)
    {
        var folder = Path.Combine(options.Folder, "run");
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
        return folder;
    }
}
