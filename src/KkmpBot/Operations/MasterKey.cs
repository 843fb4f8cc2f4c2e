using System.Security.Cryptography;
using KkmpBot.Data;

namespace KkmpBot.Operations;

/// <summary>The key that everything personal is sealed with: a file of 32 random bytes in base64, readable by the owner only.</summary>
public static class MasterKey
{
    /// <summary>The file's name in the keys folder.</summary>
    public const string FileName = "master.key";

    private const int Length = 32;

    /// <summary>Opens the vault; a first start makes the key.</summary>
    /// <param name="folders">Where the key lies, and the data that it opens.</param>
    public static Vault OpenVault(Folders folders)
    {
        var path = Path.Combine(folders.Keys, FileName);
        if (!File.Exists(path))
        {
            if (File.Exists(Path.Combine(folders.Data, "kkmp.db")))
                throw new StartRefusedException($"{path} is missing, and without it the data in {folders.Data} cannot be opened. Restore it, or set Keys__Path.");
            Create(path);
        }
        var key = new byte[Length];
        return Convert.TryFromBase64String(File.ReadAllText(path).Trim(), key, out var written) && written == Length
            ? new Vault(key, ButtonKeyFile.Read(folders))
            : throw new StartRefusedException($"{path} is no master key: it has to hold 32 bytes in base64.");
    }

    private static void Create(string path) => WriteOwnersOnly(path, [Convert.ToBase64String(RandomNumberGenerator.GetBytes(Length))]);

    /// <summary>Writes a new file that only its owner may read.</summary>
    /// <param name="path">Must not exist.</param>
    /// <param name="lines">Its lines.</param>
    internal static void WriteOwnersOnly(string path, IEnumerable<string> lines)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var file = new StreamWriter(path, options);
        foreach (var line in lines)
            file.WriteLine(line);
    }
}
