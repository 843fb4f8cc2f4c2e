using System.Diagnostics;
using System.Globalization;
using System.Text;
using KkmpBot.Tests.Platforms.BotApi;
using Xunit.Abstractions;

namespace KkmpBot.Tests.Processes;

/// <summary>The main job on the real program: join, be approved, see a balance, order; with redeliveries and a crowd.</summary>
[Trait("Category", "Process")]
[Collection(nameof(OneProcessAtATime))]
public sealed class MainJobTests(ITestOutputHelper output)
{
    private const string Nik = "3374147108909903";
    private const string Phone = "081298765432";

    [Theory]
    [InlineData("polling")]
    [InlineData("webhook")]
    public async Task A_resident_joins_is_approved_sees_a_balance_and_orders_though_every_update_comes_twice(string mode)
    {
        await using var city = await TelegramCity.StartAsync(mode);
        city.Api.Faults.DeliverTwice = true;
        var (sri, officer) = People(city);
        await WalkAsync(city, sri, TelegramCity.Registration(Nik));
        await WalkAsync(city, officer, TelegramCity.Approval);
        Assert.Contains("disetujui", (await sri.WaitForReplyAsync()).Text, StringComparison.Ordinal);
        Assert.Contains("resmi menjadi anggota", (await sri.WaitForReplyAsync()).Text, StringComparison.Ordinal);
        await WalkAsync(city, sri, TelegramCity.Order);
        await SettleAsync(city);

        Assert.Empty(city.Api.Violations);
        Assert.Equal(TelegramCity.Registration(Nik).Count + 2 + TelegramCity.Order.Count, sri.Received.Count);
        Assert.Equal(TelegramCity.Approval.Count, officer.Received.Count);
        await ExpectOneOrderAsync(city);
        await city.Bot.KillAsync();
        await ExpectNothingPersonalAsync(city, Nik, Phone[1..], "81200000002");
    }

