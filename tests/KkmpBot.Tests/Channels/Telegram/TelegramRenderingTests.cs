using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using KkmpBot.Channels;
using KkmpBot.Channels.Telegram;
using KkmpBot.Channels.Telegram.BotApi;
using KkmpBot.Tests.Platforms.BotApi;
using Microsoft.Extensions.Logging.Abstractions;

namespace KkmpBot.Tests.Channels.Telegram;

/// <summary>Our message, and the exact call it becomes; the strict Bot API accepts every one.</summary>
public sealed class TelegramRenderingTests
{
    private const string ShareButton = """[{"text":"Bagikan nomor HP saya","request_contact":true}]""";

    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static TheoryData<string, OutboundButton[], bool, string> Messages() => new()
    {
        { "Halo <b>Bu</b> & _Pak_ *ya* [a](b) `c` ~d~ > #e", [], false, """{"remove_keyboard":true}""" },
        {
            "Benar?", [new("tok1", "Ya, pesan"), new("tok2", "Batal", "detail")], false,
            """{"inline_keyboard":[[{"text":"Ya, pesan","callback_data":"tok1"}],[{"text":"Batal","callback_data":"tok2"}]]}"""
        },
        { "Nomor HP?", [], true, $$"""{"keyboard":[{{ShareButton}}],"resize_keyboard":true,"one_time_keyboard":true}""" },
        {
            "Nomor HP?", [new("tok", "Batal")], true,
            $$"""{"keyboard":[{{ShareButton}},[{"text":"Batal"}]],"resize_keyboard":true,"one_time_keyboard":true}"""
        },
    };

    [Theory]
    [MemberData(nameof(Messages))]
    public async Task A_message_becomes_this_call(string text, OutboundButton[] buttons, bool wantsContact, string keyboard)
    {
        await using var api = await BotApiEmulator.StartAsync();
        var person = StartedPerson(api);

        await SendAsync(api, new OutboundMessage(1, 1, Text(person.Id), text, buttons, wantsContact));

        var call = Assert.Single(api.Calls);
        Assert.Equal("sendMessage", call.Method);
        Assert.Equal(
            $$"""{"chat_id":{{person.Id}},"text":"{{text}}","link_preview_options":{"is_disabled":true},"reply_markup":{{keyboard}}}""",
            call.Parameters.ToJsonString(Relaxed));
        Assert.Empty(api.Violations);
    }

    [Theory]
    [InlineData("image/png", 1024, "sendPhoto")]
    [InlineData("application/pdf", 1024, "sendDocument")]
    [InlineData("image/png", 1025, "sendPhoto", "sendMessage")]
    public async Task A_file_carries_the_words_as_its_caption_where_they_fit(string mimeType, int length, params string[] methods)
    {
        await using var api = await BotApiEmulator.StartAsync();
        var person = StartedPerson(api);
        var text = new string('é', length);

        await SendAsync(api, new OutboundMessage(1, 1, Text(person.Id), text, [new("t", "Ya")], File: new("kode.png", mimeType, [1, 2, 3])));

        Assert.Empty(api.Violations);
        Assert.Equal(methods, api.Calls.Select(call => call.Method));
        Assert.Equal("kode.png", person.Received[0].FileName);
        Assert.Equal(text, person.Received[^1].Text);
        Assert.Equal("t", Assert.Single(person.Received[^1].Buttons).Data);
    }

    [Fact]
    public async Task Only_the_last_part_of_a_long_text_carries_the_buttons()
    {
        await using var api = await BotApiEmulator.StartAsync();
        var person = StartedPerson(api);
        var line = new string('x', 3000);

        await SendAsync(api, new OutboundMessage(1, 1, Text(person.Id), $"{line}\n{line}", [new("t", "Ya")]));

        Assert.Equal([0, 1], person.Received.Select(message => message.Buttons.Count));
        Assert.Equal([line, line], person.Received.Select(message => message.Text));
        Assert.Empty(api.Violations);
    }

    [Fact]
    public async Task The_keyboard_that_asks_for_the_number_goes_away_with_the_next_words()
    {
        await using var api = await BotApiEmulator.StartAsync();
        var person = StartedPerson(api);

        await SendAsync(api, new OutboundMessage(1, 1, Text(person.Id), "Nomor HP?", [], WantsContact: true));
        Assert.Equal(TelegramRendering.ShareNumberLabel, Assert.Single(person.Keyboard!).Label);
        await SendAsync(api, new OutboundMessage(2, 1, Text(person.Id), "Terima kasih.", []));
        Assert.Null(person.Keyboard);
    }

    [Fact]
    public void A_long_label_is_shortened_and_a_full_token_kept()
    {
        var token = new string('t', 64);
        var request = Assert.Single(TelegramRendering.Render(
            new OutboundMessage(1, 1, "1", "x", [new(token, new string('a', 62) + "😀😀")]), 1));
        var button = Assert.IsType<InlineKeyboardMarkup>(request.ReplyMarkup).InlineKeyboard[0][0];
        Assert.Equal((token, new string('a', 62) + "…"), (button.CallbackData, button.Text));
    }

    [Theory]
    [InlineData(65, "t")]
    [InlineData(33, "é")]
    [InlineData(0, "t")]
    public void A_token_that_does_not_fit_is_a_bug(int count, string unit) => Assert.Throws<ArgumentException>(
        () => TelegramRendering.Render(
            new OutboundMessage(1, 1, "1", "x", [new(string.Concat(Enumerable.Repeat(unit, count)), "Ya")]), 1));

    private static async Task SendAsync(BotApiEmulator api, OutboundMessage message)
    {
        using var http = TelegramClient.CreateHttp();
        var client = new TelegramClient(http, new TelegramSettings { Token = api.Token, BaseUrl = api.BaseUrl }, TimeProvider.System);
        var channel = new TelegramChannel(client, TimeProvider.System, NullLogger<TelegramChannel>.Instance);
        Assert.IsType<DeliveryResult.Sent>(await channel.SendAsync(message, CancellationToken.None));
    }

    private static BotApiPerson StartedPerson(BotApiEmulator api)
    {
        var person = api.AddPerson("Sri");
        person.HasStarted = true;
        return person;
    }

    private static string Text(long id) => id.ToString(CultureInfo.InvariantCulture);
}
