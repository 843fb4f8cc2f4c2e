using KkmpBot.Conversations;
using KkmpBot.Tests.Data;

namespace KkmpBot.Tests.Conversations;

/// <summary>What waits in the outbox is what was written there.</summary>
public sealed class OutboxPayloadTests
{
    [Fact]
    public async Task A_message_with_a_file_is_sealed_and_comes_back_whole()
    {
        await using var test = await TestDatabase.CreateAsync();
        var sealedRow = new OutboxPayload("555", "Kode ambil", [new("t", "Ya")], false, new("kode.png", "image/png", [1, 2, 3])).Seal(test.Vault);

        var opened = OutboxPayload.Open(test.Vault, sealedRow);

        Assert.Equal("kode.png", opened.File!.Name);
        Assert.True(opened.File.IsPicture);
        Assert.Equal([1, 2, 3], opened.File.Bytes);
        Assert.Equal("t", Assert.Single(opened.Buttons).Token);
    }
}
