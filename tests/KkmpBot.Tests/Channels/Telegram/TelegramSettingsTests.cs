using KkmpBot.Channels.Telegram;
using KkmpBot.Operations;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace KkmpBot.Tests.Channels.Telegram;

public sealed class TelegramSettingsTests
{
    private const string Token = "123:abc_-";

    [Fact]
    public void Without_a_token_telegram_is_off()
    {
        var services = new ServiceCollection().AddTelegram(Configuration(("Telegram:Mode", "webhook")));
        Assert.Empty(services);
    }

    [Fact]
    public void With_a_token_alone_it_polls_the_public_bot_api()
    {
        var settings = TelegramSettings.Read(Configuration(("Telegram:Token", Token)));
        Assert.Equal((TelegramMode.Polling, "https://api.telegram.org"), (settings.Mode, settings.BaseUrl));
        Assert.Null(settings.FindProblem());
    }

    [Fact]
    public void The_webhook_stands_under_the_public_address()
    {
        var settings = TelegramSettings.Read(Webhook("https://kkmp.example/", "rahasia_-1"));
        Assert.Null(settings.FindProblem());
        Assert.Equal("https://kkmp.example/channels/telegram/webhook", settings.WebhookUrl);
    }

    [Theory]
    [InlineData("", "rahasia", "PublicUrl")]
    [InlineData("kkmp.example", "rahasia", "PublicUrl")]
    [InlineData("https://kkmp.example", "", "Telegram:WebhookSecret")]
    [InlineData("https://kkmp.example", "kata rahasia", "Telegram:WebhookSecret")]
    [InlineData("https://kkmp.example", "rahasía", "Telegram:WebhookSecret")]
    public void A_webhook_that_cannot_work_is_told_in_one_sentence(string publicUrl, string secret, string names)
    {
        var problem = TelegramSettings.Read(Webhook(publicUrl, secret)).FindProblem();
        Assert.Contains(names, problem, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', problem!);
    }

    [Fact]
    public void A_secret_may_be_256_long_and_no_longer()
    {
        Assert.Null(TelegramSettings.Read(Webhook("https://kkmp.example", new string('a', 256))).FindProblem());
        Assert.NotNull(TelegramSettings.Read(Webhook("https://kkmp.example", new string('a', 257))).FindProblem());
    }

    [Fact]
    public void A_wrong_setting_stops_the_start_without_repeating_the_token()
    {
        var failure = Assert.Throws<StartRefusedException>(
            () => new ServiceCollection().AddTelegram(Configuration(("Telegram:Token", "123:sangat rahasia"))));
        Assert.DoesNotContain("rahasia", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Telegram:Token", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_base_url_that_is_none_is_told() =>
        Assert.Contains(
            "Telegram:BaseUrl",
            TelegramSettings.Read(Configuration(("Telegram:Token", Token), ("Telegram:BaseUrl", "api.telegram.org"))).FindProblem(),
            StringComparison.Ordinal);

    [Theory]
    [InlineData("push")]
    [InlineData("7")]
    public void A_mode_that_is_none_is_told(string mode) =>
        Assert.Contains(
            "Telegram:Mode",
            TelegramSettings.Read(Configuration(("Telegram:Token", Token), ("Telegram:Mode", mode))).FindProblem(),
            StringComparison.Ordinal);

    [Fact]
    public void Empty_settings_are_unset_ones()
    {
        var settings = TelegramSettings.Read(Configuration(("Telegram:Token", Token), ("Telegram:Mode", ""), ("Telegram:BaseUrl", "")));
        Assert.Null(settings.FindProblem());
        Assert.Equal((TelegramMode.Polling, "https://api.telegram.org"), (settings.Mode, settings.BaseUrl));
    }

    private static IConfiguration Webhook(string publicUrl, string secret) => Configuration(
        ("Telegram:Token", Token), ("Telegram:Mode", "webhook"), ("Telegram:WebhookSecret", secret), ("PublicUrl", publicUrl));

    private static IConfiguration Configuration(params (string Key, string Value)[] values) => new ConfigurationBuilder()
        .AddInMemoryCollection(values.Select(pair => KeyValuePair.Create(pair.Key, (string?)pair.Value)))
        .Build();
}
