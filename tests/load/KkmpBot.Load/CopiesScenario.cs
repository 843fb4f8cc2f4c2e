using System.Globalization;
using Npgsql;

namespace KkmpBot.Load;

/// <summary>
/// The same load on SQLite, on PostgreSQL with one copy of the service, and on the same with three: in turns, each on an empty database, the posts spread
/// over the copies as a balancer without memory would.
/// </summary>
internal static class CopiesScenario
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);

    // Beyond every update of a first message, as a platform's ids are.
    private const long FirstUpdate = 100_000_000;
    private static readonly (string Name, int Copies)[] Variants = [("SQLite", 1), ("PostgreSQL, one copy", 1), ("PostgreSQL, three copies", 3)];

    /// <summary>Measures and prints.</summary>
    /// <param name="options">What to run; with a PostgreSQL that may make databases.</param>
    /// <param name="api">The platform.</param>
    public static async Task<bool> RunAsync(RunOptions options, LoopbackBotApi api)
    {
        var runs = Variants.ToDictionary(variant => variant.Name, _ => new List<(double Turns, double Ack, double Reply)>());
        var isClean = true;
        for (var run = 1; run <= options.Runs; run++)
        {
            foreach (var (name, copies) in Variants)
            {
                var people = new People(Registration.Steps, Prepared.FirstPerson, options.Chats, _ => 0, FirstUpdate);
                await MeasureAsync(options, api, people, copies, name == Variants[0].Name ? null : await EmptyAsync(options.Postgres));
                runs[name].Add((people.Meter.Replies / options.Duration.TotalSeconds, people.Meter.AcknowledgedWithin(0.99), people.Meter.RepliedWithin(0.99)));
                isClean &= people.Meter.Wrong == 0 && people.Meter.Unexpected == 0;
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"run {run} {name}: {runs[name][^1].Turns:0} turns/s, {people.Meter.Refused} refused, {people.Meter.FirstWrong}"));
            }
        }

        Console.WriteLine("\n| | turns/s | against SQLite | ack p99, ms | reply p99, ms |\n| --- | --- | --- | --- | --- |");
        foreach (var (name, _) in Variants)
        {
            var ratio = Comparison.Middle(runs[name].Zip(runs[Variants[0].Name], (one, other) => one.Turns / other.Turns));
            var (turns, ack, reply) = (Of(run => run.Turns), Of(run => run.Ack), Of(run => run.Reply));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {turns:#,0} | {ratio:0.00} × | {ack:0} | {reply:0} |"));

            double Of(Func<(double Turns, double Ack, double Reply), double> figure) => Comparison.Middle(runs[name].Select(figure));
        }

        return isClean;
    }

    private static async Task MeasureAsync(RunOptions options, LoopbackBotApi api, People people, int copies, string? postgres)
    {
        var service = Contestant.Service(options.Program);
        var folder = Path.Combine(options.Folder, "copies");
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
        var servers = new List<ServerProcess>();
        try
        {
            var ports = new List<int>();
            for (var copy = 0; copy < copies; copy++)
            {
                var settings = new Dictionary<string, string>(options.Environment) { ["Keys__Path"] = Path.Combine(folder, "keys") };
                if (postgres is not null)
                    (settings["Database__Provider"], settings["Database__ConnectionString"]) = ("Postgres", postgres);
                servers.Add(service.Start(Path.Combine(folder, copy.ToString(CultureInfo.InvariantCulture)), api, settings, out var port));
                ports.Add(port);
                await WaitAsync(port);
            }

            api.People = people;
            using var stop = new CancellationTokenSource();
            for (var i = 0; i < options.Connections; i++)
                new WebhookConnection(ports[i % copies], service.Path, people, stop.Token).Begin();
            using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
            while (people.Meter.Total < options.WarmUpTurns)
                await Task.Delay(20, limit.Token);
            people.Meter.Start();
            await Task.Delay(options.Duration, CancellationToken.None);
            people.Meter.Stop();
            await stop.CancelAsync();
        }
        finally
        {
            servers.ForEach(server => server.Dispose());
        }
    }

    private static async Task WaitAsync(int port)
    {
        using var limit = new CancellationTokenSource(StartLimit);
        using var http = new HttpClient();
        while (true)
        {
            try
            {
                if ((await http.GetAsync(new Uri($"http://127.0.0.1:{port}/healthz/ready"), limit.Token)).IsSuccessStatusCode)
                    return;
            }
            catch (HttpRequestException)
            {
                // Nobody listens yet.
            }

            await Task.Delay(20, limit.Token);
        }
    }

    private static async Task<string> EmptyAsync(string server)
    {
        if (server.Length == 0)
            throw new ArgumentException("Copies need a PostgreSQL: --postgres with its connection string.", nameof(server));
        var name = $"load_{Guid.NewGuid():N}";
        await using var connection = new NpgsqlConnection(server);
        await connection.OpenAsync();
        await using var create = new NpgsqlCommand($"CREATE DATABASE {name}", connection);
        await create.ExecuteNonQueryAsync();
        return new NpgsqlConnectionStringBuilder(server) { Database = name }.ToString();
    }
}
