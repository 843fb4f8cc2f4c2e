using System.Globalization;
using System.Runtime.InteropServices;
using KkmpBot.Channels;
using KkmpBot.Conversations;
using KkmpBot.Data;
using KkmpBot.Dialogs;
using KkmpBot.Operations;

namespace KkmpBot.Load;

/// <summary>
/// What a turn costs inside the process, step by step: the real runner over a real file, without HTTP, without the engine's threads and without
/// waiting for the disk, counted in processor time of its thread.
/// </summary>
internal static partial class TurnProfile
{
    private const int WarmUpPeople = 1500;
    private const int People = 3000;
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
        await using var bench = await Bench.OpenAsync(database, new Vault(new byte[32]), catalog, new TurnSettings());
        await using (var command = bench.Connection.CreateCommand())
        {
            command.CommandText = "PRAGMA synchronous=OFF";
            await command.ExecuteNonQueryAsync();
        }

        await WalkAsync(bench, 1, WarmUpPeople);
        var allocated = GC.GetTotalAllocatedBytes();
        var microseconds = await WalkAsync(bench, WarmUpPeople + 1, People);
        allocated = GC.GetTotalAllocatedBytes() - allocated;
        for (var step = 0; step < microseconds.Length; step++)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{microseconds[step] / People,7:0} µs  {Registration.Steps[step].Say(1)}"));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{microseconds.Sum() / People / microseconds.Length,7:0} µs a turn, {allocated / People / microseconds.Length / 1024} KB allocated"));
    }

    private static async Task<double[]> WalkAsync(Bench bench, long first, int count)
    {
        var microseconds = new double[Registration.Steps.Count];
        var utcNow = DateTime.UtcNow;
        for (var person = first; person < first + count; person++)
        {
            for (var step = 0; step < microseconds.Length; step++)
            {
                var message = new InboundMessage(
                    "telegram", $"{person}-{step}", person.ToString(CultureInfo.InvariantCulture), InboundKind.Text, Registration.Steps[step].Say(person));
                var before = CpuMicroseconds();
                await bench.TakeAsync(message, utcNow);
                microseconds[step] += CpuMicroseconds() - before;
            }
        }

        return microseconds;
    }

    private static double CpuMicroseconds()
    {
        _ = ClockGetTime(ThreadCpuTime, out var time);
        return (time.Seconds * 1e6) + (time.Nanoseconds / 1e3);
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int ClockGetTime(int clock, out TimeSpec time);

    private struct TimeSpec
    {
        public long Seconds;
        public long Nanoseconds;
    }
}
