using KkmpBot.Channels;
using KkmpBot.Dialogs;
using KkmpBot.Operations;
using KkmpBot.Tests.Conversations;
using KkmpBot.Tests.Data;

namespace KkmpBot.Tests.Operations;

/// <summary>New dialog files meet three people in the middle of a registration: one at the question, two who left it for later.</summary>
public sealed class LiveCheckTests
{
    private static readonly string[] People = ["stranger-1", "stranger-2", "stranger-3"];

    [Fact]
    public async Task A_question_that_goes_away_under_three_people_is_refused_by_name()
    {
        await using var bot = await RegisteringAsync();
        using var files = new DialogFolder().Replace("ask_address", "ask_rt");
        var (exitCode, output) = await CheckAsync(bot, files);
        Assert.Equal(1, exitCode);
        Assert.Equal("register.ask_address: 3 people would be stranded; add it to renamed or keep the state\n", output);
    }

    [Fact]
    public async Task Renamed_it_passes_and_they_go_on_where_they_were()
    {
        await using var bot = await RegisteringAsync();
        using var files = new DialogFolder().Replace("ask_address", "ask_rt");
        Rename(files, raise: 1);
        var (exitCode, output) = await CheckAsync(bot, files);
        Assert.Equal(0, exitCode);
        Assert.Equal("3 conversations, 3 with a dialog open or left for later; everybody can go on\n", output);

        await bot.PublishAsync(files.Path);
        Assert.StartsWith("Nomor HP", await SayAsync(bot, People[0], "RT 3 RW 5"), StringComparison.Ordinal);
        foreach (var person in People.Skip(1))
        {
            Assert.EndsWith("Mau dilanjutkan?", await SayAsync(bot, person, "batal"), StringComparison.Ordinal);
            Assert.StartsWith("RT dan RW berapa", await SayAsync(bot, person, "lanjutkan"), StringComparison.Ordinal);
            Assert.StartsWith("Nomor HP", await SayAsync(bot, person, "RT 3 RW 5"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Renamed_without_a_new_version_does_not_count()
    {
        await using var bot = await RegisteringAsync();
        using var files = new DialogFolder().Replace("ask_address", "ask_rt");
        Rename(files, raise: 0);
        var (exitCode, output) = await CheckAsync(bot, files);
        Assert.Equal(1, exitCode);
        Assert.Equal("register.ask_address: 3 people would be stranded; raise the version, so that renamed counts\n", output);
    }

    [Fact]
    public async Task The_dialogs_as_they_are_strand_nobody_and_what_is_forgotten_does_not_count()
    {
        await using var bot = await RegisteringAsync();
        using var files = new DialogFolder();
        Assert.Equal(0, (await CheckAsync(bot, files)).ExitCode);
        files.Replace("ask_address", "ask_rt");
        bot.Time.Advance(bot.Catalog.Dialogs["register"].ExpiresAfter + TimeSpan.FromMinutes(1));
        Assert.Equal(0, (await CheckAsync(bot, files)).ExitCode);
    }

    [Fact]
    public async Task More_people_than_a_page_are_all_counted()
    {
        await using var bot = await TestBot.StartAsync();
        var many = LiveCheck.PageSize + 7;
        foreach (var i in Enumerable.Range(0, many))
            await SayAsync(bot, $"stranger-{i}", "daftar");
        using var files = new DialogFolder().Replace(bot.Catalog.Dialogs["register"].Initial.Name, "begin_here");
        var (_, output) = await CheckAsync(bot, files);
        Assert.Contains($"{many} people would be stranded", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_that_was_never_migrated_holds_nobody()
    {
        await using var empty = await TestDatabase.CreateEmptyAsync();
        await using var bot = await TestBot.StartAsync();
        var report = await LiveCheck.RunAsync(empty.Database, TestDatabase.OneVault, new DialogMachine(bot.Catalog), TestDatabase.Now, default);
        Assert.Equal((0, 0, 0), (report.Conversations, report.Open, report.Stranded.Count));
    }

    private static async Task<TestBot> RegisteringAsync()
    {
        var bot = await TestBot.StartAsync();
        foreach (var person in People)
        {
            foreach (var line in new[] { "daftar", "setuju", "budi santoso", "3374140101909920", "jatisari", "ya" })
                await SayAsync(bot, person, line);
        }
        await SayAsync(bot, People[1], "menu");
        await SayAsync(bot, People[2], "petugas");
        return bot;
    }

    private static void Rename(DialogFolder files, int raise)
    {
        var version = DialogCatalog.Load(Repository.Folder("dialogs"), AllSlices.Create().Vocabulary).Catalog!.Dialogs["register"].Version;
        files.Replace("register.yaml", $"\nversion: {version}\n", $"\nversion: {version + raise}\nrenamed: {{ ask_address: ask_rt }}\n");
    }

    private static async Task<(int ExitCode, string Output)> CheckAsync(TestBot bot, DialogFolder files)
    {
        var load = DialogCatalog.Load(files.Path, AllSlices.Create().Vocabulary);
        Assert.True(load.Catalog is not null, string.Join('\n', load.Errors));
        var report = await LiveCheck.RunAsync(bot.Database, bot.Vault, new DialogMachine(load.Catalog), bot.Time.UtcNow, CancellationToken.None);
        using var output = new StringWriter { NewLine = "\n" };
        return (DialogsCommands.Tell(report, output), output.ToString());
    }

    private static async Task<string> SayAsync(TestBot bot, string person, string text)
    {
        var result = await bot.TakeAsync(bot.Message(person, InboundKind.Text, text));
        return result.Outbox[0].Message.Text;
    }
}
