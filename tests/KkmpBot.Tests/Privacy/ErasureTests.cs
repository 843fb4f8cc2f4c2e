using System.Text;
using KkmpBot.Channels;
using KkmpBot.Data;
using KkmpBot.Tests.Conversations;
using KkmpBot.Tests.Data;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Tests.Privacy;

/// <summary>Somebody registers with values that nobody else has, complains, asks for their data, and has it erased: nothing of them is found.</summary>
public sealed class ErasureTests
{
    private const string Address = "stranger-markers";
    private const string Nik = "3374140101909920";
    private const string Nip = "199001012015041003";
    private const string Phone = "+6281398761234";
    private const string Name = "Kusumaningtyas Wirabrata";
    private const string Complaint = "terasinya licin tergenang";
    private static readonly string[] Markers = [Nik, Nip, Phone, Phone[3..], Name, "Kusumaningtyas", Complaint, "RT 017/RW 019", "017/019", Address];

    [Fact]
    public async Task After_hapus_data_saya_only_pseudonymous_lines_are_left()
    {
        await using var bot = await TestBot.StartAsync();
        await RegisterAsync(bot);
        await SayAsync(bot, "keluhan", "pelayanan", Complaint, "ya");
        var before = await HeldAsync(bot);
        Assert.Contains(Name, before, StringComparison.Ordinal);
        Assert.Contains(Complaint, before, StringComparison.Ordinal);
        await SayAsync(bot, "data saya", "lihat data saya", "berkas komputer");
        var given = Encoding.UTF8.GetString(bot.Inbox[Address].Last(message => message.File is not null).File!.Bytes);
        Assert.Contains(Name, given, StringComparison.Ordinal);
        Assert.Contains(Complaint, given, StringComparison.Ordinal);
        Assert.DoesNotContain(Nik, given, StringComparison.Ordinal);

        await SayAsync(bot, "hapus data saya", "ya hapus");
        Assert.Contains("sudah dihapus", bot.Inbox[Address][^1].Text, StringComparison.Ordinal);
        await bot.WaitAsync(TimeSpan.FromMinutes(16));

        var after = await HeldAsync(bot);
        Assert.DoesNotContain(Markers, marker => after.Contains(marker, StringComparison.OrdinalIgnoreCase));
        Assert.Empty(await IndexesAsync(bot));
        // The proof of consent and a register line without a name are what the law keeps.
        Assert.Equal(1, await bot.CountAsync("members WHERE status = 'left' AND number IS NULL"));
        Assert.Equal(1, await bot.CountAsync("audit_log WHERE act = 'privacy.erased'"));
    }

    [Fact]
    public async Task Who_registers_again_within_the_quarter_of_an_hour_is_left_alone()
    {
        await using var bot = await TestBot.StartAsync();
        await RegisterAsync(bot);
        await SayAsync(bot, "hapus data saya", "ya hapus");
        await RegisterAsync(bot);
        await bot.WaitAsync(TimeSpan.FromHours(1));
        Assert.Contains(Name, await HeldAsync(bot), StringComparison.Ordinal);
        await SayAsync(bot, "status");
        Assert.Contains("Kusumaningtyas", bot.Inbox[Address][^1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dead_letter_goes_with_its_writer()
    {
        await using var bot = await TestBot.StartAsync();
        await RegisterAsync(bot);
        await using (var connection = await bot.Database.OpenAsync(CancellationToken.None))
        await using (var db = bot.Database.Context(connection))
        {
            foreach (string address in new[] { Address, "stranger-else" })
                db.Add(KkmpBot.Conversations.DeadLetters.Of(bot.Message(address, InboundKind.Text, Complaint), "poison", "test", bot.Vault, TestDatabase.Now));
            await db.SaveChangesAsync();
        }
        await SayAsync(bot, "hapus data saya", "ya hapus");
        Assert.Equal(1, await bot.CountAsync("dead_letters"));
    }

    private static async Task RegisterAsync(TestBot bot)
    {
        await SayAsync(
            bot, "daftar", "setuju", Name, Nik, "jatisari", "ya", "RT 17 RW 19", Phone, "ya", "ya", Nip, "ya, kirim");
        Assert.Contains("menunggu persetujuan", bot.Inbox[Address][^1].Text, StringComparison.Ordinal);
    }

    private static async Task SayAsync(TestBot bot, params string[] texts)
    {
        foreach (string text in texts)
            await bot.TakeAsync(bot.Message(Address, InboundKind.Text, text));
    }

    // Everything that the database holds, opened: what somebody with the keys could read of anybody.
    private static async Task<string> HeldAsync(TestBot bot)
    {
        var all = new StringBuilder();
        await using var connection = await bot.Database.OpenAsync(CancellationToken.None);
        await using var db = bot.Database.Context(connection);
        foreach (var table in db.Model.GetEntityTypes().Select(entity => entity.GetTableName()!).Distinct())
        {
            await using var query = connection.CreateCommand();
            query.CommandText = $"SELECT * FROM {table}";
            await using var rows = await query.ExecuteReaderAsync();
            while (await rows.ReadAsync())
            {
                for (int i = 0; i < rows.FieldCount; i++)
                {
                    if (!rows.IsDBNull(i))
                        all.Append(rows.GetValue(i) is byte[] bytes ? Opened(bot.Vault, bytes) : rows.GetValue(i)).Append('\n');
                }
            }
        }
        return all.ToString();
    }

    private static string Opened(Vault vault, byte[] bytes)
    {
        try
        {
            return System.Text.RegularExpressions.Regex.Unescape(Encoding.UTF8.GetString(vault.OpenBytes(bytes)).Replace("\\\"", "\"", StringComparison.Ordinal));
        }
        catch (Exception closed) when (closed is System.Security.Cryptography.CryptographicException or System.Text.RegularExpressions.RegexParseException)
        {
            return Encoding.Latin1.GetString(bytes);
        }
    }

    private static async Task<IReadOnlyList<string>> IndexesAsync(TestBot bot)
    {
        (string Table, string Column, byte[] Index)[] looked =
        [
            ("members", "nik_index", bot.Vault.Index("nik", Nik)), ("members", "nip_index", bot.Vault.Index("nip", Nip)),
            ("people", "phone_index", bot.Vault.Index("phone", Phone)), ("channel_addresses", "address_index", bot.Vault.Index("address:console", Address)),
        ];
        var found = new List<string>();
        await using var connection = await bot.Database.OpenAsync(CancellationToken.None);
        foreach (var (table, column, index) in looked)
        {
            await using var query = Commands.Command(connection, null, $"SELECT COUNT(*) FROM {table} WHERE {column} = @index", ("index", index));
            if (Convert.ToInt64(await query.ExecuteScalarAsync(), System.Globalization.CultureInfo.InvariantCulture) > 0)
                found.Add($"{table}.{column}");
        }
        return found;
    }
}
