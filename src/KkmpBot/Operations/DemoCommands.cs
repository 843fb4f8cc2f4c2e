using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using KkmpBot.Data;
using KkmpBot.Office.City;

namespace KkmpBot.Operations;

/// <summary><c>demo load</c>: writes the demo people, goods and officers into a database that has none of them yet, and the city's months up to 31 October 2025.</summary>
public static class DemoCommands
{
    /// <summary>The command with its parts.</summary>
    public static Command Command()
    {
        var load = new Command("load", "write the demo people, goods and officers and the whole city up to 31 October 2025, once");
        load.SetAction((_, ct) => LoadAsync(ct));
        return new Command("demo", "the demo data") { load };
    }

    private static async Task<int> LoadAsync(CancellationToken ct)
    {
        long began = Stopwatch.GetTimestamp();
        using var host = CommandHost.Build();
        var database = host.Services.GetRequiredService<Database>();
        var vault = host.Services.GetRequiredService<Vault>();
        await Composition.PrepareDatabaseAsync(host.Services, ct);
        await using var connection = await database.OpenAsync(ct);
        await using var context = database.Context(connection);
        if (!await DemoData.IsPresentAsync(context, vault, ct))
            await DemoData.LoadAsync(context, vault, host.Services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime, ct);
        await CityHistory.LoadAsync(database, vault, host.Services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime, ct);
        await Console.Out.WriteLineAsync(DemoData.Greeting);
        await Console.Out.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"Loaded in {Stopwatch.GetElapsedTime(began).TotalSeconds:0.0} s, with {Environment.CpuUsage.TotalTime.TotalSeconds:0.0} s of processor time."));
        return 0;
    }
}
