using System.Globalization;

namespace KkmpBot.Load;

/// <summary>The service and its peers by turns: ours, a peer, ours, a peer, … so that a busy minute of the machine meets both.</summary>
internal static class Comparison
{
    /// <summary>Runs the service and its peers, and prints the table.</summary>
    /// <param name="options">What to run.</param>
    /// <param name="api">The platform.</param>
    public static async Task<bool> RunAsync(RunOptions options, LoopbackBotApi api)
    {
        Contestant[] all = [Contestant.Service(options.Program), .. options.Against.Select(peer => Peer(peer, options))];
        foreach (var contestant in all)
            await Prepared.MakeAsync(contestant, api, StateOf(contestant, options), options.Chats, options.Connections);
        return await RunAsync([.. all.Select(contestant => new Entry(contestant.Name, contestant, StateOf(contestant, options)))], options, api);
    }

    /// <summary>Runs the service among few and among many members, and prints the table: what a turn costs may not grow with them.</summary>
    /// <param name="options">What to run.</param>
    /// <param name="few">Members of the one database.</param>
    /// <param name="many">Members of the other.</param>
    /// <param name="api">The platform.</param>
    public static async Task<bool> RunAsync(RunOptions options, int few, int many, LoopbackBotApi api)
    {
        var service = Contestant.Service(options.Program);
        var entries = new List<Entry>();
        foreach (var members in new[] { many, few })
        {
            var state = $"{StateOf(service, options)}-among-{members}";
            if (await Prepared.MakeAsync(service, api, state, options.Chats, options.Connections))
                await Crowd.AddAsync(state, members);
            entries.Add(new Entry(string.Create(CultureInfo.InvariantCulture, $"{members:#,0} members"), service, state));
        }

        return await RunAsync(entries, options, api);
    }

    private static async Task<bool> RunAsync(List<Entry> all, RunOptions options, LoopbackBotApi api)
    {
        var figures = all.ToDictionary(entry => entry, _ => new List<Figures>());
        for (var run = 1; run <= options.Runs; run++)
        {
            foreach (var entry in all)
                figures[entry].Add(await RunAsync(entry, options, api, run));
        }

        Print(options, [.. all.Select(entry => (entry.Name, figures[entry]))]);
        return figures.Values.SelectMany(runs => runs).All(run => run.Trouble.Length == 0);
    }

    private sealed record Entry(string Name, Contestant Contestant, string State);

    /// <summary>The folder of a contestant's prepared state.</summary>
    public static string StateOf(Contestant contestant, RunOptions options) =>
        Path.Combine(options.Folder, $"{contestant.Name.Replace(' ', '-').ToLowerInvariant()}-{options.Chats}");

    private static Contestant Peer(string name, RunOptions options) => name switch
    {
        "grammy" => Contestant.Peer("grammY", Path.Combine(options.Peers, "grammy", "bot.js")),
        "telegraf" => Contestant.Peer("Telegraf", Path.Combine(options.Peers, "telegraf", "bot.js")),
        _ => throw new ArgumentException($"There is no peer '{name}': it may be grammy or telegraf.", nameof(name)),
    };

    private static async Task<Figures> RunAsync(Entry entry, RunOptions options, LoopbackBotApi api, int run)
    {
        var copy = Path.Combine(options.Folder, "run");
        Prepared.Copy(entry.State, copy);
        var figures = await new Round(entry.Contestant, api, options, options.Environment).MeasureAsync(copy);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"run {run} {entry.Name,-9} {figures.TurnsPerSecond,6:0} turns/s  ack {figures.AckMedian,6:0.0} / {figures.AckP99,6:0.0} ms  "
            + $"reply {figures.ReplyMedian,6:0.0} / {figures.ReplyP99,6:0.0} ms  "
            + $"cpu {figures.CpuPerThousand:0.000} s/1000  first {figures.FirstReply:0.00} s  {figures.PeakMegabytes,4:0} MB  {figures.Trouble}"));
        return figures;
    }

    private static void Print(RunOptions options, IReadOnlyList<(string Name, List<Figures> Runs)> all)
    {
        var delay = options.FsyncDelay > 0 ? string.Create(CultureInfo.InvariantCulture, $", {options.FsyncDelay} ms added to every fsync") : "";
        Console.WriteLine();
        Console.WriteLine($"Medians of {options.Runs} interleaved runs of {options.Duration.TotalSeconds} s, {options.Chats} chats, {options.Connections} connections{delay}");
        Console.WriteLine();
        Console.WriteLine("| | turns/s | ack p50 / p99, ms | reply p50 / p99, ms | CPU s per 1,000 turns | start to first reply, s | memory, MB |");
        Console.WriteLine("| --- | --- | --- | --- | --- | --- | --- |");
        foreach (var (name, runs) in all)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {name} | {Median(runs, run => run.TurnsPerSecond):#,0} | {Median(runs, run => run.AckMedian):0.0} / {Median(runs, run => run.AckP99):0.0} | "
                + $"{Median(runs, run => run.ReplyMedian):0.0} / {Median(runs, run => run.ReplyP99):0.0} | "
                + $"{Median(runs, run => run.CpuPerThousand):0.00} | {Median(runs, run => run.FirstReply):0.00} | {Median(runs, run => run.PeakMegabytes):0} |"));
        }

        foreach (var (name, runs) in all.Skip(1))
        {
            var turns = Ratio(all[0].Runs, runs, run => run.TurnsPerSecond);
            var cpu = Ratio(runs, all[0].Runs, run => run.CpuPerThousand);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"| **against {name}**, median of paired ratios | **{turns:0.0} ×** | | | **1 / {cpu:0.0}** | | |"));
        }
    }

    private static double Median(IEnumerable<Figures> runs, Func<Figures, double> figure) => Middle(runs.Select(figure));

    private static double Ratio(List<Figures> upper, List<Figures> lower, Func<Figures, double> figure) =>
        Middle(upper.Zip(lower, (above, below) => figure(above) / figure(below)));

    /// <summary>The median.</summary>
    /// <param name="values">At least one.</param>
    public static double Middle(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted.Count % 2 == 1 ? sorted[sorted.Count / 2] : (sorted[(sorted.Count / 2) - 1] + sorted[sorted.Count / 2]) / 2;
    }
}
