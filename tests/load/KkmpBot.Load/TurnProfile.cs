using System.Data.Common;
using System.Globalization;
using System.Runtime.InteropServices;
using KkmpBot.Channels;
using KkmpBot.Conversations;
using KkmpBot.Data;
using KkmpBot.Dialogs;
using KkmpBot.Operations;
using Microsoft.Extensions.Logging.Abstractions;

namespace KkmpBot.Load;

/// <summary>
/// What a turn costs inside the process, step by step: the real runner over a real file, without HTTP, without the engine's threads and without
/// waiting for the disk, counted in processor time of its thread.
/// </summary>
internal static partial class TurnProfile
{
    private const int GroupSize = 32;
    private const int WarmUpGroups = 60;
    private const int Groups = 120;
    private const int ThreadCpuTime = 3;

    /// <summary>Runs it and prints microseconds a turn.</summary>
    /// <param name="folder">For its database.</param>
    public static async Task RunAsync(string folder)
    {
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
        Directory.CreateDirectory(folder);
        var database = Database.Sqlite(Path.Combine(folder, "kkmp.db"));
        await database.MigrateAsync(CancellationToken.None);
        var slices = AllSlices.Create();
        var catalog = DialogCatalog.Load(Path.Combine(AppContext.BaseDirectory, "dialogs"), slices.Vocabulary).Catalog!;
        var vault = new Vault(new byte[32]);
        var settings = new TurnSettings { PerPersonPerMinute = 0 };
        var runner = new TurnRunner(
            new DialogMachine(catalog), slices, vault, new ButtonTokens(vault), database, settings, new OutboxLeases(), new TurnBudget(settings),
            NullLogger<TurnRunner>.Instance);
        await using var connection = await database.OpenAsync(CancellationToken.None);
        await using var store = new TurnStore(connection);
        await using (var command = connection.CreateCommand())
        {
            command.CommandText = "PRAGMA synchronous=OFF";
            await command.ExecuteNonQueryAsync();
        }

        var bench = new Bench(runner, connection, store);
        await WalkAsync(bench, 0, WarmUpGroups);
        var allocated = GC.GetTotalAllocatedBytes();
        var microseconds = await WalkAsync(bench, WarmUpGroups, Groups);
        allocated = GC.GetTotalAllocatedBytes() - allocated;
        const int people = Groups * GroupSize;
        for (var step = 0; step < microseconds.Length; step++)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{microseconds[step] / people,7:0} µs  {Registration.Steps[step].Say(1)}"));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{microseconds.Sum() / people / microseconds.Length,7:0} µs a turn, {allocated / people / microseconds.Length / 1024.0:0.0} KB allocated"));
    }

    // As in the service: the turns of a group share a transaction.
    private static async Task<double[]> WalkAsync(Bench bench, long firstGroup, int groups)
    {
        var microseconds = new double[Registration.Steps.Count];
        var utcNow = TimeProvider.System.GetUtcNow().UtcDateTime;
        for (var group = firstGroup; group < firstGroup + groups; group++)
        {
            for (var step = 0; step < microseconds.Length; step++)
            {
                var before = CpuMicroseconds();
                await using var transaction = await bench.Connection.BeginTransactionAsync();
                var at = new TurnWorkspace(bench.Connection, bench.Store, transaction);
                for (var person = group * GroupSize; person < (group + 1) * GroupSize; person++)
                {
                    var message = new InboundMessage(
                        "telegram", $"{person}-{step}", person.ToString(CultureInfo.InvariantCulture), InboundKind.Text, Registration.Steps[step].Say(person));
                    await bench.Runner.RunAsync(message, at, utcNow, CancellationToken.None);
                }

                await transaction.CommitAsync();
                microseconds[step] += CpuMicroseconds() - before;
            }
        }

        return microseconds;
    }

    private sealed record Bench(TurnRunner Runner, DbConnection Connection, TurnStore Store);

    private static double CpuMicroseconds()
    {
        _ = ClockGetTime(ThreadCpuTime, out var time);
        return (time.Seconds * 1e6) + (time.Nanoseconds / 1e3);
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int ClockGetTime(int clock, out TimeSpec time);

    [StructLayout(LayoutKind.Sequential)]
    private struct TimeSpec
    {
        public long Seconds;
        public long Nanoseconds;
    }
}
