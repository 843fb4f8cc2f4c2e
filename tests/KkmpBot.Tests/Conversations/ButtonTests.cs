using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using KkmpBot.Channels;
using KkmpBot.Conversations;
using KkmpBot.Data;
using KkmpBot.Operations;

namespace KkmpBot.Tests.Conversations;

public sealed class ButtonTests
{
    private const string Stale = "Tombol itu sudah tidak berlaku.";
    private static readonly byte[] Master = RandomNumberGenerator.GetBytes(32);

    [Fact]
    public void A_token_comes_back_as_what_it_stood_for_and_fits_every_platform()
    {
        var tokens = new ButtonTokens(new Vault(Master));
        foreach (var button in new[] { new PressedButton(1, 1, 0), new PressedButton(long.MaxValue, int.MaxValue, short.MaxValue) })
        {
            var token = tokens.Write(button);
            Assert.InRange(Encoding.UTF8.GetByteCount(token), 1, 64);
            Assert.Equal(button, tokens.Read(token));
        }
    }

    [Fact]
    public async Task A_button_under_news_opens_its_dialog_days_later_and_in_the_middle_of_another_but_for_nobody_else()
    {
        await using var bot = await TestBot.StartAsync();
        var (sri, budi) = (DemoData.PhoneOf("member"), DemoData.PhoneOf("neighbour"));
        foreach (var phone in new[] { sri, budi })
            await bot.TakeAsync(bot.Message(phone, InboundKind.OwnContact, phone: phone));
        var person = bot.Inbox[sri][^1].ConversationId;
        var button = NewsButtons.Write(new ButtonTokens(bot.Vault), person, "order", "Pesan sekarang");
        await bot.WaitAsync(TimeSpan.FromDays(7));
        foreach (var before in new[] { "menu", "keluhan" })
        {
            await bot.TakeAsync(bot.Message(sri, InboundKind.Text, before));
            await bot.TakeAsync(bot.Message(sri, InboundKind.Button, token: button.Token));
            Assert.StartsWith("Mau pesan apa", bot.Inbox[sri][^1].Text, StringComparison.Ordinal);
        }
        await bot.TakeAsync(bot.Message(budi, InboundKind.Button, token: button.Token));
        Assert.StartsWith(Stale, bot.Inbox[budi][^1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_changed_bit_anywhere_is_a_forgery()
    {
        var tokens = new ButtonTokens(new Vault(Master));
        var bytes = Base64Url.DecodeFromChars(tokens.Write(new PressedButton(7, 3, 1)));
        for (var bit = 0; bit < bytes.Length * 8; bit++)
        {
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.Null(tokens.Read(Base64Url.EncodeToString(bytes)));
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
        }
        Assert.NotNull(tokens.Read(Base64Url.EncodeToString(bytes)));
    }

    [Fact]
    public void After_a_rotation_the_newest_key_signs_and_the_one_before_is_accepted()
    {
        var folder = Directory.CreateTempSubdirectory("kkmp-keys-");
        try
        {
            var folders = new Folders("", folder.FullName, folder.FullName);
            var button = new PressedButton(7, 3, 1);
            var first = new ButtonTokens(MasterKey.OpenVault(folders)).Write(button);
            ButtonKeyFile.Rotate(folders);
            var rotated = new ButtonTokens(MasterKey.OpenVault(folders));
            var second = rotated.Write(button);
            Assert.NotEqual(first, second);
            Assert.Equal(button, rotated.Read(first));
            Assert.Equal(button, rotated.Read(second));
            ButtonKeyFile.Rotate(folders);
            var again = new ButtonTokens(MasterKey.OpenVault(folders));
            Assert.Null(again.Read(first));
            Assert.Equal(button, again.Read(second));
            if (!OperatingSystem.IsWindows())
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(folder.FullName, ButtonKeyFile.FileName)));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task A_stale_press_is_answered_politely_and_does_nothing()
    {
        await using var bot = await TestBot.StartAsync();
        var old = await MenuAsync(bot, "a");
        await MenuAsync(bot, "a");
        await AssertRefusedAsync(bot, "a", old);
    }

    [Fact]
    public async Task A_doubled_press_counts_once()
    {
        await using var bot = await TestBot.StartAsync();
        var token = await MenuAsync(bot, "a");
        await bot.TakeAsync(bot.Message("a", InboundKind.Button, token: token));
        Assert.DoesNotContain(Stale, bot.Inbox["a"][^1].Text, StringComparison.Ordinal);
        await AssertRefusedAsync(bot, "a", token);
    }

    [Fact]
    public async Task A_press_on_somebody_elses_button_does_nothing()
    {
        await using var bot = await TestBot.StartAsync();
        var token = await MenuAsync(bot, "a");
        await MenuAsync(bot, "b");
        await AssertRefusedAsync(bot, "b", token);
    }

    [Theory]
    [InlineData("")]
    [InlineData("beras")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("****************************????")]
    public async Task A_forged_press_does_nothing(string token)
    {
        await using var bot = await TestBot.StartAsync();
        await MenuAsync(bot, "a");
        await AssertRefusedAsync(bot, "a", token);
    }

    private static async Task<string> MenuAsync(TestBot bot, string address)
    {
        await bot.TakeAsync(bot.Message(address, InboundKind.Text, "menu"));
        return bot.Inbox[address][^1].Buttons[0].Token;
    }

    // The question stands where it stood, said again with buttons that work.
    private static async Task AssertRefusedAsync(TestBot bot, string address, string token)
    {
        var before = await bot.AskedAsync(address);
        await bot.TakeAsync(bot.Message(address, InboundKind.Button, token: token));
        var reply = bot.Inbox[address][^1];
        Assert.StartsWith(Stale, reply.Text, StringComparison.Ordinal);
        Assert.Equal(before, await bot.AskedAsync(address));
        foreach (var button in reply.Buttons.Take(1))
        {
            await bot.TakeAsync(bot.Message(address, InboundKind.Button, token: button.Token));
            Assert.DoesNotContain(Stale, bot.Inbox[address][^1].Text, StringComparison.Ordinal);
        }
    }
}
