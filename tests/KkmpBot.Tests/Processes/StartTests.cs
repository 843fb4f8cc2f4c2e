using System.Net;
using System.Net.Sockets;

namespace KkmpBot.Tests.Processes;

/// <summary>What keeps the program from starting is said in one line, with exit code 2.</summary>
[Trait("Category", "Process")]
[Collection(nameof(OneProcessAtATime))]
public sealed class StartTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("kkmp-start-").FullName;

    [Fact]
    public async Task A_port_in_use()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var url = $"http://127.0.0.1:{((IPEndPoint)taken.LocalEndpoint).Port}";
        await ExpectRefusalAsync(url, new() { ["ASPNETCORE_URLS"] = url });
    }

    [Fact]
    public async Task A_data_folder_that_cannot_be_made()
    {
        var file = Path.Combine(folder, "a-file");
        await File.WriteAllTextAsync(file, "");
        await ExpectRefusalAsync("Data__Path", new() { ["Data__Path"] = Path.Combine(file, "data") });
    }

    [Theory]
    [InlineData("Database__Provider", "Oracle")]
    [InlineData("Telegram__Mode", "pigeon")]
    [InlineData("Dialogs__Path", "nowhere")]
    [InlineData("Demo__Enabled", "perhaps")]
    public async Task A_setting_that_cannot_work(string name, string value) =>
        await ExpectRefusalAsync(name, new() { ["Telegram__Token"] = "1:a", [name] = value });

    [Theory]
    [InlineData("")]
    [InlineData("Host=127.0.0.1;Port=1;Database=kkmp;Username=kkmp")]
    [InlineData("no such thing")]
    public async Task A_postgres_that_cannot_be_opened(string connectionString) => await ExpectRefusalAsync(
        "Database__ConnectionString", new() { ["Database__Provider"] = "Postgres", ["Database__ConnectionString"] = connectionString });

    [Fact]
    public async Task A_second_server_on_the_same_data()
    {
        await using var first = await BotProcess.ServeAsync([]);
        var (exitCode, _, errors) = await BotProcess.RunAsync(first.Folder, [], "", new() { ["ASPNETCORE_URLS"] = $"http://127.0.0.1:{BotProcess.FreePort()}" });
        Assert.Equal(2, exitCode);
        Assert.Contains("Another server", errors, StringComparison.Ordinal);
        await first.KillAsync();
    }

    [Fact]
    public async Task A_mistake_in_a_dialog_is_named_by_file_line_and_code()
    {
        var dialogs = Path.Combine(folder, "dialogs");
        Directory.CreateDirectory(Path.Combine(dialogs, "officer"));
        foreach (var file in Directory.EnumerateFiles(Repository.Folder("dialogs"), "*.yaml").Concat(Directory.EnumerateFiles(Repository.Folder("dialogs/officer"), "*.yaml")))
            File.Copy(file, Path.Combine(dialogs, Path.GetRelativePath(Repository.Folder("dialogs"), file)));
        var prices = Path.Combine(dialogs, "prices.yaml");
        await File.WriteAllTextAsync(prices, (await File.ReadAllTextAsync(prices)).Replace("initial: ", "initial: no_such_", StringComparison.Ordinal));
        var (exitCode, _, errors) = await BotProcess.RunAsync(folder, [], "", new() { ["Dialogs__Path"] = dialogs });
        Assert.Equal(2, exitCode);
        Assert.Matches(@"dialogs/prices\.yaml:\d+:\d+ D0\d\d ", errors);
    }

    [Fact]
    public async Task The_chat_serves_the_main_job_line_by_line()
    {
        string[] lines =
        [
            "halo", "daftar", "setuju", "Siti Aminah", "3374147108909903", "jatisari", "ya", "3/5", "0812 3456 7899", "tidak", "1",
            "saldo", "pesan", "gula", "2", "1", "1",
        ];
        var (exitCode, replies, errors) = await BotProcess.RunAsync(folder, ["chat"], string.Join('\n', lines) + "\n");
        Assert.Equal(0, exitCode);
        Assert.Equal("", errors);
        Assert.Contains("resmi menjadi anggota", replies, StringComparison.Ordinal);
        Assert.Contains("Pokok: Rp100.000", replies, StringComparison.Ordinal);
        Assert.Contains("Nomor pesanan", replies, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private async Task ExpectRefusalAsync(string names, Dictionary<string, string> settings)
    {
        var (exitCode, _, errors) = await BotProcess.RunAsync(folder, [], "", settings);
        Assert.True(exitCode == 2, $"exit code {exitCode}: {errors}");
        Assert.Contains(names.Replace("__", ":", StringComparison.Ordinal), errors.Replace("__", ":", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Single(errors.Trim().Split('\n'));
    }
}
