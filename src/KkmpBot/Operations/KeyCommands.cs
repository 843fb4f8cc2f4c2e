using System.CommandLine;

namespace KkmpBot.Operations;

/// <summary><c>keys rotate-buttons</c>: signs buttons with a new key from the next start on.</summary>
public static class KeyCommands
{
    /// <summary>The command with its parts.</summary>
    public static Command Command()
    {
        var rotate = new Command("rotate-buttons", "sign buttons with a new key from the next start on; the key before it is still accepted");
        rotate.SetAction((_, ct) => RotateAsync(ct));
        return new Command("keys", "the keys beside the data") { rotate };
    }

    private static async Task<int> RotateAsync(CancellationToken ct)
    {
        using var host = CommandHost.Build();
        var folders = host.Services.GetRequiredService<Folders>();
        ButtonKeyFile.Rotate(folders);
        await Console.Out.WriteLineAsync(
            $"{Path.Combine(folders.Keys, ButtonKeyFile.FileName)} has a new key. Restart the service; buttons sent until then can be pressed until the next rotation.".AsMemory(), ct);
        return 0;
    }
}
