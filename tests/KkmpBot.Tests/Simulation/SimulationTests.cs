using System.Globalization;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace KkmpBot.Tests.Simulation;

/// <summary>
/// Random lives of a small city, each from one seed that is printed; <c>KKMP_SEED</c> replays one. Duplicates, reordering, deaths at any statement,
/// power cuts, busy and full databases, lost commits and a platform in trouble: at the end everything accepted was answered, once and in order.
/// </summary>
public sealed class SimulationTests(ITestOutputHelper output)
{
    private const int Steps = 10_000;
    private const int LongRuns = 12;
    private const int StepsOfReplay = 2_000;

    private static bool IsLong => Environment.GetEnvironmentVariable("KKMP_LONG") is { Length: > 0 };

    [Fact]
    public async Task Whatever_goes_wrong_everything_accepted_is_answered_once_and_in_order()
    {
        var given = int.TryParse(Environment.GetEnvironmentVariable("KKMP_SEED"), NumberStyles.Integer, CultureInfo.InvariantCulture, out var seed);
        for (var run = 0; run < (IsLong ? LongRuns : 1); run++)
            await RunAsync(given ? seed + run : Random.Shared.Next(), Steps);
    }

    [Fact]
    public async Task The_same_seed_gives_the_same_trace()
    {
        var seed = Random.Shared.Next();
        Assert.Equal(await RunAsync(seed, StepsOfReplay), await RunAsync(seed, StepsOfReplay));
        Assert.NotEqual(await RunAsync(seed, StepsOfReplay), await RunAsync(seed + 1, StepsOfReplay));
    }

    // On a thread without a context, so that whatever is awaited goes on where it was called.
    private Task<ulong> RunAsync(int seed, int steps) => Task.Run(async () =>
    {
        output.WriteLine($"seed {seed}");
        await using var simulation = await SimulatedCity.StartAsync(seed);
        try
        {
            simulation.Run(steps);
            simulation.Recover();
            await using var connection = await simulation.Database.OpenAsync(CancellationToken.None);
            var audit = new SimulationAudit(simulation, connection);
            await audit.CheckAsync();
            var updates = simulation.People.Sum(person => person.Updates.Count);
            var orders = simulation.People.OfType<PurposefulPerson>().Sum(person => person.Placed);
            output.Print($"simulation, seed {seed}: {steps} steps, {simulation.Trace.Steps - steps} more to rest: {simulation.Lives} lives, {updates} updates, {orders} orders, "
                + $"{audit.Said} messages, {audit.Repeated} came twice, trace {simulation.Trace.Hash:x16}");
            return simulation.Trace.Hash;
        }
        catch (Exception failure)
        {
            throw new XunitException($"KKMP_SEED={seed}, step {simulation.Trace.Steps}: {failure.Message}\n{simulation.Trace}", failure);
        }
    });
}
