using System.Security.Cryptography;
using KkmpBot.Channels;
using KkmpBot.Data;
using KkmpBot.Members;
using KkmpBot.Operations;
using KkmpBot.Tests.Processes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace KkmpBot.Tests.Operations;

/// <summary>The master key is renewed while people register: nobody is lost, nobody is there twice, and at the end the old key opens nothing.</summary>
public sealed class KeyRenewalTests
{
    private const int People = 24;
    private const string Channel = "test";

    [Fact]
    public async Task Rotation_while_turns_run_loses_nobody()
    {
        await using var bot = await InProcessBot.StartAsync(new Dictionary<string, string> { ["Turns__PerPersonPerMinute"] = "0", ["Demo__Enabled"] = "false" }, hasNetwork: false);
        var vault = bot.Services.GetRequiredService<Vault>();
        var folders = bot.Services.GetRequiredService<Folders>();
        var watch = bot.Services.GetRequiredService<KeyWatch>();
        var renewal = bot.Services.GetRequiredService<KeyRenewal>();
        byte[] oldMaster = MasterKeyFile.Read(folders).Lines[0].Key;
        await Task.WhenAll(Enumerable.Range(0, People / 2).Select(person => RegisterAsync(bot, person)));

        MasterKeyFile.Read(folders).With(DateTime.UnixEpoch).Write(folders);
        var later = Enumerable.Range(People / 2, People / 2).Select(person => RegisterAsync(bot, person)).ToList();
        // Those who were there before go on talking: their rows may lie under either index.
        later.AddRange(Enumerable.Range(0, People / 2).Select(person => SayAsync(bot, person, "status", "halo", "harga")));
        for (int round = 0; round < 3; round++)
            await watch.LookAsync(CancellationToken.None);
        await Task.WhenAll(later);
        await watch.LookAsync(CancellationToken.None);

        Assert.Equal(0, await renewal.CountOldAsync(CancellationToken.None));
        Assert.Equal(People, await bot.CountAsync("SELECT COUNT(*) FROM people"));
        Assert.Equal(People, await bot.CountAsync($"SELECT COUNT(*) FROM channel_addresses WHERE channel = '{Channel}'"));
        Assert.Equal(People, await bot.CountAsync("SELECT COUNT(*) FROM members WHERE status = 'pending'"));
        await CheckRetiredAsync(bot, folders, oldMaster);
        // The NIK of somebody from before the rotation is still theirs.
        await SayAsync(bot, People, "daftar", "setuju", "Orang Lain", Nik(0));
        Assert.Equal("register", await StandsAtAsync(bot, vault, People) ?? "register");
        Assert.Equal(People, await bot.CountAsync("SELECT COUNT(*) FROM members"));
    }

    [Fact]
    public void A_copy_that_has_not_heard_of_a_new_key_reads_the_file_when_it_meets_it()
    {
        byte[] first = RandomNumberGenerator.GetBytes(32), second = RandomNumberGenerator.GetBytes(32);
        using var ahead = new Vault(new KeyRing([second, first]));
        using var behind = new Vault(new KeyRing([first])) { Reload = () => new KeyRing([second, first]) };
        Assert.Equal("Sri", behind.Open(ahead.Seal("Sri")));
        Assert.Equal(ahead.Index("nik", "1"), behind.Index("nik", "1"));
    }

    [Fact]
    public void A_value_without_its_key_stays_closed_and_says_why()
    {
        using var writer = new Vault(RandomNumberGenerator.GetBytes(32));
        using var reader = new Vault(RandomNumberGenerator.GetBytes(32));
        var closed = Assert.Throws<CryptographicException>(() => reader.Open(writer.Seal("Sri")));
        Assert.Contains("master key that is not here", closed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Signatures_and_ids_outlive_the_first_master_key()
    {
        byte[] first = RandomNumberGenerator.GetBytes(32);
        using var before = new Vault(first);
        var retired = new MasterKeyFile([new MasterKeyLine(first, default)], null).With(DateTime.UnixEpoch).Retired();
        using var after = new Vault(retired.RingAt(TestDatabaseNow));
        Assert.Equal(before.WebTokenKey.ToArray(), after.WebTokenKey.ToArray());
        Assert.Equal(before.IdIndex("whatsapp update", "wamid.1"), after.IdIndex("whatsapp update", "wamid.1"));
        Assert.Equal(before.ButtonKeys, after.ButtonKeys);
        Assert.NotEqual(before.Index("nik", "1"), after.Index("nik", "1"));
    }

    private static DateTime TestDatabaseNow => KkmpBot.Tests.Data.TestDatabase.Now;

    // What keys retire leaves: the file without the old key opens everything, the old key alone nothing.
    private static async Task CheckRetiredAsync(InProcessBot bot, Folders folders, byte[] oldMaster)
    {
        var database = bot.Services.GetRequiredService<Database>();
        MasterKeyFile.Read(folders).Retired().Write(folders);
        using var newest = new Vault(MasterKeyFile.Read(folders).RingAt(TestDatabaseNow));
        using var oldest = new Vault(oldMaster);
        await using var connection = await database.OpenAsync(CancellationToken.None);
        await using var db = database.Context(connection);
        var members = await db.Set<Member>().AsNoTracking().ToListAsync();
        Assert.Equal(People, members.Select(member => newest.Open(member.Nik)).Distinct().Count());
        Assert.All(members, member => Assert.Equal(newest.Index("nik", newest.Open(member.Nik)), member.NikIndex));
        Assert.All(members, member => Assert.Throws<CryptographicException>(() => oldest.Open(member.Nik)));
        bot.Services.GetRequiredService<Vault>().Use(MasterKeyFile.Read(folders).RingAt(TestDatabaseNow));
    }

    private static Task RegisterAsync(InProcessBot bot, int person) =>
        SayAsync(bot, person, "daftar", "setuju", $"Warga {Letters(person)}", Nik(person), "jatisari", "ya", "RT 17 RW 19", $"0813987{person + 10000}", "tidak", "ya, kirim");

    private static async Task SayAsync(InProcessBot bot, int person, params string[] texts)
    {
        var take = bot.Services.GetRequiredService<TakeMessage>();
        foreach (string text in texts)
        {
            var message = new InboundMessage(Channel, $"{Guid.NewGuid():N}", $"person-{person}", InboundKind.Text, text);
            Assert.Equal(TurnReceipt.Committed, await take(message, CancellationToken.None));
        }
    }

    private static async Task<string?> StandsAtAsync(InProcessBot bot, Vault vault, int person)
    {
        var database = bot.Services.GetRequiredService<Database>();
        await using var connection = await database.OpenAsync(CancellationToken.None);
        await using var db = database.Context(connection);
        byte[] index = vault.Index($"address:{Channel}", $"person-{person}");
        long id = await db.Set<ChannelAddress>().Where(row => row.AddressIndex == index).Select(row => row.PersonId).SingleAsync();
        return await db.Set<KkmpBot.Data.Conversation>().Where(row => row.Id == id).Select(row => row.OpenDialog).SingleAsync();
    }

    private static string Letters(int person) => $"{(char)('A' + (person % 26))}{(char)('a' + (person / 26))}wan";

    private static string Nik(int person) => $"337414010190{person + 1000}";
}
