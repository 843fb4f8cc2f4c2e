namespace KkmpBot.Tests.Processes;

/// <summary>A backup of a running service, and the way back: with the keys it opens, without them it stays closed and says why.</summary>
[Trait("Category", "Process")]
[Collection(nameof(OneProcessAtATime))]
public sealed class RestoreDrillTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("kkmp-restore-").FullName;

    [Fact]
    public async Task A_backup_of_a_running_service_is_restored_with_its_keys_and_stays_closed_without()
    {
        var file = Path.Combine(folder, "backup.db");
        var keys = Path.Combine(folder, "kept-keys");
        await using (var bot = await BotProcess.ServeAsync([]))
        {
            var (exitCode, printed, errors) = await BotProcess.RunAsync(bot.Folder, ["backup", "--to", file], "");
            Assert.True(exitCode == 0, errors);
            Assert.Contains(", 0 bad", printed, StringComparison.Ordinal);
            var (again, _, why) = await BotProcess.RunAsync(bot.Folder, ["backup", "--to", file], "");
            Assert.Equal(2, again);
            Assert.Contains("exists already", why, StringComparison.Ordinal);
            await bot.KillAsync();
            Directory.Move(Path.Combine(bot.Folder, "keys"), keys);
        }

        var restored = Restore(file, "restored");
        var (closed, _, reason) = await BotProcess.RunAsync(restored, ["chat", "--as", "081200000001"], "saldo\n");
        Assert.Equal(2, closed);
        Assert.Contains("master.key is missing", reason, StringComparison.Ordinal);

        Directory.Delete(Path.Combine(restored, "keys"), recursive: true);
        Directory.Move(keys, Path.Combine(restored, "keys"));
        var (open, said, _) = await BotProcess.RunAsync(restored, ["chat", "--as", "081200000001"], "saldo\n");
        Assert.Equal(0, open);
        Assert.Contains("Pokok: Rp100.000", said, StringComparison.Ordinal);
        var (verified, books, _) = await BotProcess.RunAsync(restored, ["ledger", "verify"], "");
        Assert.True(verified == 0, books);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private string Restore(string file, string name)
    {
        var home = Path.Combine(folder, name);
        Directory.CreateDirectory(Path.Combine(home, "data"));
        File.Copy(file, Path.Combine(home, "data", "kkmp.db"));
        return home;
    }
}
