using System.Diagnostics;
using System.Text.Json.Nodes;
using KkmpBot.Channels;
using KkmpBot.Channels.Telegram;
using KkmpBot.Tests.Platforms.BotApi;
using Microsoft.Extensions.Logging;

namespace KkmpBot.Tests.Channels.Telegram;

/// <summary>Polling confirms what is committed and nothing else, whatever fails in between.</summary>
public sealed class TelegramPollerTests
{
    private static readonly HurriedTime Hurried = new(20);

    [Fact]
    public async Task Committed_updates_are_confirmed_and_each_chat_keeps_its_order()
    {
        await using var api = await BotApiEmulator.StartAsync();
        var (sri, budi) = (api.AddPerson("Sri"), api.AddPerson("Budi"));
        for (var i = 0; i < 60; i++)
        {
            (i % 3 == 0 ? budi : sri).SendText($"{i}");
        }

        await using var service = await TelegramServiceUnderTest.StartAsync(api, TelegramMode.Polling);
        await Eventually.HoldsAsync(() => api.UnconfirmedUpdates == 0);

        string[] Of(string name) => [.. service.Committed.Where(message => message.SenderName == name).Select(message => message.Text!)];
        Assert.Equal(Enumerable.Range(0, 60).Where(i => i % 3 == 0).Select(i => $"{i}"), Of("Budi"));
        Assert.Equal(Enumerable.Range(0, 60).Where(i => i % 3 != 0).Select(i => $"{i}"), Of("Sri"));
        Assert.Equal(60, service.Handed.Count);
        Assert.Empty(api.Violations);
    }

    [Theory]
    [InlineData(TurnReceipt.Failed)]
    [InlineData(TurnReceipt.Full)]
    [InlineData(null)]
    public async Task What_could_not_be_taken_is_not_confirmed_and_comes_again_in_order(TurnReceipt? receipt)
    {
        await using var api = await BotApiEmulator.StartAsync();
        var (sri, budi) = (api.AddPerson("Sri"), api.AddPerson("Budi"));
        var first = sri.SendText("satu");
        var second = sri.SendText("dua");
        var other = budi.SendText("tiga");
        var isDown = true;

        await using var service = await TelegramServiceUnderTest.StartAsync(
            api,
            TelegramMode.Polling,
            message => message.Text == "satu" && isDown ? receipt ?? throw new InvalidOperationException("disk") : TurnReceipt.Committed,
            Hurried);
        await Eventually.HoldsAsync(() => service.Handed.Contains($"{other}: Duplicate"));
        Assert.Equal(3, api.UnconfirmedUpdates);
        Assert.DoesNotContain(service.Committed, message => message.Text == "dua");

        isDown = false;
        await Eventually.HoldsAsync(() => api.UnconfirmedUpdates == 0);
        var ofSri = service.Committed.Where(message => message.SenderName == "Sri");
        Assert.Equal([$"{first}", $"{second}"], ofSri.Select(message => message.UpdateKey));
        Assert.Equal(3, service.Committed.Count);
    }

