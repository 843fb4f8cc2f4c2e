using System.Security.Cryptography;
using KkmpBot.Operations;
using KkmpBot.Tests.Data;

namespace KkmpBot.Tests.Operations;

/// <summary>A copy of the data opens with its keys and stays closed without them, and says why.</summary>
public sealed class CopiedDataTests
{
    [Fact]
    public async Task A_copy_opens_with_its_keys_only()
    {
        await using var test = await TestDatabase.CreateAsync();
        var place = Directory.CreateTempSubdirectory("kkmp-copy-");
        try
        {
            var own = FoldersIn(place, "own");
            using var first = MasterKey.OpenVault(own);
            await MasterKey.CheckAsync(test.Database, first, own, CancellationToken.None);
            var name = first.Seal("Kusumaningtyas");
            await File.WriteAllBytesAsync(Path.Combine(own.Data, "kkmp.db"), await test.BytesAsync());

            // The data alone, on another machine: no key is made up for it.
            var stolen = FoldersIn(place, "stolen");
            File.Copy(Path.Combine(own.Data, "kkmp.db"), Path.Combine(stolen.Data, "kkmp.db"));
            var closed = Assert.Throws<StartRefusedException>(() => MasterKey.OpenVault(stolen));
            Assert.Contains("cannot be opened", closed.Message, StringComparison.Ordinal);

            // With somebody else's key.
            await File.WriteAllTextAsync(Path.Combine(stolen.Keys, MasterKey.FileName), Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));
            using var other = MasterKey.OpenVault(stolen);
            var refused = await Assert.ThrowsAsync<StartRefusedException>(() => MasterKey.CheckAsync(test.Database, other, stolen, CancellationToken.None));
            Assert.Contains("stays closed", refused.Message, StringComparison.Ordinal);
            Assert.Throws<CryptographicException>(() => other.Open(name));

            // With its own.
            var restored = FoldersIn(place, "restored");
            File.Copy(Path.Combine(own.Keys, MasterKey.FileName), Path.Combine(restored.Keys, MasterKey.FileName));
            using var again = MasterKey.OpenVault(restored);
            await MasterKey.CheckAsync(test.Database, again, restored, CancellationToken.None);
            Assert.Equal("Kusumaningtyas", again.Open(name));
        }
        finally
        {
            place.Delete(recursive: true);
        }
    }

    private static Folders FoldersIn(DirectoryInfo place, string name)
    {
        var folders = new Folders("dialogs", Path.Combine(place.FullName, name, "data"), Path.Combine(place.FullName, name, "keys"));
        Directory.CreateDirectory(folders.Data);
        Directory.CreateDirectory(folders.Keys);
        return folders;
    }
}
