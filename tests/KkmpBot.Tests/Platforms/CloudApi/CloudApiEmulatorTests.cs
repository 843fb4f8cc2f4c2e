using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace KkmpBot.Tests.Platforms.CloudApi;

/// <summary>The emulator keeps the rules that the tests of the bot lean on.</summary>
public sealed class CloudApiEmulatorTests : IAsyncLifetime, IDisposable
{
    private readonly HttpClient http = new();
    private CloudApiEmulator api = null!;
    private CloudApiPerson sri = null!;

    public async Task InitializeAsync()
    {
        api = await CloudApiEmulator.StartAsync(new CloudApiOptions(TellsStatuses: false));
        api.WebhookUrl = new Uri("http://127.0.0.1:9/nobody");
        sri = api.AddPerson("Sri", "6281234567890");
        sri.SendText("halo");
    }

    public async Task DisposeAsync() => await api.DisposeAsync();

    public void Dispose() => http.Dispose();

    [Theory]
    [InlineData("'type':'text','text':{'body':'x'}", null)]
    [InlineData("'type':'text','text':{'body':'x'},'foo':1", "unknown member foo")]
    [InlineData("'type':'text','text':{'body':''}", "text: body: a length of 0")]
    [InlineData("'type':'text','text':{'body':'x','preview':true}", "unknown member preview")]
    [InlineData("'type':'text'", "text is missing")]
    [InlineData("'type':'hologram','hologram':{}", "unknown type")]
    [InlineData("'type':'interactive','interactive':{'type':'button','body':{'text':'x'},'action':{'buttons':[]}}", "0 items")]
    [InlineData("'type':'interactive','interactive':{'type':'list','body':{'text':'x'},'action':{'button':'Pilih','sections':[{'title':'a','rows':[]}]}}", "0 items")]
    [InlineData("'type':'image','image':{'id':'1','link':'https://x'}", "unknown member link")]
    [InlineData("'type':'template','template':{'name':'Kabar','language':{'code':'id'}}", "a template's name")]
    public async Task What_the_real_one_would_overlook_is_refused_and_remembered(string members, string? problem)
    {
        var answer = await SendAsync($"'messaging_product':'whatsapp','to':'+{sri.Phone}',{members}");
        Assert.Equal(problem is null, answer["messages"] is not null);
        Assert.Equal(problem is null, api.Violations.Count == 0);
        Assert.True(problem is null || api.Violations.Single().Contains(problem, StringComparison.Ordinal), string.Join(';', api.Violations));
    }

    [Theory]
    [InlineData("{'type':'reply','reply':{'id':'1','title':'a'}}", null)]
    [InlineData("{'type':'reply','reply':{'id':'1','title':'123456789012345678901'}}", "a length of 21")]
    [InlineData("{'type':'reply','reply':{'id':'1','title':'a'}},{'type':'reply','reply':{'id':'2','title':'a'}}", "read the same")]
    [InlineData("{'type':'reply','reply':{'id':'1','title':'a'}},{'type':'reply','reply':{'id':'1','title':'b'}}", "one id")]
    public async Task A_button_is_short_and_unlike_the_others(string buttons, string? problem)
    {
        var content = $"{{'type':'button','body':{{'text':'x'}},'action':{{'buttons':[{buttons}]}}}}";
        await SendAsync($"'messaging_product':'whatsapp','to':'+{sri.Phone}','type':'interactive','interactive':{content}");
        Assert.Equal(problem is null ? 0 : 1, api.Violations.Count(violation => violation.Contains(problem ?? "", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("'to':'6281234567890'")]
    [InlineData("'recipient':'081234567890'")]
    [InlineData("'to':'+6281234567890','recipient':'ID.1'")]
    [InlineData("'recipient_type':'individual'")]
    public async Task A_recipient_is_one_and_well_formed(string members)
    {
        await SendAsync($"'messaging_product':'whatsapp','type':'text','text':{{'body':'x'}},{members}");
        Assert.Single(api.Violations);
    }

    [Fact]
    public async Task A_list_has_ten_rows_in_all_sections_together()
    {
        Assert.NotNull((await SendListAsync(10))["messages"]);
        Assert.Null((await SendListAsync(11))["messages"]);
    }

    [Fact]
    public async Task Outside_the_window_only_a_template_that_is_approved_and_fits()
    {
        sri.CloseWindow();
        api.Templates["kabar"] = ["no"];
        Assert.Equal(131047, Code(await SendAsync($"'messaging_product':'whatsapp','to':'+{sri.Phone}','type':'text','text':{{'body':'x'}}")));
        Assert.Equal(132001, Code(await SendTemplateAsync("lain", "no")));
        Assert.Equal(132000, Code(await SendTemplateAsync("kabar", "nomor")));
        Assert.Null(Code(await SendTemplateAsync("kabar", "no")));
        Assert.Equal("7", Assert.Single(sri.Read()).Text);
        Assert.Empty(api.Violations);
    }

    [Fact]
    public async Task Faults_happen_as_often_as_told()
    {
        api.Faults.Add(CloudApiFault.RateLimit, times: 2);
        api.Faults.Add(CloudApiFault.CloseUndone);
        api.Faults.Add(CloudApiFault.CloseDone);
        Assert.Equal(130429, Code(await SayAsync("a")));
        Assert.Equal(130429, Code(await SayAsync("b")));
        await Assert.ThrowsAsync<HttpRequestException>(() => SayAsync("c"));
        await Assert.ThrowsAsync<HttpRequestException>(() => SayAsync("d"));
        await SayAsync("e");
        Assert.Equal(["d", "e"], sri.Read().Select(message => message.Text));
    }

    [Fact]
    public async Task A_wrong_token_is_refused_and_remembered()
    {
        using var bare = new HttpClient();
        using var answer = await bare.PostAsJsonAsync(new Uri($"{api.BaseUrl}/{api.ApiVersion}/{api.PhoneNumberId}/messages"), new JsonObject());
        Assert.Equal(401, (int)answer.StatusCode);
        Assert.Single(api.Violations);
    }

    private Task<JsonObject> SayAsync(string text) => SendAsync($"'messaging_product':'whatsapp','to':'+{sri.Phone}','type':'text','text':{{'body':'{text}'}}");

    private Task<JsonObject> SendTemplateAsync(string name, string variable) => SendAsync(
        $"'messaging_product':'whatsapp','recipient':'{sri.UserId}','type':'template','template':{{'name':'{name}','language':{{'code':'id'}},"
        + $"'components':[{{'type':'body','parameters':[{{'type':'text','parameter_name':'{variable}','text':'7'}}]}}]}}");

    private Task<JsonObject> SendListAsync(int rows)
    {
        var items = string.Join(',', Enumerable.Range(1, rows).Select(i => $"{{'id':'{i}','title':'{i}'}}"));
        var action = $"{{'button':'Pilih','sections':[{{'title':'a','rows':[{items}]}}]}}";
        return SendAsync(
            $"'messaging_product':'whatsapp','to':'+{sri.Phone}','type':'interactive',"
            + $"'interactive':{{'type':'list','body':{{'text':'x'}},'action':{action}}}");
    }

    private async Task<JsonObject> SendAsync(string members)
    {
        using var content = new StringContent($"{{{members.Replace('\'', '"')}}}", null, "application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{api.BaseUrl}/{api.ApiVersion}/{api.PhoneNumberId}/messages") { Content = content };
        request.Headers.Authorization = new("Bearer", api.AccessToken);
        using var answer = await http.SendAsync(request);
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!.AsObject();
    }

    private static int? Code(JsonObject answer) => (int?)answer["error"]?["code"];
}
