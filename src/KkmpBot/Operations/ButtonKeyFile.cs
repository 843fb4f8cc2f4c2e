using System.Security.Cryptography;
using KkmpBot.Data;

namespace KkmpBot.Operations;

/// <summary>
/// The keys that sign buttons, when the one derived from the master key was replaced: <c>buttons.key</c> in the keys folder, a key a line, 32
/// bytes in base64, the newest first. Every copy of the program reads it at its start.
/// </summary>
public static class ButtonKeyFile
{
    /// <summary>The file's name in the keys folder.</summary>
    public const string FileName = "buttons.key";

    private const int Length = 32;

    /// <summary>The keys, newest first; none when the derived one was never replaced.</summary>
    /// <param name="folders">Where the file lies.</param>
    public static IReadOnlyList<byte[]> Read(Folders folders)
    {
        var path = Path.Combine(folders.Keys, FileName);
        if (!File.Exists(path))
            return [];
        var lines = File.ReadLines(path).Where(line => !string.IsNullOrWhiteSpace(line)).Take(Vault.MaxButtonKeys);
        return [.. lines.Select(line => ReadKey(line, path))];
    }

    /// <summary>Adds a new key in front; the one that signed until now stays accepted, older ones are forgotten.</summary>
    /// <param name="folders">Where the file lies.</param>
    public static void Rotate(Folders folders)
    {
        var path = Path.Combine(folders.Keys, FileName);
        var keys = Read(folders).Prepend(RandomNumberGenerator.GetBytes(Length)).Take(Vault.MaxButtonKeys);
        var next = $"{path}.{Guid.NewGuid():N}";
        MasterKey.WriteOwnersOnly(next, keys.Select(Convert.ToBase64String));
        File.Move(next, path, overwrite: true);
    }

    private static byte[] ReadKey(string line, string path)
    {
        var key = new byte[Length];
        return Convert.TryFromBase64String(line.Trim(), key, out var written) && written == Length
            ? key
            : throw new StartRefusedException($"{path} holds a line that is no key: each has to be 32 bytes in base64.");
    }
}
