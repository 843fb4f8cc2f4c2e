using System.Diagnostics;
using System.Globalization;
using KkmpBot.Data;
using KkmpBot.Tests.Processes.Crashes;
using Npgsql;
using Xunit.Abstractions;

namespace KkmpBot.Tests.Processes.Copies;

/// <summary>
/// Three copies of the program on one PostgreSQL behind a balancer, killed and started at random while a crowd talks; in the middle PostgreSQL itself is
/// restarted. Every acknowledged update has exactly one effect, in its order, and no reply is lost. With <c>KKMP_TEST_PROGRAM_BEFORE</c> each life is by
/// chance one of that version: a rolling restart forth and back.
/// </summary>
[Trait("Category", "Postgres")]
[Collection(nameof(OneProcessAtATime))]
public sealed class CopiesTests(ITestOutputHelper output)
{
    private const int Copies = 3;
    private static readonly int Kills = Environment.GetEnvironmentVariable("KKMP_LONG") is { Length: > 0 } ? 200 : 12;
    private const int LongestMilliseconds = 900;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private readonly List<BotProcess> bots = [];
    private int lives;
    private int livesBefore;

    [Fact]
    public async Task Copies_that_are_killed_and_a_database_that_restarts_lose_and_double_nothing()
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("KKMP_SEED"), CultureInfo.InvariantCulture, out var given) ? given : Environment.TickCount;
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        await using var balancer = await Balancer.StartAsync();
        await using var city = await TelegramCity.StartAsync("webhook", data => new Dictionary<string, string>
        {
            ["PublicUrl"] = balancer.Url,
            ["Demo__AutoApprove"] = "true",
            ["Turns__PerPersonPerMinute"] = "0",
            ["Sending__Limits"] = "false",
        });
        try
        {
            await LiveAsync(city, balancer, random);
        }
        finally
        {
            foreach (var bot in bots.Skip(1))
                await bot.DisposeAsync();
        }
    }

    private async Task LiveAsync(TelegramCity city, Balancer balancer, Random random)
    {
        var clock = Stopwatch.StartNew();
        bots.Add(city.Bot);
        while (bots.Count < Copies)
            bots.Add(await city.Bot.ServeBesideAsync());
        balancer.Copies = [.. bots.Select(bot => bot.Url)];
        var entries = await CrashAudit.CountEntriesAsync(city);
        var crowd = new Crowd(city);
        crowd.Start();
        var refused = 0;
        for (var kill = 1; kill <= Kills; kill++)
        {
            await KillOneAsync(random, city);
            await crowd.CheckAsync();
            if (kill == Kills / 2)
                refused = await RestartDatabaseAsync(city.Data.Database);
        }
        await crowd.FinishAsync();
        await SettleAsync(city);
        await using var connection = await city.Data.Database.OpenAsync(CancellationToken.None);
        var audit = new CrashAudit(city, crowd.People, connection, Copies);
        await audit.CheckAsync(entries);
        Assert.True(refused > 0, "While PostgreSQL was away, no copy said so.");
        var before = BotProcess.Before is null ? "" : $"; {livesBefore} lives were of the version before";
        output.Print(string.Create(CultureInfo.InvariantCulture,
            $"copies: {Copies} on one PostgreSQL, {Kills} kills and a restart of the database ({refused} times 503), {crowd.People.Count} people, "
            + $"{crowd.Updates} updates, {audit.Said} messages, {audit.Repeated} came twice, {clock.Elapsed.TotalSeconds:0} s{before}"));
    }

    private async Task KillOneAsync(Random random, TelegramCity city)
    {
        var bot = bots[random.Next(bots.Count)];
        await Task.Delay(random.Next(LongestMilliseconds));
        await bot.KillAsync();
        await Task.Delay(random.Next(LongestMilliseconds));
        bot.Set("Telegram__BaseUrl", $"{city.Api.BaseUrl}/life/{++lives}");
        bot.Runs = BotProcess.Before is { } before && random.Next(2) == 0 ? before : BotProcess.Program;
        livesBefore += bot.Runs == BotProcess.Program ? 0 : 1;
        await bot.StartAsync();
    }

    // The service waits, says 503, and goes on.
    private async Task<int> RestartDatabaseAsync(Database database)
    {
        using var done = new CancellationTokenSource();
        var watching = bots.Select(bot => CountRefusalsAsync(bot.Url, done.Token)).ToList();
        await TestPostgres.RestartAsync();
        await done.CancelAsync();
        foreach (var bot in bots)
            await bot.WaitUntilHealthyAsync();
        await ForgetDeadConnectionsAsync(database);
        return (await Task.WhenAll(watching)).Sum();
    }

    // The test's own pool holds connections to the server that died; each is found out by its first use.
    private static async Task ForgetDeadConnectionsAsync(Database database)
    {
        for (var alive = false; !alive;)
        {
            try
            {
                await using var connection = await database.OpenAsync(CancellationToken.None);
                await using var command = connection.CreateCommand();
                command.CommandText = "SELECT 1";
                alive = await command.ExecuteScalarAsync() is 1;
            }
            catch (NpgsqlException)
            {
                await Task.Delay(50);
            }
        }
    }

    private static async Task<int> CountRefusalsAsync(string url, CancellationToken ct)
    {
        using var http = new HttpClient();
        var refusals = 0;
        while (!ct.IsCancellationRequested)
        {
            using var answer = await http.GetAsync($"{url}/healthz", CancellationToken.None);
            refusals += answer.StatusCode == System.Net.HttpStatusCode.ServiceUnavailable ? 1 : 0;
            await Task.Delay(20, CancellationToken.None);
        }
        return refusals;
    }

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
