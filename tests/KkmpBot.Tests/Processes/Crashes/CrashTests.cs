using System.Diagnostics;
using System.Globalization;
using Xunit.Abstractions;

namespace KkmpBot.Tests.Processes.Crashes;

/// <summary>
/// <c>kill -9</c> of the real program at random moments while a crowd talks to it and every update comes at least twice; on SQLite and on PostgreSQL,
/// as this run of the tests has it. Afterwards nothing is lost and nothing is doubled. The seed is printed; <c>KKMP_SEED</c> sets it.
/// </summary>
[Trait("Category", "Process")]
[Collection(nameof(OneProcessAtATime))]
public sealed class CrashTests(ITestOutputHelper output)
{
    // For each way that updates come, and for each database: 40 and 1,000 in all.
    private static readonly int Kills = IsLong ? 250 : 10;
    private static readonly int KillsInTrouble = IsLong ? 50 : 5;
    private const int KillsOfOneCity = 50;
    private const int LongestLifeMilliseconds = 900;
    private const int LongestStartMilliseconds = 1500;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private int lives;
    private int deathsAtStart;

    private static bool IsLong => Environment.GetEnvironmentVariable("KKMP_LONG") is { Length: > 0 };

    [Theory]
    [InlineData("polling")]
    [InlineData("webhook")]
    public Task Killed_at_random_under_load_it_loses_and_doubles_nothing(string mode) =>
        RunAsync(mode, Kills, async (city, crowd, random) =>
        {
            await ServeEverybodyAsync(crowd);
            await Task.Delay(random.Next(LongestLifeMilliseconds));
            await city.Bot.KillAsync();
            if (random.Next(5) == 0)
                await DieAtStartAsync(city, random);
        });

    [Theory]
    [InlineData("polling")]
    [InlineData("webhook")]
    public Task Killed_while_platform_database_and_disk_fail_it_loses_and_doubles_nothing(string mode)
    {
        var next = new Queue<string>();
        return RunAsync(mode, KillsInTrouble, async (city, crowd, random) =>
        {
            await ServeEverybodyAsync(crowd);
            // All of them, three a life, in a random order.
            var troubles = new Troubles(city, random);
            using var dead = new CancellationTokenSource();
            var under = new List<Task>();
            for (var i = 0; i < 3; i++)
            {
                if (next.Count == 0)
                    troubles.All.Select(trouble => trouble.Name).OrderBy(_ => random.Next()).ToList().ForEach(next.Enqueue);
                var name = next.Dequeue();
                output.WriteLine($"  {name}");
                under.Add(troubles.All.Single(trouble => trouble.Name == name).MakeAsync(dead.Token));
                await Task.Delay(random.Next(LongestLifeMilliseconds));
            }
            if (random.Next(2) == 0)
                await Task.WhenAll(under);
            await city.Bot.KillAsync();
            await dead.CancelAsync();
            await Task.WhenAll(under);
        });
    }

    private async Task RunAsync(string mode, int kills, Func<TelegramCity, Crowd, Random, Task> liveAndDieAsync)
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("KKMP_SEED"), CultureInfo.InvariantCulture, out var given) ? given : Environment.TickCount;
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        for (var left = kills; left > 0; left -= KillsOfOneCity)
            await RunOneCityAsync(mode, Math.Min(left, KillsOfOneCity), random, liveAndDieAsync);
    }

    private async Task RunOneCityAsync(string mode, int kills, Random random, Func<TelegramCity, Crowd, Random, Task> liveAndDieAsync)
    {
        var clock = Stopwatch.StartNew();
        await using var city = await StartAsync(mode);
        var entries = await CrashAudit.CountEntriesAsync(city);
        var crowd = new Crowd(city);
        crowd.Start();
        try
        {
            for (var kill = 1; kill <= kills; kill++)
            {
                await liveAndDieAsync(city, crowd, random);
                NameLife(city);
                await city.Bot.StartAsync();
                await crowd.CheckAsync();
            }
            city.Api.Faults.Clear();
            await crowd.FinishAsync();
            await SettleAsync(city);
            await ReportAsync(mode, kills, city, crowd, entries, clock);
        }
        catch (Exception failure)
        {
            throw new InvalidOperationException($"{failure.Message}\n{city.Bot.Output}", failure);
        }
    }

    private async Task ReportAsync(string mode, int kills, TelegramCity city, Crowd crowd, long entries, Stopwatch clock)
    {
        await using var connection = await city.Data.Database.OpenAsync(CancellationToken.None);
        var audit = new CrashAudit(city, crowd.People, connection);
        await audit.CheckAsync(entries);
        await city.Bot.KillAsync();
        var (exitCode, verified, _) = await BotProcess.RunAsync(city.Bot.Folder, ["ledger", "verify"], "", city.Data.Settings);
        Assert.True(exitCode == 0, verified);
        output.Print(string.Create(CultureInfo.InvariantCulture,
            $"crashes, {mode} on {(city.Data.Database.IsShared ? "PostgreSQL" : "SQLite")}: {kills} kills, {deathsAtStart} more at the start so far, "
            + $"{crowd.People.Count} people, {crowd.Updates} updates, {audit.Said} messages, {audit.Repeated} came twice, {clock.Elapsed.TotalSeconds:0} s; {verified.Trim()}"));
    }

    private static Task<TelegramCity> StartAsync(string mode) => TelegramCity.StartAsync(mode, data => new Dictionary<string, string>
    {
        ["Demo__AutoApprove"] = "true",
        ["Turns__PerPersonPerMinute"] = "0",
        ["Sending__Limits"] = "false",
        // SQLITE_BUSY comes after five seconds then; else the driver would go on for half a minute. On PostgreSQL the test has connections as well.
        ["Database__ConnectionString"] =
            data.Settings["Database__ConnectionString"] + (data.Database.IsShared ? $";Application Name={Troubles.Victim}" : ";Default Timeout=1"),
    });

    // A start is a time to die as well: migrations, leases, the first scan.
    private async Task DieAtStartAsync(TelegramCity city, Random random)
    {
        NameLife(city);
        city.Bot.Launch();
        await Task.Delay(random.Next(LongestStartMilliseconds));
        await city.Bot.KillAsync();
        deathsAtStart++;
    }

    // A message in whose turn the process dies three times is under suspicion and set aside, as it should be. Here they are all innocent,
    // so a life lasts until those that were being handled at the last death are through: everybody may say one thing more upon a reply that the
    // last life left behind, and what they say after that was handled in this one.
    private static async Task ServeEverybodyAsync(Crowd crowd)
    {
        var enough = crowd.Updates + (2 * (Crowd.AtOnce + 1));
        for (var limit = Stopwatch.StartNew(); crowd.Updates < enough && limit.Elapsed < Patience;)
            await Task.Delay(5);
    }

    private void NameLife(TelegramCity city) => city.Bot.Set("Telegram__BaseUrl", $"{city.Api.BaseUrl}/life/{++lives}");

    // Everything is acknowledged, sent and marked; waits as long as it takes.
    private static async Task SettleAsync(TelegramCity city)
    {
        var limit = Stopwatch.StartNew();
        await using var connection = await city.Data.Database.OpenAsync(CancellationToken.None);
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT COUNT(*) FROM outbox WHERE status = 0";
        while (city.Api.UnconfirmedUpdates > 0 || (long)(await command.ExecuteScalarAsync())! > 0)
        {
            Assert.True(limit.Elapsed < Patience, $"{city.Api.UnconfirmedUpdates} updates are not acknowledged, or messages are not marked.");
            await Task.Delay(50);
        }
    }
}
