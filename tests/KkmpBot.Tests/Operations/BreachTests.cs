using System.Text;
using KkmpBot.Channels;
using KkmpBot.Members;
using KkmpBot.Operations;
using KkmpBot.Tests.Conversations;
using KkmpBot.Tests.Data;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Tests.Operations;

/// <summary>After a breach those who have to be told are listed, and nobody else.</summary>
public sealed class BreachTests
{
    private static readonly DateTime Later = TestDatabase.Now.AddDays(1);

    [Fact]
    public async Task A_stolen_database_concerns_everybody_who_was_in_it()
    {
        await using var bot = await TestBot.StartAsync();
        long members = await bot.CountAsync("members");
        var all = await ListAsync(bot, new Breach(TestDatabase.Now.AddYears(-3), Later, null, null));
        Assert.Equal(members, all.Length);
        Assert.Contains(all, line => line.Contains("Sri Wahyuni,081200000001", StringComparison.Ordinal));
        Assert.Empty(await ListAsync(bot, new Breach(TestDatabase.Now, Later, "33.74.99.9999", null)));
        Assert.Empty(await ListAsync(bot, new Breach(TestDatabase.Now.AddYears(-9), TestDatabase.Now.AddYears(-8), null, null)));
    }

    [Fact]
    public async Task A_stolen_account_concerns_whom_it_looked_at()
    {
        await using var bot = await TestBot.StartAsync();
        await bot.TakeAsync(bot.Message(DemoPeople.TreasurerPhone, InboundKind.OwnContact, phone: DemoPeople.TreasurerPhone));
        foreach (string text in new[] { "terima", "sri wahyuni", "sri wahyuni" })
            await bot.TakeAsync(bot.Message(DemoPeople.TreasurerPhone, InboundKind.Text, text));
        byte[] phone = bot.Vault.Index("phone", DemoPeople.TreasurerPhone);
        long treasurer;
        await using (var connection = await bot.Database.OpenAsync(CancellationToken.None))
        await using (var db = bot.Database.Context(connection))
            treasurer = await db.Set<Person>().Where(person => person.PhoneIndex == phone).Select(person => person.Id).SingleAsync();
        var one = Assert.Single(await ListAsync(bot, new Breach(TestDatabase.Now.AddHours(-1), Later, null, treasurer)));
        Assert.Contains("Sri Wahyuni", one, StringComparison.Ordinal);
        Assert.Empty(await ListAsync(bot, new Breach(Later, Later.AddDays(1), null, treasurer)));
    }

    private static async Task<string[]> ListAsync(TestBot bot, Breach breach)
    {
        await using var connection = await bot.Database.OpenAsync(CancellationToken.None);
        await using var db = bot.Database.Context(connection);
        var list = await breach.ListAsync(db, bot.Vault, CancellationToken.None);
        return Encoding.UTF8.GetString(list.ToCsv()).ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries)[1..];
    }
}
