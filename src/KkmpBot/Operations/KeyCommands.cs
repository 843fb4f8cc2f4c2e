using System.CommandLine;
using KkmpBot.Data;

namespace KkmpBot.Operations;

/// <summary><c>keys rotate-buttons</c>, <c>keys rotate</c> and <c>keys retire</c>: new keys for buttons and for personal data, while the service runs.</summary>
public static class KeyCommands
{
    /// <summary>The command with its parts.</summary>
    public static Command Command()
    {
        var buttons = new Command("rotate-buttons", "sign buttons with a new key from the next start on; the key before it is still accepted");
        buttons.SetAction((_, ct) => RotateButtonsAsync(ct));
        var rotate = new Command("rotate", "seal personal data with a new master key; running servers take it up within two minutes and renew what is there");
        rotate.SetAction((_, ct) => RotateAsync(ct));
        var retire = new Command("retire", "forget the master keys before the newest, once nothing is sealed with them any more");
        retire.SetAction((_, ct) => RetireAsync(ct));
        return new Command("keys", "the keys beside the data") { buttons, rotate, retire };
    }

    private static async Task<int> RotateButtonsAsync(CancellationToken ct)
    {
        using var host = CommandHost.Build();
        var folders = host.Services.GetRequiredService<Folders>();
        ButtonKeyFile.Rotate(folders);
        await Console.Out.WriteLineAsync(
            $"{Path.Combine(folders.Keys, ButtonKeyFile.FileName)} has a new key. Restart the service; buttons sent until then can be pressed until the next rotation.".AsMemory(), ct);
        return 0;
    }

    private static async Task<int> RotateAsync(CancellationToken ct)
    {
        using var host = CommandHost.Build();
        var folders = host.Services.GetRequiredService<Folders>();
        var file = MasterKeyFile.Read(folders);
        if (file.Lines.Count >= KeyRing.MaxMasters)
            throw new StartRefusedException("The last rotation is not finished: run keys retire first.");
        file.With(host.Services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime + MasterKeyFile.Notice).Write(folders);
        await Console.Out.WriteLineAsync(
            "A new master key is in front. Back the keys folder up now, apart from the data. The service uses it in two minutes and renews what is there; then run keys retire.".AsMemory(), ct);
        return 0;
    }

    private static async Task<int> RetireAsync(CancellationToken ct)
    {
        using var host = CommandHost.Build();
        var folders = host.Services.GetRequiredService<Folders>();
        var database = host.Services.GetRequiredService<Database>();
        var vault = host.Services.GetRequiredService<Vault>();
        var file = MasterKeyFile.Read(folders);
        if (file.Lines.Count == 1)
        {
            await Console.Out.WriteLineAsync("There is one master key, nothing to retire.".AsMemory(), ct);
            return 0;
        }
        if (file.Lines[0].FromUtc > host.Services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime)
            throw new StartRefusedException("The newest master key is not used yet; wait two minutes.");
        await database.MigrateAsync(ct);
        vault.Use(file.RingAt(DateTime.MaxValue));
        long left = await new KeyRenewal(database, vault, RefuseToWrite).CountOldAsync(ct);
        if (left > 0)
        {
            await Console.Out.WriteLineAsync($"{left} values are still sealed with an older key; the running service renews them. Nothing was forgotten.".AsMemory(), ct);
            return 1;
        }
        await MasterKey.MarkAsync(database, vault, ct);
        file.Retired().Write(folders);
        await Console.Out.WriteLineAsync("The older master keys are forgotten. Backups from before need the keys folder that was backed up with them.".AsMemory(), ct);
        return 0;
    }

    private static Task RefuseToWrite(Func<System.Data.Common.DbConnection, System.Data.Common.DbTransaction, CancellationToken, Task> write, CancellationToken ct) =>
        throw new InvalidOperationException("Counting writes nothing.");
}
