using System.Diagnostics;

namespace KkmpBot.Load;

/// <summary>What one run came to.</summary>
internal sealed record Figures
{
    public required double TurnsPerSecond { get; init; }

    public required double CpuPerThousand { get; init; }

    public required double AckMedian { get; init; }

    public required double AckP99 { get; init; }

    public required double ReplyMedian { get; init; }

    public required double ReplyP99 { get; init; }

    public required double FirstReply { get; init; }

    public required double PeakMegabytes { get; init; }

    /// <summary>Refused posts, unexpected, wrong and missing replies, in words; empty when all went well.</summary>
    public required string Trouble { get; init; }
}

/// <summary>One run: a bot is started on prepared state, answers its first message, warms up, and is measured.</summary>
internal sealed class Round(Contestant contestant, LoopbackBotApi api, RunOptions options, IReadOnlyDictionary<string, string> extra)
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan WarmUpLimit = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan TooLate = TimeSpan.FromSeconds(5);

    // Beyond every update of the prepared state, as a platform's ids are.
    private const long FirstUpdate = 100_000_000;

    /// <summary>Measures.</summary>
    /// <param name="state">A folder of prepared state, which the run may change.</param>
    public async Task<Figures> MeasureAsync(string state)
    {
        using var server = contestant.Start(state, api, extra, out var port);
        var firstReply = await FirstReplyAsync(server, port);
        var people = new People(Registration.Steps, Prepared.FirstPerson, options.Chats, Prepared.StepOf, FirstUpdate + 1);
        api.People = people;
        using var stop = new CancellationTokenSource();
        for (var i = 0; i < options.Connections; i++)
            new WebhookConnection(port, contestant.Path, people, stop.Token).Begin();
        await WarmUpAsync(server, people);
        var cpu = server.Cpu;
        people.Meter.Start();
        await Task.Delay(options.Duration);
        var seconds = people.Meter.Stop().TotalSeconds;
        cpu = server.Cpu - cpu;
        var peak = server.PeakBytes / 1e6;
        var late = people.Unanswered(TooLate);
        await stop.CancelAsync();
        return new Figures
        {
            TurnsPerSecond = people.Meter.Replies / seconds,
            CpuPerThousand = cpu.TotalSeconds * 1000 / people.Meter.Replies,
            AckMedian = people.Meter.AcknowledgedWithin(0.5),
            AckP99 = people.Meter.AcknowledgedWithin(0.99),
            ReplyMedian = people.Meter.RepliedWithin(0.5),
            ReplyP99 = people.Meter.RepliedWithin(0.99),
            FirstReply = firstReply,
            PeakMegabytes = peak,
            Trouble = Trouble(people.Meter, late),
        };
    }

    /// <summary>Posts one message of somebody new until it is taken, and waits for its reply.</summary>
    /// <returns>Seconds from the process's start.</returns>
    private Task<double> FirstReplyAsync(ServerProcess server, int port) => FirstReplyAsync(contestant, api, server, port);

    /// <summary>As above, for any bot that was just started.</summary>
    /// <param name="contestant">Which.</param>
    /// <param name="api">The platform.</param>
    /// <param name="server">Its process.</param>
    /// <param name="port">Where it listens.</param>
    public static async Task<double> FirstReplyAsync(Contestant contestant, LoopbackBotApi api, ServerProcess server, int port)
    {
        var people = new People(Registration.Steps, Prepared.FirstCaller, 1, _ => 0, FirstUpdate, person => person.Step > 0);
        api.People = people;
        using var limit = new CancellationTokenSource(StartLimit);
        people.TryNext(_ => throw new UnreachableException(), out var person);
        var connection = new WebhookConnection(port, contestant.Path, people, limit.Token);
        int status;
        while ((status = await connection.TryPostAsync(person!)) != 200)
        {
            if (server.HasExited)
                throw new InvalidOperationException($"{contestant.Name} ended while it was started.");
            await Task.Delay(5, limit.Token);
        }

        people.Acknowledge(person!, status, _ => throw new UnreachableException());
        while (people.Remaining > 0)
            await Task.Delay(1, limit.Token);
        return Stopwatch.GetElapsedTime(server.StartedAt).TotalSeconds;
    }

    // Counted in turns, since that is what compilers wait for, in node as in .NET.
    private async Task WarmUpAsync(ServerProcess server, People people)
    {
        var began = Stopwatch.GetTimestamp();
        while (people.Meter.Total < options.WarmUpTurns && Stopwatch.GetElapsedTime(began) < WarmUpLimit)
        {
            if (server.HasExited)
                throw new InvalidOperationException($"{contestant.Name} ended under load.");
            await Task.Delay(20);
        }
    }

    private static string Trouble(Meter meter, int late)
    {
        var parts = new List<string>();
        if (meter.Refused > 0)
            parts.Add($"{meter.Refused} refused");
        if (meter.Unexpected > 0)
            parts.Add($"{meter.Unexpected} unexpected");
        if (meter.Wrong > 0)
            parts.Add($"{meter.Wrong} wrong, first {meter.FirstWrong}");
        if (late > 0)
            parts.Add($"{late} late");
        return string.Join(", ", parts);
    }
}
