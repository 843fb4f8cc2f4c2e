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
        var vault = new Vault(MasterKeyFile.Read(folders).RingAt(TimeProvider.System.GetUtcNow().UtcDateTime), ButtonKeyFile.Read(folders));
        vault.Reload = () => MasterKeyFile.Read(folders).RingAt(TimeProvider.System.GetUtcNow().UtcDateTime);
        return vault;
    }

    /// <summary>Refuses a key that is not the one the database is written with, such as a fresh one of a second server; the first key leaves its mark.</summary>
    /// <param name="database">Migrated.</param>
    /// <param name="vault">With the key of this server.</param>
    /// <param name="folders">Where the key lies.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task CheckAsync(Database database, Vault vault, Folders folders, CancellationToken ct)
    {
        var mark = vault.Index("key mark", "kkmp");
        await using var connection = await database.OpenAsync(ct);
        await using var read = connection.Command(null, "SELECT mark FROM key_marks WHERE id = @id", ("id", KeyMark.OnlyId));
        var first = await read.ExecuteScalarAsync(ct) as byte[];
        if (first is null)
        {
            // Of two first servers at once, one leaves its mark and both read it.
            await using var leave = connection.Command(
                null, "INSERT INTO key_marks (id, mark) VALUES (@id, @mark) ON CONFLICT DO NOTHING", ("id", KeyMark.OnlyId), ("mark", mark));
            await leave.ExecuteNonQueryAsync(ct);
            first = await read.ExecuteScalarAsync(ct) as byte[];
        }
        if (!vault.Indexes("key mark", "kkmp").Any(known => known.AsSpan().SequenceEqual(first)))
        {
            throw new StartRefusedException(
                $"{Path.Combine(folders.Keys, FileName)} is not the key that the database is written with, so its personal data stays closed. Copy that one, or set Keys__Path.");
        }
    }

    /// <summary>Writes the mark of the active key in place of the one before.</summary>
    /// <param name="database">Migrated.</param>
    /// <param name="vault">With the active key.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task MarkAsync(Database database, Vault vault, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        await using var update = connection.Command(
            null, "UPDATE key_marks SET mark = @mark WHERE id = @id", ("id", KeyMark.OnlyId), ("mark", vault.Index("key mark", "kkmp")));
        await update.ExecuteNonQueryAsync(ct);
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
