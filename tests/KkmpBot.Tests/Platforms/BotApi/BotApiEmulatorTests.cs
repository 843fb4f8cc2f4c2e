using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace KkmpBot.Tests.Platforms.BotApi;

/// <summary>The emulator keeps the rules that the tests of the bot lean on.</summary>
public sealed class BotApiEmulatorTests : IAsyncLifetime, IDisposable
{
    private readonly HttpClient http = new();
    private BotApiEmulator api = null!;
    private BotApiPerson sri = null!;

    public async Task InitializeAsync()
    {
        api = await BotApiEmulator.StartAsync();
        sri = api.AddPerson("Sri", "6281234567890");
    }

    public async Task DisposeAsync() => await api.DisposeAsync();

    public void Dispose() => http.Dispose();

    [Theory]
    [InlineData("sendMesage", "{}", "unknown method sendMesage")]
    [InlineData("getMe", "{'x':1}", "unknown parameter x")]
    [InlineData("sendMessage", "[]", "the parameters are not JSON")]
    [InlineData("sendMessage", "{'text':'x'}", "parameter chat_id is missing")]
    [InlineData("sendMessage", "{'chat_id':1.5,'text':'x'}", "parameter chat_id is not of type ChatId")]
    [InlineData("sendMessage", "{'chat_id':1,'text':5}", "parameter text is not of type Text")]
    [InlineData("sendMessage", "{'chat_id':1,'text':null}", "parameter text is not of type Text")]
    [InlineData("sendMessage", "{'chat_id':1,'text':' '}", "message text is empty")]
    [InlineData("sendMessage", "{'chat_id':1,'text':'x','parse_mode':'html5'}", "the word is not one that is known")]
    [InlineData("sendMessage", "{'chat_id':1,'text':'x','reply_to_message_id':1}", "unknown parameter reply_to_message_id")]
    [InlineData("sendMessage", "{'chat_id':1,'text':'x','link_preview_options':{'disabled':true}}", "unknown member disabled")]
    [InlineData("sendMessage", "{'chat_id':1,'text':'x','reply_markup':{}}", "exactly one kind of keyboard")]
    [InlineData("answerCallbackQuery", "{'callback_query_id':7}", "parameter callback_query_id is not of type Text")]
    [InlineData("setWebhook", "{'url':'https://x','secret_token':'a b'}", "secret token contains unallowed characters")]
    [InlineData("setMyCommands", "{'commands':[{'command':'/Menu','description':'x'}]}", "BOT_COMMAND_INVALID")]
    [InlineData("setMyCommands", "{'commands':[{'command':5,'description':'x'}]}", "holds a value of a wrong type")]
    [InlineData("getUpdates", "{'limit':101}", "101 is not between 1 and 100")]
    public async Task What_the_real_one_would_overlook_is_refused_and_remembered(string method, string body, string violation)
    {
        using var content = new StringContent(body.Replace('\'', '"'), null, "application/json");
        using var answer = await http.PostAsync(Url(method), content);
        Assert.True(answer.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.NotFound);
        Assert.EndsWith(violation, Assert.Single(api.Violations), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_text_may_be_4096_long_and_no_longer()
    {
        sri.HasStarted = true;
        await SendAsync(new string('x', 4096));
        Assert.Empty(api.Violations);
        await SendAsync(new string('x', 4097));
        Assert.Equal(["sendMessage: message is too long"], api.Violations);
    }

    [Theory]
    [InlineData("{'inline_keyboard':[[{'text':'x','callback_data':'y'}]]}", null)]
    [InlineData("{'inline_keyboard':[[{'text':'x'}]]}", "exactly one action")]
    [InlineData("{'inline_keyboard':[[{'text':'x','callback_data':'y','url':'https://x'}]]}", "exactly one action")]
    [InlineData("{'inline_keyboard':[[{'text':'','callback_data':'y'}]]}", "needs a text")]
    [InlineData("{'inline_keyboard':[[{'text':'x','callback_data':''}]]}", "BUTTON_DATA_INVALID")]
    [InlineData("{'inline_keyboard':[[{'text':'x','callback_data':5}]]}", "BUTTON_DATA_INVALID")]
    [InlineData("{'inline_keyboard':[[{'text':'x','callbackData':'y'}]]}", "unknown member callbackData")]
    [InlineData("{'inline_keyboard':[[]]}", "rows that are not empty")]
    [InlineData("{'inline_keyboard':[[{'text':'x','callback_data':'y'}]],'keyboard':[]}", "exactly one kind")]
    [InlineData("{'keyboard':[[{'text':'x','request_contact':true}]],'resize_keyboard':true}", null)]
    [InlineData("{'keyboard':[[{'text':'x','callback_data':'y'}]]}", "unknown member callback_data")]
    [InlineData("{'remove_keyboard':true}", null)]
    [InlineData("{'remove_keyboard':false}", "must be true")]
    public async Task A_keyboard_is_checked_to_its_last_member(string markup, string? problem)
    {
        sri.HasStarted = true;
        var keyboard = JsonNode.Parse(markup.Replace('\'', '"'));
        await CallAsync("sendMessage", new JsonObject { ["chat_id"] = sri.Id, ["text"] = "x", ["reply_markup"] = keyboard });
        Assert.Equal(problem is null ? 1 : 0, sri.Received.Count);
        Assert.Equal(problem is null ? 0 : 1, api.Violations.Count(violation => violation.Contains(problem!, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(64, "t", true)]
    [InlineData(65, "t", false)]
    [InlineData(33, "é", false)]
    public async Task Button_data_is_counted_in_bytes(int count, string unit, bool fits)
    {
        sri.HasStarted = true;
        await SendAsync("x", string.Concat(Enumerable.Repeat(unit, count)));
        Assert.Equal(fits, api.Violations.Count == 0);
    }

    [Fact]
    public async Task Forms_and_queries_are_read_too()
    {
        sri.HasStarted = true;
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["text"] = "123",
            ["reply_markup"] = "{\"remove_keyboard\":true}",
        });
        using var answer = await http.PostAsync(new Uri($"{Url("sendmessage")}?chat_id={sri.Id}"), form);
        Assert.Equal("123", Assert.Single(sri.Received).Text);
        Assert.Empty(api.Violations);
    }

    [Fact]
    public async Task Updates_stay_until_a_higher_offset_is_asked_for()
    {
        var first = sri.SendText("satu");
        var second = sri.SendText("dua");
        Assert.Equal([first, second], await PollAsync(0));
        Assert.Equal([first, second], await PollAsync(0));
        Assert.Equal([first], await PollAsync(first, limit: 1));
        Assert.Equal([second], await PollAsync(second));
        Assert.Equal([], await PollAsync(second + 1));
        sri.SendText("tiga");
        var last = sri.SendText("empat");
        Assert.Equal([last], await PollAsync(-1));
    }

    [Fact]
    public async Task A_long_poll_ends_when_something_happens()
    {
        var polling = PollAsync(0, timeout: 30);
        await Task.Delay(50);
        Assert.False(polling.IsCompleted);
        var id = sri.SendText("halo");
        Assert.Equal([id], await polling);
    }

    [Fact]
    public async Task A_second_poller_sends_the_first_away()
    {
        var first = CallAsync("getUpdates", new JsonObject { ["timeout"] = 30 });
        await Task.Delay(100);
        await PollAsync(0);
        Assert.Equal(409, (int?)(await first)["error_code"]);
    }

    [Fact]
    public async Task Kinds_that_are_not_wanted_do_not_come()
    {
        await CallAsync("getUpdates", new JsonObject { ["allowed_updates"] = new JsonArray("message") });
        Assert.Equal(0, sri.Block());
        Assert.NotEqual(0, sri.SendText("halo"));
    }

    [Fact]
    public async Task Polling_and_webhook_exclude_each_other()
    {
        await CallAsync("setWebhook", new JsonObject { ["url"] = "http://127.0.0.1:9/nobody" });
        var refused = await CallAsync("getUpdates", []);
        Assert.StartsWith("Conflict: can't use getUpdates", (string?)refused["description"], StringComparison.Ordinal);
        Assert.Equal("Webhook was deleted", (string?)(await CallAsync("deleteWebhook", []))["description"]);
        Assert.Equal([], await PollAsync(0));
    }

    [Fact]
    public async Task A_stranger_a_blocker_and_nobody_cannot_be_written_to()
    {
        Assert.Equal("Forbidden: bot can't initiate conversation with a user", (string?)(await SendAsync("x"))["description"]);
        sri.SendText("/start");
        Assert.True((bool)(await SendAsync("x"))["ok"]!);
        sri.Block();
        Assert.Equal("Forbidden: bot was blocked by the user", (string?)(await SendAsync("x"))["description"]);
        sri.Unblock();
        Assert.True((bool)(await SendAsync("x"))["ok"]!);
        var nobody = await CallAsync("sendMessage", new JsonObject { ["chat_id"] = 1, ["text"] = "x" });
        Assert.Equal("Bad Request: chat not found", (string?)nobody["description"]);
        Assert.Empty(api.Violations);
    }

    [Fact]
    public async Task A_person_reads_presses_and_gets_an_answer_once()
    {
        sri.HasStarted = true;
        await SendAsync("Mau pesan?", "tok-1");
        Assert.Equal(["Ya"], (await sri.WaitForReplyAsync()).Labels);
        Assert.Empty(sri.Read());
        sri.Press("Ya");

        var update = JsonNode.Parse(await http.GetStringAsync(Url("getUpdates")))!["result"]![0]!["callback_query"]!;
        Assert.Equal("tok-1", (string?)update["data"]);
        Assert.Equal("Mau pesan?", (string?)update["message"]!["text"]);
        Assert.Equal(1, api.TurningButtons);
        var answer = new JsonObject { ["callback_query_id"] = (string?)update["id"] };
        Assert.True((bool)(await CallAsync("answerCallbackQuery", answer.DeepClone().AsObject()))["ok"]!);
        Assert.Equal(0, api.TurningButtons);
        Assert.Equal(400, (int?)(await CallAsync("answerCallbackQuery", answer))["error_code"]);
    }

    [Fact]
    public async Task The_button_in_place_of_the_keyboard_shares_the_own_number()
    {
        sri.HasStarted = true;
        var keyboard = JsonNode.Parse("{\"keyboard\":[[{\"text\":\"Bagikan\",\"request_contact\":true}]]}");
        await CallAsync("sendMessage", new JsonObject { ["chat_id"] = sri.Id, ["text"] = "Nomor?", ["reply_markup"] = keyboard });
        sri.Press("Bagikan");
        var contact = JsonNode.Parse(await http.GetStringAsync(Url("getUpdates")))!["result"]![0]!["message"]!["contact"]!;
        Assert.Equal(("6281234567890", sri.Id), ((string?)contact["phone_number"], (long?)contact["user_id"]));
        Assert.Throws<InvalidOperationException>(() => sri.Press("Tidak ada"));
    }

    [Fact]
    public async Task Faults_happen_as_often_as_told()
    {
        sri.HasStarted = true;
        api.Faults.Add(BotApiFault.TooManyRequests, times: 2, retryAfterSeconds: 14);
        api.Faults.Add(BotApiFault.CloseUndone);
        api.Faults.Add(BotApiFault.CloseDone);
        Assert.Equal(14, (int?)(await SendAsync("a"))["parameters"]!["retry_after"]);
        Assert.Equal(429, (int?)(await SendAsync("b"))["error_code"]);
        await Assert.ThrowsAsync<HttpRequestException>(() => SendAsync("c"));
        await Assert.ThrowsAsync<HttpRequestException>(() => SendAsync("d"));
        await SendAsync("e");
        Assert.Equal(["d", "e"], sri.Read().Select(message => message.Text));
    }

    [Fact]
    public async Task A_hanging_call_does_not_keep_the_emulator_from_ending()
    {
        api.Faults.Add(BotApiFault.Hang);
        var hanging = SendAsync("x");
        await Task.Delay(50);
        var watch = Stopwatch.StartNew();
        await api.DisposeAsync();
        await Assert.ThrowsAsync<HttpRequestException>(() => hanging);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(3), $"{watch.Elapsed}");
        api = await BotApiEmulator.StartAsync();
    }

    [Fact]
    public async Task A_wrong_token_is_unauthorized()
    {
        using var answer = await http.GetAsync(new Uri($"{api.BaseUrl}/bot1:x/getMe"));
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    private Uri Url(string method) => new($"{api.BaseUrl}/bot{api.Token}/{method}");

    private async Task<JsonObject> CallAsync(string method, JsonObject parameters)
    {
        using var answer = await http.PostAsJsonAsync(Url(method), parameters);
        var envelope = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!.AsObject();
        Assert.Equal((int)answer.StatusCode, (int?)envelope["error_code"] ?? 200);
        return envelope;
    }

    private Task<JsonObject> SendAsync(string text, string? data = null)
    {
        var call = new JsonObject { ["chat_id"] = sri.Id, ["text"] = text };
        if (data is not null)
        {
            var button = new JsonObject { ["text"] = "Ya", ["callback_data"] = data };
            call["reply_markup"] = new JsonObject { ["inline_keyboard"] = new JsonArray(new JsonArray(button)) };
        }

        return CallAsync("sendMessage", call);
    }

    private async Task<List<long>> PollAsync(long offset, int limit = 100, int timeout = 0)
    {
        var answer = await CallAsync("getUpdates", new JsonObject { ["offset"] = offset, ["limit"] = limit, ["timeout"] = timeout });
        return [.. answer["result"]!.AsArray().Select(update => (long)update!["update_id"]!)];
    }
}