    [Fact]
    public async Task Two_updates_at_the_same_instant_are_handled_one_after_the_other()
    {
        await using var city = await TelegramCity.StartAsync("webhook");
        var person = city.Api.AddPerson("Budi");
        person.SendText("/start");
        person.SendText("keluhan");
        Assert.Contains("Selamat datang", (await person.WaitForReplyAsync()).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Selamat datang", (await person.WaitForReplyAsync()).Text, StringComparison.Ordinal);
        await city.Bot.KillAsync();
    }

    [Fact]
    public async Task A_registration_begun_on_telegram_is_finished_in_the_terminal_by_the_same_person()
    {
        await using var city = await TelegramCity.StartAsync("polling");
        var sri = city.Api.AddPerson("Sri", $"62{Phone[1..]}");
        await WalkAsync(city, sri, [new("/start", "Selamat datang"), new("", "sudah saya kenali", SharesContact: true)]);
        await WalkAsync(city, sri, [.. TelegramCity.Registration(Nik).Skip(1).Take(4)]);
        string[] lines = [Nik, "jatisari", "ya", "3/5", Phone, "tidak", "ya, kirim"];
        var (exitCode, replies, errors) = await BotProcess.RunAsync(
            city.Bot.Folder, ["chat", "--as", Phone], string.Join('\n', lines) + "\n", new(city.Data.Settings) { ["Demo__AutoApprove"] = "false" });
        Assert.True(exitCode == 0, errors);
        Assert.Contains("sudah diterima", replies, StringComparison.Ordinal);
        var status = await city.WalkAsync(sri, new PersonStep("status", "KKMP Jatisari"));
        Assert.Contains("menunggu", status.Text, StringComparison.Ordinal);
        await city.Bot.KillAsync();
    }

    [Fact]
    public async Task A_thousand_chats_at_once_each_complete_a_registration()
    {
        const int chats = 1000;
        await using var city = await TelegramCity.StartAsync("polling");
        var people = Enumerable.Range(0, chats)
            .Select(i => (Person: city.Api.AddPerson("Warga", $"62813{i:00000000}"), Steps: TelegramCity.Registration($"337414{1 + (i % 28):00}0190{1 + (i / 28):0000}")))
            .ToList();
        var size = await CountAsync(city, city.Data.Size);
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(people.Select(one => WalkAsync(city, one.Person, one.Steps)));
        var turns = chats * people[0].Steps.Count;
        var rate = (turns / clock.Elapsed.TotalSeconds).ToString("0", CultureInfo.InvariantCulture);
        output.Print($"{chats} chats at once: {turns} turns, {rate} turns per second, the emulator on the same cores");
        Assert.Empty(city.Api.Violations);
        await SettleAsync(city);
        Assert.Equal(chats, await CountAsync(city, "SELECT COUNT(*) FROM members WHERE applied_utc >= (SELECT MIN(at_utc) FROM received_updates)"));
        Assert.Equal(0, await CountAsync(city, "SELECT COUNT(*) FROM dead_letters"));
        output.Print($"a registration keeps {(await CountAsync(city, city.Data.Size) - size) / chats} bytes, with {people[0].Steps.Count} messages each way");
    }

    private static (BotApiPerson Sri, BotApiPerson Officer) People(TelegramCity city) =>
        (city.Api.AddPerson("Sri", $"62{Phone[1..]}"), city.Api.AddPerson("Petugas", "6281200000002"));

    private static async Task WalkAsync(TelegramCity city, BotApiPerson person, IReadOnlyList<PersonStep> steps)
    {
        foreach (var step in steps)
            await city.WalkAsync(person, step);
    }

    private static async Task ExpectOneOrderAsync(TelegramCity city)
    {
        Assert.Equal(1, await CountAsync(city, "SELECT COUNT(*) FROM orders WHERE status = 'placed'"));
        Assert.Equal(1, await CountAsync(city, "SELECT COUNT(*) FROM order_lines"));
        Assert.Equal(1, await CountAsync(city, "SELECT COUNT(*) FROM stock_levels WHERE reserved_milli <> 0"));
        Assert.Equal(0, await CountAsync(city, "SELECT COUNT(*) FROM outbox WHERE status <> 1"));
        Assert.Equal(0, await CountAsync(city, "SELECT COUNT(*) FROM dead_letters"));
        Assert.Equal(1, await CountAsync(city, "SELECT COUNT(*) FROM conversations WHERE open_state = 'ask_next'"));
    }

    private static async Task SettleAsync(TelegramCity city)
    {
        for (var i = 0; i < 200 && (await CountAsync(city, "SELECT COUNT(*) FROM outbox WHERE status = 0") > 0 || city.Api.UnconfirmedUpdates > 0); i++)
            await Task.Delay(50);
    }

    private static async Task<long> CountAsync(TelegramCity city, string sql)
    {
        await using var connection = await city.Data.Database.OpenAsync(CancellationToken.None);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)(await command.ExecuteScalarAsync())!;
    }

    // What `strings` would find: the digits as they were typed, in any file of the program or row of its database, in either encoding.
    private static async Task ExpectNothingPersonalAsync(TelegramCity city, params string[] digits)
    {
        var places = Directory.EnumerateFiles(city.Bot.Folder, "*", SearchOption.AllDirectories).ToDictionary(file => file, File.ReadAllBytes);
        places.Add("The database", await city.Data.BytesAsync());
        foreach (var (place, bytes) in places)
        {
            foreach (var encoding in new[] { Encoding.ASCII, Encoding.Unicode })
                Assert.All(digits, number => Assert.True(bytes.AsSpan().IndexOf(encoding.GetBytes(number)) < 0, $"{place} shows a personal number."));
        }
    }
}

/// <summary>Processes are started one test at a time: they share two cores.</summary>
[CollectionDefinition(nameof(OneProcessAtATime), DisableParallelization = true)]
public sealed class OneProcessAtATime;
