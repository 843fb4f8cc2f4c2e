using System.Security.Cryptography;
using KkmpBot.Data;
using KkmpBot.Operations;
using KkmpBot.Tests.Data;

namespace KkmpBot.Tests.Operations;

public sealed class MasterKeyTests
{
    [Fact]
    public async Task A_server_with_another_key_than_the_first_is_refused()
    {
        await using var test = await TestDatabase.CreateAsync();
        var folders = new Folders("dialogs", "data", "keys-of-the-second");
        await MasterKey.CheckAsync(test.Database, test.Vault, folders, CancellationToken.None);
        await MasterKey.CheckAsync(test.Database, test.Vault, folders, CancellationToken.None);
        var other = new Vault(RandomNumberGenerator.GetBytes(32));
        var refused = await Assert.ThrowsAsync<StartRefusedException>(() => MasterKey.CheckAsync(test.Database, other, folders, CancellationToken.None));
        Assert.Contains("keys-of-the-second", refused.Message, StringComparison.Ordinal);
    }
}