    [Fact]
    public async Task What_concerns_nobody_or_cannot_be_read_is_passed_over()
    {
        await using var api = await BotApiEmulator.StartAsync();
        var sri = api.AddPerson("Sri");
        api.SendUpdate("channel_post", new JsonObject { ["text"] = "x" });
        api.SendUpdate("message", new JsonObject { ["chat"] = "bukan ruang" });
        sri.SendMessage(new JsonObject { ["pinned_message"] = new JsonObject() });
        sri.SendText("halo");

        await using var service = await TelegramServiceUnderTest.StartAsync(api, TelegramMode.Polling);
        await Eventually.HoldsAsync(() => api.UnconfirmedUpdates == 0);

        Assert.Equal("halo", Assert.Single(service.Committed).Text);
        Assert.Contains(service.Log.Lines, line => line.Text.Contains("cannot be read", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_doubled_delivery_is_handed_in_again_and_confirmed_as_a_duplicate()
    {
        await using var api = await BotApiEmulator.StartAsync();
        api.Faults.DeliverTwice = true;
        var id = api.AddPerson("Sri").SendText("halo");

        await using var service = await TelegramServiceUnderTest.StartAsync(api, TelegramMode.Polling);
        await Eventually.HoldsAsync(() => api.UnconfirmedUpdates == 0);

        Assert.Equal([$"{id}: Committed", $"{id}: Duplicate"], service.Handed);
    }

    [Theory]
    [InlineData(BotApiFault.TooManyRequests, "slow down")]
    [InlineData(BotApiFault.ServerError, "not there")]
    [InlineData(BotApiFault.BadGateway, "not there")]
    [InlineData(BotApiFault.Unauthorized, "Telegram:Token")]
    [InlineData(BotApiFault.CloseUndone, "no answer")]
    [InlineData(BotApiFault.CloseDone, "no answer")]
    [InlineData(BotApiFault.Hang, "timeout")]
    public async Task Trouble_with_telegram_is_told_and_waited_out(BotApiFault fault, string words)
    {
        await using var api = await BotApiEmulator.StartAsync();
        api.Faults.Add(fault, times: 2, method: "getUpdates");
        api.Faults.Add(fault, times: 1, method: "getMe");
        api.Faults.Add(fault, times: 1, method: "deleteWebhook");
        var sri = api.AddPerson("Sri");
        sri.SendText("halo");

        await using var service = await TelegramServiceUnderTest.StartAsync(api, TelegramMode.Polling, time: Hurried);
        await Eventually.HoldsAsync(() => api.UnconfirmedUpdates == 0);

        Assert.Equal("halo", Assert.Single(service.Committed).Text);
        Assert.Contains(words, service.Log.All, StringComparison.Ordinal);
        Assert.DoesNotContain(api.Token, service.Log.All, StringComparison.Ordinal);
        Assert.DoesNotContain("halo", service.Log.All, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bot_api_that_is_not_up_yet_is_waited_for()
    {
        var past = await BotApiEmulator.StartAsync();
        var port = new Uri(past.BaseUrl).Port;
        await past.DisposeAsync();

        await using var service = await TelegramServiceUnderTest.StartAsync(past, TelegramMode.Polling, time: Hurried);
        await Eventually.HoldsAsync(() => service.Log.All.Contains("not reached", StringComparison.Ordinal));
        await using var api = await BotApiEmulator.StartAsync(new BotApiOptions(port));
        api.AddPerson("Sri").SendText("halo");
        await Eventually.HoldsAsync(() => service.Committed.Count == 1);
    }

    [Fact]
    public async Task A_webhook_left_from_before_is_removed_and_its_updates_are_kept()
    {
        await using var api = await BotApiEmulator.StartAsync();
        using var http = new HttpClient();
        await http.GetAsync(new Uri($"{api.BaseUrl}/bot{api.Token}/setWebhook?url=http://127.0.0.1:9/nobody"));
        api.AddPerson("Sri").SendText("halo");

        await using var service = await TelegramServiceUnderTest.StartAsync(api, TelegramMode.Polling);
        await Eventually.HoldsAsync(() => service.Committed.Count == 1);
        Assert.Empty(api.Violations);
    }

    [Fact]
    public async Task Another_copy_that_polls_is_told_and_outlived()
    {
        await using var api = await BotApiEmulator.StartAsync();
        await using var service = await TelegramServiceUnderTest.StartAsync(api, TelegramMode.Polling, time: Hurried);
        await Eventually.HoldsAsync(() => api.Calls.Any(call => call.Method == "getUpdates"));

        // The poll of the other copy only disturbs one that is waiting just then.
        using var http = new HttpClient();
        bool IsTold() => service.Log.Lines.Any(
            line => line.Level == LogLevel.Error && line.Text.Contains("Another copy", StringComparison.Ordinal));
        for (var attempt = 0; attempt < 100 && !IsTold(); attempt++)
        {
            await Task.Delay(50);
            await http.GetAsync(new Uri($"{api.BaseUrl}/bot{api.Token}/getUpdates?timeout=0"));
        }

        Assert.True(IsTold());
        api.AddPerson("Sri").SendText("halo");
        await Eventually.HoldsAsync(() => service.Committed.Count == 1);
    }

    [Fact]
    public async Task It_stops_at_once_in_the_middle_of_a_long_poll()
    {
        await using var api = await BotApiEmulator.StartAsync();
        await using var service = await TelegramServiceUnderTest.StartAsync(api, TelegramMode.Polling);
        await Eventually.HoldsAsync(() => api.Calls.Any(call => call.Method == "getUpdates"));
        await Task.Delay(100);

        var watch = Stopwatch.StartNew();
        await service.StopAsync();
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(3), $"{watch.Elapsed}");
        Assert.DoesNotContain(service.Log.Lines, line => line.Level >= LogLevel.Warning);
    }

    [Fact]
    public async Task A_press_is_answered_after_its_commit_and_not_before()
    {
        await using var api = await BotApiEmulator.StartAsync();
        var sri = api.AddPerson("Sri");
        var isDown = true;
        await using var service = await TelegramServiceUnderTest.StartAsync(
            api, TelegramMode.Polling, _ => isDown ? TurnReceipt.Failed : TurnReceipt.Committed, Hurried);

        sri.PressData("token");
        await Eventually.HoldsAsync(() => service.Handed.Count >= 2);
        Assert.Equal(1, api.TurningButtons);
        isDown = false;
        await Eventually.HoldsAsync(() => api.TurningButtons == 0);
        Assert.Equal(("token", InboundKind.Button), (service.Committed.Single().ButtonToken, service.Committed.Single().Kind));
    }

    [Fact]
    public async Task The_bot_fills_its_menu_button_and_learns_its_name()
    {
        await using var api = await BotApiEmulator.StartAsync();
        var group = api.AddGroup("Warga RW 5");
        group.SendText(api.AddPerson("Sri"), $"/menu@{api.BotUsername}");
        group.SendText(api.AddPerson("Budi"), "/menu@LainBot");

        await using var service = await TelegramServiceUnderTest.StartAsync(api, TelegramMode.Polling);
        await Eventually.HoldsAsync(() => api.UnconfirmedUpdates == 0);

        Assert.Equal(InboundKind.Group, Assert.Single(service.Committed).Kind);
        Assert.Contains(api.Calls, call => call.Method == "setMyCommands" && call.Status == 200);
        Assert.Empty(api.Violations);
    }
}
